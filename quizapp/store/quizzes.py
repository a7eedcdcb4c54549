"""Questions about quizzes, and about who sat them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from quizapp.core.errors import NotFoundError
from quizapp.core.quiz import MOST_ITEMS
from quizapp.core.quiz_settings import QuizSettings
from quizapp.store import drawable
from quizapp.store.class_tables import ClassRow
from quizapp.store.tables import AllowanceRow, AttemptRow, BankRow, ItemRow, ItemVersionRow, QuizRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def get(session: Session, code: str) -> QuizRow:
    """Return the quiz that the link with this code opens.

    :raise NotFoundError: there is none.
    """
    row = session.scalar(select(QuizRow).where(QuizRow.code == code))
    if row is None:
        raise NotFoundError("there is no quiz with this address: check that the link is whole")
    return row


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """A quiz as its teacher's list shows it."""

    id: int
    code: str
    title: str
    language: str
    opens_at: datetime | None
    closes_at: datetime | None
    class_name: str | None
    begun: int
    finished: int


def desk_page(session: Session, account_id: int, *, before: int | None = None, most: int = 50) -> list[QuizEntry]:
    """Return up to ``most`` quizzes of a teacher, newest first, those older than the row ``before``."""
    mine = select(func.count()).where(AttemptRow.quiz_id == QuizRow.id)
    query = (
        select(
            QuizRow.id, QuizRow.code, QuizRow.title, QuizRow.language, QuizRow.opens_at, QuizRow.closes_at,
            ClassRow.name, mine.scalar_subquery(), mine.where(AttemptRow.finished_at.is_not(None)).scalar_subquery(),
        )
        .outerjoin(ClassRow, ClassRow.id == QuizRow.class_id)
        .where(QuizRow.owner_id == account_id)
        .order_by(QuizRow.id.desc())
        .limit(most)
    )  # fmt: skip
    if before is not None:
        query = query.where(QuizRow.id < before)
    return [QuizEntry(*row) for row in session.execute(query)]


def of_class(session: Session, class_id: int, *, most: int = 100) -> Sequence[QuizRow]:
    """Return the newest quizzes of a class, newest first."""
    query = select(QuizRow).where(QuizRow.class_id == class_id).order_by(QuizRow.id.desc()).limit(most)
    return session.scalars(query).all()


def drawable_items(session: Session, settings: QuizSettings) -> Sequence[tuple[str, int | None]]:
    """Return what a quiz may ask, as ``core.quiz.draw`` wants it."""
    return drawable.items(session, bank_ids=_bank_ids(session, settings), tags=settings.tags)


def question_count(session: Session, settings: QuizSettings) -> int:
    """Return how many questions a quiz asks, without looking at all that it may ask; ``drawable.count`` may lag."""
    return drawable.count(
        session, bank_ids=_bank_ids(session, settings), tags=settings.tags,
        with_siblings=settings.with_siblings, most=min(settings.count or MOST_ITEMS, MOST_ITEMS),
    )  # fmt: skip


def _bank_ids(session: Session, settings: QuizSettings) -> Sequence[int]:
    return session.scalars(select(BankRow.id).where(BankRow.identity.in_(settings.banks))).all()


def bank_names(session: Session, row: QuizRow) -> list[str]:
    """Return the short names of the banks that a quiz draws from."""
    settings = QuizSettings.from_data(row.settings)
    return sorted(session.scalars(select(BankRow.name).where(BankRow.identity.in_(settings.banks))))


def item_identities(session: Session, code: str) -> list[str]:
    """Return the identities of what the quiz with this code may ask, in a fixed order.

    :raise NotFoundError: there is none.
    """
    settings = QuizSettings.from_data(get(session, code).settings)
    return sorted(identity for identity, _fact in drawable_items(session, settings))


def times_seen(session: Session, student_id: int, quiz_id: int | None = None) -> dict[str, int]:
    """Return how often a student was asked each item, by identity: anywhere, or in one quiz."""
    query = (
        select(ItemRow.identity, func.count())
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .join(ResponseRow, ResponseRow.version_id == ItemVersionRow.id)
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(AttemptRow.student_id == student_id)
        .group_by(ItemRow.identity)
    )
    if quiz_id is not None:
        query = query.where(AttemptRow.quiz_id == quiz_id)
    return dict(session.execute(query).all())


def has_begun(session: Session, quiz_id: int, name: str, *, besides: int | None) -> bool:
    """Say whether somebody has begun a quiz under a name, besides one student."""
    query = select(AttemptRow.id).where(AttemptRow.quiz_id == quiz_id, AttemptRow.name == name).limit(1)
    if besides is not None:
        query = query.where(AttemptRow.student_id != besides)
    return session.scalar(query) is not None


def allowance(session: Session, quiz_id: int, student_id: int) -> int:
    """Return how many attempts a student has beyond those allowed to all."""
    row = session.get(AllowanceRow, (quiz_id, student_id))
    return row.attempts if row else 0


def attempts_of(session: Session, quiz_id: int, student_id: int) -> list[AttemptRow]:
    """Return a student's attempts at a quiz, oldest first."""
    query = select(AttemptRow).where(AttemptRow.quiz_id == quiz_id, AttemptRow.student_id == student_id)
    return list(session.scalars(query.order_by(AttemptRow.started_at, AttemptRow.id)))
