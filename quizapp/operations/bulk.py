"""Several items at once: retiring, tagging, moving and copying, each undone in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.operations import items
from quizapp.operations.accounts import record
from quizapp.operations.authoring import new_identity
from quizapp.store import banks, listing, search, snapshots
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.items import Item
    from quizapp.store.accounts import Account
    from quizapp.store.tables import BankRow, ItemRow

MOST = 100


def retire(
    session: Session, bank: BankRow, row_ids: Sequence[int], *, is_retired: bool, actor: Account, now: datetime
) -> list[int]:
    """Take items out of use, or back into it; return those that were changed."""
    banks.begin_changing(session, bank)
    changed = [row for row in listing.among(session, bank.id, row_ids[:MOST]) if row.is_retired != is_retired]
    for row in changed:
        items.set_retired(session, bank, row, is_retired=is_retired, now=now)
    action = mark("retired questions") if is_retired else mark("took questions back into use")
    return _finish(session, bank, changed, action, actor, now)


def tag(
    session: Session, bank: BankRow, row_ids: Sequence[int], word: str, *, is_there: bool, actor: Account, now: datetime
) -> list[int]:
    """Give items a tag, or take it from them; return those that were changed."""
    banks.begin_changing(session, bank)
    changed = []
    for row in listing.among(session, bank.id, row_ids[:MOST]):
        _, version = items.current(session, bank.id, row.identity)
        item = snapshots.read(version.content).item
        tags = [each for each in item.tags if each != word] + ([word] if is_there else [])
        if (word in item.tags) != is_there and _change(session, bank, replace(item, tags=tuple(tags)), now):
            changed.append(row)
    action = mark("tagged questions") if is_there else mark("took a tag from questions")
    return _finish(session, bank, changed, action, actor, now, tag=word)


def _change(session: Session, bank: BankRow, item: Item, now: datetime) -> bool:
    _, version = items.current(session, bank.id, item.id)
    ground = items.ground_of(version.content)
    return items.change(session, bank, item, None, number=None, now=now, ground=ground)


def move(
    session: Session, source: BankRow, target: BankRow, row_ids: Sequence[int], *, actor: Account, now: datetime
) -> list[int]:
    """Put items into another bank, where they keep identity, history and evidence; return those that were moved."""
    banks.begin_changing(session, source, target)
    moved = list(listing.among(session, source.id, row_ids[:MOST]))
    for row in moved:
        _, version = items.current(session, source.id, row.identity)
        ground = items.ground_of(version.content)
        row.bank_id = target.id
        row.fact_id = items.keep_ground(session, target, ground)
        search.index(session, [(row, version.content)])
    items.touch(source, now)
    items.touch(target, now)
    return _finish(session, source, moved, mark("moved questions"), actor, now, to=target.name)


def copy(
    session: Session, source: BankRow, target: BankRow, row_ids: Sequence[int], *, actor: Account, now: datetime
) -> list[int]:
    """Add copies of items to a bank (which may be their own), with identities of their own; return the copies."""
    banks.begin_changing(session, source, target)
    copies = []
    for row in listing.among(session, source.id, row_ids[:MOST]):
        _, version = items.current(session, source.id, row.identity)
        item = replace(snapshots.read(version.content).item, id=new_identity())
        copies.append(items.add(session, target, item, None, now=now, ground=items.ground_of(version.content)))
    return _finish(session, target, copies, mark("copied questions"), actor, now, source=source.name)


def _finish(
    session: Session,
    bank: BankRow,
    rows: Sequence[ItemRow],
    action: str,
    actor: Account,
    now: datetime,
    **detail: str,
) -> list[int]:
    if rows:
        record(session, actor, action, bank.name, now=now, count=len(rows), **detail)
    session.commit()
    return [row.id for row in rows]
