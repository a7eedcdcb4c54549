"""The scores of attempts, counted, and the upper and lower 27 % of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Float, case, func, literal, select

from quizapp.core.statistics import QuizSums
from quizapp.core.statistics.items import GROUP_SHARE
from quizapp.core.statistics.quizzes import BINS
from quizapp.store.tables import AttemptRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

_LOWER, _MIDDLE, _UPPER = 0, 1, 2
NAMES = {_UPPER: "upper", _MIDDLE: "middle", _LOWER: "lower"}


@dataclass(frozen=True, slots=True)
class ScoreCount:
    """How many attempts have one score, and how many items the shortest and the longest of them have."""

    score: float
    n: int
    fewest_items: int
    most_items: int


def score_counts(session: Session, attempts: ColumnElement[bool]) -> list[ScoreCount]:
    """Return how many attempts have which score, the lowest first: all that the figures need to know of attempts."""
    query = (
        select(AttemptRow.score, func.count(), func.min(AttemptRow.item_count), func.max(AttemptRow.item_count))
        .where(attempts, AttemptRow.finished_at.is_not(None), AttemptRow.score.is_not(None))
        .group_by(AttemptRow.score)
        .order_by(AttemptRow.score)
    )
    rows: Iterable[Any] = session.execute(query)
    return [ScoreCount(*row) for row in rows]


def quiz_sums(scores: Sequence[ScoreCount]) -> QuizSums:
    """Return the sums over the scores of attempts."""
    if not scores:
        return QuizSums()
    bins = [0] * BINS
    for each in scores:
        bins[min(BINS - 1, int(each.score * BINS + 1e-9))] += each.n
    return QuizSums(
        n=sum(each.n for each in scores),
        score=sum(each.score * each.n for each in scores),
        score_squares=sum(each.score * each.score * each.n for each in scores),
        bins=tuple(bins),
        fewest_items=min(each.fewest_items for each in scores),
        most_items=max(each.most_items for each in scores),
    )


def _bounds(scores: Sequence[ScoreCount]) -> tuple[float, float] | None:
    """Return up to which score an attempt is of the lower, and from which of the upper 27 %.

    Attempts with the same score are in the same group, so that groups may be larger; None where all scores are the
    same: everybody is in the middle.
    """
    size = ceil(sum(each.n for each in scores) * GROUP_SHARE)
    low, high = _reached(scores, size), _reached(list(reversed(scores)), size)
    return None if high <= low else (low, high)


def groups(scores: Sequence[ScoreCount]) -> Callable[[float], int]:
    """Return what tells the group of an attempt by its score."""
    low, high = _bounds(scores) or (-inf, inf)
    return lambda share: _UPPER if share >= high else _LOWER if share <= low else _MIDDLE


def group(scores: Sequence[ScoreCount]) -> ColumnElement[int]:
    """Return the group of an attempt, as the database tells it."""
    bounds = _bounds(scores)
    if not bounds:
        return literal(_MIDDLE)
    low, high = bounds
    return case(
        (AttemptRow.score >= literal(high, Float), _UPPER),
        (AttemptRow.score <= literal(low, Float), _LOWER),
        else_=_MIDDLE,
    )


def _reached(scores: Sequence[ScoreCount], size: int) -> float:
    """Return the score at which ``size`` attempts are counted, in the order given."""
    counted = 0
    for each in scores:
        counted += each.n
        if counted >= size:
            return each.score
    return 0.0
