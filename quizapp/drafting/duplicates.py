"""The same told again: sentences of one content in other words, found through the words they share.

Only sentences that share a rare word are compared, so the cost grows with the text and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A word in more sentences than this tells nothing about which of them say the same.
_COMMON = 12
_FEWEST = 5


def retellings(contents: Sequence[frozenset[str]], kinds: Sequence[str], *, share: float = 0.72) -> list[list[int]]:
    """Return the sentences in groups of one content, each in order; most groups hold one sentence.

    Two belong together when they are of one kind (a plan does not retell a fact) and share the given part
    of the words of the shorter one. Every member is compared with the first of its group, so groups do not
    drift.
    """
    leaders: dict[int, list[int]] = {}
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(contents):
        leader = _leader(words, kinds[index], contents, kinds, by_word, share) if len(words) >= _FEWEST else None
        if leader is not None:
            leaders[leader].append(index)
            continue
        leaders[index] = [index]
        for word in words:
            if len(by_word[word]) < _COMMON:
                by_word[word].append(index)
    return list(leaders.values())


def _leader(
    words: frozenset[str],
    kind: str,
    contents: Sequence[frozenset[str]],
    kinds: Sequence[str],
    by_word: dict[str, list[int]],
    share: float,
) -> int | None:
    shared: Counter[int] = Counter()
    # Words that stand everywhere are no reason to look closer.
    for word in words:
        at = by_word.get(word, ())
        if len(at) < _COMMON:
            shared.update(at)
    for index, _ in shared.most_common(5):
        other = contents[index]
        shorter = min(len(words), len(other))
        if kinds[index] == kind and shorter >= _FEWEST and len(words & other) >= share * shorter:
            return index
    return None


def likeness(one: str, other: str) -> float:
    """Return the share of the shorter text's letter pairs that stand in the other as well."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
