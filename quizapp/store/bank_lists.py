"""Lists of banks: the public ones, those of a desk, and those that a quiz can be made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select, true

from quizapp.store.account_tables import BankShareRow
from quizapp.store.desk_tables import DraftRow
from quizapp.store.tables import BankRow, FactRow, ItemRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account


@dataclass(frozen=True, slots=True)
class BankEntry:
    """A bank as a list shows it."""

    name: str
    title: str
    language: str
    description: str
    item_count: int
    fact_count: int


def public_page(session: Session, *, after: str = "", language: str = "", most: int = 50) -> list[BankEntry]:
    """Return up to ``most`` public banks in the order of their names, those that come after the name ``after``."""
    items = select(func.count()).where(ItemRow.bank_id == BankRow.id, ItemRow.is_retired.is_(False)).scalar_subquery()
    facts = select(func.count()).where(FactRow.bank_id == BankRow.id).scalar_subquery()
    query = (
        select(BankRow.name, BankRow.title, BankRow.language, BankRow.description, items, facts)
        .where(BankRow.name > after, BankRow.visibility == "public")
        .order_by(BankRow.name)
        .limit(most)
    )
    if language:
        query = query.where(BankRow.language == language)
    return [BankEntry(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class DeskEntry(BankEntry):
    """A bank as its teacher's desk shows it."""

    visibility: str
    owner_id: int | None
    open_drafts: int
    id: int


def desk_page(
    session: Session, account_id: int, *, before: int | None = None, most: int = 50, may: str = ""
) -> list[DeskEntry]:
    """Return up to ``most`` of the banks that an account owns or shares, newest first, older than the row ``before``.

    With ``may`` "edit" those that are only shared for looking are left out.
    """
    shared = select(BankShareRow.bank_id).where(BankShareRow.account_id == account_id)
    if may:
        shared = shared.where(BankShareRow.may == may)
    items = select(func.count()).where(ItemRow.bank_id == BankRow.id, ItemRow.is_retired.is_(False)).scalar_subquery()
    facts = select(func.count()).where(FactRow.bank_id == BankRow.id).scalar_subquery()
    drafts = select(func.count()).where(DraftRow.bank_id == BankRow.id, DraftRow.state == "open").scalar_subquery()
    query = (
        select(
            BankRow.name, BankRow.title, BankRow.language, BankRow.description, items, facts, BankRow.visibility,
            BankRow.owner_id, drafts, BankRow.id,
        )
        .where((BankRow.owner_id == account_id) | BankRow.id.in_(shared))
        .order_by(BankRow.id.desc())
        .limit(most)
    )  # fmt: skip
    if before is not None:
        query = query.where(BankRow.id < before)
    return [DeskEntry(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class BankChoice:
    """A bank that a quiz can be made from; ``askable`` counts one of its items for each fact."""

    identity: str
    name: str
    title: str
    language: str
    item_count: int
    askable: int


def choices(session: Session, account: Account, *, named: Sequence[str] = (), most: int = 200) -> list[BankChoice]:
    """Return banks that a teacher may make quizzes from: those ``named``, their own, shared ones, then public ones."""
    shared = select(BankShareRow.bank_id).where(BankShareRow.account_id == account.id)
    may_see = or_(
        BankRow.owner_id == account.id,
        BankRow.id.in_(shared),
        BankRow.visibility == "public",
        BankRow.owner_id.is_(None),
        *([true()] if account.is_admin else []),
    )
    items = select(func.count()).where(ItemRow.bank_id == BankRow.id, ItemRow.is_retired.is_(False)).scalar_subquery()
    alone = func.count().filter(ItemRow.fact_id.is_(None))
    askable = (
        select(func.count(ItemRow.fact_id.distinct()) + alone)
        .where(ItemRow.bank_id == BankRow.id, ItemRow.is_retired.is_(False))
        .scalar_subquery()
    )
    nearness = case(
        (BankRow.name.in_(named), 0), (BankRow.owner_id == account.id, 1), (BankRow.id.in_(shared), 2), else_=3
    )
    query = select(BankRow.identity, BankRow.name, BankRow.title, BankRow.language, items, askable).where(may_see)
    return [BankChoice(*row) for row in session.execute(query.order_by(nearness, BankRow.name).limit(most))]
