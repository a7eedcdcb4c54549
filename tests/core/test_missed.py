"""What is to practise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from quizapp.core.missed import ItemOutcome, to_practise

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def outcome(identity: str, day: int, score: float, *, hours: int = 0, flagged: bool = False) -> ItemOutcome:
    return ItemOutcome(identity, "code", score, flagged, START + timedelta(days=day, hours=hours))


def due(*outcomes: ItemOutcome) -> list[str]:
    return to_practise(outcomes, lambda moment: moment.date())


def test_the_newest_miss_comes_first() -> None:
    assert due(outcome("old", 1, 0), outcome("new", 2, 0), outcome("right", 2, 1)) == ["new", "old"]


def test_twice_right_on_one_day_is_not_enough() -> None:
    again = [outcome("a", 1, 0), outcome("a", 2, 1), outcome("a", 2, 1, hours=3)]
    assert due(*again) == ["a"]
    assert due(*again, outcome("a", 3, 1)) == []


def test_a_new_miss_begins_anew() -> None:
    assert due(outcome("a", 1, 0), outcome("a", 2, 1), outcome("a", 3, 0.5), outcome("a", 4, 1)) == ["a"]


def test_an_unsure_right_answer_is_practised_too() -> None:
    assert due(outcome("a", 1, 1, flagged=True)) == ["a"]
