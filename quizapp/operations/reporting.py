"""Reports of students about items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.store.database import begin_writing
from quizapp.store.tables import ItemReportRow, ResponseRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

MOST_REPORTS = 3


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
