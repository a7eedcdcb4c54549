"""Small banks and items, so that a test names only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from quizapp.core.article import Article, Span
from quizapp.core.bank import Bank, Evidence, Fact
from quizapp.core.inputs import Option
from quizapp.core.items import Item, ShortAnswer, SingleChoice

CHANGED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def a_fact(article: Article, name: str, quote: str, statement: str, **more: object) -> Fact:
    """Return a fact that rests on ``quote``, a piece of the article."""
    start = article.text.index(quote)
    evidence = (Evidence(Span(start, start + len(quote)), quote),)
    return replace(Fact(name, statement, evidence), **more)  # type: ignore[arg-type]


def a_bank(*items: Item, language: str = "en", article: Article | None = None, facts: tuple[Fact, ...] = ()) -> Bank:
    """Return a bank with just these items."""
    return Bank(
        id="bank-of-tests",
        name="tests",
        title="Tests",
        language=language,
        changed=CHANGED,
        article=article,
        facts=facts,
        items=items,
    )


def a_choice(**more: object) -> SingleChoice:
    """Return a single choice between three colours."""
    options = (Option("Blue", correct=True), Option("Red"), Option("Green"))
    item = SingleChoice(id="choice-0001", language="en", stem="Which colour is the sky?", options=options)
    return replace(item, **more)  # type: ignore[arg-type]


def a_short_answer(**more: object) -> ShortAnswer:
    """Return a short answer about a capital."""
    item = ShortAnswer(id="short-00001", language="en", stem="What is the capital of Norway?", key="Oslo")
    return replace(item, **more)  # type: ignore[arg-type]
