"""A bank's items as a list shows them, page by page; as quick for a hundred thousand as for a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, select

from quizapp.store import search, snapshots
from quizapp.store.database import begin_writing
from quizapp.store.tables import ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Claim
    from quizapp.core.items import Item

_INDEXED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for in a bank; "" for what does not matter. ``finding`` "any" is every item with a finding."""

    words: str = ""
    tag: str = ""
    kind: str = ""
    state: str = ""
    modality: str = ""
    finding: str = ""

    @property
    def marks(self) -> list[str]:
        """The marks that an item must have."""
        wished = {"tag": search.folded(self.tag), "type": self.kind, "state": self.state, "modality": self.modality}
        return [f"{name} {value}" for name, value in {**wished, "finding": self.finding}.items() if value]


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as a list shows it."""

    id: int
    item: Item
    claim: Claim | None
    is_retired: bool


class Line(NamedTuple):
    """The place of an item in a list: its row, the version in force (with its moment) and whether it is retired.

    The moment tells apart two versions of which the later took the number of one that was taken out.
    """

    id: int
    version_id: int
    changed_at: datetime
    is_retired: bool


_ALL = Filter()
_LINES = select(ItemRow.id, ItemVersionRow.id, ItemVersionRow.changed_at, ItemRow.is_retired).where(
    ItemVersionRow.item_id == ItemRow.id, ItemVersionRow.number == ItemRow.version_number
)
_IN_ORDER = (
    _LINES.where(ItemRow.bank_id == bindparam("bank"), ItemRow.id > bindparam("after"))
    .order_by(ItemRow.id)
    .limit(bindparam("most"))
)


def lines(
    session: Session, bank_id: int, wanted: Filter | None = None, *, after: int = 0, most: int = 50
) -> list[Line]:
    """Return the places of up to ``most`` items in the order in which they came in, those after the row ``after``."""
    if wanted is None or wanted == _ALL:
        found = session.execute(_IN_ORDER, {"bank": bank_id, "after": after, "most": most})
        return [Line(*row) for row in found]
    marks, words = wanted.marks, search.folded(wanted.words).split()
    query = _LINES
    if marks or search.wanted_terms(wanted.words):
        source, row_id, holds_all = search.holding(session, [f"bank {bank_id}", *marks], wanted.words)
        query = query.select_from(source).where(row_id == ItemRow.id, holds_all, row_id > after).order_by(row_id)
    else:
        query = query.where(ItemRow.bank_id == bank_id, ItemRow.id > after).order_by(ItemRow.id)
    for word in words:
        query = query.where(ItemRow.words.contains(word, autoescape=True))
    return [Line(*row) for row in session.execute(query.limit(most))]


def entries(session: Session, found: Sequence[Line]) -> list[Entry]:
    """Return what stands at these places, in their order."""
    if not found:
        return []
    query = select(ItemVersionRow.id, ItemVersionRow.content).where(
        ItemVersionRow.id.in_([line.version_id for line in found])
    )
    contents = {row[0]: snapshots.read(row[1]) for row in session.execute(query)}
    return [
        Entry(line.id, shown.item, shown.fact.claim if shown.fact else None, line.is_retired)
        for line in found
        if (shown := contents.get(line.version_id))
    ]


def among(session: Session, bank_id: int, row_ids: Sequence[int]) -> Sequence[ItemRow]:
    """Return those of the items that belong to a bank, in the order in which they came in."""
    return session.scalars(
        select(ItemRow).where(ItemRow.bank_id == bank_id, ItemRow.id.in_(row_ids)).order_by(ItemRow.id)
    ).all()


def index_missing(session: Session) -> int:
    """Index the items that the index lacks, some at a time, and return how many those were; commits in between."""
    count = 0
    while True:
        begin_writing(session)
        rows = session.execute(
            select(ItemRow, ItemVersionRow.content)
            .where(
                ItemRow.words.is_(None),
                ItemVersionRow.item_id == ItemRow.id,
                ItemVersionRow.number == ItemRow.version_number,
            )
            .order_by(ItemRow.id)
            .limit(_INDEXED_AT_ONCE)
        ).all()
        if not rows:
            session.rollback()
            return count
        search.index(session, [(row, content) for row, content in rows])
        session.commit()
        count += len(rows)
