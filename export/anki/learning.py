"""A learner's progress as Anki stores it: schedule, memory state and review log.

Anki takes it once, with a card that it does not have yet, and only where the learner ticks "Import any learning
progress". Days are counted from the first study day: Anki moves them to the collection that imports.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quizapp.core.scheduling import Phase

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date

    from quizapp.core.scheduling import Reviewed

_UPDATE_CARD = (
    "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = 2500, reps = ?, lapses = ?, left = ?, data = ? "
    "WHERE nid = ? AND ord = ?"
)
_INSERT_REVIEW = "INSERT INTO revlog SELECT ?, id, -1, ?, ?, ?, ?, 0, ? FROM cards WHERE nid = ? AND ord = ?"
# As Anki's own defaults, which are FSRS' too: a card stands in one of so many steps.
_STEPS = {Phase.LEARNING: 2, Phase.RELEARNING: 1}
_QUEUES = {Phase.LEARNING: 1, Phase.REVIEW: 2, Phase.RELEARNING: 1}
# The last of FSRS' default parameters, and the share that is to be remembered.
_DECAY, _RETENTION = 0.1542, 0.9


class Learning:
    """The progress of one learner, gathered while notes are written; ``began`` is the day from which days count."""

    def __init__(self, began: date) -> None:
        self._began = began
        self._cards: list[tuple[Any, ...]] = []
        self._reviews: list[tuple[Any, ...]] = []
        self._moments: set[int] = set()

    def add(self, note: int, ordinals: Sequence[int], learnt: Sequence[Reviewed]) -> None:
        """Take up the reviews of a note, the oldest first, for its cards ``ordinals``."""
        for ordinal in ordinals:
            self._cards.append((*self._card(learnt), note, ordinal))
            for before, each in pairwise((None, *learnt)):
                if each:
                    self._reviews.append((*self._review(before, each), note, ordinal))

    def write(self, cursor: sqlite3.Cursor) -> None:
        """Write what was taken up into a collection that holds the cards."""
        cursor.executemany(_UPDATE_CARD, self._cards)
        cursor.executemany(_INSERT_REVIEW, self._reviews)
        settings = json.loads(cursor.execute("SELECT conf FROM col").fetchone()[0])
        settings |= {"schedVer": 2, "creationOffset": 0, "rollover": 4}
        # Four in the morning of the day, at offset 0: the day that Anki then counts from is this one everywhere.
        first = datetime(self._began.year, self._began.month, self._began.day, 4, tzinfo=UTC)
        cursor.execute("UPDATE col SET crt = ?, conf = ?", (int(first.timestamp()), json.dumps(settings)))

    def _card(self, learnt: Sequence[Reviewed]) -> tuple[Any, ...]:
        last = learnt[-1]
        progress = last.progress
        is_due_by_day = progress.phase is Phase.REVIEW
        due = (progress.due_on - self._began).days if is_due_by_day else int(progress.due_at.timestamp())
        left = 0 if is_due_by_day else _STEPS[progress.phase] - (progress.step or 0)
        interval = 0 if progress.phase is Phase.LEARNING else max(1, progress.interval_days)
        memory = {
            "s": round(progress.stability, 4),
            "d": round(progress.difficulty, 3),
            "dr": _RETENTION,
            "decay": _DECAY,
            "lrt": int(last.review.at.timestamp()),
        }
        state = (int(progress.phase), _QUEUES[progress.phase], due, interval, progress.reviews, progress.lapses, left)
        return (*state, json.dumps(memory, separators=(",", ":")))

    def _review(self, before: Reviewed | None, each: Reviewed) -> tuple[int, ...]:
        moment = int(each.review.at.timestamp() * 1000)
        while moment in self._moments:
            moment += 1  # the moment is the review's number in Anki
        self._moments.add(moment)
        kind = 0 if before is None else int(before.progress.phase) - 1
        last = 0 if before is None else _wait(before)
        difficulty = round((each.progress.difficulty - 1) / 9 * 1000) + 100
        return moment, int(each.review.rating), _wait(each), last, difficulty, kind


def _wait(reviewed: Reviewed) -> int:
    """Return how long a card waits after a review: days, or seconds below 0, as Anki tells them apart."""
    progress = reviewed.progress
    return progress.interval_days or -int((progress.due_at - reviewed.review.at).total_seconds())
