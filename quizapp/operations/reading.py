"""An article made ready for reading: its sentences with how each speaks and which facts rest on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp import drafting
from quizapp.core.article import ClaimKind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.core.article import Article, Claim, Sentence
    from quizapp.core.bank import Fact


_HEADING = re.compile(r"(?:#{1,6}[ \t]+)?(.*?)(?:[ \t]+#+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the facts that quote it."""

    sentence: Sentence
    facts: tuple[Fact, ...]

    @property
    def claim(self) -> Claim:
        """How it speaks: as its fact says, where a person wrote one; else as the labelling finds."""
        return self.facts[0].claim if self.facts else self.sentence.claim


def paragraphs(article: Article, facts: Sequence[Fact]) -> list[list[Line]]:
    """Return the article's sentences, paragraph by paragraph; headings without the marks of Markdown."""
    found: list[list[Line]] = []
    last_end = 0
    for sentence in _labelled(article):
        quoting = tuple(fact for fact in facts if any(e.span.overlaps(sentence.span) for e in fact.evidence))
        if not found or "\n" in article.text[last_end : sentence.span.start]:
            found.append([])
        found[-1].append(Line(_unmarked(sentence), quoting))
        last_end = sentence.span.end
    return found


def _unmarked(sentence: Sentence) -> Sentence:
    words = _HEADING.fullmatch(sentence.text) if sentence.claim.kind is ClaimKind.HEADING else None
    if words is None:
        return sentence
    start = sentence.span.start
    return replace(sentence, text=words[1], span=Span(start + words.start(1), start + words.end(1)))


def sentences_at(article: Article, span: Span) -> list[Sentence]:
    """Return the sentences of an article that ``span`` stands in, with how each speaks."""
    return [sentence for sentence in _labelled(article) if sentence.span.overlaps(span)]


@lru_cache(maxsize=64)
def _labelled(article: Article) -> tuple[Sentence, ...]:
    return drafting.label(article)
