"""Banks: an article, the facts it tells, and the items that ask for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from quizapp.core.article import Article, Claim, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from quizapp.core.items import Item

_WORDS = r"[\dA-Za-zÀ-ɏ]"  # signs that make one word or number with their neighbours


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the article that supports a fact, with its exact words: ``quote == article.at(span)``."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A checkable statement in plain words, where the article says it, and how sure the article is.

    ``terms`` are the key words as they stand in the quotes; they are marked where evidence is shown. ``article`` holds
    the paragraphs that the evidence stands in when they are another article's than the bank's.
    """

    id: str
    statement: str
    evidence: tuple[Evidence, ...]
    claim: Claim = field(default_factory=Claim)
    terms: tuple[str, ...] = ()
    article: Article | None = None


@dataclass(frozen=True)
class Bank:
    """Facts and items under one name.

    ``id`` is made once, at random; ``name`` is the short name in addresses and commands; ``deck`` is the name of the
    Anki deck, which never changes once exported. Items stand in the order of their facts, those without a fact last.
    ``changed`` counts for every item that does not say when it changed itself. ``former`` are the items that changed
    their type, as they last were in each of their types, the first type first; learners' decks must let go of them.
    """

    id: str
    name: str
    title: str
    language: str
    changed: datetime
    description: str = ""
    deck: str = ""
    licence: str = ""
    article: Article | None = None
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    former: tuple[Item, ...] = ()

    @cached_property
    def _facts_by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    def fact_of(self, item: Item) -> Fact | None:
        """Return the fact that ``item`` asks for, if it stands under one."""
        return self._facts_by_id[item.fact_id] if item.fact_id else None

    def article_of(self, fact: Fact) -> Article | None:
        """Return the article that tells ``fact``: its own, where the bank's does not (any more), else the bank's."""
        return fact.article or self.article

    def changed_at(self, item: Item) -> datetime:
        """Return when the content of ``item`` last changed."""
        return item.changed or self.changed

    @property
    def deck_name(self) -> str:
        """The name of the Anki deck."""
        return self.deck or self.title

    @property
    def live_items(self) -> tuple[Item, ...]:
        """The items that are not retired."""
        return tuple(item for item in self.items if not item.retired)


def excerpt(article: Article, fact: Fact) -> tuple[Article, Fact]:
    """Return the article cut down to the paragraphs that hold the fact's evidence, and the fact with spans into it."""
    paragraphs = sorted({article.paragraph(evidence.span) for evidence in fact.evidence})
    starts: dict[Span, int] = {}
    text = ""
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        starts[paragraph] = len(text)
        text += article.at(paragraph)
    moved = []
    for evidence in fact.evidence:
        paragraph = article.paragraph(evidence.span)
        start = starts[paragraph] + evidence.span.start - paragraph.start
        moved.append(Evidence(Span(start, start + len(evidence.quote)), evidence.quote))
    return replace(article, text=text), replace(fact, evidence=tuple(moved), article=None)


def placed(article: Article, fact: Fact) -> Fact | None:
    """Return the fact at the places of its quotes in an article; None where one stands there not at all, or twice."""
    places = [article.places_of(evidence.quote) for evidence in fact.evidence]
    if any(len(found) != 1 for found in places):
        return None
    evidence = tuple(replace(e, span=found[0]) for e, found in zip(fact.evidence, places, strict=True))
    return replace(fact, evidence=evidence, article=None)


def stands_in(quote: str, key: str) -> bool:
    """Say whether ``key`` stands in ``quote`` by itself, so that ``marked`` marks it."""
    return any(is_key for _, is_key in marked(quote, [key]))


def marked(quote: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return ``quote`` in pieces, each with whether it is one of ``words`` (the longest wins), in order.

    A word inside a longer word or number is none: no "12" in "2012" or "12.5", no "2月" in "12月".
    """
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    return cut(quote, map(_by_itself, wanted))


def cut(text: str, patterns: Iterable[str]) -> list[tuple[str, bool]]:
    """Return ``text`` in pieces, each with whether it fits one of the regular expressions (the first wins)."""
    either = "|".join(patterns)
    if not either:
        return [(text, False)]
    pieces = re.split(f"({either})", text)
    return [(piece, position % 2 == 1) for position, piece in enumerate(pieces) if piece]


def _by_itself(word: str) -> str:
    before = f"(?<!{_WORDS})" if re.match(_WORDS, word) else ""
    before += r"(?<!\d[.,])" if word[0].isdecimal() else ""
    after = f"(?!{_WORDS})" if re.match(_WORDS, word[-1]) else ""
    after += r"(?![.,]\d)" if word[-1].isdecimal() else ""
    return before + re.escape(word) + after
