"""Bringing banks in, keeping every item's identity and history."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from quizapp.core.errors import ConflictError
from quizapp.store import banks, listing, snapshots
from quizapp.store import facts as facts_stored
from quizapp.store.database import batched, begin_writing
from quizapp.store.tables import BankRow, FactRow, ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.bank import Bank

_ALPHABET = string.ascii_letters + string.digits


def new_identity() -> str:
    """Return a fresh identity: 12 letters and digits, about 71 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


@dataclass(slots=True)
class Imported:
    """How many items an import made, gave a new version, took out of use, or left alone."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether no item was touched."""
        return not any(getattr(self, field.name) for field in fields(self) if field.name != "unchanged")


def import_bank(
    session: Session,
    bank: Bank,
    *,
    digest: str,
    now: datetime,
    owner_id: int | None = None,
    advance: Callable[[float], None] = lambda _share: None,
) -> Imported:
    """Bring ``bank`` into the database by the identities of its items; a second run changes nothing.

    An item whose content differs gets a new version, one that is gone from the bank is retired, and answers given
    before keep what they were given to. ``digest`` stands for the file that the bank came from.

    :raise ConflictError: another bank has the name, or one of the items.
    """
    begin_writing(session)
    imported = bring_in(session, bank, digest=digest, now=now, owner_id=owner_id, advance=advance)
    session.commit()
    listing.index_missing(session)  # in short turns: answers are saved meanwhile
    return imported


def bring_in(
    session: Session,
    bank: Bank,
    *,
    digest: str,
    now: datetime,
    owner_id: int | None,
    advance: Callable[[float], None] = lambda _share: None,
) -> Imported:
    """Do what ``import_bank`` does in the transaction of the caller, who commits and indexes the items afterwards."""
    row = session.scalar(select(BankRow).where(BankRow.identity == bank.id).with_for_update(key_share=True))
    _refuse_conflicts(session, bank, row)
    row = _keep_bank(session, bank, row, digest, owner_id)
    facts = _keep_facts(session, bank, row.id)
    return _keep_items(session, bank, row.id, facts, now, advance)


def _refuse_conflicts(session: Session, bank: Bank, row: BankRow | None) -> None:
    rival = session.scalar(select(BankRow.title).where(BankRow.name == bank.name, BankRow.identity != bank.id))
    if rival is not None:
        raise ConflictError(
            "another bank is already named '%(name)s' (%(title)s): change 'name' under 'about'",
            name=bank.name,
            title=rival,
        )
    strangers = banks.owners(session, [item.id for item in bank.items], other_than=row.id if row else None)
    for identity, owner in strangers.items():
        raise ConflictError(
            "the item '%(id)s' belongs to the bank '%(owner)s': a copied item needs an id of its own "
            "(delete it and run 'quizapp check --add-ids')",
            id=identity,
            owner=owner,
        )


def _keep_bank(session: Session, bank: Bank, row: BankRow | None, digest: str, owner_id: int | None) -> BankRow:
    if row is None:
        row = BankRow(
            identity=bank.id, name=bank.name, title=bank.title, language=bank.language, description=bank.description,
            deck=bank.deck_name, licence=bank.licence, changed_at=bank.changed, digest=digest,
            owner_id=owner_id, visibility="private" if owner_id else "public",
        )  # fmt: skip
        session.add(row)
    row.name, row.title, row.language = bank.name, bank.title, bank.language
    row.description, row.licence = bank.description, bank.licence
    row.changed_at, row.digest = bank.changed, digest
    set_article(row, bank.article)
    session.flush()
    return row


def set_article(row: BankRow, article: Article | None) -> None:
    """Give a bank an article; its facts and items are the caller's to follow."""
    row.article_title = article.title if article else None
    row.article_language = article.language if article else None
    row.article_text = article.text if article else None
    row.article_published = article.published if article else None
    row.article_sources = snapshots.sources_data(article) if article else []


def _keep_facts(session: Session, bank: Bank, bank_id: int) -> dict[str, int]:
    """Return the row number of each fact, by its name."""
    rows = {row.name: row for row in session.scalars(select(FactRow).where(FactRow.bank_id == bank_id))}
    kept = {fact.id for fact in bank.facts}
    gone = [row.id for name, row in rows.items() if name not in kept]
    for position, fact in enumerate(bank.facts):
        values = {"position": position, **facts_stored.columns(fact)}
        row = rows.get(fact.id)
        if row is None:
            rows[fact.id] = row = FactRow(bank_id=bank_id, name=fact.id, **values)
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    for some in batched(gone):
        session.execute(delete(FactRow).where(FactRow.id.in_(some)))
    return {name: row.id for name, row in rows.items() if name in kept}


def _keep_items(
    session: Session,
    bank: Bank,
    bank_id: int,
    facts: dict[str, int],
    now: datetime,
    advance: Callable[[float], None],
) -> Imported:
    current = {row.identity: (row, version) for row, version in banks.current_versions(session, bank_id)}
    added: list[tuple[ItemRow, dict[str, Any]]] = []
    imported = Imported()
    for position, item in enumerate(bank.items):
        fact_id = facts[item.fact_id] if item.fact_id else None
        content = snapshots.take(bank, item)
        advance(position / len(bank.items))
        if item.id not in current:
            row = ItemRow(
                identity=item.id,
                bank_id=bank_id,
                fact_id=fact_id,
                position=position,
                version_number=1,
                is_retired=item.retired,
            )
            added.append((row, {"kind": item.kind, "content": content, "changed_at": bank.changed_at(item)}))
            continue
        row, version = current.pop(item.id)
        is_same = snapshots.says_the_same(version.content, content) and row.is_retired == item.retired
        row.position, row.fact_id, row.is_retired = position, fact_id, item.retired
        if is_same:
            imported.unchanged += 1
            continue
        # Learners' decks take a change only when it is newer than what they have.
        changed_at = bank.changed_at(item)
        if changed_at <= version.changed_at:
            changed_at = max(now, version.changed_at + timedelta(seconds=1))
        _add_version(session, row, item.kind, content, changed_at)
        imported.changed += 1
    _add(session, added)
    imported.added = len(added)
    _retire(session, (pair for pair in current.values() if not pair[0].is_retired), imported, now)
    session.flush()
    return imported


def _add(session: Session, added: list[tuple[ItemRow, dict[str, Any]]]) -> None:
    """Add items with their first versions, in few statements: students' answers wait meanwhile."""
    session.add_all(row for row, _ in added)
    session.flush()
    if added:
        first = [{"item_id": row.id, "number": 1, **version} for row, version in added]
        session.execute(insert(ItemVersionRow), first)


def _add_version(session: Session, row: ItemRow, kind: str, content: dict[str, object], changed_at: datetime) -> None:
    row.version_number += 1
    row.words = None
    session.add(
        ItemVersionRow(item_id=row.id, number=row.version_number, kind=kind, content=content, changed_at=changed_at)
    )


def _retire(
    session: Session, gone: Iterable[tuple[ItemRow, ItemVersionRow]], imported: Imported, now: datetime
) -> None:
    for row, version in gone:
        row.is_retired = True
        changed_at = max(now, version.changed_at + timedelta(seconds=1))
        _add_version(session, row, version.kind, version.content, changed_at)
        imported.retired += 1
