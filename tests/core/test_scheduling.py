"""Study days turn at four where the learner is; new cards and forecasts follow from plain counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core import scheduling

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        (datetime(2026, 1, 5, 18, 59, tzinfo=UTC), "Asia/Tokyo", date(2026, 1, 5)),
        (datetime(2026, 1, 5, 19, 0, tzinfo=UTC), "Asia/Tokyo", date(2026, 1, 6)),
        (datetime(2026, 3, 8, 10, 59, tzinfo=UTC), "America/Los_Angeles", date(2026, 3, 7)),
        (datetime(2026, 3, 8, 11, 0, tzinfo=UTC), "America/Los_Angeles", date(2026, 3, 8)),
    ],
)
def test_a_day_turns_at_four_in_the_morning(moment: datetime, zone: str, day: date) -> None:
    assert scheduling.study_day(moment, ZoneInfo(zone)) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_begins_where_it_says(day: date) -> None:
    begin = scheduling.day_begins(day, LOS_ANGELES)

    assert scheduling.study_day(begin, LOS_ANGELES) == day
    assert scheduling.study_day(begin - timedelta(seconds=1), LOS_ANGELES) == day - timedelta(days=1)


@given(st.integers(1, 36500), st.text())
def test_a_spread_interval_stays_near_and_never_becomes_today(interval: int, seed: str) -> None:
    spread = scheduling.spread(interval, seed)

    assert 1 <= spread <= scheduling.MOST_DAYS
    assert abs(spread - interval) <= 4 + interval * 0.06


@pytest.mark.parametrize(
    ("introduced", "left", "days_to_exam", "shown"),
    [(0, 100, None, 20), (15, 100, None, 5), (20, 100, None, 0), (0, 3, None, 3), (0, 100, 8, 20), (0, 300, 13, 30),
     (10, 290, 13, 20), (0, 50, 2, 50)],
)  # fmt: skip
def test_new_cards_keep_to_the_limit_unless_an_exam_is_near(
    introduced: int, left: int, days_to_exam: int | None, shown: int
) -> None:
    limit = scheduling.new_per_day(20, unseen=left + introduced, days_to_exam=days_to_exam) if days_to_exam else 20

    assert scheduling.new_today(limit, introduced, left=left) == shown


@pytest.mark.parametrize(
    ("limit", "reviewed", "due", "shown"), [(None, 500, 70, 70), (50, 0, 70, 50), (50, 45, 70, 5), (50, 60, 70, 0)]
)
def test_reviews_keep_to_the_limit_of_the_day(limit: int | None, reviewed: int, due: int, shown: int) -> None:
    assert scheduling.reviews_today(limit, reviewed, due=due) == shown


def test_a_forecast_counts_what_is_overdue_for_today() -> None:
    today = date(2026, 1, 5)
    due = [today + timedelta(days=days) for days in (-3, 0, 1, 1, 9)]

    assert scheduling.forecast(due, today, 3) == [2, 2, 0]
