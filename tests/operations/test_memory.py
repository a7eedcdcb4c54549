"""What a review does to a card: as Anki works it out, and the same each time."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.core.scheduling import Phase, Rating, Review, study_day
from quizapp.operations import memory
from tests.export import learners

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 1, 5, 3, tzinfo=UTC)


def review(rating: Rating, at: datetime = NOON, zone: ZoneInfo = TOKYO) -> Review:
    return Review(rating, at, study_day(at, zone))


def random_log(dice: random.Random, zone: ZoneInfo) -> list[Review]:
    """Return reviews at the hours at which people learn: some on one day, mostly days and weeks apart."""
    day = date(2025, 1, 1) + timedelta(days=dice.randrange(300))
    log: list[Review] = []
    for _ in range(dice.randint(2, 15)):
        hour = dice.choice([0, 1, 2, 6, 7, 8, 9, 12, 13, 17, 18, 19, 20, 21, 22, 23])
        local = datetime(day.year, day.month, day.day, hour, dice.randrange(60), dice.randrange(60), tzinfo=zone)
        at = local.astimezone(UTC)
        if not log or at > log[-1].at:
            log.append(review(Rating(dice.choices([1, 2, 3, 4], [15, 15, 55, 15])[0]), at, zone))
        if dice.random() > 0.15:
            day += timedelta(days=dice.choice([1, 2, 3, 5, 8, 13, 30]))
    return log


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_stability_is_ankis_own_for_random_logs_at_the_hours_at_which_people_learn(zone: str) -> None:
    dice = random.Random(zone)
    logs = [random_log(dice, ZoneInfo(zone)) for _ in range(500)]
    moments = [[(int(each.at.timestamp() * 1000), int(each.rating)) for each in log] for log in logs]

    (states,) = learners.anki(["memory", moments], zone=zone)

    off = []
    for log, (stability, difficulty) in zip(logs, states, strict=True):
        ours = memory.replay(log, seed="card")
        assert ours is not None
        if abs(ours.stability / stability - 1) > 0.001 or abs(ours.difficulty / difficulty - 1) > 0.001:
            off.append((log, ours.stability, stability))
    assert off == []


def test_the_same_reviews_give_the_same_progress_and_cards_drift_apart() -> None:
    log = [review(Rating.GOOD, NOON + timedelta(days=days)) for days in (0, 0, 3, 12, 40)]

    first, again = (memory.replay(log, seed="card") for _ in range(2))
    others = {memory.replay(log, seed=f"card {n}").interval_days for n in range(20)}  # type: ignore[union-attr]

    assert first == again
    assert len(others) > 3


def test_a_forgotten_card_comes_back_within_minutes_and_counts_a_lapse() -> None:
    known = memory.replay([review(Rating.EASY)], seed="x")
    assert known is not None
    later = NOON + timedelta(days=known.interval_days)

    forgotten = memory.after(known, review(Rating.AGAIN, later), seed="x")

    assert (known.phase, forgotten.phase, forgotten.lapses) == (Phase.REVIEW, Phase.RELEARNING, 1)
    assert timedelta() < forgotten.due_at - later < timedelta(hours=1)


def test_each_rating_tells_how_long_the_card_will_wait() -> None:
    waits = memory.outlook(None, NOON, NOON.date(), seed="x")

    assert waits[Rating.AGAIN] < waits[Rating.GOOD] < waits[Rating.EASY]
    assert waits[Rating.EASY] >= timedelta(days=2)
