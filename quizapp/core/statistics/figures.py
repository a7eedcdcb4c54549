"""Figures with their number of answers and a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, exp, log, sqrt, tanh
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Fewer answers than this say nothing: the interval of a proportion is then up to 0.35 wide.
ENOUGH = 30
# 97.5 % of the standard normal distribution lie below.
Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate from ``n`` answers, and the 95 % interval around it.

    ``value`` is None where ``n`` is below ``ENOUGH``, or where the figure does not exist (all answers alike).
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    def lies_below(self, limit: float) -> bool:
        """Say whether the whole interval lies below ``limit``: the figure does so surely, not by chance."""
        return self.high is not None and self.high < limit


def wilson(successes: float, n: int) -> tuple[float, float]:
    """Return the score interval of a proportion (Wilson 1927, JASA 22:209)."""
    share, z2 = successes / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def proportion(successes: float, n: int) -> Figure:
    """Return a share of ``n`` answers with Wilson's interval."""
    if n < ENOUGH:
        return Figure(n)
    return Figure(n, successes / n, *wilson(successes, n))


def mean(total: float, squares: float, n: int) -> Figure:
    """Return the mean of scores from 0 to 1; Wilson's interval where all are 0 or 1, else the normal one."""
    if n < ENOUGH:
        return Figure(n)
    if abs(total - squares) < 1e-9 * n:
        return proportion(total, n)
    value = total / n
    half = Z * sqrt(variance(total, squares, n) / n)
    return Figure(n, value, max(0.0, value - half), min(1.0, value + half))


def variance(total: float, squares: float, n: int) -> float:
    """Return the variance of a sample (divided by n - 1) from its sum and sum of squares, never below zero."""
    return max(0.0, (squares - total * total / n) / (n - 1))


def spread(total: float, squares: float, n: int) -> Figure:
    """Return the standard deviation; its logarithm is about normal with variance 1 / (2 (n - 1)).

    (Ahn and Fessler 2003, Standard errors of mean, variance, and standard deviation estimators.)
    """
    if n < ENOUGH:
        return Figure(n)
    value = sqrt(variance(total, squares, n))
    factor = exp(Z / sqrt(2 * (n - 1)))
    return Figure(n, value, value / factor, value * factor)


def median(values: Sequence[float]) -> Figure:
    """Return the median with the interval between two ranks (Campbell and Gardner 1988, BMJ 296:1454)."""
    n = len(values)
    if n < ENOUGH:
        return Figure(n)
    ranked = sorted(values)
    low, high = round(n / 2 - Z * sqrt(n) / 2), round(1 + n / 2 + Z * sqrt(n) / 2)
    return Figure(n, (ranked[(n - 1) // 2] + ranked[n // 2]) / 2, ranked[low - 1], ranked[high - 1])


def difference(upper: float, upper_n: int, lower: float, lower_n: int) -> tuple[float, float, float]:
    """Return the difference of two proportions with its interval (Newcombe 1998, Stat. Med. 17:873, method 10)."""
    one, other = upper / upper_n, lower / lower_n
    (low_one, high_one), (low_other, high_other) = wilson(upper, upper_n), wilson(lower, lower_n)
    value = one - other
    return (
        value,
        value - sqrt((one - low_one) ** 2 + (high_other - other) ** 2),
        value + sqrt((high_one - one) ** 2 + (other - low_other) ** 2),
    )


def correlation(
    n: int, products: float, left: float, left_squares: float, right: float, right_squares: float
) -> Figure:
    """Return Pearson's correlation from sums, with Fisher's interval (Fisher 1921, Metron 1:3)."""
    if n < ENOUGH:
        return Figure(n)
    spread_left, spread_right = variance(left, left_squares, n), variance(right, right_squares, n)
    if spread_left < 1e-12 or spread_right < 1e-12:
        return Figure(n)
    covariance = (products - left * right / n) / (n - 1)
    value = max(-1.0, min(1.0, covariance / sqrt(spread_left * spread_right)))
    if abs(value) > 1 - 1e-12:
        return Figure(n, value, value, value)
    half = Z / sqrt(n - 3)
    return Figure(n, value, tanh(atanh(value) - half), tanh(atanh(value) + half))


def alpha(item_variances: float, total_variance: float, item_count: int, n: int) -> Figure:
    """Return Cronbach's alpha, for items scored 0 or 1 the same as KR-20.

    alpha = k / (k - 1) * (1 - sum of the items' variances / variance of the totals) (Kuder and Richardson 1937,
    Psychometrika 2:151, formula 20; Cronbach 1951, Psychometrika 16:297). ln(1 - alpha) is about normal with variance
    2 k / ((k - 1) (n - 2)) (Bonett 2002, J. Educ. Behav. Stat. 27:335).
    """
    if n < ENOUGH or item_count < 2 or total_variance < 1e-12:
        return Figure(n)
    value = item_count / (item_count - 1) * (1 - item_variances / total_variance)
    half = Z * sqrt(2 * item_count / ((item_count - 1) * (n - 2)))
    if value > 1 - 1e-12:
        return Figure(n, value, value, value)
    doubt = log(1 - value)
    return Figure(n, value, 1 - exp(doubt + half), 1 - exp(doubt - half))
