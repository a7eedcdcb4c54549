"""Files of questions that a teacher brings in on the site: looked at first, then all that was accepted, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2s
from pathlib import PurePath
from typing import TYPE_CHECKING

from sqlalchemy import delete

from quizapp import intake
from quizapp.core.errors import ConflictError
from quizapp.intake import workbook
from quizapp.operations import authoring, bank_intake, sharing, transfer
from quizapp.operations.accounts import record
from quizapp.operations.authoring import Imported, new_identity
from quizapp.store import bank_sheets, banks
from quizapp.store.database import begin_writing
from quizapp.store.desk_tables import UploadRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.operations.bank_intake import Preview
    from quizapp.store.accounts import Account
    from quizapp.store.tables import BankRow

ENDINGS = tuple(intake.BANK_READERS)


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would bring into the bank called ``into`` ("": a new one); ``digest`` stands for what was shown."""

    preview: Preview
    into: str
    digest: str


def holds_questions(content: bytes, source: str) -> bool:
    """Say whether a file holds questions, and is not the file or spreadsheet of a whole bank.

    :raise UnreadableError: it is a workbook that is damaged or made to harm.
    """
    if not source.lower().endswith(ENDINGS):
        return False
    if source.lower().endswith(".xlsx"):
        workbook.check(content)
        return not bank_sheets.bank_id(content)
    return True


def look(
    session: Session, upload: UploadRow, owner: Account, *,
    into: str | None, columns: Mapping[str, str], now: datetime,
) -> Look:  # fmt: skip
    """Return what an upload would bring into a bank, "" for a new one.

    ``into`` None is the bank that the file was exported from where ``owner`` may edit it, else a new one.

    :raise UnreadableError: the file cannot be read, or is made to harm.
    :raise NotFoundError: there is no such bank that ``owner`` may edit.
    """
    path = PurePath(upload.source)
    name = bank_intake.owner_of(session, upload.content, path.suffix) if into is None else into
    row = _editable(session, name, owner) if name else None
    if name and row is None and into is not None:
        banks.get(session, name, may_see=lambda _row: False)
    bank = banks.read_whole(session, name) if row else None
    preview = bank_intake.preview(upload.content, path.suffix, into=bank, name=path.stem, now=now, columns=columns)
    # Questions that another bank has come as copies.
    taken = banks.owners(session, [item.id for item in preview.added], other_than=row.id if row else None)
    added = tuple(replace(item, id=new_identity()) if item.id in taken else item for item in preview.added)
    shown = (
        row and (row.identity, row.changed_at),
        [item.questions[0] for item in added],
        [(each.item.id, each.part, each.theirs) for each in preview.differences],
    )
    digest = blake2s(repr(shown).encode(errors="replace"), digest_size=16).hexdigest()
    return Look(replace(preview, added=added), name if row else "", digest)


def confirm(
    session: Session, upload: UploadRow, owner: Account, *,
    into: str, columns: Mapping[str, str], accepted: Collection[int], digest: str, now: datetime,
) -> tuple[str, Imported]:  # fmt: skip
    """Bring in the new questions of an upload and the ``accepted`` differences, by their number; return as imported.

    :raise ConflictError: what was shown is no longer so.
    """
    found = look(session, upload, owner, into=into, columns=columns, now=now)
    if found.digest != digest:
        raise ConflictError("the bank was changed meanwhile: look at the difference again")
    differences = [each for number, each in enumerate(found.preview.differences) if number in accepted]
    bank = found.preview.accept(differences, now=now)
    if found.preview.is_new:
        bank = replace(bank, name=transfer.free_name(session, bank.name))
    imported = authoring.import_bank(session, bank, digest="", now=now, owner_id=owner.id)
    begin_writing(session)
    session.execute(delete(UploadRow).where(UploadRow.id == upload.id))
    record(session, owner, mark("brought questions in"), bank.name, now=now, added=imported.added,
           changed=imported.changed)  # fmt: skip
    session.commit()
    return bank.name, imported


def _editable(session: Session, name: str, owner: Account) -> BankRow | None:
    row = banks.named(session, name)
    return row if row and sharing.may(session, row, owner, "edit") else None
