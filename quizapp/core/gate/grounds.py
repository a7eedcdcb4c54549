"""Checks of what an item rests on: its evidence stands in the article, and one option alone is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.gate.finding import Finding, Severity
from quizapp.core.gate.subject import place_of, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.gate.subject import Subject


def evidence_missing(subject: Subject) -> Iterator[Finding]:
    """Yield items that rest on no words of the article."""
    if subject.fact is None and subject.article is not None:
        yield Finding(
            "evidence_missing",
            Severity.HINT,
            "this rests on no sentence of the article: name the evidence, so that pupils can see why",
        )
    elif subject.fact is not None and not subject.fact.evidence:
        yield Finding(
            "evidence_missing",
            Severity.SERIOUS,
            "the fact “%(fact)s” has no evidence: quote the article",
            {"fact": subject.fact.statement},
        )


def evidence_not_verbatim(subject: Subject) -> Iterator[Finding]:
    """Yield items whose evidence does not stand in the article word for word, at its place."""
    if subject.fact is None or subject.article is None:
        return
    for evidence in subject.fact.evidence:
        if subject.article.at(evidence.span) != evidence.quote:
            yield Finding(
                "evidence_not_verbatim",
                Severity.SERIOUS,
                "the article does not say “%(quote)s” there, word for word: quote it again",
                {"quote": evidence.quote},
            )


def several_keys(subject: Subject) -> Iterator[Finding]:
    """Yield wrong options that the evidence names beside the key, so that they may be right as well."""
    if subject.fact is None:
        return
    for ask in subject.asks:
        for choice in ask.choices if not subject.is_statement else ():
            if not choice.is_single or choice.ordered:
                continue
            quotes = [e.quote for e in subject.fact.evidence if any(stands_in(key, e.quote) for key in choice.keys)]
            for given, text in zip(choice.given, choice.texts, strict=True):
                if (
                    text in choice.distractors
                    and len(text) > 1
                    and any(stands_in(text, quote) for quote in quotes)
                    and not stands_in(text, ask.stem)
                ):
                    yield Finding(
                        "several_keys",
                        Severity.WARNING,
                        "the evidence names “%(text)s” beside the right answer: is it wrong for certain?",
                        {"text": text},
                        place_of(subject.item, given) or (),
                    )
