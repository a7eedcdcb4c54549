"""Banks in and out as files: a difference first, then all of it or nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from quizapp.core.errors import ConflictError, ForbiddenError, NotFoundError, UnreadableError
from quizapp.intake import workbook
from quizapp.operations import authoring, sharing
from quizapp.operations.accounts import record
from quizapp.operations.authoring import Imported, new_identity
from quizapp.store import bank_files, bank_sheets, banks, listing, snapshots
from quizapp.store.database import begin_writing
from quizapp.store.desk_tables import UploadRow
from quizapp.store.tables import BankRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item
    from quizapp.store.accounts import Account

ENDINGS = (".yaml", ".yml", ".xlsx")
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """What an upload would do: items that come, differ (before, after) or go, and how many stay as they are."""

    bank: Bank
    is_new: bool
    added: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]
    retired: tuple[Item, ...]
    unchanged: int

    @property
    def is_nothing(self) -> bool:
        """Whether no item would be touched."""
        return not (self.added or self.changed or self.retired)


def keep_upload(session: Session, content: bytes, source: str, *, owner: Account, now: datetime) -> str:
    """Keep a file until its difference is confirmed and return its code.

    :raise UnreadableError: its ending is not one of a bank's files.
    """
    if not source.lower().endswith(ENDINGS):
        raise UnreadableError(
            "files ending in '%(ending)s' cannot be read; known are %(known)s",
            ending=source.rpartition(".")[2], known=", ".join(ENDINGS),
        )  # fmt: skip
    bank, row = _read(session, content, source, owner)
    changed = row.changed_at if row and row.identity == bank.id else None
    return keep_waiting(session, content, source, owner=owner, now=now, bank_changed_at=changed)


def keep_waiting(
    session: Session, content: bytes, source: str, *,
    owner: Account, now: datetime, bank_changed_at: datetime | None = None,
) -> str:  # fmt: skip
    """Keep a file as it is until it is confirmed, in the place of an older one, and return its code."""
    begin_writing(session)
    session.execute(delete(UploadRow).where(UploadRow.owner_id == owner.id))
    code = secrets.token_urlsafe(16)
    session.add(
        UploadRow(
            code=code, owner_id=owner.id, source=source[:200], made_at=now, content=content,
            bank_changed_at=bank_changed_at,
        )
    )  # fmt: skip
    session.commit()
    return code


def get_upload(session: Session, code: str, owner: Account, *, for_update: bool = False) -> UploadRow:
    """Return a file that waits to be confirmed, locked until the transaction ends if it is ``for_update``.

    :raise NotFoundError: there is none with this code; a newer file takes an older one's place.
    """
    query = select(UploadRow).where(UploadRow.code == code, UploadRow.owner_id == owner.id)
    row = session.scalar(query.with_for_update() if for_update else query)
    if row is None:
        raise NotFoundError("this file is not waiting any more: bring it in again")
    return row


def difference(session: Session, upload: UploadRow, owner: Account) -> Difference:
    """Return what confirming an upload would do.

    :raise BankFormatError: it has faults; all are named.
    """
    bank, row = _read(session, upload.content, upload.source, owner)
    return _difference(session, bank, row)


def _difference(session: Session, bank: Bank, row: BankRow | None) -> Difference:
    if row is None or row.identity != bank.id:
        return Difference(bank, True, bank.items, (), (), 0)
    old = {each.identity: (each, version) for each, version in banks.current_versions(session, row.id)}
    added, changed, unchanged = [], [], 0
    for item in bank.items:
        known, version = old.pop(item.id, (None, None))
        if known is None or version is None:
            added.append(item)
        elif known.is_retired == item.retired and snapshots.says_the_same(version.content, snapshots.take(bank, item)):
            unchanged += 1
        else:
            changed.append((replace(snapshots.read(version.content).item, retired=known.is_retired), item))
    gone = [snapshots.read(version.content).item for known, version in old.values() if not known.is_retired]
    return Difference(bank, False, tuple(added), tuple(changed), tuple(gone), unchanged)


def confirm(session: Session, code: str, *, owner: Account, now: datetime) -> tuple[str, Imported]:
    """Bring an upload in, all of it or nothing; return the bank's short name and what was done.

    :raise ConflictError: the bank was changed since the difference was shown.
    """
    upload = get_upload(session, code, owner)
    bank, _ = _read(session, upload.content, upload.source, owner)
    # What the file says of times may be old: decks take a change only when it is newer than what they have.
    bank = replace(bank, changed=now.replace(microsecond=0))
    begin_writing(session)
    upload = get_upload(session, code, owner, for_update=True)
    changing = select(BankRow.changed_at).where(BankRow.identity == bank.id).with_for_update(key_share=True)
    changed_at = session.scalar(changing)
    if changed_at != upload.bank_changed_at:
        upload.bank_changed_at = changed_at
        session.commit()
        raise ConflictError("the bank was changed meanwhile: look at the difference again")
    imported = authoring.bring_in(session, bank, digest="", now=now, owner_id=owner.id)
    session.delete(upload)
    record(session, owner, mark("brought a bank in"), bank.name, now=now, added=imported.added,
           changed=imported.changed, retired=imported.retired)  # fmt: skip
    session.commit()
    listing.index_missing(session)
    return bank.name, imported


def _read(session: Session, content: bytes, source: str, owner: Account) -> tuple[Bank, BankRow | None]:
    """Return the bank in a file, and the bank it would change; where that is not ``owner``'s to change, a copy of it.

    :raise BankFormatError: it has faults; all are named.
    :raise ForbiddenError: a spreadsheet is of a bank that ``owner`` may not edit.
    """
    if source.lower().endswith(".xlsx"):
        workbook.check(content)
        row = session.scalar(select(BankRow).where(BankRow.identity == bank_sheets.bank_id(content)))
        if row is None or not sharing.may(session, row, owner, "edit"):
            raise ForbiddenError("this spreadsheet is not of a bank that you may edit: bring its bank file in first")
        whole = banks.read_whole(session, row.name)
        return bank_sheets.read(content, source, whole, new_id=new_identity), row
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "%(file)s is not UTF-8 text (byte %(byte)d): save it as UTF-8", file=source, byte=error.start
        ) from error
    bank = bank_files.parse(text, name=source)
    row = session.scalar(select(BankRow).where(BankRow.identity == bank.id))
    if row and sharing.may(session, row, owner, "edit"):
        return replace(bank, name=row.name), row
    strangers = banks.owners(session, [item.id for item in bank.items], other_than=None)
    if row or strangers:
        return as_copy(session, bank), row
    return replace(bank, name=free_name(session, bank.name)), None


def as_copy(session: Session, bank: Bank) -> Bank:
    """Return ``bank`` with identities of its own."""
    items = tuple(replace(item, id=new_identity()) for item in bank.items)
    return replace(bank, id=new_identity(), name=free_name(session, bank.name), items=items)


def copy_bank(session: Session, name: str, *, owner: Account, now: datetime) -> str:
    """Copy a bank to somebody's desk, private, and return the copy's short name."""
    source = banks.read_whole(session, name)
    live = replace(source, items=source.live_items, changed=now.replace(microsecond=0))
    bank = as_copy(session, live)
    begin_writing(session)
    authoring.bring_in(session, bank, digest="", now=now, owner_id=owner.id)
    record(session, owner, mark("copied a bank"), bank.name, now=now, source=name)
    session.commit()
    listing.index_missing(session)
    return bank.name


def free_name(session: Session, name: str) -> str:
    """Return a short name for a new bank: ``name`` itself where it is not taken."""
    if session.scalar(select(BankRow.id).where(BankRow.name == name)) is None:
        return name
    return f"{name[:50].rstrip('-')}-{new_identity()[:6].lower()}"
