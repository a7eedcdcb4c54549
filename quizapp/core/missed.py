"""What to practise again: items that were missed or unsure, until they were right twice on different days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

RIGHT_DAYS = 2


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """How an item went in a finished attempt; flagged means unsure."""

    identity: str
    attempt_code: str
    score: float
    is_flagged: bool
    finished_at: datetime

    @property
    def is_miss(self) -> bool:
        """Whether it needs practice."""
        return self.score < 1 or self.is_flagged


def to_practise(outcomes: Iterable[ItemOutcome], day_of: Callable[[datetime], date]) -> list[str]:
    """Return identities, newest miss first; ``day_of`` tells which day a moment falls on for the student."""
    last_miss: dict[str, datetime] = {}
    right_days: dict[str, set[date]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.finished_at):
        if outcome.is_miss:
            last_miss[outcome.identity] = outcome.finished_at
            right_days[outcome.identity] = set()
        elif outcome.identity in last_miss:
            right_days[outcome.identity].add(day_of(outcome.finished_at))
    due = [identity for identity in last_miss if len(right_days[identity]) < RIGHT_DAYS]
    return sorted(due, key=lambda identity: last_miss[identity], reverse=True)
