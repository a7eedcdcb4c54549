"""FSRS: what a review does to a card. The formula is py-fsrs', fed so that it equals Anki's own.

py-fsrs is a library, and core may use none, so the formula is called here; days and spreading are core's.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import fsrs

from quizapp.core import scheduling
from quizapp.core.scheduling import Phase, Progress, Rating, Reviewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from quizapp.core.scheduling import Review

DESIRED_RETENTION = 0.9
_PHASES = {
    fsrs.State.Learning: Phase.LEARNING, fsrs.State.Review: Phase.REVIEW, fsrs.State.Relearning: Phase.RELEARNING,
}  # fmt: skip
_STATES = {phase: state for state, phase in _PHASES.items()}


def after(progress: Progress | None, review: Review, *, seed: str) -> Progress:
    """Return how a card stands after a review; None is a card never seen before.

    ``seed`` is the card's own: it moves long intervals a little, the same each time.
    """
    count = progress.reviews if progress else 0
    card = _card(progress) if progress else fsrs.Card(card_id=1)
    moment = scheduling.counted_moment(review.day, count)
    card, _ = _scheduler().review_card(card, fsrs.Rating(int(review.rating)), moment)
    phase = _PHASES[card.state]
    wait = card.due - moment
    days = wait.days if phase is Phase.REVIEW else 0
    if days:
        days = scheduling.spread(days, f"{seed}/{count}")
    return Progress(
        phase=phase,
        step=card.step,
        stability=card.stability or 0.0,  # only a card without reviews has none
        difficulty=card.difficulty or 0.0,
        due_at=review.at + (timedelta(days=days) if days else wait),
        due_on=review.day + timedelta(days=days),
        last_on=review.day,
        interval_days=days,
        reviews=count + 1,
        lapses=(progress.lapses if progress else 0) + _is_lapse(progress, review.rating),
    )


def replay(reviews: Iterable[Review], *, seed: str) -> Progress | None:
    """Return how a card stands after all its reviews, the oldest first; None before there is one."""
    progress: Progress | None = None
    for each in steps(reviews, seed=seed):
        progress = each.progress
    return progress


def steps(reviews: Iterable[Review], *, seed: str) -> Iterator[Reviewed]:
    """Yield each review, the oldest first, with how the card stood after it."""
    progress: Progress | None = None
    for review in reviews:
        progress = after(progress, review, seed=seed)
        yield Reviewed(review, progress)


def outlook(progress: Progress | None, at: datetime, day: date, *, seed: str) -> Mapping[Rating, timedelta]:
    """Return for each rating how long the card would then wait."""
    results = {rating: after(progress, scheduling.Review(rating, at, day), seed=seed) for rating in Rating}
    return {rating: timedelta(days=each.interval_days) or each.due_at - at for rating, each in results.items()}


def _is_lapse(progress: Progress | None, rating: Rating) -> bool:
    return progress is not None and progress.phase is Phase.REVIEW and rating is Rating.AGAIN


def _card(progress: Progress) -> fsrs.Card:
    return fsrs.Card(
        card_id=1,  # without one it waits for a millisecond to pass
        state=_STATES[progress.phase],
        step=progress.step,
        stability=progress.stability,
        difficulty=progress.difficulty,
        due=scheduling.counted_moment(progress.due_on, 0),
        last_review=scheduling.counted_moment(progress.last_on, progress.reviews - 1),
    )


@lru_cache
def _scheduler() -> fsrs.Scheduler:
    # Its own fuzz throws dice anew each time: the same reviews would not give the same progress.
    return fsrs.Scheduler(desired_retention=DESIRED_RETENTION, enable_fuzzing=False)
