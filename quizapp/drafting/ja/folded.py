"""Words and chunks in a small form: a long article is taken apart as a whole before anything is asked about it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.ja.analysis import Token
from quizapp.drafting.ja.heads import Chunk

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = 6


class Folded(NamedTuple):
    """What the words and chunks of a sentence say; ``numbers`` hold so many of each chunk, one after another."""

    surfaces: tuple[str, ...]
    classes: tuple[tuple[str, ...], ...]
    lemmas: tuple[str, ...]
    cases: tuple[str, ...]
    forms: tuple[str, ...]
    numbers: array[int]


def folded(tokens: Sequence[Token], chunks: Sequence[Chunk]) -> Folded:
    """Return words, which follow upon each other without a gap, and their chunks in a small form."""
    return Folded(
        tuple([token.surface for token in tokens]),
        tuple([token.pos for token in tokens]),
        tuple([token.lemma for token in tokens]),
        tuple([chunk.case for chunk in chunks]),
        tuple([chunk.form for chunk in chunks]),
        array("h", [n for c in chunks for n in (c.last, c.noun_end, c.head, c.start, c.comma, c.is_copula)]),
    )


def unfolded(small: Folded) -> tuple[tuple[Token, ...], tuple[Chunk, ...]]:
    """Return the words and chunks that were folded."""
    tokens: list[Token] = []
    end = 0
    for surface, pos, lemma in zip(small.surfaces, small.classes, small.lemmas, strict=True):
        start, end = end, end + len(surface)
        tokens.append(Token(surface, start, end, pos, lemma))
    chunks: list[Chunk] = []
    last = 0
    for case, form, *numbers in zip(small.cases, small.forms, *[iter(small.numbers)] * _NUMBERS, strict=True):
        first = last
        last, noun_end, head, start, comma, is_copula = numbers
        chunk = Chunk(first, last, noun_end, case, form, bool(comma), bool(is_copula), head, start=start)
        chunk.has_noun = noun_end > first
        chunks.append(chunk)
    for index, chunk in enumerate(chunks[:-1]):
        leans_on = chunks[chunk.head]
        leans_on.children = (*leans_on.children, index)
    return tuple(tokens), tuple(chunks)
