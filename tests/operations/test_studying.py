"""Study: what comes when, that nothing counts twice, and that progress can be made anew from the reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.core.scheduling import Rating
from quizapp.operations import studying
from quizapp.store import banks, study
from quizapp.store.study_tables import CardRow
from tests.builders import a_large_bank, arrived_student

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank

ZONE = ZoneInfo("Asia/Tokyo")
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


class Learner:
    """A student with a bank of twelve cards, three new ones a day."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.now = MORNING
        student, _ = arrived_student(session, now=MORNING)
        self.id = student.id
        self.bank_id = banks.get(session, "bridge").id
        self.count = 0
        self.plan()

    def plan(self, **more: object) -> None:
        settings = {"new_per_day": 3, "exam_on": None, "missed_first": True, **more}
        studying.take_up(self.session, self.id, self.bank_id, **settings)  # type: ignore[arg-type]

    def next(self, **more: object) -> str | None:
        shown = studying.next_cards(self.session, self.id, self.desk(), now=self.now, zone=ZONE, **more)  # type: ignore[arg-type]
        return shown[0].card.identity if shown else None

    def rate(self, rating: Rating, identity: str | None = None, operation: str = "") -> bool:
        self.count += 1
        self.now += timedelta(seconds=20)
        return studying.review(
            self.session, self.id, self.bank_id, identity or self.next() or "", rating,
            operation=operation or f"op {self.count}", at=self.now, zone=ZONE,
        )  # fmt: skip

    def desk(self) -> studying.Desk:
        return studying.today(self.session, self.id, now=self.now, zone=ZONE)[0]


@pytest.fixture
def learner(keep: Callable[..., Bank], session: Session) -> Learner:
    keep(a_large_bank(12))
    return Learner(session)


def test_new_cards_come_in_order_up_to_the_daily_limit_and_again_the_next_day(learner: Learner) -> None:
    seen = []
    while identity := learner.next():
        seen.append(identity)
        learner.rate(Rating.EASY)

    assert seen == ["large0000000", "large0000001", "large0000002"]
    assert (learner.desk().due, learner.desk().new) == (0, 0)
    learner.now += timedelta(days=1)
    assert learner.desk().new == 3


def test_a_forgotten_card_comes_back_the_same_day_and_a_known_one_on_its_day(learner: Learner) -> None:
    learner.rate(Rating.AGAIN)
    learner.rate(Rating.EASY)
    learner.rate(Rating.EASY)
    assert learner.next() is None

    learner.now += timedelta(minutes=2)
    assert learner.next() == "large0000000"
    assert learner.desk().due == 1


def test_what_was_missed_in_quizzes_comes_first_if_wanted(learner: Learner) -> None:
    assert learner.next(missed=["large0000007"]) == "large0000007"
    learner.plan(missed_first=False)
    assert learner.next(missed=["large0000007"]) == "large0000000"


def test_the_same_review_sent_again_counts_once(learner: Learner) -> None:
    assert learner.rate(Rating.GOOD, "large0000000", operation="one")
    before = study.card(learner.session, learner.id, learner.bank_id, "large0000000")
    assert not learner.rate(Rating.GOOD, "large0000000", operation="one")
    assert study.card(learner.session, learner.id, learner.bank_id, "large0000000") == before


def test_a_review_taken_back_leaves_the_card_as_it_was(learner: Learner) -> None:
    learner.rate(Rating.EASY, "large0000000")
    before = study.card(learner.session, learner.id, learner.bank_id, "large0000000")
    learner.now += timedelta(days=30)
    learner.rate(Rating.AGAIN, "large0000000")

    assert studying.undo(learner.session, learner.id, learner.bank_id) == "large0000000"
    assert study.card(learner.session, learner.id, learner.bank_id, "large0000000") == before
    studying.undo(learner.session, learner.id, learner.bank_id)
    assert learner.next() == "large0000000"
    with pytest.raises(ConflictError, match="no review"):
        studying.undo(learner.session, learner.id, learner.bank_id)


def test_progress_made_anew_from_the_reviews_is_the_same(learner: Learner) -> None:
    for day in range(6):
        learner.now = MORNING + timedelta(days=day * 3)
        for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY, Rating.HARD):
            if learner.next():
                learner.rate(rating)
    session = learner.session
    kept = [study.progress_of(row) for row in session.scalars(select(CardRow).order_by(CardRow.item_id))]
    assert studying.rebuild(session) == (len(kept), 0)
    session.execute(delete(CardRow))
    session.commit()

    assert studying.rebuild(session) == (len(kept), len(kept))

    session.expire_all()
    assert [study.progress_of(row) for row in session.scalars(select(CardRow).order_by(CardRow.item_id))] == kept


def test_with_an_exam_ahead_all_cards_are_shown_in_time_and_once_more_before_it(learner: Learner) -> None:
    exam = MORNING.date() + timedelta(days=6)
    learner.plan(exam_on=exam)
    assert learner.desk().new == 4
    for day in range(3):
        learner.now = MORNING + timedelta(days=day)
        while learner.next():
            learner.rate(Rating.EASY)
    assert learner.desk().counts.unseen == 0

    learner.now = MORNING + timedelta(days=4)
    assert (learner.desk().due, learner.desk().new) == (12, 0)


def test_an_item_of_another_bank_is_refused(learner: Learner) -> None:
    with pytest.raises(NotFoundError):
        learner.rate(Rating.GOOD, "unknown00000")


def test_reviews_of_a_day_are_capped_but_forgotten_cards_of_the_day_come_back(learner: Learner) -> None:
    learner.plan(new_per_day=5)
    while learner.next():
        learner.rate(Rating.EASY)
    learner.now += timedelta(days=40)
    learner.plan(new_per_day=0, reviews_per_day=2)
    assert learner.desk().due == 2

    learner.rate(Rating.AGAIN)
    learner.rate(Rating.EASY)
    assert (learner.desk().due, learner.next()) == (0, None)
    learner.now += timedelta(minutes=15)
    assert learner.desk().due == 1
    learner.now += timedelta(days=1)
    assert learner.desk().due == 3


def test_an_exam_ahead_tells_how_many_cards_a_day_until_when(learner: Learner) -> None:
    assert learner.desk().plan is None
    exam = MORNING.date() + timedelta(days=6)
    learner.plan(exam_on=exam, reviews_per_day=1)

    plan = learner.desk().plan

    assert plan == studying.Preparation(exam, days=6, new_per_day=4, seen_by=exam - timedelta(days=3))
    while learner.next():
        learner.rate(Rating.EASY)
    learner.now = MORNING + timedelta(days=4)
    assert learner.desk().due == 4, "the cap gives way in the last days"
    learner.plan(exam_on=MORNING.date())
    assert learner.desk().plan is None


def test_reviews_from_a_device_count_once_in_any_order_and_when_they_were_given(learner: Learner) -> None:
    def given(name: str, number: int, hours_ago: float, **more: object) -> studying.Given:
        ago = timedelta(hours=hours_ago)
        return studying.Given(name, f"large000000{number}", Rating.EASY, ago, **more)  # type: ignore[arg-type]

    def keep(*sent: studying.Given) -> list[str]:
        return studying.keep_reviews(learner.session, learner.id, learner.bank_id, sent, now=learner.now, zone=ZONE)

    later, earlier = given("aaaa0001", 0, 1), given("aaaa0002", 0, 60)
    assert keep(later, given("aaaa0003", 1, 1), given("aaaa0004", 1, 1, is_undone=True)) == ["saved"] * 3
    assert keep(earlier, later, replace(earlier, identity="unknown00000")) == ["saved", "duplicate", "gone"]
    card = study.card(learner.session, learner.id, learner.bank_id, "large0000000")
    assert card
    assert card.progress
    assert (card.progress.reviews, card.progress.last_on) == (2, MORNING.date())

    assert keep(replace(later, is_undone=True), later) == ["saved", "duplicate"]

    card = study.card(learner.session, learner.id, learner.bank_id, "large0000000")
    assert card
    assert card.progress
    assert card.progress.reviews == 1
    assert studying.rebuild(learner.session) == (2, 0)
