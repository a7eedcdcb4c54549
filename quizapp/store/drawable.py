"""What can be drawn into a quiz: live items with their versions in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, case, cast, func, select

from quizapp.store import search, snapshots
from quizapp.store.tables import ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_IN_FORCE = (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.version_number)


@dataclass(frozen=True, slots=True)
class DrawableItem:
    """What a draw needs to know of an item."""

    identity: str
    fact_id: int | None
    version_id: int


def items(
    session: Session, *, bank_ids: Sequence[int] = (), identities: Sequence[str] = (), tags: Sequence[str] = ()
) -> list[DrawableItem]:
    """Return live items with the version in force, in the order of their banks: those named, or those of banks."""
    query = (
        select(ItemRow.identity, ItemRow.fact_id, ItemVersionRow.id, ItemVersionRow.content["item"]["tags"])
        .join(ItemVersionRow, _IN_FORCE)
        .where(ItemRow.identity.in_(identities) if identities else ItemRow.bank_id.in_(bank_ids))
        .where(ItemRow.is_retired.is_(False))
        .order_by(ItemRow.bank_id, ItemRow.position)
    )
    if not tags:
        query = query.with_only_columns(ItemRow.identity, ItemRow.fact_id, ItemVersionRow.id)
    return [DrawableItem(*row[:3]) for row in session.execute(query) if not tags or set(tags) & set(row[3] or ())]


def count(
    session: Session, *, bank_ids: Sequence[int], tags: Sequence[str] = (), with_siblings: bool, most: int
) -> int:
    """Return how many items of banks can be drawn, up to ``most``: without siblings one for each fact.

    Looks at no more of them than it must, and for tags into the index, which may lag behind an import.
    """
    if not bank_ids:
        return 0
    dialect = session.get_bind().dialect.name
    alone = case((ItemRow.fact_id.is_(None), ItemRow.id))
    query = select(*([ItemRow.id] if with_siblings else [ItemRow.fact_id, alone])).where(
        ItemRow.bank_id.in_(bank_ids), ItemRow.is_retired.is_(False)
    )
    if tags:
        said = (
            func.json_each(ItemVersionRow.content, "$.item.tags")
            if dialect == "sqlite"
            else func.json_array_elements_text(ItemVersionRow.content["item"]["tags"])
        ).table_valued("value")
        query = query.join(ItemVersionRow, _IN_FORCE).where(
            ItemRow.id.in_(search.tagged(dialect, bank_ids, tags)),
            select(said.c.value).where(said.c.value.in_(tags)).exists(),
        )
    return session.scalars(select(func.count()).select_from(query.distinct().limit(most).subquery())).one()


def contents(session: Session | Connection, version_ids: Sequence[int]) -> dict[int, str]:
    """Return item versions as JSON text, by their ids."""
    rows = session.execute(
        select(ItemVersionRow.id, cast(ItemVersionRow.content, String)).where(ItemVersionRow.id.in_(version_ids))
    )
    return dict(rows.all())


def form_counts(session: Session, version_ids: Sequence[int]) -> dict[int, int]:
    """Return in how many ways each of the versions can be asked."""
    found = contents(session, version_ids)
    return {version_id: len(snapshots.parse(content).item.questions) for version_id, content in found.items()}
