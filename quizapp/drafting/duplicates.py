"""The same told again: sentences of one content in other words, found through the words they share.

Only sentences that share a rare word are compared, so the cost grows with the text and not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A word in more sentences than this tells nothing about which of them say the same.
_COMMON = 12
_FEWEST = 5
# The share of the shorter and of the longer sentence's words that two must have in common, either way.
_SHORT_IN_LONG = (0.72, 0.35)
_EVEN = (0.6, 0.5)
_MANY = 6
_END = 16
_FIGURE = re.compile(r"[0-9０-９]+")
_DENIED = re.compile(r"ない|なかっ|ません|せず|[かさたまらわれば]ず[、。]|\bnot\b|n't\b|\bnever\b|\bno\b")


@dataclass(frozen=True, slots=True)
class Content:
    """What a sentence says: the words that tell, the kind of claim, its figures, its people, and whether it denies."""

    words: tuple[str, ...]
    kind: str
    figures: frozenset[str]
    denies: bool
    people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, words: frozenset[str], kind: str, people: frozenset[str] = frozenset()) -> Content:
        """Return the content of ``text``, which tells of ``people``."""
        return cls(
            tuple(sorted(words)),
            kind,
            frozenset(_FIGURE.findall(text)),
            _DENIED.search(text[-_END:]) is not None,
            people,
        )

    def retells(self, other: Content) -> bool:
        """Say whether two sentences say the same in other words; other figures say something else."""
        if self.kind != other.kind or self.denies != other.denies:
            return False
        if self.people != other.people and not self.people & other.people:
            return False
        if self.figures and other.figures and not self._counts_as(other):
            return False
        shared = len(frozenset(self.words).intersection(other.words))
        short, long = sorted((len(self.words), len(other.words)))
        if short < _FEWEST:
            return False
        shares = shared / short, shared / long
        return any(
            shares[0] >= least[0] and shares[1] >= least[1] and shared >= fewest
            for least, fewest in ((_SHORT_IN_LONG, 0), (_EVEN, _MANY))
        )

    def _counts_as(self, other: Content) -> bool:
        """Say whether two sentences have the same figures, or the same year and most others."""
        both = self.figures & other.figures
        has_year = any(len(figure) == 4 for figure in both)
        return self.figures == other.figures or (has_year and 2 * len(both) > len(self.figures | other.figures))


def retellings(contents: Sequence[Content]) -> list[list[int]]:
    """Return the sentences in groups of one content, each in order; most groups hold one sentence.

    Every member is compared with the first of its group, so groups do not drift.
    """
    leaders: dict[int, list[int]] = {}
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for index, content in enumerate(contents):
        leader = _leader(content, contents, by_word) if len(content.words) >= _FEWEST else None
        if leader is not None:
            leaders[leader].append(index)
            continue
        leaders[index] = [index]
        for word in content.words:
            if len(by_word[word]) < _COMMON:
                by_word[word].append(index)
    return list(leaders.values())


def _leader(content: Content, contents: Sequence[Content], by_word: dict[str, list[int]]) -> int | None:
    shared: defaultdict[int, int] = defaultdict(int)
    # Words that stand everywhere are no reason to look closer.
    for word in content.words:
        at = by_word.get(word, ())
        if len(at) < _COMMON:
            for index in at:
                shared[index] += 1
    # Counted in the order of the article: words come in no order of their own.
    nearest = sorted(shared.items(), key=lambda row: (-row[1], row[0]))[:5]
    return next((index for index, _ in nearest if content.retells(contents[index])), None)


def likeness(one: str, other: str) -> float:
    """Return the share of the shorter text's letter pairs that stand in the other as well."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(1, min(len(first), len(second)))


@lru_cache(maxsize=300)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
