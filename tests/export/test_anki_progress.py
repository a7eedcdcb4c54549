"""A learner's own package: schedule, memory and review log arrive in the real Anki, once, and the deck stays itself."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from export import anki
from quizapp.core.scheduling import Phase, Rating, Review, Reviewed, study_day
from quizapp.operations import memory
from tests.builders import a_bank, a_large_bank, one_of_each
from tests.export import learners

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.core.bank import Bank

ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles")


def reviewed(seed: str, zone: str, *, ends: datetime | None = None, ratings: tuple[int, ...] = ()) -> list[Reviewed]:
    """Return reviews at the hours at which people learn, the last of them within the last days."""
    dice = random.Random(seed)
    # Never the very second at which a study day turns: Anki counts it to the day before.
    at = ends or datetime.now(UTC).replace(second=30, microsecond=0) - timedelta(minutes=dice.randrange(30, 9000))
    moments = [at]
    given = ratings or tuple(dice.choices([1, 2, 3, 4], [15, 15, 55, 15])[0] for _ in range(dice.randint(1, 8)))
    for _ in given[1:]:
        moments.append(moments[-1] - timedelta(days=dice.choice([0, 1, 2, 5, 13]), minutes=dice.randrange(11, 700)))
    where = ZoneInfo(zone)
    log = [
        Review(Rating(rating), moment, study_day(moment, where))
        for rating, moment in zip(given, reversed(moments), strict=True)
    ]
    return list(memory.steps(log, seed=seed))


def packed(bank: Bank, folder: Path, name: str, **more: Any) -> str:
    path = folder / f"{name}.apkg"
    path.write_bytes(anki.write(bank, **more).content)
    return str(path)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("age", [10, 2500])
def test_due_days_intervals_memory_and_review_log_arrive(zone: str, age: int, tmp_path: Path) -> None:
    bank = a_large_bank(60)
    learnt = {item.id: reviewed(item.id, zone) for item in bank.items[:50]}
    path = packed(bank, tmp_path, "progress", learnt=learnt)
    before = study_day(datetime.now(UTC), ZoneInfo(zone))

    _, imported, cards = learners.anki(["age", age], ["import", path, True], ["standing"], zone=zone)

    days = {before, study_day(datetime.now(UTC), ZoneInfo(zone))}  # one, or two where a day turned meanwhile
    assert imported == {"new": 60, "updated": 0, "duplicate": 0, "conflicting": 0}
    assert sum(len(card["log"]) for card in cards.values()) == sum(map(len, learnt.values()))
    for item in bank.items:
        card = cards[f"{item.id}/0"]
        if item.id not in learnt:
            assert (card["type"], card["log"]) == (0, [])
            continue
        steps = learnt[item.id]
        progress = steps[-1].progress
        assert card["type"] == progress.phase
        if progress.phase is Phase.REVIEW:
            assert card["due"] in {(progress.due_on - day).days for day in days}
            assert card["interval"] == progress.interval_days
        else:
            assert card["due"] == int(progress.due_at.timestamp())
        assert (card["reviews"], card["lapses"]) == (progress.reviews, progress.lapses)
        assert card["log"] == [int(each.review.rating) for each in steps]
        assert card["memory"]["s"] == pytest.approx(progress.stability, rel=1e-3, abs=1e-3)
        assert card["memory"]["d"] == pytest.approx(progress.difficulty, abs=1e-2)
    if zone != "America/Los_Angeles":  # where clocks change, Anki counts some early mornings otherwise in its replay
        for name, steps in learnt.items():
            assert cards[f"{name}/0"]["stability"] == pytest.approx(steps[-1].progress.stability, rel=1e-3)


def test_the_deck_is_the_same_deck_so_that_updates_go_on_and_nothing_comes_twice(tmp_path: Path) -> None:
    bank = a_large_bank(5)
    learnt = {item.id: reviewed(item.id, "UTC", ratings=(3, 3, 3, 4)) for item in bank.items[:3]}
    deck, own = packed(bank, tmp_path, "deck"), packed(bank, tmp_path, "own", learnt=learnt)

    _, before, plain, again, after = learners.anki(
        ["import", own, True], ["state"], ["import", deck], ["import", own, True], ["state"]
    )

    assert plain == again == {"new": 0, "updated": 0, "duplicate": 5, "conflicting": 0}
    assert after == before
    assert after["reviews"] == 12


def test_what_anki_has_already_keeps_its_own_progress(tmp_path: Path) -> None:
    bank = a_large_bank(3)
    learnt = {item.id: reviewed(item.id, "UTC", ratings=(3, 3, 3, 4)) for item in bank.items}
    deck, own = packed(bank, tmp_path, "deck"), packed(bank, tmp_path, "own", learnt=learnt)

    _, _, before, _, after = learners.anki(["import", deck], ["study"], ["state"], ["import", own, True], ["state"])

    assert after == before


def test_without_the_tick_every_card_is_new(tmp_path: Path) -> None:
    bank = a_large_bank(3)
    learnt = {item.id: reviewed(item.id, "UTC") for item in bank.items}

    _, cards = learners.anki(["import", packed(bank, tmp_path, "own", learnt=learnt)], ["standing"])

    assert {(card["type"], len(card["log"])) for card in cards.values()} == {(0, 0)}


def test_the_card_that_asks_as_the_site_does_takes_the_progress(tmp_path: Path) -> None:
    bank = a_bank(items=one_of_each())
    learnt = {item.id: reviewed(item.id, "UTC", ratings=(4,)) for item in bank.items}

    _, cards = learners.anki(["import", packed(bank, tmp_path, "own", learnt=learnt), True], ["standing"])

    assert {name for name, card in cards.items() if card["log"]} == {
        "choice000001/0", "multiple0001/0", "truefalse001/0", "short0000001/0", "cloze0000001/0", "cloze0000001/1",
        "term00000001/1",
    }  # fmt: skip


def test_only_a_learners_own_package_carries_a_schedule(tmp_path: Path) -> None:
    bank = a_large_bank(3)
    learnt = {item.id: reviewed(item.id, "UTC") for item in bank.items}

    assert anki.write(bank, learnt={}).content == anki.write(bank).content
    assert anki.write(bank, learnt=learnt).content == anki.write(bank, learnt=learnt).content
    _, cards = learners.anki(["import", packed(bank, tmp_path, "deck"), True], ["standing"])
    assert {(card["type"], len(card["log"])) for card in cards.values()} == {(0, 0)}
