"""Classes: made by a teacher, joined by pupils under a name, with extra time for those who need it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from quizapp.core import names
from quizapp.core.errors import ConflictError, ForbiddenError, NotFoundError
from quizapp.operations.accounts import record
from quizapp.operations.quizzes import move_deadlines
from quizapp.store import accounts, classes
from quizapp.store.class_tables import ClassRow, PupilRow
from quizapp.store.database import begin_writing
from quizapp.store.tables import AllowanceRow, QuizRow, StudentRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account

# Letters and figures that nobody takes for one another on a blackboard.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 6
TIME_FACTORS: tuple[float | None, ...] = (1.0, 1.25, 1.5, 2.0, None)


def create(session: Session, name: str, *, owner: Account, now: datetime) -> str:
    """Keep a new class and return its code, by which pupils join."""
    begin_writing(session)
    row = ClassRow(code=_new_code(session), name=name, owner_id=owner.id, made_at=now)
    session.add(row)
    record(session, owner, mark("made a class"), name, now=now)
    session.commit()
    return row.code


def _new_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
        if session.scalar(select(ClassRow.id).where(ClassRow.code == code)) is None:
            return code


def set_open(session: Session, row: ClassRow, *, is_open: bool, actor: Account, now: datetime) -> None:
    """Let pupils join, or no longer; those who are in stay."""
    begin_writing(session)
    session.refresh(row)
    row.is_open = is_open
    record(
        session, actor, mark("opened a class to pupils") if is_open else mark("closed a class to pupils"), row.name,
        now=now,
    )  # fmt: skip
    session.commit()


def join(session: Session, row: ClassRow, student_id: int, name: str, *, now: datetime) -> None:
    """Put a student into a class under a name, or give one who is in it another name.

    :raise ForbiddenError: the class takes in nobody any more.
    :raise ConflictError: somebody in the class has this name.
    """
    begin_writing(session)
    session.refresh(row, with_for_update=True)
    place = classes.pupil(session, row.id, student_id)
    if place is None and not row.is_open:
        raise ForbiddenError("the class '%(name)s' takes in nobody any more: ask your teacher", name=row.name)
    _must_be_free(session, row.id, student_id, name)
    if place is None:
        key, list_key = accounts.name_key(name), names.list_key(name)
        session.add(
            PupilRow(
                class_id=row.id, student_id=student_id, name=name, name_key=key, list_key=list_key, joined_at=now
            )
        )  # fmt: skip
    else:
        _give_name(place, name)
    session.commit()


def _give_name(place: PupilRow, name: str) -> None:
    place.name, place.name_key, place.list_key = name, accounts.name_key(name), names.list_key(name)


def _must_be_free(session: Session, class_id: int, student_id: int, name: str) -> None:
    taken = select(PupilRow.student_id).where(
        PupilRow.class_id == class_id, PupilRow.name_key == accounts.name_key(name), PupilRow.student_id != student_id
    )
    if session.scalar(taken) is not None:
        raise ConflictError(
            "somebody in this class is called '%(name)s' already: add something that tells you apart, or, if this is "
            "you on another device, ask your teacher for a link", name=name,
        )  # fmt: skip


def rename(session: Session, row: ClassRow, student_id: int, name: str) -> None:
    """Give a pupil the name by which the class knows them.

    :raise NotFoundError: nobody like this is in the class.
    :raise ConflictError: somebody else in the class has this name.
    """
    begin_writing(session)
    session.refresh(row, with_for_update=True)
    place = _pupil(session, row, student_id)
    _must_be_free(session, row.id, student_id, name)
    _give_name(place, name)
    session.commit()


def give_time(
    session: Session, row: ClassRow, factors: Mapping[int, float | None], *, actor: Account, now: datetime
) -> None:
    """Give pupils (by student id) a factor for the time of the class's quizzes, None for no limit.

    Holds for quizzes to come and those there are; running attempts gain at once.

    :raise NotFoundError: somebody is not in the class.
    """
    begin_writing(session)
    session.refresh(row, with_for_update=True)
    changed = []
    for student_id, factor in factors.items():
        place = _pupil(session, row, student_id)
        if place.time_factor != factor:
            place.time_factor = factor
            changed.append(place)
    for quiz in session.scalars(select(QuizRow).where(QuizRow.class_id == row.id)).all() if changed else ():
        for place in changed:
            kept = session.get(AllowanceRow, (quiz.id, place.student_id))
            if kept:
                kept.time_factor = place.time_factor
            else:
                session.add(AllowanceRow(quiz_id=quiz.id, student_id=place.student_id, time_factor=place.time_factor))
        session.flush()
        for place in changed:
            move_deadlines(session, quiz, now, place.student_id)
    for place in changed:
        given = "" if place.time_factor is None else f"× {place.time_factor:g}"
        record(session, actor, mark("changed a pupil's time"), row.name, now=now, pupil=place.name, time=given)
    session.commit()


def let_in_elsewhere(session: Session, row: ClassRow, student_id: int, *, actor: Account, now: datetime) -> StudentRow:
    """Note that a pupil is let in on another device, for whom their teacher makes a link.

    :raise NotFoundError: nobody like this is in the class.
    :raise ForbiddenError: they sign in by themselves, or are in classes of other teachers, whose results it would show.
    """
    begin_writing(session)
    place = _pupil(session, row, student_id)
    student = session.get_one(StudentRow, student_id)
    if student.account_id:
        raise ForbiddenError("'%(name)s' has an account: they sign in with it on the other device", name=place.name)
    if classes.owners(session, student_id) != {row.owner_id}:
        raise ForbiddenError(
            "'%(name)s' is in classes of other teachers too: a link can only be made on their own device, under "
            "“My history”", name=place.name,
        )  # fmt: skip
    record(session, actor, mark("made a link for a pupil's device"), row.name, now=now, pupil=place.name)
    session.commit()
    return student


def remove(session: Session, row: ClassRow, student_id: int, *, actor: Account, now: datetime) -> None:
    """Take a pupil out of a class; what they sat stays, and while the class is open they can join again.

    :raise NotFoundError: nobody like this is in the class.
    """
    begin_writing(session)
    place = _pupil(session, row, student_id)
    session.execute(delete(PupilRow).where(PupilRow.class_id == row.id, PupilRow.student_id == student_id))
    record(session, actor, mark("took a pupil out of a class"), row.name, now=now, pupil=place.name)
    session.commit()


def _pupil(session: Session, row: ClassRow, student_id: int) -> PupilRow:
    place = classes.pupil(session, row.id, student_id)
    if place is None:
        raise NotFoundError("there is no such pupil in this class")
    return place
