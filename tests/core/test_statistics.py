"""Figures are right (against the literature and NumPy), carry their interval, and say nothing on too few answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.inputs import Gaps, OneOf, Option, Typed
from quizapp.core.statistics import (
    AnswerCount,
    Figure,
    ItemSums,
    QuizSums,
    Sums,
    figures,
    item_statistics,
    median,
    option_tables,
    quiz_statistics,
)


def table(attempts: int, items: int, seed: int = 7) -> Any:
    """Return scores of 0 and 1, a row an attempt; who knows more does better."""
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=(attempts, 1))
    return (rng.normal(size=(attempts, items)) + ability > np.linspace(-1, 1, items)).astype(float)


def sums(scores: Any, rest: Any) -> Sums:
    return Sums(
        len(scores), scores.sum(), (scores**2).sum(), len(rest), rest.sum(), (rest**2).sum(), (scores * rest).sum()
    )


def item_sums(scores: Any) -> list[ItemSums]:
    """Return the sums of each item of a table, groups by the totals."""
    totals = scores.sum(axis=1)
    ranked, size = np.sort(totals), int(np.ceil(0.27 * len(totals)))
    upper, lower = totals >= ranked[-size], totals <= ranked[size - 1]
    rest = (totals[:, None] - scores) / (scores.shape[1] - 1)
    return [
        ItemSums(*(sums(scores[rows, item], rest[rows, item]) for rows in (upper, ~(upper | lower), lower)))
        for item in range(scores.shape[1])
    ]


def quiz_sums(scores: Any) -> QuizSums:
    shares, items = scores.mean(axis=1), scores.shape[1]
    bins = tuple(int(count) for count in np.histogram(shares, bins=10, range=(0, 1))[0])
    return QuizSums(len(shares), shares.sum(), (shares**2).sum(), bins, items, items)


# Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_that_of_the_literature(successes: int, n: int, low: float, high: float) -> None:
    assert figures.wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
@pytest.mark.parametrize(
    ("upper", "lower", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_the_interval_of_a_difference_is_that_of_the_literature(
    upper: tuple[int, int], lower: tuple[int, int], low: float, high: float
) -> None:
    assert figures.difference(*upper, *lower)[1:] == pytest.approx((low, high), abs=5e-5)


def test_facility_discrimination_and_point_biserial_are_those_of_numpy() -> None:
    scores = table(400, 12)
    totals = scores.sum(axis=1)
    ranked = np.sort(totals)
    upper, lower = scores[totals >= ranked[-108]], scores[totals <= ranked[107]]

    for item, found in enumerate(map(item_statistics, item_sums(scores))):
        rest = totals - scores[:, item]
        assert found.n == 400
        assert found.facility.value == pytest.approx(scores[:, item].mean())
        assert found.discrimination.value == pytest.approx(upper[:, item].mean() - lower[:, item].mean())
        assert found.point_biserial.value == pytest.approx(np.corrcoef(scores[:, item], rest)[0, 1])


def test_partial_credit_counts_as_it_is() -> None:
    scores = table(100, 6) * 0.5 + table(100, 6, seed=8) * 0.5
    found = item_statistics(item_sums(scores)[0])

    assert found.facility.value == pytest.approx(scores[:, 0].mean())
    half = 1.96 * scores[:, 0].std(ddof=1) / 10
    assert found.facility.low == pytest.approx(scores[:, 0].mean() - half, abs=1e-4)


def test_mean_spread_alpha_and_error_of_a_quiz_are_those_of_numpy() -> None:
    scores = table(300, 20)
    shares = scores.mean(axis=1)
    alpha = 20 / 19 * (1 - scores.var(axis=0, ddof=1).sum() / scores.sum(axis=1).var(ddof=1))
    found = quiz_statistics(quiz_sums(scores), item_sums(scores))

    assert found.mean.value == pytest.approx(shares.mean())
    assert found.spread.value == pytest.approx(shares.std(ddof=1))
    assert found.alpha.value == pytest.approx(alpha)
    assert found.standard_error.value == pytest.approx(shares.std(ddof=1) * np.sqrt(1 - alpha))
    assert sum(found.histogram) == 300


def test_alpha_of_items_scored_0_or_1_is_kr_20() -> None:
    scores = table(200, 15)
    facility = scores.mean(axis=0)
    kr_20 = 15 / 14 * (1 - (facility * (1 - facility)).sum() / scores.sum(axis=1).var())

    assert quiz_statistics(quiz_sums(scores), item_sums(scores)).alpha.value == pytest.approx(kr_20)


def test_intervals_hold_what_they_promise_in_nineteen_quizzes_of_twenty() -> None:
    whole = table(40_000, 10)
    totals = whole.sum(axis=1)
    truth = np.corrcoef(whole[:, 3], totals - whole[:, 3])[0, 1]
    alpha = 10 / 9 * (1 - whole.var(axis=0).sum() / totals.var())
    samples = [whole[start : start + 100] for start in range(0, 40_000, 100)]

    correlations = [item_statistics(item_sums(sample)[3]).point_biserial for sample in samples]
    alphas = [quiz_statistics(quiz_sums(sample), item_sums(sample)).alpha for sample in samples]

    assert 0.92 < np.mean([holds(figure, truth) for figure in correlations]) < 0.985
    assert 0.92 < np.mean([holds(figure, alpha) for figure in alphas]) < 0.985


def holds(figure: Figure, truth: float) -> bool:
    assert figure.low is not None
    assert figure.high is not None
    return figure.low <= truth <= figure.high


def test_below_thirty_answers_nothing_is_said_but_their_number() -> None:
    scores = table(29, 5)
    item = item_statistics(item_sums(scores)[0])
    quiz = quiz_statistics(quiz_sums(scores), item_sums(scores))
    nothing = Figure(29)

    assert (item.facility, item.discrimination, item.point_biserial) == (nothing, nothing, nothing)
    assert (quiz.mean, quiz.spread, quiz.alpha, quiz.standard_error) == (nothing, nothing, nothing, nothing)
    assert quiz.histogram == ()
    assert not item.is_negative
    assert not item.is_poor


def test_an_item_that_all_answer_alike_has_no_correlation() -> None:
    scores = table(60, 5)
    scores[:, 0] = 1.0
    found = item_statistics(item_sums(scores)[0])

    assert found.facility.value == 1
    assert found.point_biserial == Figure(60)


def test_attempts_with_different_items_have_no_alpha() -> None:
    scores = table(60, 5)
    items = item_sums(scores)

    assert quiz_statistics(quiz_sums(scores), items[:4]).alpha == Figure(60)


def test_only_a_sure_finding_is_called_one() -> None:
    scores = table(1500, 30)
    turned, chance = scores.copy(), scores.copy()
    turned[:, 0] = 1 - turned[:, 0]
    chance[:, 0] = np.random.default_rng(3).integers(0, 2, 1500)

    assert item_statistics(item_sums(turned)[0]).is_negative
    assert item_statistics(item_sums(chance)[0]).is_poor
    assert not item_statistics(item_sums(scores)[0]).is_poor
    assert not item_statistics(item_sums(turned[:40])[1]).is_negative


OPTIONS = (Option("橋", correct=True), Option("港"), Option("灯台"))


def test_a_distractor_table_counts_who_chose_what_by_group() -> None:
    key, port, tower = (option.id for option in OPTIONS)
    counts = [AnswerCount((key,), 40, 50, 20), AnswerCount((port,), 12, 30, 8), AnswerCount((), 1, 0, 30)]

    found = option_tables(OneOf(OPTIONS), [*counts, AnswerCount((tower,), 0, 1, 0)])[0]

    assert [(row.option, row.upper, row.middle, row.lower) for row in found] == [
        (OPTIONS[0], 40, 50, 20), (OPTIONS[1], 12, 30, 8), (OPTIONS[2], 0, 1, 0), (None, 1, 0, 30),
    ]  # fmt: skip
    assert [row.is_dead for row in found] == [False, False, True, False]
    assert [row.draws_the_best for row in found] == [False, True, False, False]
    assert found[0].share.value == pytest.approx(110 / 192)


def test_options_of_one_gap_of_several_are_counted_by_its_place() -> None:
    key, port, _tower = (option.id for option in OPTIONS)

    shape = Gaps((Typed(("2019",)), OneOf(OPTIONS)))
    tables = option_tables(shape, [AnswerCount(("2019", key), 3), AnswerCount(("2018", port), 1)])
    found = tables[2]

    assert list(tables) == [2]
    assert [row.upper for row in found] == [3, 1, 0, 0]
    assert not any(row.is_dead or row.draws_the_best for row in found)


@given(
    st.lists(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=4, max_size=4), min_size=30, max_size=60),
)
def test_whatever_the_scores_every_interval_holds_its_value(rows: list[list[float]]) -> None:
    scores = np.array(rows)
    items = item_sums(scores)
    quiz = quiz_statistics(quiz_sums(scores), items)
    found = [quiz.mean, quiz.spread, quiz.alpha, quiz.standard_error]
    for item in map(item_statistics, items):
        found += [item.facility, item.discrimination, item.point_biserial]

    for figure in found:
        if figure.value is not None:
            assert figure.low is not None
            assert figure.high is not None
            assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


@pytest.mark.parametrize(("n", "low", "high"), [(30, 10, 21), (50, 18, 33), (100, 40, 61)])
def test_the_interval_of_a_median_lies_between_the_ranks_of_the_literature(n: int, low: int, high: int) -> None:
    found = median([float(rank) for rank in range(n, 0, -1)])

    assert (found.n, found.value, found.low, found.high) == (n, (n + 1) / 2, low, high)
    assert median([1.0] * 29) == Figure(29)
