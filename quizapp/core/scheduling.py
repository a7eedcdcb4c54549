"""Study days, and how a card stands between reviews: what spaced repetition needs beside its formula.

A day turns at four in the morning where the learner is, as in Anki; the formula (FSRS, in ``operations.memory``) counts
whole days. Progress is worked out of the reviews alone and can be made anew from them at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from hashlib import blake2s
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

ROLLOVER = timedelta(hours=4)
MOST_DAYS = 36500
# Anki's, from ``rslib/src/scheduler/states/fuzz.rs``: a share of the days of an interval within each band.
_FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


class Rating(IntEnum):
    """How well a learner remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(IntEnum):
    """Where a card is: not yet seen, in its first steps, on intervals of days, or in steps after it was forgotten."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Review:
    """A learner's look at a card; ``day`` is the study day it fell on, where the learner was."""

    rating: Rating
    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Progress:
    """How a card stands: ``stability`` in days, ``difficulty`` from 1 to 10, when it is due next.

    In steps it is due at the moment ``due_at``; on intervals from the beginning of the day ``due_on``.
    """

    phase: Phase
    step: int | None
    stability: float
    difficulty: float
    due_at: datetime
    due_on: date
    last_on: date
    interval_days: int
    reviews: int
    lapses: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review with how the card stood after it."""

    review: Review
    progress: Progress


def study_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return the study day of a moment for a learner in ``zone``."""
    # Wall clock time: the day of a clock change turns at four too.
    return (moment.astimezone(zone).replace(tzinfo=None) - ROLLOVER).date()


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a study day begins, in UTC."""
    return (datetime(day.year, day.month, day.day, tzinfo=zone) + ROLLOVER).astimezone(UTC)


def counted_moment(day: date, index: int) -> datetime:
    """Return a moment for the ``index``-th review of a card such that moments differ by the days between reviews.

    FSRS in Python takes 24 hours for a day, which at real hours gives another stability than Anki's days.
    """
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(seconds=index)


def spread(interval_days: int, seed: str, *, most: int = MOST_DAYS) -> int:
    """Return an interval moved a little, so that cards learnt together do not stay together; same seed, same days.

    The width is Anki's: 15 % of the days from 2.5 to 7, 10 % up to 20, 5 % beyond, and one day.
    """
    if interval_days < 3:
        return interval_days
    width = 1.0 + sum(share * max(0.0, min(interval_days, end) - start) for start, end, share in _FUZZ_BANDS)
    low = max(2, round(interval_days - width))
    high = min(most, round(interval_days + width))
    share = int.from_bytes(blake2s(seed.encode(), digest_size=8).digest(), "big") / 2**64
    return low + int(share * (high - low + 1))


def new_today(limit: int, introduced: int, *, left: int) -> int:
    """Return how many new cards to show today; ``introduced`` were today already, ``left`` were never shown."""
    return max(0, min(left, limit - introduced))


def reviews_today(limit: int | None, reviewed: int, *, due: int) -> int:
    """Return how many of the cards that are ``due`` to show today; ``reviewed`` were today already."""
    return due if limit is None else max(0, min(due, limit - reviewed))


def new_per_day(limit: int, *, unseen: int, days_to_exam: int) -> int:
    """Return how many new cards a day an exam asks for; ``unseen`` are those that were not before today.

    They are spread over the days before it, all but the last three, which are for reviews; the limit then gives way.
    """
    return max(limit, -(-unseen // max(1, days_to_exam - 3)))


def forecast(due: Sequence[date], today: date, days: int) -> list[int]:
    """Return how many cards are due on each of the next ``days`` days; overdue ones count for today."""
    counts = [0] * days
    for each in due:
        ahead = max(0, (each - today).days)
        if ahead < days:
            counts[ahead] += 1
    return counts
