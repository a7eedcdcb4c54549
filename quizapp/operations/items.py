"""Items of a bank, one at a time: adding, editing, retiring. Nothing written is ever overwritten.

Whoever calls what writes here has begun with ``banks.begin_changing``, and commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import delete, exists, func, select

from quizapp.core.bank import Bank, placed
from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.operations.authoring import new_identity
from quizapp.store import banks, facts, search, snapshots
from quizapp.store.study_tables import CardRow, ReviewRow
from quizapp.store.tables import BankRow, FactRow, ItemRow, ItemVersionRow, ResponseRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.bank import Fact
    from quizapp.core.items import Item


# "fact" and "article" of a version's content.
Ground: TypeAlias = Mapping[str, Any]


class EditConflictError(ConflictError):
    """Somebody else changed the same thing meanwhile."""


def current(session: Session, bank_id: int, identity: str) -> tuple[ItemRow, ItemVersionRow]:
    """Return an item of a bank with its version in force.

    :raise NotFoundError: the bank has no such item.
    """
    row = session.execute(
        select(ItemRow, ItemVersionRow)
        .join(
            ItemVersionRow, (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.version_number)
        )
        .where(ItemRow.identity == identity, ItemRow.bank_id == bank_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("this bank has no question '%(id)s'", id=identity)
    return row[0], row[1]


def add(
    session: Session, bank: BankRow, item: Item, fact: Fact | None, *, now: datetime, ground: Ground | None = None
) -> ItemRow:
    """Add an item to a bank, with its first version; the caller commits.

    It rests on ``fact``, which stays as the bank has it if it does already, or on a ``ground`` taken from another
    version.
    """
    fact_row, content = _ground(session, bank, item, fact, ground)
    position = session.scalar(select(func.max(ItemRow.position)).where(ItemRow.bank_id == bank.id))
    row = ItemRow(
        identity=item.id,
        bank_id=bank.id,
        fact_id=fact_row,
        position=0 if position is None else position + 1,
        version_number=1,
        is_retired=False,
    )
    session.add(row)
    session.flush()
    session.add(ItemVersionRow(item_id=row.id, number=1, kind=item.kind, content=content, changed_at=now))
    touch(bank, now)
    search.index(session, [(row, content)])
    return row


def change(
    session: Session,
    bank: BankRow,
    item: Item,
    fact: Fact | None,
    *,
    number: int | None,
    now: datetime,
    ground: Ground | None = None,
) -> bool:
    """Give an item a new version with this content; False when it says the same as before. The caller commits.

    ``number`` is the version that the change was made from; None takes whatever is in force. ``fact`` and ``ground``
    as in ``add``.

    :raise EditConflictError: another version is in force by now.
    """
    row, version = current(session, bank.id, item.id)
    if number is not None and row.version_number != number:
        raise EditConflictError("somebody else changed this question while you were writing")
    fact_row, content = _ground(session, bank, item, fact, ground)
    if snapshots.says_the_same(version.content, content) and (ground or fact_row == row.fact_id):
        return False
    before, row.fact_id = row.fact_id, fact_row
    _add_version(session, row, version, item.kind, content, now)
    if before != fact_row:
        _forget_fact(session, before, FactRow.article.is_not(None))  # what the bank's own article tells stays to choose
    touch(bank, now)
    return True


def set_retired(session: Session, bank: BankRow, row: ItemRow, *, is_retired: bool, now: datetime) -> None:
    """Take an item out of use, or back into it; decks and statistics learn of it by its version. The caller commits."""
    if row.is_retired == is_retired:
        return
    _, version = current(session, bank.id, row.identity)
    row.is_retired = is_retired
    _add_version(session, row, version, version.kind, version.content, now)
    touch(bank, now)


def remove_unused(session: Session, bank: BankRow, identity: str, *, now: datetime) -> None:
    """Take an item out as if it had never been, if nobody was ever asked it; else retire it. The caller commits."""
    row, version = current(session, bank.id, identity)
    # Learners do not lock the bank, and their reviews would go with the item.
    session.execute(select(ItemRow.id).where(ItemRow.id == row.id).with_for_update())
    was_asked = session.scalar(
        select(
            exists().where(ResponseRow.version_id == version.id)
            | exists().where(ReviewRow.item_id == row.id)
            | exists().where(CardRow.item_id == row.id)
        )
    )
    if was_asked or row.version_number > 1:
        set_retired(session, bank, row, is_retired=True, now=now)
        return
    fact_row = row.fact_id
    session.execute(delete(ItemVersionRow).where(ItemVersionRow.item_id == row.id))
    search.forget(session, row.id)
    session.delete(row)
    _forget_fact(session, fact_row)
    touch(bank, now)


def _forget_fact(session: Session, fact_row: int | None, *conditions: ColumnElement[bool]) -> None:
    """Take a fact out that no item rests on any more."""
    session.flush()
    is_used = exists().where(ItemRow.fact_id == FactRow.id)
    session.execute(delete(FactRow).where(FactRow.id == fact_row, ~is_used, *conditions))


def keep_fact(session: Session, bank_id: int, fact: Fact) -> FactRow:
    """Return the row of a fact, made if the bank has none that tells it in the same article."""
    row = session.scalar(select(FactRow).where(FactRow.bank_id == bank_id, FactRow.name == fact.id))
    name = fact.id
    if row is not None and not _tells(facts.value(row), fact):
        # By a correction of the article a fact may keep its name, but not what it rests on.
        name = f"{fact.id[:27]}-{new_identity()}"
        alike = select(FactRow).where(FactRow.bank_id == bank_id, FactRow.statement == fact.statement)
        row = next((each for each in session.scalars(alike) if _tells(facts.value(each), fact)), None)
    if row is None:
        last = session.scalar(select(func.max(FactRow.position)).where(FactRow.bank_id == bank_id))
        position = 0 if last is None else last + 1
        row = FactRow(bank_id=bank_id, name=name, position=position, **facts.columns(fact))
        session.add(row)
        session.flush()
    return row


def _tells(kept: Fact, fact: Fact) -> bool:
    """Say whether a fact that is kept tells, in the same article, what another does."""
    quotes = {evidence.quote for evidence in kept.evidence}
    is_told = all(evidence.quote in quotes for evidence in fact.evidence)
    return is_told and kept.claim == fact.claim and kept.article == fact.article


def keep_ground(session: Session, bank: BankRow, ground: Ground) -> int | None:
    """Return the row of the fact in a ground, made with its paragraphs of the article if the bank has no such fact."""
    if "fact" not in ground:
        return None
    fact = snapshots.fact_from(ground["fact"])
    alike = select(FactRow).where(FactRow.bank_id == bank.id, FactRow.statement == fact.statement)
    for row in session.scalars(alike.order_by(FactRow.id)):
        if told(facts.value(row)) == told(fact):
            return row.id
    article = snapshots.article_from(ground["article"])
    is_taken = session.scalar(select(FactRow.id).where(FactRow.bank_id == bank.id, FactRow.name == fact.id))
    name = f"{fact.id[:27]}-{new_identity()}" if is_taken else fact.id
    return keep_fact(session, bank.id, _in_its_article(replace(fact, id=name), article, banks.article_value(bank))).id


def told(fact: Fact) -> tuple[object, ...]:
    """Return what a fact says, wherever it stands."""
    return fact.statement, fact.claim, fact.terms, [evidence.quote for evidence in fact.evidence]


def _in_its_article(fact: Fact, paragraphs: Article, article: Article | None) -> Fact:
    """Return a fact with its places in the bank's article, if that is the one it came from, else with its own."""
    there = placed(article, fact) if article and article.is_edition_of(paragraphs) else None
    return there or replace(fact, article=paragraphs)


def ground_of(content: Ground) -> Ground:
    """Return what a version rests on: its fact and the paragraphs of the article, as they stand in its content."""
    return {name: content[name] for name in ("fact", "article") if name in content}


def content_of(bank: BankRow, item: Item, fact: Fact | None, ground: Ground | None = None) -> dict[str, Any]:
    """Return the content of a version of ``item``, resting on a fact of its bank or on a ground as it is."""
    article = banks.article_value(bank) if fact else None
    whole = Bank(
        id=bank.identity, name=bank.name, title=bank.title, language=bank.language, changed=bank.changed_at,
        article=article, facts=(fact,) if fact else (),
    )  # fmt: skip
    return {**snapshots.take(whole, replace(item, fact_id=fact.id if fact else None)), **(ground or {})}


def _ground(
    session: Session, bank: BankRow, item: Item, fact: Fact | None, ground: Ground | None
) -> tuple[int | None, dict[str, Any]]:
    """Return the row of the fact that an item rests on, kept if it is new, and the content of the item's version."""
    if ground:
        return keep_ground(session, bank, ground), content_of(bank, item, None, ground)
    row = keep_fact(session, bank.id, fact) if fact else None
    return row.id if row else None, content_of(bank, item, facts.value(row) if row else None)


def touch(bank: BankRow, now: datetime) -> None:
    """Note that a bank is no longer as the file it may have come from."""
    bank.changed_at, bank.digest = now, ""


def _add_version(
    session: Session, row: ItemRow, version: ItemVersionRow, kind: str, content: dict[str, Any], now: datetime
) -> None:
    row.version_number += 1
    # Learners' decks take a change only when it is newer than what they have.
    changed_at = max(now, version.changed_at + timedelta(seconds=1))
    session.add(
        ItemVersionRow(item_id=row.id, number=row.version_number, kind=kind, content=content, changed_at=changed_at)
    )
    search.index(session, [(row, content)])
