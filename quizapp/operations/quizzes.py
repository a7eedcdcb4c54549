"""Making and keeping quizzes: settings, opening and closing, what single students are given."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from quizapp.core.errors import ConflictError, NotFoundError, nearest
from quizapp.core.quiz import form_of
from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations.accounts import record
from quizapp.operations.quizzing import deadline_of, draw_for, form_seed
from quizapp.store import classes, drawable, quizzes
from quizapp.store.database import begin_writing
from quizapp.store.tables import AllowanceRow, AttemptRow, BankRow, QuizRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account

MOST_MORE_ATTEMPTS = 100


def create(  # noqa: PLR0913 - what a teacher chooses
    session: Session,
    title: str,
    language: str,
    settings: QuizSettings,
    *,
    now: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    owner: Account | None = None,
    class_id: int | None = None,
) -> str:
    """Keep a new quiz and return its code, which its link carries.

    With a class only its pupils may sit it, each with the time that the class gives them.

    :raise ConflictError: it closes before it opens, or would have no question.
    """
    _check_times(opens_at, closes_at)
    if not quizzes.question_count(session, settings) and not quizzes.drawable_items(session, settings):
        raise ConflictError("the quiz '%(title)s' has no questions: its banks are empty or its tags match none",
                            title=title)  # fmt: skip
    begin_writing(session)
    row = QuizRow(
        code=secrets.token_urlsafe(9), title=title, language=language, settings=settings.to_data(), created_at=now,
        opens_at=opens_at, closes_at=closes_at, owner_id=owner.id if owner else None, class_id=class_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if class_id is not None:
        for pupil in classes.pupils_with_own_time(session, class_id):
            session.add(AllowanceRow(quiz_id=row.id, student_id=pupil.student_id, time_factor=pupil.time_factor))
    if owner:
        record(session, owner, mark("made a quiz"), title, now=now)
    session.commit()
    return row.code


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """A question as it would be asked: its item's version as JSON text, in which way, and for how many points."""

    identity: str
    content: str
    form: int
    weight: float


def drawn(session: Session, row: QuizRow, seed: str) -> list[DrawnQuestion]:
    """Return what a quiz would ask with this seed, outside any attempt: for a preview, or on paper."""
    settings = QuizSettings.from_data(row.settings)
    found = []
    for item in draw_for(session, row, seed):
        form = form_of(form_seed(row, seed, {}), item.identity, item.form_count)
        found.append(DrawnQuestion(item.identity, item.content, form, settings.weight_of(item.identity)))
    return found


def askable(session: Session, row: QuizRow, places: range) -> tuple[list[DrawnQuestion], int]:
    """Return what a quiz may ask at ``places`` of all that it may ask, and how much that is."""
    settings = QuizSettings.from_data(row.settings)
    items = quizzes.drawable_items(session, settings)
    here = [identity for identity, _fact in items[places.start : places.stop]]
    found = drawable.in_force(session, here)
    return [
        DrawnQuestion(name, found[name].content, 0, settings.weight_of(name)) for name in here if name in found
    ], len(items)


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
    session: Session,
    code: str,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    now: datetime,
    actor: Account | None = None,
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
    move_deadlines(session, row, now)
    if actor:
        is_over = closes_at is not None and closes_at <= now
        record(session, actor, mark("closed a quiz") if is_over else mark("opened a quiz"), row.title, now=now)
    session.commit()


def change_points(session: Session, code: str, points: Mapping[str, float], *, actor: Account, now: datetime) -> None:
    """Say how many points items of a quiz are worth, by identity; attempts that have begun keep theirs.

    :raise NotFoundError: there is no such quiz.
    :raise QuizSettingError: a number of points cannot be.
    """
    begin_writing(session)
    row = quizzes.get(session, code)
    session.refresh(row, with_for_update=True)
    settings = QuizSettings.from_data(row.settings)
    weights = {name: value for name, value in {**settings.weights, **points}.items() if value != 1}
    row.settings = replace(settings, weights=weights).to_data()
    record(session, actor, mark("changed the points of a quiz"), row.title, now=now)
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
    move_deadlines(session, row, now, student_id)
    session.commit()


def grant_attempts(
    session: Session, row: QuizRow, student_id: int, count: int, *, actor: Account, now: datetime
) -> None:
    """Say how many attempts one student has at a quiz beyond those allowed to all; their time stays as it is.

    :raise NotFoundError: this student has not begun the quiz.
    """
    begin_writing(session)
    mine = quizzes.attempts_of(session, row.id, student_id)
    if not mine:
        raise NotFoundError("there is no such pupil at this quiz")
    kept = session.get(AllowanceRow, (row.id, student_id))
    if kept is None:
        kept = AllowanceRow(quiz_id=row.id, student_id=student_id, time_factor=1.0)
        session.add(kept)
    kept.attempts = min(max(count, 0), MOST_MORE_ATTEMPTS)
    record(session, actor, mark("granted attempts"), row.title, now=now, pupil=mine[-1].name, attempts=kept.attempts)
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


def move_deadlines(session: Session, row: QuizRow, now: datetime, student_id: int | None = None) -> None:
    """Give running attempts at a quiz the deadlines that its times and allowances make now; the caller commits."""
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
    # In the order in which a regrade locks them.
    query = query.order_by(AttemptRow.id).with_for_update(of=AttemptRow)
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
