"""Drafts: items that nobody has kept yet, each with its fact and the exact words it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from quizapp.core.article import Span
from quizapp.core.items import Cloze, ShortAnswer, Term, TrueFalse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.article import Article
    from quizapp.core.bank import Evidence, Fact
    from quizapp.core.inputs import Option
    from quizapp.core.items import Item


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a wrong option comes from: the "article" (at ``span``), a "bank", the "glossary", a value "near" the key,
    or the "rule" itself.
    """

    text: str
    source: str
    span: Span | None = None

    def to_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        place = {"start": self.span.start, "end": self.span.end} if self.span else {}
        return {"text": self.text, "from": self.source, **place}


@dataclass(frozen=True, slots=True)
class Draft:
    """An item that a teacher may keep.

    ``evidence`` is the place among the fact's that the item was made from. ``generator`` names the rule
    that made it, ``score`` (0 to 1) about the share of readers who would keep it as it stands (questions are
    lifted a little), ``flags`` what to look at: "hedged" (the article is not sure), "relative_date" (a day that
    counts from the day of publication), "resolved" (a pronoun was replaced), "retold" (the article says it more
    than once).
    """

    id: str
    item: Item
    fact: Fact
    evidence: Evidence
    score: float
    generator: str
    flags: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """Return the draft as plain values, evidence in characters of the article's text."""
        question = self.item.questions[0]
        return {
            "id": self.id,
            "kind": self.item.kind,
            "stem": question.stem,
            "key": _key(self.item),
            "accepted": list(_accepted(self.item)),
            "options": [self._option(option) for option in _options(self.item)],
            "evidence": {
                "start": self.evidence.span.start,
                "end": self.evidence.span.end,
                "quote": self.evidence.quote,
            },
            "claim": {"kind": self.fact.claim.kind.value, "modality": self.fact.claim.modality.value},
            "fact": self.fact.statement,
            "score": self.score,
            "generator": self.generator,
            "flags": list(self.flags),
        }

    def _option(self, option: Option) -> dict[str, Any]:
        origin = next((origin for origin in self.origins if origin.text == option.text), None)
        return {"text": option.text, "correct": option.correct, **(origin.to_data() if origin else {})}


def stable_id(*parts: str) -> str:
    """Return a short name made from ``parts`` alone."""
    return blake2s("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Origins:
    """Tells where the wrong options of drafts of an article come from."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._figures = frozenset(_FIGURES.findall(article.text))
        self._starts: dict[str, int] = {}

    def told(self, draft: Draft, lent: Mapping[str, str]) -> Draft:
        """Return ``draft`` with the origin of each wrong option; ``lent`` tells what is not of the article."""
        wrong = [option.text for option in _options(draft.item) if not option.correct]
        return replace(draft, origins=tuple(self._of(text, lent) for text in wrong))

    def _of(self, text: str, lent: Mapping[str, str]) -> Origin:
        words = _ESCAPED.sub("", text)
        figures = _FIGURES.findall(words)
        # Most values near a key stand nowhere, and names come again: a long article is not searched for each of them.
        if words not in self._starts:
            self._starts[words] = self._start(words) if self._figures.issuperset(figures) else -1
        start = self._starts[words]
        if start >= 0:
            return Origin(text, "article", Span(start, start + len(words)))
        return Origin(text, lent.get(words) or ("near" if figures else "rule"))

    def _start(self, words: str) -> int:
        """Return where words stand first, -1 for nowhere: 7社 does not stand in 17社."""
        start = self._text.find(words)
        while start > 0 and words[0].isdigit() and _IN_NUMBER.match(self._text, start - 1):
            start = self._text.find(words, start + 1)
        return start


_ESCAPED = re.compile(r"\\(?=[^\w\s])")
_FIGURES = re.compile(r"\d+")
_IN_NUMBER = re.compile(r"[\d,.，．]")


def _key(item: Item) -> str:
    match item:
        case TrueFalse(holds=holds):
            return "true" if holds else "false"
        case _:
            return item.questions[0].input.keys[0]


def _accepted(item: Item) -> tuple[str, ...]:
    match item:
        case ShortAnswer(accepted=accepted) | Term(accepted=accepted):
            return accepted
        case Cloze(gaps=gaps):
            return gaps[0].accepted
        case _:
            return ()


def _options(item: Item) -> tuple[Option, ...]:
    match item:
        case Cloze(gaps=gaps) if gaps[0].distractors:
            options: tuple[Option, ...] = getattr(gaps[0].input, "options", ())
            return tuple(sorted(options, key=lambda option: stable_id(item.id, option.text)))
        case TrueFalse():
            return ()
        case _:
            return getattr(item.questions[0].input, "options", ())
