"""Making an installation ready to serve: tables up to date, shipped banks in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import ConflictError
from quizapp.operations import authoring
from quizapp.operations.authoring import Imported
from quizapp.paths import data_folder
from quizapp.store import bank_files, banks, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session


def shipped_bank_files() -> list[Path]:
    """Return the bank files that come with the program."""
    return sorted(data_folder("question_banks").glob("*/bank.yaml"))


def import_file(
    session: Session, path: Path, *, now: datetime, advance: Callable[[float], None] = lambda _share: None
) -> tuple[str, Imported]:
    """Bring the bank in a file into the database; return its name and what was done.

    :raise BankFormatError: the file has faults; all are named, nothing is stored.
    :raise ConflictError: it does not fit what is stored; nothing is.
    """
    digest = bank_files.digest(path)
    known = banks.with_digest(session, digest)
    if known:
        return known.name, Imported(unchanged=banks.counts(session, known.id).items)
    bank = bank_files.load(path)
    advance(0.5)
    return bank.name, authoring.import_bank(
        session, bank, digest=digest, now=now, advance=lambda share: advance(0.5 + share / 2)
    )


def import_shipped(
    session: Session, *, now: datetime, refused: Callable[[ConflictError], None] = lambda _error: None
) -> Iterator[tuple[str, Imported]]:
    """Bring in the shipped banks one by one; those already in are left alone.

    ``refused`` is told of each that does not fit what is stored: a teacher's bank may have its name.
    """
    for path in shipped_bank_files():
        try:
            yield import_file(session, path, now=now)
        except ConflictError as error:
            session.rollback()
            error.place = str(path)
            refused(error)
    listing.index_missing(session)
