"""Questions about who sits a quiz, how far they are, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, func, select

from quizapp.core import names
from quizapp.store.class_tables import PupilRow
from quizapp.store.database import batched
from quizapp.store.tables import AllowanceRow, AttemptRow, ItemVersionRow, QuizRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_AT_ONCE = 500
_ANSWERED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Seat:
    """An attempt as its teacher sees it; ``name`` is the class's, else what the student gave, "" for nobody known.

    ``points`` are those that could be had.
    """

    id: int
    code: str
    student_id: int | None
    name: str
    started_at: datetime
    finished_at: datetime | None
    deadline: datetime | None
    item_count: int
    answered: int
    score: float | None
    points: float

    @property
    def minutes(self) -> int | None:
        """The minutes from beginning to handing in, rounded up."""
        return -(-int((self.finished_at - self.started_at).total_seconds()) // 60) if self.finished_at else None


def seats(session: Session, quiz: QuizRow, *, before: int | None = None, most: int = 200) -> list[Seat]:
    """Return up to ``most`` attempts at a quiz, newest first, those older than the one with the id ``before``."""
    here = ResponseRow.attempt_id == AttemptRow.id
    answered = select(func.count()).where(here, ResponseRow.saved_at.is_not(None)).scalar_subquery()
    points = select(func.sum(ResponseRow.weight)).where(here).scalar_subquery()
    query = (
        select(
            AttemptRow.id, AttemptRow.code, AttemptRow.student_id, func.coalesce(PupilRow.name, AttemptRow.name),
            AttemptRow.started_at, AttemptRow.finished_at, AttemptRow.deadline, AttemptRow.item_count, answered,
            AttemptRow.score, points,
        )
        .outerjoin(
            PupilRow, and_(PupilRow.class_id == (quiz.class_id or 0), PupilRow.student_id == AttemptRow.student_id)
        )
        .where(AttemptRow.quiz_id == quiz.id)
        .order_by(AttemptRow.id.desc())
        .limit(most)
    )  # fmt: skip
    if before is not None:
        query = query.where(AttemptRow.id < before)
    return [Seat(*row) for row in session.execute(query)]


def counts(session: Session, quiz: QuizRow) -> tuple[int, int]:
    """Return how many attempts at a quiz are not handed in yet, and how many are."""
    query = select(func.count() - func.count(AttemptRow.finished_at), func.count(AttemptRow.finished_at))
    at_work, handed_in = session.execute(query.where(AttemptRow.quiz_id == quiz.id)).one()
    return at_work, handed_in


@dataclass(frozen=True, slots=True)
class Taker:
    """A student who sat a quiz: how often, and how many attempts they are given beyond those allowed to all."""

    student_id: int
    name: str
    used: int
    granted: int


def takers(session: Session, quiz: QuizRow, *, after: int = 0, most: int = 200) -> list[Taker]:
    """Return up to ``most`` students who sat a quiz, in the order of their ids, those after the id ``after``."""
    known_as = func.coalesce(func.max(PupilRow.name), func.max(AttemptRow.name))
    query = (
        select(AttemptRow.student_id, known_as, func.count(), func.coalesce(func.max(AllowanceRow.attempts), 0))
        .outerjoin(
            PupilRow, and_(PupilRow.class_id == (quiz.class_id or 0), PupilRow.student_id == AttemptRow.student_id)
        )
        .outerjoin(
            AllowanceRow, and_(AllowanceRow.quiz_id == quiz.id, AllowanceRow.student_id == AttemptRow.student_id)
        )
        .where(AttemptRow.quiz_id == quiz.id, AttemptRow.student_id > after)
        .group_by(AttemptRow.student_id)
        .order_by(AttemptRow.student_id)
        .limit(most)
    )
    return [
        Taker(student_id or 0, name, used, granted) for student_id, name, used, granted in session.execute(query).all()
    ]


def by_name(who: Seat | Taker) -> tuple[str, int]:
    """Return the place of an attempt or a student among others: by name, then as they came."""
    return names.list_key(who.name), who.id if isinstance(who, Seat) else who.student_id


def all_seats(session: Session, quiz: QuizRow) -> list[Seat]:
    """Return every attempt at a quiz in the order of names."""
    found: list[Seat] = []
    while some := seats(session, quiz, before=found[-1].id if found else None, most=_AT_ONCE):
        found += some
    return sorted(found, key=by_name)


@dataclass(frozen=True, slots=True)
class Absent:
    """Pupils who have not begun a quiz of their class: the first names of the class list, and how many there are."""

    names: Sequence[str] = ()
    count: int = 0

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.names)


def absent(session: Session, quiz: QuizRow, *, most: int | None = None) -> Absent:
    """Return who of its class has not begun a quiz, up to ``most`` by name."""
    if not quiz.class_id:
        return Absent()
    has_begun = select(AttemptRow.id).where(AttemptRow.quiz_id == quiz.id, AttemptRow.student_id == PupilRow.student_id)
    is_absent = (PupilRow.class_id == quiz.class_id) & ~has_begun.exists()
    count = session.scalar(select(func.count()).where(is_absent))
    if not count:
        return Absent()
    query = select(PupilRow.name).where(is_absent).order_by(PupilRow.list_key, PupilRow.student_id)
    # Where PostgreSQL expects to find enough soon it asks of pupil after pupil, which takes long if few are absent.
    return Absent(session.scalars(query.limit(most) if most and count > most else query).all(), count)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer of an attempt; ``content`` is its item's version as JSON text."""

    position: int
    form: int
    answer: tuple[str, ...]
    score: float | None
    weight: float
    content: str


def answers(session: Session, attempts: Sequence[Seat]) -> Iterator[tuple[Seat, GivenAnswer]]:
    """Yield every answer of these attempts with its attempt, attempt by attempt, in the order of asking."""
    for some in batched(attempts, _ANSWERED_AT_ONCE):
        given = _answers(session, [seat.id for seat in some])
        for seat in some:
            yield from ((seat, each) for each in given.get(seat.id, ()))


def _answers(session: Session, attempt_ids: Sequence[int]) -> dict[int, list[GivenAnswer]]:
    query = (
        select(
            ResponseRow.attempt_id, ResponseRow.position, ResponseRow.form, ResponseRow.answer, ResponseRow.score,
            ResponseRow.weight, cast(ItemVersionRow.content, String),
        )
        .join(ItemVersionRow, ItemVersionRow.id == ResponseRow.version_id)
        .where(ResponseRow.attempt_id.in_(attempt_ids))
        .order_by(ResponseRow.attempt_id, ResponseRow.position)
    )  # fmt: skip
    found: dict[int, list[GivenAnswer]] = {}
    for attempt_id, position, form, answer, score, weight, content in session.execute(query):
        given = GivenAnswer(position, form, tuple(answer), score, weight, content)
        found.setdefault(attempt_id, []).append(given)
    return found
