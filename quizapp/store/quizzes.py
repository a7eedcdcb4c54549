"""Questions about quizzes, and about who sat them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from quizapp.core.errors import NotFoundError
from quizapp.store import attempts
from quizapp.store.tables import AllowanceRow, AttemptRow, BankRow, ItemRow, ItemVersionRow, QuizRow, ResponseRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.core.quiz_settings import QuizSettings
    from quizapp.store.attempts import DrawableItem


def get(session: Session, code: str) -> QuizRow:
    """Return the quiz that the link with this code opens.

    :raise NotFoundError: there is none.
    """
    row = session.scalar(select(QuizRow).where(QuizRow.code == code))
    if row is None:
        raise NotFoundError("there is no quiz with this address: check that the link is whole")
    return row


def drawable_items(session: Session, settings: QuizSettings) -> list[DrawableItem]:
    """Return what a quiz may ask, in the order of its banks."""
    bank_ids = list(session.scalars(select(BankRow.id).where(BankRow.identity.in_(settings.banks))))
    return attempts.drawable_items(session, bank_ids=bank_ids, identities=settings.items, tags=settings.tags)


def times_seen(session: Session, student_id: int) -> dict[str, int]:
    """Return how often a student was asked each item, by identity."""
    query = (
        select(ItemRow.identity, func.count())
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .join(ResponseRow, ResponseRow.version_id == ItemVersionRow.id)
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(AttemptRow.student_id == student_id)
        .group_by(ItemRow.identity)
    )
    return dict(session.execute(query).all())


def allowance(session: Session, quiz_id: int, student_id: int) -> int:
    """Return how many attempts a student has beyond those allowed to all."""
    row = session.get(AllowanceRow, (quiz_id, student_id))
    return row.attempts if row else 0


def attempts_of(session: Session, quiz_id: int, student_id: int) -> list[AttemptRow]:
    """Return a student's attempts at a quiz, oldest first."""
    query = select(AttemptRow).where(AttemptRow.quiz_id == quiz_id, AttemptRow.student_id == student_id)
    return list(session.scalars(query.order_by(AttemptRow.started_at, AttemptRow.id)))
