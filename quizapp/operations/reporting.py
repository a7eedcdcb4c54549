"""Reports of students and readers about items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.store.database import begin_writing
from quizapp.store.tables import ItemReportRow, ItemRow, ItemVersionRow, ResponseRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

MOST_REPORTS = 3
# Readers come without an attempt, and anybody may: this many of an item wait for whoever keeps the bank.
MOST_READERS_REPORTS = 20


def report_item(session: Session, attempt_id: int, position: int, *, reason: str, words: str, now: datetime) -> None:
    """Keep what a student says is wrong with a question of an attempt.

    :raise NotFoundError: the attempt has no such question.
    :raise ConflictError: this question was reported from this attempt often enough.
    """
    begin_writing(session)
    version_id = session.scalar(
        select(ResponseRow.version_id).where(ResponseRow.attempt_id == attempt_id, ResponseRow.position == position)
    )
    if version_id is None:
        raise NotFoundError("there is no such question in this attempt")
    earlier = select(ItemReportRow.id).where(ItemReportRow.attempt_id == attempt_id, ItemReportRow.position == position)
    if len(session.scalars(earlier).all()) >= MOST_REPORTS:
        raise ConflictError("this question was reported already; thank you, the report is kept")
    session.execute(
        insert(ItemReportRow).values(
            version_id=version_id, attempt_id=attempt_id, position=position, reason=reason, words=words,
            reported_at=now,
        )
    )  # fmt: skip
    session.commit()


def report_read_item(session: Session, bank_id: int, identity: str, *, reason: str, words: str, now: datetime) -> None:
    """Keep what is wrong with an item for somebody who read it outside of an attempt, as on an Anki card.

    :raise NotFoundError: the bank has no such item.
    :raise ConflictError: as many such reports as are kept are open.
    """
    begin_writing(session)
    version_id = session.scalar(
        select(ItemVersionRow.id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(
            ItemRow.bank_id == bank_id, ItemRow.identity == identity, ItemVersionRow.number == ItemRow.version_number
        )
    )  # fmt: skip
    if version_id is None:
        raise NotFoundError("this bank has no question '%(id)s'", id=identity)
    every = select(ItemVersionRow.id).join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
    waiting = select(func.count()).where(
        ItemReportRow.version_id.in_(every.where(ItemRow.bank_id == bank_id, ItemRow.identity == identity)),
        ItemReportRow.attempt_id.is_(None), ItemReportRow.settled_at.is_(None),
    )  # fmt: skip
    if (session.scalar(waiting) or 0) >= MOST_READERS_REPORTS:
        raise ConflictError("enough reports about this question wait to be read; yours was not kept")
    session.execute(
        insert(ItemReportRow).values(version_id=version_id, position=0, reason=reason, words=words, reported_at=now)
    )
    session.commit()
