"""Questions about what is to be mended in banks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, and_, cast, func, or_, select

from quizapp.store import banks as banks_stored
from quizapp.store import snapshots
from quizapp.store.account_tables import BankShareRow
from quizapp.store.class_tables import ConcernRow
from quizapp.store.tables import (
    AttemptRow,
    BankRow,
    FactRow,
    ItemReportRow,
    ItemRow,
    ItemVersionRow,
    QuizRow,
    ResponseRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from quizapp.core.items import Item

_IN_FORCE = and_(ItemVersionRow.item_id == ItemRow.id, ItemVersionRow.number == ItemRow.version_number)


def live_items(session: Session, bank_id: int) -> list[tuple[int, int, str]]:
    """Return the id of each live item of a bank, that of its version in force, and that version as JSON text."""
    query = (
        select(ItemRow.id, ItemVersionRow.id, cast(ItemVersionRow.content, String))
        .join(ItemVersionRow, _IN_FORCE)
        .where(ItemRow.bank_id == bank_id, ItemRow.is_retired.is_(False))
        .order_by(ItemRow.id)
    )
    return [(item_id, version_id, content) for item_id, version_id, content in session.execute(query)]


def items_beside_the_article(session: Session, bank: BankRow) -> tuple[set[int], dict[int, int]]:
    """Return the ids of items whose fact another article tells, and the facts of those a correction left behind."""
    query = select(ItemRow.id, FactRow.id, FactRow.article).join(FactRow, FactRow.id == ItemRow.fact_id)
    own = banks_stored.article_value(bank)
    elsewhere, behind = set[int](), dict[int, int]()
    query = query.where(ItemRow.bank_id == bank.id, FactRow.article.is_not(None))
    for item_id, fact_id, article in session.execute(query):
        if own and own.is_edition_of(snapshots.article_from(article)):
            behind[item_id] = fact_id
        else:
            elsewhere.add(item_id)
    return elsewhere, behind


def numbers_in_force(session: Session, bank_name: str, identities: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the versions in force of items of a bank, by identity."""
    query = select(ItemRow.identity, ItemRow.version_number).join(BankRow, BankRow.id == ItemRow.bank_id)
    found = session.execute(query.where(BankRow.name == bank_name, ItemRow.identity.in_(list(identities))))
    return dict(found.all())


def attempts_at(bank_id: int) -> ColumnElement[bool]:
    """Return the condition that an attempt asked an item of a bank."""
    asked = (
        select(ResponseRow.attempt_id)
        .join(ItemVersionRow, ItemVersionRow.id == ResponseRow.version_id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemRow.bank_id == bank_id)
    )
    return AttemptRow.id.in_(asked)


def quizzes_with_expired(session: Session, bank_id: int, now: datetime) -> Sequence[int]:
    """Return the ids of quizzes with open attempts at a bank whose time was up before ``now``."""
    query = select(QuizRow.id).join(AttemptRow, AttemptRow.quiz_id == QuizRow.id).distinct()
    is_expired = and_(AttemptRow.finished_at.is_(None), AttemptRow.accepts_until < now)
    return session.scalars(query.where(is_expired, attempts_at(bank_id))).all()


def report_counts(session: Session, bank_id: int) -> dict[int, dict[str, int]]:
    """Return how many unsettled reports there are of each reason, by item id."""
    query = (
        select(ItemVersionRow.item_id, ItemReportRow.reason, func.count())
        .join(ItemVersionRow, ItemVersionRow.id == ItemReportRow.version_id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemRow.bank_id == bank_id, ItemReportRow.settled_at.is_(None))
        .group_by(ItemVersionRow.item_id, ItemReportRow.reason)
    )
    found: dict[int, dict[str, int]] = {}
    for item_id, reason, count in session.execute(query):
        found.setdefault(item_id, {})[reason] = count
    return found


def may_edit(account_id: int) -> ColumnElement[bool]:
    """Return the condition that a bank is an account's own, or shared with it to be edited."""
    shared = select(BankShareRow.bank_id).where(BankShareRow.account_id == account_id, BankShareRow.may == "edit")
    return or_(BankRow.owner_id == account_id, BankRow.id.in_(shared))


@dataclass(frozen=True, slots=True)
class LookedOver:
    """A bank that somebody may edit, and whether something has come since it was last looked over.

    That is a change, a report, or an attempt handed in: at one of their quizzes, or of practice.
    """

    name: str
    title: str
    looked_over_at: datetime | None
    is_stale: bool


def banks(session: Session, account_id: int, *, most: int = 200) -> list[LookedOver]:
    """Return the banks that an account may edit, those that wait longest for a look first."""
    reported = (
        select(func.max(ItemReportRow.reported_at))
        .join(ItemVersionRow, ItemVersionRow.id == ItemReportRow.version_id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemRow.bank_id == BankRow.id, ItemReportRow.settled_at.is_(None))
        .scalar_subquery()
    )
    practised = select(func.max(AttemptRow.finished_at)).where(AttemptRow.bank_id == BankRow.id).scalar_subquery()
    query = (
        select(
            BankRow.name, BankRow.title, BankRow.identity, BankRow.looked_over_at, BankRow.changed_at, reported,
            practised,
        )
        .where(may_edit(account_id))
        .order_by(BankRow.looked_over_at.asc().nulls_first(), BankRow.name)
        .limit(most)
    )  # fmt: skip
    handed_in = _last_handed_in(session, account_id)
    return [
        LookedOver(
            name, title, looked, looked is None or any(at and looked < at for at in [*news, handed_in.get(bank)])
        )
        for name, title, bank, looked, *news in session.execute(query)
    ]


def _last_handed_in(session: Session, account_id: int) -> dict[str, datetime]:
    """Return when a quiz of an account was last handed in, by the identity of each bank that it asks from."""
    last = select(func.max(AttemptRow.finished_at)).where(AttemptRow.quiz_id == QuizRow.id).scalar_subquery()
    query = select(QuizRow.settings, last).where(QuizRow.owner_id == account_id, last.is_not(None)).order_by(last)
    return {bank: at for settings, at in session.execute(query) for bank in settings["banks"]}


@dataclass(frozen=True, slots=True)
class Concern:
    """An item with what speaks against it, the gravest first."""

    item_id: int
    weight: int
    reasons: list[dict[str, Any]]
    bank_name: str
    bank_title: str
    content: str

    @property
    def item(self) -> Item:
        """The item as it is in force."""
        return snapshots.parse(self.content).item


def page(
    session: Session, account_id: int, *, after: tuple[int, int] | None = None, bank_name: str = "", most: int = 50
) -> list[Concern]:
    """Return up to ``most`` items to mend, the gravest first, those after the weight and item id of ``after``."""
    query = (
        select(
            ConcernRow.item_id, ConcernRow.weight, ConcernRow.reasons, BankRow.name, BankRow.title,
            cast(ItemVersionRow.content, String),
        )
        .join(ItemRow, ItemRow.id == ConcernRow.item_id)
        .join(ItemVersionRow, _IN_FORCE)
        .join(BankRow, BankRow.id == ConcernRow.bank_id)
        .where(may_edit(account_id), ItemRow.is_retired.is_(False))
        .order_by(ConcernRow.weight.desc(), ConcernRow.item_id)
        .limit(most)
    )  # fmt: skip
    if after is not None:
        weight, item_id = after
        query = query.where(
            or_(ConcernRow.weight < weight, and_(ConcernRow.weight == weight, ConcernRow.item_id > item_id))
        )
    if bank_name:
        query = query.where(BankRow.name == bank_name)
    return [Concern(*row) for row in session.execute(query)]


def count(session: Session, account_id: int, *, most: int) -> int:
    """Return how many items of an account's banks are to be mended, up to ``most``."""
    found = (
        select(ConcernRow.item_id)
        .join(ItemRow, ItemRow.id == ConcernRow.item_id)
        .join(BankRow, BankRow.id == ConcernRow.bank_id)
        .where(may_edit(account_id), ItemRow.is_retired.is_(False))
        .limit(most)
    )
    return session.scalars(select(func.count()).select_from(found.subquery())).one()


def own_attempts(session: Session, attempt_ids: Iterable[int], account_id: int) -> Sequence[int]:
    """Return which of these attempts were at quizzes of an account."""
    query = select(AttemptRow.id).join(QuizRow, QuizRow.id == AttemptRow.quiz_id)
    return session.scalars(query.where(QuizRow.owner_id == account_id, AttemptRow.id.in_(set(attempt_ids)))).all()
