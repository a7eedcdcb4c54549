"""Making and keeping quizzes: settings, opening and closing, what single students are given."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from quizapp.core.errors import ConflictError, NotFoundError, nearest
from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations.quizzing import deadline_of
from quizapp.store import quizzes
from quizapp.store.database import begin_writing
from quizapp.store.tables import AllowanceRow, AttemptRow, BankRow, QuizRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def create(
    session: Session,
    title: str,
    language: str,
    settings: QuizSettings,
    *,
    now: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> str:
    """Keep a new quiz and return its code, which its link carries.

    :raise ConflictError: it closes before it opens, or would have no question.
    """
    _check_times(opens_at, closes_at)
    if not quizzes.drawable_items(session, settings):
        raise ConflictError("the quiz '%(title)s' has no questions: its banks are empty or its tags match none",
                            title=title)  # fmt: skip
    begin_writing(session)
    row = QuizRow(
        code=secrets.token_urlsafe(9), title=title, language=language, settings=settings.to_data(), created_at=now,
        opens_at=opens_at, closes_at=closes_at,
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row.code


def bank_identities(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """Return the identities of the banks with these names.

    :raise NotFoundError: there is no bank of one of the names.
    """
    found = dict(session.execute(select(BankRow.name, BankRow.identity)).all())
    for name in names:
        if name not in found:
            raise NotFoundError("no bank named '%(name)s'; did you mean '%(near)s'?",
                                name=name, near=nearest(name, found))  # fmt: skip
    return tuple(found[name] for name in names)


def reschedule(
    session: Session, code: str, *, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> None:
    """Open, close or reopen a quiz; the deadlines of running attempts move with its closing.

    :raise NotFoundError: there is no such quiz.
    :raise ConflictError: it would close before it opens.
    """
    _check_times(opens_at, closes_at)
    begin_writing(session)
    row = quizzes.get(session, code)
    row.opens_at, row.closes_at = opens_at, closes_at
    session.flush()
    _move_deadlines(session, row, now)
    session.commit()


def allow(
    session: Session,
    code: str,
    student_id: int,
    *,
    time_factor: float | None = 1.0,
    more_attempts: int = 0,
    now: datetime,
) -> None:
    """Give one student more time (a factor; None lifts the limit) or attempts; a running attempt gains at once.

    :raise NotFoundError: there is no such quiz.
    """
    begin_writing(session)
    row = quizzes.get(session, code)
    session.merge(AllowanceRow(quiz_id=row.id, student_id=student_id, time_factor=time_factor, attempts=more_attempts))
    session.flush()
    _move_deadlines(session, row, now, student_id)
    session.commit()


def student_ids(session: Session, code: str) -> list[int]:
    """Return who has begun the quiz, in the order in which they began first."""
    query = (
        select(AttemptRow.student_id)
        .join(QuizRow, QuizRow.id == AttemptRow.quiz_id)
        .where(QuizRow.code == code, AttemptRow.student_id.is_not(None))
        .order_by(AttemptRow.id)
    )
    return list(dict.fromkeys(student_id for student_id in session.scalars(query) if student_id))


def _move_deadlines(session: Session, row: QuizRow, now: datetime, student_id: int | None = None) -> None:
    settings = QuizSettings.from_data(row.settings)
    query = (
        select(AttemptRow.id, AttemptRow.started_at, AllowanceRow.time_factor, AllowanceRow.quiz_id)
        .outerjoin(
            AllowanceRow,
            (AllowanceRow.quiz_id == AttemptRow.quiz_id) & (AllowanceRow.student_id == AttemptRow.student_id),
        )
        .where(
            AttemptRow.quiz_id == row.id,
            AttemptRow.finished_at.is_(None),
            AttemptRow.accepts_until.is_(None) | (AttemptRow.accepts_until >= now),
        )
    )
    if student_id is not None:
        query = query.where(AttemptRow.student_id == student_id)
    moved: list[dict[str, Any]] = []
    for attempt_id, started_at, factor, has_allowance in session.execute(query):
        deadline = deadline_of(settings, row, started_at, factor if has_allowance else 1.0)
        until = deadline and deadline + timedelta(seconds=settings.grace)
        moved.append({"id": attempt_id, "deadline": deadline, "accepts_until": until})
    if moved:
        session.execute(update(AttemptRow), moved)


def _check_times(opens_at: datetime | None, closes_at: datetime | None) -> None:
    if opens_at and closes_at and closes_at <= opens_at:
        raise ConflictError("the quiz would close before it opens: choose a later closing time")
