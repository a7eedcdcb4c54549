"""Questions about classes and their pupils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_

from quizapp.core.errors import NotFoundError
from quizapp.store.class_tables import ClassRow, PupilRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from quizapp.store.tables import QuizRow


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class as its teacher's list shows it."""

    id: int
    code: str
    name: str
    is_open: bool
    pupil_count: int


def desk_page(session: Session, account_id: int, *, before: int | None = None, most: int = 50) -> list[ClassEntry]:
    """Return up to ``most`` classes of a teacher, newest first, those older than the row ``before``."""
    pupils = select(func.count()).where(PupilRow.class_id == ClassRow.id).scalar_subquery()
    query = (
        select(ClassRow.id, ClassRow.code, ClassRow.name, ClassRow.is_open, pupils)
        .where(ClassRow.owner_id == account_id)
        .order_by(ClassRow.id.desc())
        .limit(most)
    )
    if before is not None:
        query = query.where(ClassRow.id < before)
    return [ClassEntry(*row) for row in session.execute(query)]


def get(session: Session, code: str) -> ClassRow:
    """Return the class with this code; letter case does not matter.

    :raise NotFoundError: there is none.
    """
    row = session.scalar(select(ClassRow).where(ClassRow.code == code.strip().upper()))
    if row is None:
        raise NotFoundError("there is no class with the code '%(code)s': check it letter by letter", code=code[:20])
    return row


def pupil(session: Session, class_id: int, student_id: int) -> PupilRow | None:
    """Return a student's place in a class."""
    return session.get(PupilRow, (class_id, student_id))


def owners(session: Session, student_id: int) -> set[int]:
    """Return the accounts of the teachers whose classes a student is in."""
    query = select(ClassRow.owner_id).join(PupilRow, PupilRow.class_id == ClassRow.id)
    return set(session.scalars(query.where(PupilRow.student_id == student_id)))


def pupils(session: Session, class_id: int, *, after: PupilRow | None = None, most: int = 200) -> Sequence[PupilRow]:
    """Return up to ``most`` pupils of a class in the order of the class list, those after the pupil ``after``."""
    query = select(PupilRow).where(PupilRow.class_id == class_id)
    if after:
        query = query.where(tuple_(PupilRow.list_key, PupilRow.student_id) > (after.list_key, after.student_id))
    return session.scalars(query.order_by(PupilRow.list_key, PupilRow.student_id).limit(most)).all()


def pupils_with_own_time(session: Session, class_id: int) -> Sequence[PupilRow]:
    """Return the pupils of a class who are given more time than the others."""
    own = PupilRow.time_factor.is_(None) | (PupilRow.time_factor != 1)
    return session.scalars(select(PupilRow).where(PupilRow.class_id == class_id, own)).all()


@dataclass(frozen=True, slots=True)
class Room:
    """The class that a quiz is for, and the name by which it knows the student; "" for somebody not in it."""

    code: str
    class_name: str
    name: str


def of_quiz(session: Session, quiz: QuizRow, student_id: int | None) -> Room | None:
    """Return the class of a quiz as a student sees it; None for a quiz that is for no class."""
    if quiz.class_id is None:
        return None
    query = (
        select(ClassRow.code, ClassRow.name, func.coalesce(PupilRow.name, ""))
        .outerjoin(PupilRow, (PupilRow.class_id == ClassRow.id) & (PupilRow.student_id == (student_id or 0)))
        .where(ClassRow.id == quiz.class_id)
    )
    return Room(*session.execute(query).one())
