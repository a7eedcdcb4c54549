"""Questions about banks: finding one, and reading it in part or whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, String, bindparam, cast, func, select
from sqlalchemy.orm import aliased, undefer

from quizapp.core.article import Article, Source
from quizapp.core.bank import Bank
from quizapp.core.errors import NotFoundError, nearest
from quizapp.store import facts as facts_stored
from quizapp.store import snapshots
from quizapp.store.database import batched, begin_writing
from quizapp.store.tables import BankRow, FactRow, ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from quizapp.core.items import Item

_CURRENT: tuple[ColumnElement[bool], ...] = (
    ItemVersionRow.item_id == ItemRow.id,
    ItemVersionRow.number == ItemRow.version_number,
)


_NAMED = select(BankRow).where(BankRow.name == bindparam("name"))


def get(session: Session, name: str, *, may_see: Callable[[BankRow], bool] = lambda _row: True) -> BankRow:
    """Return the bank called ``name``, without its article's text.

    :raise NotFoundError: there is none that ``may_see`` lets through; the message names the nearest public one.
    """
    row = session.scalar(_NAMED, {"name": name})
    if row and may_see(row):
        return row
    public = select(BankRow.name).where(BankRow.visibility == "public").order_by(BankRow.name).limit(1000)
    near = nearest(name, session.scalars(public))
    if near:
        raise NotFoundError("no bank named '%(name)s'; did you mean '%(near)s'?", name=name, near=near)
    raise NotFoundError("no bank named '%(name)s'", name=name)


def named(session: Session, name: str) -> BankRow | None:
    """Return the bank called ``name``, without its article's text; None where there is none."""
    return session.scalar(_NAMED, {"name": name})


def begin_changing(session: Session, *rows: BankRow) -> None:
    """Begin a transaction that changes banks or what is in them; they are locked, and read anew.

    Whoever writes items, facts, drafts or what is to be mended begins with this (or locks the bank as the first thing
    in it): each bank has one writer at a time, so that no two wait for each other for good.

    :raise NotFoundError: a bank was deleted meanwhile.
    """
    names = {row.id: row.name for row in rows}
    begin_writing(session)
    for bank_id, name in sorted(names.items()):
        locked = select(BankRow).where(BankRow.id == bank_id).with_for_update(key_share=True)
        if session.scalar(locked.execution_options(populate_existing=True)) is None:
            raise NotFoundError("no bank named '%(name)s'", name=name)


def with_digest(session: Session, digest: str) -> BankRow | None:
    """Return the bank that came from a file with this digest, if it still is as it came."""
    return session.scalar(select(BankRow).where(BankRow.digest == digest))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in a bank: live items, how many of them ask each fact once, and facts."""

    items: int
    askable: int
    facts: int


def counts(session: Session, bank_id: int) -> Counts:
    """Return how much is in a bank."""
    facts = select(func.count()).where(FactRow.bank_id == bank_id).scalar_subquery()
    row = session.execute(
        select(
            func.count(),
            func.count(ItemRow.fact_id.distinct()) + func.count().filter(ItemRow.fact_id.is_(None)),
            facts,
        ).where(ItemRow.bank_id == bank_id, ItemRow.is_retired.is_(False))
    ).one()
    return Counts(*row)


def samples(session: Session, bank_id: int, most: int) -> list[str]:
    """Return the first live items of a bank, of different facts and types, each as its version's JSON text."""
    query = (
        select(ItemRow.fact_id, ItemVersionRow.kind, cast(ItemVersionRow.content, String))
        .where(ItemRow.bank_id == bank_id, ItemRow.is_retired.is_(False), *_CURRENT)
        .order_by(ItemRow.position)
        .limit(most * 15)
    )
    chosen: list[str] = []
    seen: set[object] = set()
    for fact_id, kind, content in session.execute(query):
        if len(chosen) < most and kind not in seen and (fact_id is None or fact_id not in seen):
            chosen.append(content)
            seen |= {kind, fact_id}
    return chosen


def get_item(session: Session, bank_id: int, identity: str) -> str:
    """Return an item of a bank at the version in force, as JSON text.

    :raise NotFoundError: the bank has no such item.
    """
    content = session.scalar(
        select(cast(ItemVersionRow.content, String)).where(
            ItemRow.identity == identity, ItemRow.bank_id == bank_id, *_CURRENT
        )
    )
    if content is None:
        raise NotFoundError("this bank has no question '%(id)s'", id=identity)
    return content


def contents(session: Session, bank_id: int, identities: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what items of a bank say at the version in force, by identity."""
    query = select(ItemRow.identity, ItemVersionRow.content).where(ItemRow.bank_id == bank_id, *_CURRENT)
    return {
        identity: content
        for some in batched(identities)
        for identity, content in session.execute(query.where(ItemRow.identity.in_(some)))
    }


def read_whole(session: Session, name: str) -> Bank:
    """Return the bank called ``name`` with article, facts and all items, retired ones too; reads every row of it.

    :raise NotFoundError: there is none.
    """
    query = select(BankRow).where(BankRow.name == name).options(undefer(BankRow.article_text))
    row = session.scalar(query.execution_options(populate_existing=True)) or get(session, name)
    facts = facts_stored.of_bank(session, row.id)
    versions = session.execute(
        select(ItemRow.is_retired, ItemRow.version_number, ItemRow.fact_id, ItemVersionRow)
        .where(ItemRow.bank_id == row.id, *_CURRENT)
        .order_by(ItemRow.position)
    )
    items = []
    has_history = False
    for is_retired, number, fact, version in versions:
        has_history |= number > 1
        item = snapshots.read(version.content).item
        fact_id = facts[fact].id if fact in facts else None
        items.append(replace(item, fact_id=fact_id, changed=version.changed_at, retired=is_retired))
    return Bank(
        id=row.identity,
        name=row.name,
        title=row.title,
        language=row.language,
        changed=row.changed_at,
        description=row.description,
        deck=row.deck,
        licence=row.licence,
        article=article_value(row),
        facts=tuple(facts.values()),
        items=tuple(items),
        former=tuple(_former(session, row.id)) if has_history else (),
    )


def deck_state(session: Session, bank_id: int) -> str:
    """Return what is the same as long as the items of a bank, their order and their retirement are."""
    row = session.execute(
        select(
            func.max(ItemVersionRow.id),
            func.count(),
            func.sum(cast(ItemRow.is_retired, Integer)),
            func.sum(ItemRow.position * ItemRow.id),
        ).where(ItemRow.bank_id == bank_id, *_CURRENT)
    ).one()
    return "/".join(map(str, row))


def tags(session: Session, bank_id: int, *, most: int = 5000) -> list[str]:
    """Return the tags of a bank's first live items in their order."""
    query = (
        select(ItemVersionRow.content["item"]["tags"])
        .where(ItemRow.bank_id == bank_id, ItemRow.is_retired.is_(False), *_CURRENT)
        .limit(most)
    )
    return sorted({tag for found in session.scalars(query) for tag in found or ()})


def _former(session: Session, bank_id: int) -> Iterator[Item]:
    """Yield each item that changed its type as it last was in each of its types, the first type first."""
    current = aliased(ItemVersionRow)
    changed = (
        select(ItemVersionRow.item_id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .join(current, (current.item_id == ItemRow.id) & (current.number == ItemRow.version_number))
        .where(ItemRow.bank_id == bank_id, ItemVersionRow.kind != current.kind)
    )
    types = (
        select(func.min(ItemVersionRow.id).label("first"), func.max(ItemVersionRow.id).label("last"))
        .where(ItemVersionRow.item_id.in_(changed))
        .group_by(ItemVersionRow.item_id, ItemVersionRow.kind)
        .subquery()
    )
    versions = select(ItemVersionRow.content).join(types, ItemVersionRow.id == types.c.last).order_by(types.c.first)
    for content in session.scalars(versions):
        yield snapshots.read(content).item


def article_value(row: BankRow) -> Article | None:
    """Return the bank's article, if it has one; its text may take one more statement."""
    if row.article_title is None:
        return None
    return Article(
        title=row.article_title,
        language=row.article_language or row.language,
        text=row.article_text or "",
        published=row.article_published,
        sources=tuple(Source(**source) for source in row.article_sources),
    )


def current_versions(session: Session, bank_id: int) -> Sequence[tuple[ItemRow, ItemVersionRow]]:
    """Return every item of a bank with the version in force."""
    query = select(ItemRow, ItemVersionRow).where(ItemRow.bank_id == bank_id, *_CURRENT)
    return [(item, version) for item, version in session.execute(query)]


def owners(session: Session, identities: Sequence[str], *, other_than: int | None) -> dict[str, str]:
    """Return which of the item ``identities`` belong to another bank than ``other_than``, with that bank's name."""
    found: dict[str, str] = {}
    for start in range(0, len(identities), 500):
        query = (
            select(ItemRow.identity, BankRow.name)
            .join(BankRow, BankRow.id == ItemRow.bank_id)
            .where(ItemRow.identity.in_(identities[start : start + 500]))
        )
        found |= {row.identity: row.name for row in session.execute(query.where(BankRow.id != (other_than or -1)))}
    return found
