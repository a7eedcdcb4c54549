"""Questions about attempts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from quizapp.core.errors import NotFoundError
from quizapp.store import snapshots
from quizapp.store.tables import AttemptRow, BankRow, ItemRow, ItemVersionRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.inputs import Question, Response
    from quizapp.store.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with the bank it was drawn from and how many of its questions are answered."""

    attempt: AttemptRow
    bank_name: str
    bank_title: str
    bank_language: str
    answered_count: int

    @property
    def page_count(self) -> int:
        """The number of pages of questions."""
        return -(-self.attempt.item_count // self.attempt.page_size)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an attempt, pinned to the version it was drawn with; ``position`` counts from 0."""

    position: int
    snapshot: Snapshot
    question: Question
    answer: Response
    sequence: int
    score: float | None
    judgement: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class DrawableItem:
    """What a draw needs to know of an item."""

    identity: str
    fact_id: int | None
    version_id: int
    kind: str


def drawable_items(session: Session, bank_id: int) -> list[DrawableItem]:
    """Return the live items of a bank, each with the version in force."""
    query = (
        select(ItemRow.identity, ItemRow.fact_id, ItemVersionRow.id, ItemVersionRow.kind)
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.version_number),
        )
        .where(ItemRow.bank_id == bank_id, ItemRow.is_retired.is_(False))
    )
    return [DrawableItem(*row) for row in session.execute(query)]


def form_counts(session: Session, version_ids: Sequence[int]) -> dict[int, int]:
    """Return in how many ways each of the versions can be asked."""
    rows = session.execute(select(ItemVersionRow.id, ItemVersionRow.content).where(ItemVersionRow.id.in_(version_ids)))
    return {version_id: len(snapshots.read(content).item.questions) for version_id, content in rows}


def get(session: Session, code: str) -> Sitting:
    """Return the attempt with this code.

    :raise NotFoundError: there is none.
    """
    answered = (
        select(func.count())
        .where(ResponseRow.attempt_id == AttemptRow.id, ResponseRow.saved_at.is_not(None))
        .scalar_subquery()
    )
    row = session.execute(
        select(AttemptRow, BankRow.name, BankRow.title, BankRow.language, answered)
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .where(AttemptRow.code == code)
    ).one_or_none()
    if row is None:
        raise NotFoundError("there is no attempt with this address: check that the link is whole")
    return Sitting(*row)


def asked(session: Session, sitting: Sitting, positions: range | None = None) -> list[Asked]:
    """Return the questions at ``positions`` of an attempt, in order; all of them by default."""
    query = (
        select(ResponseRow, ItemVersionRow.content)
        .join(ItemVersionRow, ItemVersionRow.id == ResponseRow.version_id)
        .where(ResponseRow.attempt_id == sitting.attempt.id)
        .order_by(ResponseRow.position)
    )
    if positions is not None:
        query = query.where(ResponseRow.position >= positions.start, ResponseRow.position < positions.stop)
    found = []
    for row, content in session.execute(query):
        snapshot = snapshots.read(content)
        question = snapshot.item.questions[row.form]
        found.append(Asked(row.position, snapshot, question, tuple(row.answer), row.sequence, row.score, row.judgement))
    return found


def unanswered(session: Session, attempt_id: int) -> list[int]:
    """Return the positions of the questions without an answer, in order."""
    return list(
        session.scalars(
            select(ResponseRow.position)
            .where(ResponseRow.attempt_id == attempt_id, ResponseRow.saved_at.is_(None))
            .order_by(ResponseRow.position)
        )
    )


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt that somebody may want to go on with."""

    code: str
    bank_title: str
    bank_language: str
    item_count: int
    started_at: datetime


def open_attempts(session: Session, codes: Sequence[str]) -> list[OpenAttempt]:
    """Return those of the attempts that are not finished, newest first."""
    query = (
        select(AttemptRow.code, BankRow.title, BankRow.language, AttemptRow.item_count, AttemptRow.started_at)
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .where(AttemptRow.code.in_(codes), AttemptRow.finished_at.is_(None))
        .order_by(AttemptRow.started_at.desc())
    )
    return [OpenAttempt(*row) for row in session.execute(query)]


def page_of(sitting: Sitting, page: int) -> range:
    """Return the positions on a page (from 1)."""
    size = sitting.attempt.page_size
    return range((page - 1) * size, min(page * size, sitting.attempt.item_count))
