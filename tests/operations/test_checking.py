"""Drafts: none is lost to a colleague, a second worker, or a learner's review of what was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from quizapp.core.scheduling import Rating
from quizapp.operations import accounts, checking, drafting_jobs, studying
from quizapp.operations.items import EditConflictError
from quizapp.store import banks, drafts
from quizapp.store.desk_tables import DraftingRow, DraftRow
from quizapp.store.study_tables import ReviewRow
from quizapp.store.tables import BankRow, ItemRow
from tests.builders import NOW, TEXT, arrived_student
from tests.operations.meanwhile import meanwhile

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account


@pytest.fixture
def teacher(session: Session) -> Account:
    """Give a teacher."""
    return accounts.create_account(session, "T", "correct horse battery", role="teacher", now=NOW)


def drafted(session: Session, teacher: Account) -> tuple[BankRow, int]:
    code = drafting_jobs.hand_in(session, TEXT.encode(), ".md", "x.md", language="ja", owner=teacher, now=NOW)
    assert drafting_jobs.work(session, code, clock=lambda: NOW)
    row = session.scalars(select(DraftRow)).first()
    assert row is not None
    return session.get_one(BankRow, row.bank_id), row.id


def test_a_draft_put_back_keeps_what_learners_reviewed(session: Session, teacher: Account) -> None:
    bank, draft_id = drafted(session, teacher)
    checking.set_state(session, bank, [draft_id], "kept", actor=teacher, now=NOW)
    identity = drafts.get(session, bank.id, draft_id).identity
    student, _ = arrived_student(session)
    studying.take_up(session, student.id, bank.id, new_per_day=5, exam_on=None, missed_first=False)
    studying.review(
        session, student.id, bank.id, identity, Rating.GOOD, operation="1", at=NOW, zone=ZoneInfo("Asia/Tokyo")
    )

    checking.set_state(session, bank, [draft_id], "open", actor=teacher, now=NOW)

    assert session.scalar(select(func.count()).select_from(ReviewRow)) == 1
    assert session.scalars(select(ItemRow.is_retired).where(ItemRow.identity == identity)).one()


def test_of_two_edits_of_one_draft_the_second_is_told(app: Flask, session: Session, teacher: Account) -> None:
    bank, draft_id = drafted(session, teacher)
    name, item = bank.name, drafts.value(drafts.get(session, bank.id, draft_id)).item

    def first(session: Session) -> None:
        banks.begin_changing(session, bank)
        row = drafts.get(session, bank.id, draft_id)
        row.item, row.revision = {**row.item, "explanation": "by Aki"}, 2

    def second(session: Session) -> None:
        checking.edit(session, banks.get(session, name), draft_id, replace(item, explanation="by Ben"), revision=1)

    assert isinstance(meanwhile(app, first, second), EditConflictError)
    assert drafts.get(session, bank.id, draft_id).item["explanation"] == "by Aki"


def test_whoever_lost_the_lease_of_an_article_leaves_it_to_the_other(session: Session, teacher: Account) -> None:
    code = drafting_jobs.hand_in(session, TEXT.encode(), ".md", "x.md", language="ja", owner=teacher, now=NOW)
    moments = iter([NOW])
    answers: list[bool] = []

    def slow_clock() -> datetime:
        """Let another process do the work after this one took it."""
        if (moment := next(moments, None)) is not None:
            return moment
        if not answers:
            answers.append(False)
            answers[0] = drafting_jobs.work(session, code, clock=lambda: NOW + timedelta(minutes=10))
        return NOW + timedelta(minutes=11)

    assert not drafting_jobs.work(session, code, clock=slow_clock)
    assert answers == [True]
    assert session.scalar(select(func.count()).select_from(BankRow)) == 1
    assert session.scalars(select(DraftingRow.state)).one() == "done"
