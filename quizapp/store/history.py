"""Questions about what a student did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, cast, or_, select

from quizapp.core.missed import ItemOutcome
from quizapp.core.quiz_settings import Review
from quizapp.store.tables import AttemptRow, BankRow, ItemRow, ItemVersionRow, QuizRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """An attempt as a student's history lists it."""

    id: int
    code: str
    title: str
    language: str
    item_count: int
    started_at: datetime
    finished_at: datetime | None
    score: float | None


def past_attempts(
    session: Session, student_id: int, *, before: int | None = None, most: int = 50, is_open: bool | None = None
) -> list[PastAttempt]:
    """Return up to ``most`` attempts of a student, newest first, those older than the one with the id ``before``."""
    query = (
        select(
            AttemptRow.id, AttemptRow.code, AttemptRow.title, AttemptRow.language, AttemptRow.item_count,
            AttemptRow.started_at, AttemptRow.finished_at, AttemptRow.score,
        )
        .where(AttemptRow.student_id == student_id)
        .order_by(AttemptRow.id.desc())
        .limit(most)
    )  # fmt: skip
    if before is not None:
        query = query.where(AttemptRow.id < before)
    if is_open is not None:
        query = query.where(AttemptRow.finished_at.is_(None) if is_open else AttemptRow.finished_at.is_not(None))
    return [PastAttempt(*row) for row in session.execute(query)]


def _keys_are_shown(now: datetime) -> ColumnElement[bool]:
    review = AttemptRow.rules["review"].as_string()
    is_closed = and_(review == Review.AFTER_CLOSING, QuizRow.closes_at <= now)
    return and_(AttemptRow.finished_at.is_not(None), or_(review == Review.AT_ONCE, is_closed))


def outcomes(session: Session, student_id: int, *, now: datetime, most: int = 20_000) -> list[ItemOutcome]:
    """Return how items went in a student's finished attempts whose keys may be shown; the newest ``most`` answers."""
    query = (
        select(ItemRow.identity, AttemptRow.code, ResponseRow.score, ResponseRow.is_flagged, AttemptRow.finished_at)
        .select_from(AttemptRow)
        .outerjoin(QuizRow, QuizRow.id == AttemptRow.quiz_id)
        .join(ResponseRow, ResponseRow.attempt_id == AttemptRow.id)
        .join(ItemVersionRow, ItemVersionRow.id == ResponseRow.version_id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(AttemptRow.student_id == student_id, ItemRow.is_retired.is_(False), _keys_are_shown(now))
        .order_by(AttemptRow.id.desc())
        .limit(most)
    )
    rows = session.execute(query)
    return [ItemOutcome(*row[:2], row[2] or 0.0, row[3], row[4]) for row in rows if row[4] is not None]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer of a student, with the item's version as JSON text."""

    attempt_code: str
    title: str
    bank_name: str | None
    started_at: datetime
    finished_at: datetime | None
    position: int
    form: int
    answer: list[str]
    is_flagged: bool
    saved_at: datetime | None
    score: float | None
    shows_keys: bool
    content: str


def given_answers(session: Session, student_id: int, *, now: datetime) -> Iterator[GivenAnswer]:
    """Yield every answer of a student, oldest attempt first."""
    query = (
        select(
            AttemptRow.code, AttemptRow.title, BankRow.name, AttemptRow.started_at, AttemptRow.finished_at,
            ResponseRow.position, ResponseRow.form, ResponseRow.answer, ResponseRow.is_flagged, ResponseRow.saved_at,
            ResponseRow.score, _keys_are_shown(now), cast(ItemVersionRow.content, String),
        )
        .select_from(AttemptRow)
        .outerjoin(BankRow, BankRow.id == AttemptRow.bank_id)
        .outerjoin(QuizRow, QuizRow.id == AttemptRow.quiz_id)
        .join(ResponseRow, ResponseRow.attempt_id == AttemptRow.id)
        .join(ItemVersionRow, ItemVersionRow.id == ResponseRow.version_id)
        .where(AttemptRow.student_id == student_id)
        .order_by(AttemptRow.id, ResponseRow.position)
    )  # fmt: skip
    for row in session.execute(query):
        yield GivenAnswer(*tuple(row))
