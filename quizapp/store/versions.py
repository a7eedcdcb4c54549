"""Questions about item versions, and about what students and statistics say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, func, select

from quizapp.store import snapshots
from quizapp.store.tables import AttemptRow, BankRow, ItemReportRow, ItemRow, ItemVersionRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from quizapp.core.items import Item


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """An item as it was from one moment on, with its bank and the unsettled reports about it."""

    version_id: int
    bank_name: str
    identity: str
    number: int
    changed_at: datetime
    report_count: int
    content: str

    @property
    def item(self) -> Item:
        """The item as this version has it."""
        return snapshots.parse(self.content).item


def _entries(session: Session, *where: ColumnElement[bool]) -> list[VersionEntry]:
    reports = select(func.count()).where(ItemReportRow.version_id == ItemVersionRow.id)
    query = (
        select(
            ItemVersionRow.id, BankRow.name, ItemRow.identity, ItemVersionRow.number, ItemVersionRow.changed_at,
            reports.where(ItemReportRow.settled_at.is_(None)).scalar_subquery(), cast(ItemVersionRow.content, String),
        )
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .join(BankRow, BankRow.id == ItemRow.bank_id)
        .where(*where)
        .order_by(ItemRow.bank_id, ItemRow.position, ItemVersionRow.number)
    )  # fmt: skip
    return [VersionEntry(*row) for row in session.execute(query)]


def of_ids(session: Session, version_ids: Sequence[int]) -> list[VersionEntry]:
    """Return these versions, in the order of their banks."""
    return _entries(session, ItemVersionRow.id.in_(version_ids))


def of_item(session: Session, bank_id: int, identity: str) -> list[VersionEntry]:
    """Return all versions of an item of a bank, oldest first; none for an item that is not there."""
    return _entries(session, ItemRow.bank_id == bank_id, ItemRow.identity == identity)


def attempts_with(version_id: int) -> ColumnElement[bool]:
    """Return the condition that an attempt asked this version."""
    return AttemptRow.id.in_(select(ResponseRow.attempt_id).where(ResponseRow.version_id == version_id))


def reports(session: Session, item_id: int, *, with_settled: bool = False, most: int = 50) -> Sequence[ItemReportRow]:
    """Return the reports about an item, newest first; those that are settled only where they are wanted."""
    query = (
        select(ItemReportRow)
        .join(ItemVersionRow, ItemVersionRow.id == ItemReportRow.version_id)
        .where(ItemVersionRow.item_id == item_id)
        .order_by(ItemReportRow.id.desc())
        .limit(most)
    )
    if not with_settled:
        query = query.where(ItemReportRow.settled_at.is_(None))
    return session.scalars(query).all()
