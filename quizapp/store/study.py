"""Questions about study: what is due, what is new, and what was reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, and_, case, cast, func, or_, select

from quizapp.core.scheduling import Phase, Progress, Rating, Review
from quizapp.store.study_tables import CardRow, ReviewRow, StudyBankRow
from quizapp.store.tables import BankRow, ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

_LIVE = and_(ItemRow.is_retired.is_(False))


@dataclass(frozen=True, slots=True)
class StudyCounts:
    """A bank that a student studies: cards due now in steps and by day, never seen, seen first today, other cards
    reviewed today, and all.
    """

    bank_id: int
    name: str
    title: str
    language: str
    new_per_day: int
    reviews_per_day: int | None
    exam_on: date | None
    missed_first: bool
    in_steps: int
    by_day: int
    unseen: int
    introduced: int
    reviewed: int
    total: int


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A card to show: the item, its version in force as JSON text, and how it stands (None: new)."""

    item_id: int
    identity: str
    content: str
    progress: Progress | None


def is_due(now: datetime, today: date, revision_days: int) -> ColumnElement[bool]:
    """Return the condition that a card is due, for queries with its bank's ``StudyBankRow``.

    Cards on intervals are due from the beginning of their day, those in steps at their moment; in the
    ``revision_days`` before an exam each is once more that has not come in them.
    """
    on_time = case(
        (CardRow.phase == Phase.REVIEW, CardRow.due_on <= today),
        else_=CardRow.due_at <= now,
    )
    again = [
        and_(
            StudyBankRow.exam_on == today + timedelta(days=ahead),
            CardRow.last_on < today + timedelta(days=ahead - revision_days),
        )
        for ahead in range(1, revision_days + 1)
    ]
    return or_(on_time, *again)


def counts(
    session: Session, student_id: int, due: ColumnElement[bool], today: date, *, bank_id: int | None = None
) -> list[StudyCounts]:
    """Return the banks that a student studies in the order of their names, or one of them."""
    first_today = (
        select(ReviewRow.item_id)
        .where(ReviewRow.student_id == student_id, ReviewRow.is_undone.is_(False))
        .group_by(ReviewRow.item_id)
        .having(func.min(ReviewRow.day) == today)
    )
    today_again = select(ReviewRow.item_id).where(
        ReviewRow.student_id == student_id, ReviewRow.is_undone.is_(False), ReviewRow.day == today
    )
    settings: tuple[Any, ...] = (
        BankRow.id, BankRow.name, BankRow.title, BankRow.language,
        StudyBankRow.new_per_day, StudyBankRow.reviews_per_day, StudyBankRow.exam_on, StudyBankRow.missed_first,
    )  # fmt: skip
    query: Select[Any] = (
        select(
            *settings,
            func.count().filter(CardRow.item_id.is_not(None), CardRow.phase != Phase.REVIEW, due),
            func.count().filter(CardRow.item_id.is_not(None), CardRow.phase == Phase.REVIEW, due),
            func.count().filter(CardRow.item_id.is_(None), ItemRow.id.is_not(None)),
            func.count().filter(ItemRow.id.in_(first_today)),
            func.count().filter(ItemRow.id.in_(today_again), ItemRow.id.not_in(first_today)),
            func.count(ItemRow.id),
        )
        .join(StudyBankRow, StudyBankRow.bank_id == BankRow.id)
        .join(ItemRow, and_(ItemRow.bank_id == BankRow.id, _LIVE), isouter=True)
        .join(CardRow, and_(CardRow.item_id == ItemRow.id, CardRow.student_id == student_id), isouter=True)
        .where(StudyBankRow.student_id == student_id)
        .group_by(*settings)
        .order_by(BankRow.name)
    )
    if bank_id is not None:
        query = query.where(BankRow.id == bank_id)
    return [StudyCounts(*row) for row in session.execute(query).all()]


def next_due(
    session: Session, student_id: int, due: ColumnElement[bool], bank_id: int, *, most: int
) -> list[StudyCard]:
    """Return up to ``most`` cards of a bank that are due, those that have waited longest first; in steps before all."""
    query = (
        _cards(student_id, bank_id)
        .where(CardRow.item_id.is_not(None), due)
        .order_by(case((CardRow.phase == Phase.REVIEW, 1), else_=0), CardRow.due_at, ItemRow.position)
    )
    return _found(session, query, most)


def next_new(session: Session, student_id: int, bank_id: int, first: Collection[str], *, most: int) -> list[StudyCard]:
    """Return up to ``most`` cards of a bank that were never shown; the identities ``first`` come before others."""
    query = _cards(student_id, bank_id).where(CardRow.item_id.is_(None))
    rank = [case((ItemRow.identity.in_(first), 0), else_=1)] if first else []
    return _found(session, query.order_by(*rank, ItemRow.position), most)


def card(session: Session, student_id: int, bank_id: int, identity: str) -> StudyCard | None:
    """Return the card of an item."""
    return next(iter(_found(session, _cards(student_id, bank_id).where(ItemRow.identity == identity), 1)), None)


def reviews(session: Session, student_id: int, item_id: int) -> list[Review]:
    """Return the reviews of a card that count, the oldest first."""
    query = (
        select(ReviewRow)
        .where(ReviewRow.student_id == student_id, ReviewRow.item_id == item_id, ReviewRow.is_undone.is_(False))
        .order_by(ReviewRow.reviewed_at, ReviewRow.id)
    )
    return [Review(Rating(row.rating), row.reviewed_at, row.day) for row in session.scalars(query)]


def reviews_of_bank(session: Session, student_id: int, bank_id: int) -> dict[tuple[int, str], list[Review]]:
    """Return the reviews that count of each item of a bank, by its number and identity, the oldest first."""
    query = (
        select(ReviewRow, ItemRow.identity)
        .join(ItemRow, ItemRow.id == ReviewRow.item_id)
        .where(ReviewRow.student_id == student_id, ItemRow.bank_id == bank_id, ReviewRow.is_undone.is_(False))
        .order_by(ReviewRow.reviewed_at, ReviewRow.id)
    )
    found: dict[tuple[int, str], list[Review]] = {}
    for row, identity in session.execute(query):
        found.setdefault((row.item_id, identity), []).append(Review(Rating(row.rating), row.reviewed_at, row.day))
    return found


def coming(session: Session, student_id: int) -> list[date]:
    """Return the days on which a student's cards of live items are due."""
    query = select(CardRow.due_on).join(ItemRow, ItemRow.id == CardRow.item_id)
    return list(session.scalars(query.where(CardRow.student_id == student_id, _LIVE)))


def recalled_by_day(session: Session, student_id: int, *, most: int = 60) -> list[tuple[date, int, int]]:
    """Return for each of a student's last study days how many reviews there were, and how many were remembered."""
    remembered = func.sum(case((ReviewRow.rating > 1, 1), else_=0))
    query = (
        select(ReviewRow.day, func.count(), remembered)
        .where(ReviewRow.student_id == student_id, ReviewRow.is_undone.is_(False))
        .group_by(ReviewRow.day)
        .order_by(ReviewRow.day.desc())
        .limit(most)
    )
    return [(day, count, int(right)) for day, count, right in reversed(session.execute(query).all())]


def _cards(student_id: int, bank_id: int):  # type: ignore[no-untyped-def]
    return (
        select(ItemRow.id, ItemRow.identity, cast(ItemVersionRow.content, String), CardRow)
        .join(
            ItemVersionRow,
            and_(ItemVersionRow.item_id == ItemRow.id, ItemVersionRow.number == ItemRow.version_number),
        )
        .join(CardRow, and_(CardRow.item_id == ItemRow.id, CardRow.student_id == student_id), isouter=True)
        .join(StudyBankRow, and_(StudyBankRow.bank_id == ItemRow.bank_id, StudyBankRow.student_id == student_id))
        .where(ItemRow.bank_id == bank_id, _LIVE)
    )


def _found(session: Session, query, most: int) -> list[StudyCard]:  # type: ignore[no-untyped-def]
    return [StudyCard(row[0], row[1], row[2], progress_of(row[3])) for row in session.execute(query.limit(most))]


def progress_of(row: CardRow | None) -> Progress | None:
    """Return how a card stands, as it is kept."""
    if row is None:
        return None
    return Progress(
        Phase(row.phase), row.step, row.stability, row.difficulty, row.due_at, row.due_on, row.last_on,
        row.interval_days, row.reviews, row.lapses,
    )  # fmt: skip
