"""Rules: each keeps to its examples, which are data beside it."""

from __future__ import annotations

import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from quizapp.core.article import Article
from quizapp.drafting import label
from quizapp.drafting.rules import RULES


def examples(module: str) -> list[dict[str, Any]]:
    path = Path(str(sys.modules[module].__file__)).with_suffix(".toml")
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    return found


CASES = [(rule, example) for rule in RULES for example in examples(rule.find.__module__)]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=[f"{rule.name}-{e['text'][:12]}" for rule, e in CASES])
def test_a_rule_asks_what_its_example_says_and_nothing_else(rule: Any, example: dict[str, Any]) -> None:
    article = Article("", rule.language, example["text"])
    page = import_module(f"quizapp.drafting.{rule.language}.page").Page(article, label(article))
    asks = [[p.kind, p.stem, p.key] for statement in page.statements for p in rule.find(page, statement)]

    assert asks == example["asks"]


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_rule_has_examples_for_something_and_for_nothing(rule: Any) -> None:
    asks = [bool(example["asks"]) for example in examples(rule.find.__module__)]

    assert True in asks
    assert False in asks


def test_rule_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
