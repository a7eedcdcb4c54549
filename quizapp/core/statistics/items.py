"""How hard an item is, whether it tells those who know from those who do not, and who chose which option."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, sqrt
from typing import TYPE_CHECKING

from quizapp.core.inputs import Gaps, OneOf, SomeOf, Typed
from quizapp.core.statistics import figures
from quizapp.core.statistics.figures import ENOUGH, Figure, Z

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizapp.core.inputs import Input, Option

# Upper and lower group: this share of the attempts each (Kelley 1939, J. Educ. Psychol. 30:17).
GROUP_SHARE = 0.27
# An item that discriminates less is poor (Ebel and Frisbie 1991, Essentials of Educational Measurement).
POOR_DISCRIMINATION = 0.2
# An item that fewer get right is difficult, or something is wrong with it (Moodle's Quiz statistics report).
HARD_FACILITY = 0.2
# A distractor that fewer choose is dead (Haladyna and Downing 1993, Educ. Psychol. Meas. 53:999).
DEAD_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over answers to an item: of the scores (0 to 1), and of the rest scores of the attempts.

    A rest score is the mean score on the other items of the attempt, so that no item is compared with itself and
    attempts of different length can stand together. ``rest_n`` counts attempts that have other items.
    """

    n: int = 0
    score: float = 0.0
    score_squares: float = 0.0
    rest_n: int = 0
    rest: float = 0.0
    rest_squares: float = 0.0
    products: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.n + other.n,
            self.score + other.score,
            self.score_squares + other.score_squares,
            self.rest_n + other.rest_n,
            self.rest + other.rest,
            self.rest_squares + other.rest_squares,
            self.products + other.products,
        )


@dataclass(frozen=True, slots=True)
class ItemSums:
    """The sums of an item version, by the group that its attempts belong to."""

    upper: Sums = field(default_factory=Sums)
    middle: Sums = field(default_factory=Sums)
    lower: Sums = field(default_factory=Sums)

    @property
    def all(self) -> Sums:
        """The sums over all groups."""
        return self.upper + self.middle + self.lower


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What the answers tell of an item version.

    ``score`` is the sum of the ``n`` scores, ``facility`` their mean; ``discrimination`` the upper group's facility
    minus the lower group's; ``point_biserial`` the correlation of the score with the rest score, corrected in that the
    item is not in it.
    """

    n: int
    score: float
    facility: Figure
    discrimination: Figure
    point_biserial: Figure

    @property
    def is_negative(self) -> bool:
        """Whether those who know more surely do worse: the key may be wrong."""
        return self.discrimination.lies_below(0) or self.point_biserial.lies_below(0)

    @property
    def is_poor(self) -> bool:
        """Whether the item surely tells too little of who knows and who does not."""
        return self.discrimination.lies_below(POOR_DISCRIMINATION)

    @property
    def is_hard(self) -> bool:
        """Whether surely hardly anybody gets it right."""
        return self.facility.lies_below(HARD_FACILITY)


def item_statistics(sums: ItemSums) -> ItemStatistics:
    """Return the statistics of an item version."""
    every = sums.all
    return ItemStatistics(
        n=every.n,
        score=every.score,
        facility=figures.mean(every.score, every.score_squares, every.n),
        discrimination=_discrimination(sums.upper, sums.lower, every.n),
        point_biserial=figures.correlation(
            every.rest_n, every.products, every.score, every.score_squares, every.rest, every.rest_squares
        )
        if every.rest_n == every.n
        else Figure(every.rest_n),
    )


def _discrimination(upper: Sums, lower: Sums, n: int) -> Figure:
    # Groups far smaller than meant come from other items' attempts being in them.
    fewest = ceil(ENOUGH * GROUP_SHARE) - 1
    if n < ENOUGH or upper.n < fewest or lower.n < fewest:
        return Figure(n)
    if all(abs(group.score - group.score_squares) < 1e-9 * group.n for group in (upper, lower)):
        return Figure(n, *figures.difference(upper.score, upper.n, lower.score, lower.n))
    value = upper.score / upper.n - lower.score / lower.n
    error = sqrt(sum(figures.variance(group.score, group.score_squares, group.n) / group.n for group in (upper, lower)))
    return Figure(n, value, max(-1.0, value - Z * error), min(1.0, value + Z * error))


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many attempts of each group gave one answer (as ``inputs`` has it: option ids, or an entry for each gap)."""

    answer: tuple[str, ...]
    upper: int = 0
    middle: int = 0
    lower: int = 0


@dataclass(frozen=True, slots=True)
class OptionCount:
    """Who chose an option; ``share`` is of all answers. The option None stands for no answer."""

    option: Option | None
    upper: int
    middle: int
    lower: int
    share: Figure

    @property
    def is_dead(self) -> bool:
        """Whether it is a distractor that surely almost nobody takes for right."""
        return self.option is not None and not self.option.correct and self.share.lies_below(DEAD_SHARE)

    @property
    def draws_the_best(self) -> bool:
        """Whether it is a distractor that the upper group chose more often than the lower: perhaps it is right."""
        return (
            self.option is not None and not self.option.correct and self.upper > self.lower and self.share.n >= ENOUGH
        )


def option_tables(shape: Input, counts: Sequence[AnswerCount]) -> dict[int, tuple[OptionCount, ...]]:
    """Return who chose which option, by the number of the gap (0: the item has none); nothing for what is typed."""
    match shape:
        case OneOf(options=options) | SomeOf(options=options):
            return {0: option_counts(options, counts)}
        case Gaps(gaps=gaps):
            return {
                place + 1: option_counts(gap.options, counts, place)
                for place, gap in enumerate(gaps)
                if isinstance(gap, OneOf)
            }
        case Typed():
            return {}


def option_counts(
    options: Sequence[Option], counts: Iterable[AnswerCount], gap: int | None = None
) -> tuple[OptionCount, ...]:
    """Return who chose which option, in the order of the options, no answer last.

    ``gap`` is the place of the gap (from 0) where the options are those of one gap of several.
    """
    chosen: dict[str, list[int]] = {option.id: [0, 0, 0] for option in options}
    none = [0, 0, 0]
    n = 0
    for count in counts:
        groups = (count.upper, count.middle, count.lower)
        n += sum(groups)
        answer = count.answer if gap is None else count.answer[gap : gap + 1]
        places = [chosen[name] for name in set(answer) if name in chosen] or [none]
        for place in places:
            for position, number in enumerate(groups):
                place[position] += number
    return (
        *(_option_count(option, chosen[option.id], n) for option in options),
        _option_count(None, none, n),
    )


def _option_count(option: Option | None, groups: Sequence[int], n: int) -> OptionCount:
    upper, middle, lower = groups
    return OptionCount(option, upper, middle, lower, figures.proportion(sum(groups), n))
