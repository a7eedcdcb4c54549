"""What the attempts at a quiz tell of it as a whole: mean, spread, histogram, and how reliable its scores are."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from quizapp.core.statistics import figures
from quizapp.core.statistics.figures import ENOUGH, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.core.statistics.items import ItemSums, Sums

BINS = 10


@dataclass(frozen=True, slots=True)
class QuizSums:
    """Sums over the scores (0 to 1) of finished attempts; ``bins`` counts them in tenths, 1 in the last.

    ``fewest_items`` and ``most_items`` are how many items the shortest and the longest attempt has.
    """

    n: int = 0
    score: float = 0.0
    score_squares: float = 0.0
    bins: tuple[int, ...] = (0,) * BINS
    fewest_items: int = 0
    most_items: int = 0


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """Figures of a quiz, all on the scale of scores from 0 to 1.

    ``alpha`` (for items scored 0 or 1: KR-20) and ``standard_error`` exist only where every attempt has the same item
    versions. ``histogram`` is empty below ``ENOUGH`` attempts.
    """

    n: int
    mean: Figure
    spread: Figure
    alpha: Figure
    standard_error: Figure
    histogram: tuple[int, ...]


def quiz_statistics(sums: QuizSums, items: Iterable[ItemSums]) -> QuizStatistics:
    """Return the statistics of a quiz from the sums of its attempts and of its item versions."""
    spread = figures.spread(sums.score, sums.score_squares, sums.n)
    alpha = _alpha(sums, [item.all for item in items])
    return QuizStatistics(
        n=sums.n,
        mean=figures.mean(sums.score, sums.score_squares, sums.n),
        spread=spread,
        alpha=alpha,
        standard_error=_standard_error(spread, alpha),
        histogram=sums.bins if sums.n >= ENOUGH else (),
    )


def _alpha(sums: QuizSums, items: list[Sums]) -> Figure:
    count = len(items)
    if sums.n < ENOUGH or not sums.fewest_items == sums.most_items == count or any(i.n != sums.n for i in items):
        return Figure(sums.n)
    variances = sum(figures.variance(item.score, item.score_squares, item.n) for item in items)
    # Attempts are scored as shares; a total is the share times the number of items.
    total = figures.variance(sums.score, sums.score_squares, sums.n) * count * count
    return figures.alpha(variances, total, count, sums.n)


def _standard_error(spread: Figure, alpha: Figure) -> Figure:
    """Return the standard error of measurement, spread * sqrt(1 - alpha).

    (Lord and Novick 1968, Statistical Theories of Mental Test Scores.) Its interval comes from that of alpha alone.
    """
    if spread.value is None or alpha.value is None or alpha.low is None or alpha.high is None:
        return Figure(spread.n)
    errors = (spread.value * sqrt(max(0.0, 1 - value)) for value in (alpha.value, alpha.high, alpha.low))
    return Figure(spread.n, *errors)
