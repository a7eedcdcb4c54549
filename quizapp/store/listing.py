"""A bank's items as a list shows them, page by page; as quick for a hundred thousand as for a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp.store import snapshots
from quizapp.store.tables import ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.core.article import Claim
    from quizapp.core.items import Item


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as a list shows it."""

    id: int
    item: Item
    claim: Claim | None
    number: int
    is_retired: bool


def page(session: Session, bank_id: int, *, after: int = 0, most: int = 50) -> list[Entry]:
    """Return up to ``most`` items of a bank in the order in which they came in, those after the row ``after``."""
    query = (
        select(ItemRow, ItemVersionRow)
        .join(
            ItemVersionRow, (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.version_number)
        )
        .where(ItemRow.bank_id == bank_id, ItemRow.id > after)
        .order_by(ItemRow.id)
        .limit(most)
    )
    found = []
    for row, version in session.execute(query):
        snapshot = snapshots.read(version.content)
        claim = snapshot.fact.claim if snapshot.fact else None
        found.append(Entry(row.id, snapshot.item, claim, row.version_number, row.is_retired))
    return found
