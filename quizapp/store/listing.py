"""A bank's items as a list shows them, page by page; as quick for a hundred thousand as for a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Text, and_, bindparam, func, select

from quizapp.store import search, snapshots
from quizapp.store.database import begin_writing
from quizapp.store.reads import Read
from quizapp.store.tables import ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Engine
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


# The place of an item in a list: its row, the version in force (with its moment) and whether it is retired. The moment
# tells apart two versions of which the later took the number of one that was taken out; it is as the driver gives it.
Line: TypeAlias = tuple[int, int, Any, bool]


def lines(engine: Engine, bank_id: int, wanted: Filter | None = None, *, after: int = 0, most: int = 50) -> list[Line]:
    """Return the places of up to ``most`` items in the order in which they came in, those after the row ``after``."""
    marks = wanted.marks if wanted else []
    words = search.unsure_words(wanted.words) if wanted else []
    terms = search.wanted_terms(wanted.words) if wanted else set()
    values: dict[str, Any] = {"after": after, "most": most}
    if marks or terms:
        values["terms"] = search.sought(engine, bank_id, marks, terms)
    else:
        values["bank"] = bank_id
    values |= {f"word{number}": word for number, word in enumerate(words)}
    read = _read(engine.dialect.name, len(words), has_terms="terms" in values)
    return read.rows(engine, values)


@lru_cache(maxsize=256)
def _read(dialect: str, word_count: int, *, has_terms: bool) -> Read:
    """Return the reading of a page of lines with so many words, by the index of words or by bank alone."""
    query = select(ItemRow.id, ItemRow.version_number, ItemRow.is_retired)
    row_id: ColumnElement[int] = ItemRow.__table__.c.id
    if has_terms:
        source, row_id, holds_all = search.holding(dialect)
        query = query.select_from(source).where(row_id == ItemRow.id, holds_all)
    else:
        query = query.where(ItemRow.bank_id == bindparam("bank"))
    for number in range(word_count):
        query = query.where(search.place_of(dialect, bindparam(f"word{number}", type_=Text)) > 0)
    # First the page, then its versions: else PostgreSQL walks through the versions of every item before it.
    page = query.where(row_id > bindparam("after")).order_by(row_id).limit(bindparam("most")).subquery("page")
    with_versions = (
        select(page.c.id, ItemVersionRow.id, ItemVersionRow.changed_at, page.c.is_retired)
        .join(ItemVersionRow, and_(ItemVersionRow.item_id == page.c.id, ItemVersionRow.number == page.c.version_number))
        .order_by(page.c.id)
    )
    return Read(with_versions, plans_anew=has_terms)


# No more than so many are counted: a list shall be as quick for a hundred thousand.
COUNTED = 1000
# In order, else PostgreSQL walks through the items of all banks.
_some = select(ItemRow.id).where(ItemRow.bank_id == bindparam("bank")).order_by(ItemRow.id).limit(COUNTED + 1)
_COUNT = Read(select(func.count()).select_from(_some.subquery()))


def count(engine: Engine, bank_id: int) -> int:
    """Return how many items a bank has, retired ones too, by the index alone; ``COUNTED`` + 1 for all that is more."""
    return int(_COUNT.rows(engine, {"bank": bank_id})[0][0])


def entries(session: Session, found: Sequence[Line]) -> list[Entry]:
    """Return what stands at these places, in their order."""
    if not found:
        return []
    query = select(ItemVersionRow.id, ItemVersionRow.content).where(
        ItemVersionRow.id.in_([version_id for _id, version_id, _at, _retired in found])
    )
    contents = {row[0]: snapshots.read(row[1]) for row in session.execute(query)}
    return [
        Entry(row_id, shown.item, shown.fact.claim if shown.fact else None, bool(is_retired))
        for row_id, version_id, _at, is_retired in found
        if (shown := contents.get(version_id))
    ]


def among(session: Session, bank_id: int, row_ids: Sequence[int]) -> Sequence[ItemRow]:
    """Return those of the items that belong to a bank, in the order in which they came in."""
    return session.scalars(
        select(ItemRow).where(ItemRow.bank_id == bank_id, ItemRow.id.in_(row_ids)).order_by(ItemRow.id)
    ).all()


def index_missing(session: Session) -> int:
    """Index the items that the index lacks, some at a time, and return how many those were; commits in between.

    Those that somebody is writing just now are theirs to index.
    """
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
            .with_for_update(of=ItemRow, key_share=True, skip_locked=True)
        ).all()
        if not rows:
            session.rollback()
            return count
        search.index(session, [(row, content) for row, content in rows])
        session.commit()
        count += len(rows)
