"""Checks of a bank as a whole: keys must not have a favourite place, length or truth.

Each compares a count with what chance gives (the binomial distribution, normal approximation). What is found would
come about by chance less than once in a hundred banks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from hashlib import blake2s
from math import sqrt
from typing import TYPE_CHECKING

from quizapp.core.gate.finding import Finding, Severity
from quizapp.core.items import SingleChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizapp.core.gate.subject import Subject
    from quizapp.core.inputs import Option
    from quizapp.core.items import Item

# Below this, a bank is too small to tell a habit from chance.
_FEWEST = 10
_RARE = 2.6


@dataclass(slots=True)
class _Tally:
    """Counts beside what chance would give."""

    seen: int = 0
    total: int = 0
    expected: float = 0.0
    variance: float = 0.0

    def add(self, *, seen: bool, chance: float) -> None:
        self.seen += seen
        self.total += 1
        self.expected += chance
        self.variance += chance * (1 - chance)

    @property
    def is_rare(self) -> bool:
        return self.total >= _FEWEST and self.seen - self.expected >= _RARE * sqrt(self.variance)


def key_is_often_longest(subjects: Iterable[Subject]) -> Iterator[Finding]:
    """Yield a bank whose keys are the longest option more often than chance allows."""
    tally = _Tally()
    for subject in subjects:
        for choice in subject.choices:
            if choice.is_single:
                longest = len(choice.keys[0]) > max(map(len, choice.distractors))
                tally.add(seen=longest, chance=1 / len(choice.texts))
    if tally.is_rare:
        yield Finding(
            "key_is_often_longest",
            Severity.WARNING,
            "the right option is the longest in %(seen)d of %(total)d questions (by chance about %(expected)d): "
            "whoever picks the longest does well",
            {"seen": tally.seen, "total": tally.total, "expected": round(tally.expected)},
        )


def key_position(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Yield a bank whose keys stand at one place more often than chance allows, with its options put in other orders.

    Quizzes shuffle options, but paper, exports and ordered options show them as they stand.
    """
    places: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for subject in subjects:
        for choice in subject.choices:
            if choice.is_single and _is_reorderable(subject.item):
                places[len(choice.texts)][choice.correct.index(True)] += 1
    for size, counts in sorted(places.items()):
        place, seen = counts.most_common(1)[0]
        total = counts.total()
        if total >= _FEWEST and seen - total / size >= _RARE * sqrt(total * (size - 1)) / size:
            yield Finding(
                "key_position",
                Severity.WARNING,
                "of %(total)d questions with %(size)d options, %(seen)d have the right one at place %(place)d",
                {"total": total, "size": size, "seen": seen, "place": place + 1},
                mends=tuple(_rearranged(subject.item for subject in subjects)),
            )
            return


def _is_reorderable(item: Item) -> bool:
    return isinstance(item, SingleChoice) and not item.ordered


def _rearranged(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the single choices with their keys spread evenly over the places; the same items give the same orders."""
    by_size: defaultdict[int, list[SingleChoice]] = defaultdict(list)
    for item in items:
        if isinstance(item, SingleChoice) and not item.ordered:
            by_size[len(item.options)].append(item)
    for size, group in by_size.items():
        for position, item in enumerate(sorted(group, key=lambda item: _lot(item.id))):
            options = sorted((o for o in item.options if not o.correct), key=lambda o, item=item: _option_lot(item, o))  # type: ignore[misc]
            options[position % size : position % size] = [o for o in item.options if o.correct]
            if tuple(options) != item.options:
                yield replace(item, options=tuple(options))


def _lot(text: str) -> bytes:
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _option_lot(item: Item, option: Option) -> bytes:
    return _lot(f"{item.id}\x1f{option.text}")


def statements_lean(subjects: Iterable[Subject]) -> Iterator[Finding]:
    """Yield a bank whose statements are true, or false, more often than chance allows."""
    holds = [subject.asks[0].choices[0].correct[0] for subject in subjects if subject.is_statement]
    total, true = len(holds), sum(holds)
    if total < _FEWEST or abs(true - total / 2) < _RARE * sqrt(total) / 2:
        return
    if true > total / 2:
        yield Finding(
            "statements_lean",
            Severity.WARNING,
            "%(seen)d of %(total)d statements to be judged are true: add false ones",
            {"seen": true, "total": total},
        )
    else:
        yield Finding(
            "statements_lean",
            Severity.WARNING,
            "%(seen)d of %(total)d statements to be judged are false: add true ones",
            {"seen": total - true, "total": total},
        )
