"""What can be drawn into a quiz: live items with their versions in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, case, cast, func, select, union_all

from quizapp.store import search, snapshots
from quizapp.store.tables import ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.orm import Session

_IN_FORCE = (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.version_number)


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """An item that was drawn, in the version in force, which is JSON text."""

    identity: str
    version_id: int
    content: str

    @property
    def form_count(self) -> int:
        """In how many ways it can be asked."""
        return len(snapshots.parse(self.content).item.questions)


def items(session: Session, *, bank_ids: Sequence[int], tags: Sequence[str] = ()) -> Sequence[tuple[str, int | None]]:
    """Return the live items of banks as ``core.quiz.draw`` wants them, in the order of their banks.

    With tags those that have one of them: what the index has not come to yet is looked through.
    """
    dialect = session.get_bind().dialect.name
    query = select(ItemRow.identity, ItemRow.fact_id).where(
        ItemRow.bank_id.in_(bank_ids), ItemRow.is_retired.is_(False)
    )
    if tags and bank_ids:
        here = query.with_only_columns(ItemRow.id)
        indexed = here.where(ItemRow.id.in_(search.tagged(dialect, bank_ids, tags)))
        rows = union_all(indexed, here.where(ItemRow.words.is_(None)))
        query = query.join(ItemVersionRow, _IN_FORCE).where(ItemRow.id.in_(rows), _has_tag(dialect, tags))
    query = query.order_by(ItemRow.bank_id, ItemRow.position)
    return session.connection().execute(query).all()


def in_force(session: Session, identities: Sequence[str]) -> dict[str, DrawnItem]:
    """Return live items with their versions in force, by identity."""
    query = (
        select(ItemRow.identity, ItemVersionRow.id, cast(ItemVersionRow.content, String))
        .join(ItemVersionRow, _IN_FORCE)
        .where(ItemRow.identity.in_(identities), ItemRow.is_retired.is_(False))
    )
    return {row[0]: DrawnItem(*row) for row in session.execute(query)}


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
        indexed = ItemRow.id.in_(search.tagged(dialect, bank_ids, tags))
        query = query.join(ItemVersionRow, _IN_FORCE).where(indexed, _has_tag(dialect, tags))
    return session.scalars(select(func.count()).select_from(query.distinct().limit(most).subquery())).one()


def _has_tag(dialect: str, tags: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a version has one of the tags, letter for letter."""
    said = (
        func.json_each(ItemVersionRow.content, "$.item.tags")
        if dialect == "sqlite"
        else func.json_array_elements_text(ItemVersionRow.content["item"]["tags"])
    ).table_valued("value")
    return select(said.c.value).where(said.c.value.in_(tags)).exists()


def contents(session: Session | Connection, version_ids: Sequence[int]) -> dict[int, str]:
    """Return item versions as JSON text, by their ids."""
    rows = session.execute(
        select(ItemVersionRow.id, cast(ItemVersionRow.content, String)).where(ItemVersionRow.id.in_(version_ids))
    )
    return dict(rows.all())
