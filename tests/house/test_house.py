"""The building held to its own rules: what each kind of thing owes, and what stands nowhere."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.core import Group

import export
from quizapp import cli
from quizapp.core.article import LANGUAGES, Modality
from quizapp.core.items import ITEM_TYPES
from quizapp.drafting.rules import RULES
from quizapp.store import bank_files
from quizapp.store.bank_schema import SCHEMA
from quizapp.translation import LABELS
from tools import translations

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()  # fmt: skip
FILES = [ROOT / name for name in TRACKED if (ROOT / name).is_file()]
CODE = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
BANKS = sorted((ROOT / "question_banks").glob("*/bank.yaml"))


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_every_item_type_has_a_template_that_asks_and_reviews(kind: str) -> None:
    template = (ROOT / "templates" / "items" / f"{kind}.html").read_text()

    assert "macro ask(" in template
    assert "macro review(" in template


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_every_item_type_has_a_file_of_its_name(kind: str) -> None:
    assert (ROOT / "quizapp" / "core" / "items" / f"{kind}.py").is_file()


@pytest.mark.parametrize("ending", export.FORMATS)
def test_every_export_format_has_a_golden_file(ending: str) -> None:
    name = export.FORMATS[ending].__module__.split(".")[1]

    assert list((ROOT / "tests" / "export" / "golden").glob(f"{name}-*"))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "quizapp" / "drafting" / "rules").glob("[!_]*.py")), ids=lambda path: path.stem
)
def test_every_drafting_rule_is_listed_and_has_examples_and_sentences_that_give_nothing(path: Path) -> None:
    examples = tomllib.loads(path.with_suffix(".toml").read_text())["example"]

    assert path.stem in {rule.name for rule in RULES}
    assert any(example["asks"] for example in examples)
    assert any(not example["asks"] for example in examples)


def test_every_modality_has_a_label() -> None:
    assert set(LABELS) == set(Modality)
    assert len({label.icon for label in LABELS.values()}) == len(LABELS)


def test_data_folders_hold_no_code() -> None:
    assert not [path for path in CODE if path.parts[len(ROOT.parts)] in {"templates", "question_banks"}]


def test_the_published_schema_is_the_one_in_force() -> None:
    published = json.loads((ROOT / "question_banks" / "bank.schema.json").read_text())

    assert published == json.loads(json.dumps(SCHEMA)), "run 'make fix'"


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.parent.name)
def test_every_shipped_bank_is_in_order_and_rich(path: Path) -> None:
    bank = bank_files.load(path)
    claims = {fact.claim.modality for fact in bank.facts}

    assert bank.name == path.parent.name
    assert len(bank.items) >= 30
    assert {item.kind for item in bank.items} == set(ITEM_TYPES)
    assert claims == set(Modality)
    assert sum("certainty" in item.tags for item in bank.items) >= 5
    assert all(item.explanation for item in bank.items)
    assert {fact.id for fact in bank.facts} == {item.fact_id for item in bank.items}


def test_both_languages_have_a_bank() -> None:
    assert {bank_files.load(path).language for path in BANKS} == set(LANGUAGES)


@pytest.mark.parametrize(
    "path",
    sorted(translations.TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")),
    ids=lambda path: path.parts[-3],
)
def test_the_catalogue_is_complete_current_and_compiled(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    ours = {message.id for message in catalogue if message.id}

    assert ours == {message.id for message in translations.collect() if message.id}, "run 'make translations'"
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        identity = message.id[0] if isinstance(message.id, tuple | list) else message.id
        assert all(strings), f"no translation: {identity}"
        assert not message.fuzzy, identity
        for string in strings:
            assert set(_places(str(string))) <= set(_places(str(identity))), identity
            if not isinstance(message.id, tuple | list):
                assert set(_places(str(string))) == set(_places(str(identity))), identity
    assert path.with_suffix(".mo").read_bytes() == translations.as_mo(catalogue), "run 'make translations'"


def _places(text: str) -> list[str]:
    return re.findall(r"%\((\w+)\)[sd]", text)


def test_every_command_is_told_of_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert isinstance(cli.commands, Group)

    for name in cli.commands.commands:
        assert f"quizapp {name}" in readme, name


def test_every_make_target_is_listed_by_help() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in ("run", "test", "check", "fix", "bench", "help"):
        assert re.search(rf"^{target}\s", shown, re.MULTILINE), target


def test_names_keep_to_the_vocabulary() -> None:
    table = (ROOT / "docs" / "vocabulary.md").read_text()
    forbidden = {
        word for row in re.findall(r"\| never in names: (.+?) \|", table) for word in re.findall(r"`(\w+)`", row)
    }
    assert forbidden
    for path in CODE:
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                parts = set(re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", node.name).lower()))
                assert not parts & forbidden, f"{path.name}: {node.name}"


def test_no_file_is_too_long_to_read_at_a_sitting() -> None:
    readable = {".py", ".html", ".css", ".js"}
    long = {str(path): len(path.read_text().splitlines()) for path in FILES if path.suffix in readable}

    assert {name: count for name, count in long.items() if count > 350} == {}


def test_lock_files_name_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text, path.name
        assert text.count("==") <= text.count("--hash="), path.name


def test_every_direct_dependency_is_locked() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    locked = (ROOT / "requirements" / "run.txt").read_text()
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert listed

    for name in re.findall(r'"([a-z0-9.-]+)', listed[1]):
        assert re.search(rf"^{re.escape(name.replace('.', '-'))}(\[\w+\])?==", locked, re.MULTILINE), name


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "architecture.md").read_text()

    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        assert path.name in index, path.name


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/vocabulary.md"])
def test_links_in_the_docs_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
        assert (path.parent / link).exists(), link


def test_the_wheel_carries_all_that_the_site_needs(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    wheel = next(tmp_path.glob("*.whl"))
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    script = (
        "from quizapp import paths, translation; from quizapp.operations import preparing;"
        "import export;"
        "print(paths.data_folder('templates').parent.name, len(preparing.shipped_bank_files()),"
        " translation.translator('ja')('Evidence'), *export.FORMATS)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "installed", capture_output=True, text=True, check=True
    )

    assert done.stdout.split()[:3] == ["quizapp", "2", "根拠"]
