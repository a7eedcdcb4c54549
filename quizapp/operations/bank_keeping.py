"""Banks as wholes: new ones, what they say of themselves, and copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.operations.accounts import record
from quizapp.operations.authoring import new_identity
from quizapp.operations.items import touch
from quizapp.store import banks
from quizapp.store.database import begin_writing
from quizapp.store.tables import BankRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account


def make_bank(session: Session, title: str, language: str, *, owner: Account, now: datetime) -> str:
    """Make an empty bank, private to its owner, and return its short name."""
    begin_writing(session)
    identity = new_identity()
    row = BankRow(
        identity=identity, name=f"bank-{identity.lower()}", title=title, language=language, description="", deck=title,
        licence="", changed_at=now, digest="", owner_id=owner.id, visibility="private",
    )  # fmt: skip
    session.add(row)
    record(session, owner, mark("made a bank"), row.name, now=now)
    session.commit()
    return row.name


def describe(
    session: Session, bank: BankRow, *, title: str, description: str, licence: str, actor: Account, now: datetime
) -> None:
    """Change what a bank says of itself; the name of its deck stays, for learners who have it."""
    banks.begin_changing(session, bank)
    bank.title, bank.description, bank.licence = title, description, licence
    touch(bank, now)
    record(session, actor, mark("described a bank"), bank.name, now=now)
    session.commit()
