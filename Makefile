# quizapp: `make run` serves the site, `make test` checks everything. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
RUN_READY := .venv/.run
DEV_READY := .venv/.dev
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps
CODE := quizapp export tests benchmarks tools
export UV_LINK_MODE := copy
unexport PYTHONDONTWRITEBYTECODE # or each command would read all of its modules anew: twice the time

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench chaos browser translations

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/.tools: requirements/tools.txt
	@echo "Making .venv (the first time takes a minute) ..."
	@sh tools/make_venv.sh $(PYTHON)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/tools.txt
	@touch $@

$(RUN_READY): .venv/.tools requirements/run.txt pyproject.toml
	@echo "Installing what the site needs ..."
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-build-isolation -e .
	@touch $@

$(DEV_READY): .venv/.tools requirements/dev.txt pyproject.toml
	@echo "Installing what the checks need ..."
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-build-isolation -e .
	@touch $@ $(RUN_READY)

run: $(RUN_READY) ## Set up if needed, then serve on http://127.0.0.1:8000 (PORT=… for another port)
	@$(BIN)/quizapp prepare
	@exec $(BIN)/quizapp serve

test: $(DEV_READY) browser check ## Set up if needed, then run every check and test
	@TMPDIR=$$(sh tools/fast_folder.sh) $(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(DEV_READY) ## Lint, format, types, floors, templates
	@echo "ruff ..."; $(BIN)/ruff check --quiet $(CODE) && $(BIN)/ruff format --check --quiet $(CODE)
	@echo "mypy ..."; $(BIN)/mypy --no-error-summary -p quizapp -p export && $(BIN)/mypy --no-error-summary tests benchmarks tools
	@echo "floors ..."; $(BIN)/lint-imports --no-logo
	@echo "templates ..."; $(BIN)/djlint templates --lint --quiet

fix: $(DEV_READY) ## Mend what can be mended by machine
	@$(BIN)/ruff check --quiet --fix $(CODE); $(BIN)/ruff format $(CODE)
	@$(BIN)/quizapp schema > question_banks/bank.schema.json

translations: $(DEV_READY) ## Collect messages, then compile the catalogues
	@$(BIN)/python tools/translations.py

bench: $(DEV_READY) ## Measure speed, as ratios against floors
	@for file in $$(grep -l __main__ benchmarks/*.py); do echo "$$file"; $(BIN)/python $$file || exit 1; done

chaos: $(DEV_READY) ## Kill the server under students on a bad network, 25 times, and look for what was lost
	@$(BIN)/python -m tests.chaos

browser:
	@sh tools/need_chromium.sh
