"""Whose a bank is, and who else may see or edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, select

from quizapp.core.errors import NotFoundError
from quizapp.operations.accounts import record
from quizapp.store import accounts, banks
from quizapp.store.account_tables import AccountRow, BankShareRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account
    from quizapp.store.bank_heads import BankHead
    from quizapp.store.tables import BankRow

Need = Literal["view", "edit", "own"]


def may(session: Session, bank: BankRow, account: Account | None, need: Need) -> bool:
    """Say whether somebody may view or edit a bank or do what only its owner may; asks the database only for guests.

    A bank without an owner is public and edited by nobody. Admins see every bank and may do what its owner may.
    """
    return allows(
        bank,
        account,
        need,
        lambda: session.scalar(
            select(BankShareRow.may).where(
                BankShareRow.bank_id == bank.id, BankShareRow.account_id == (account.id if account else None)
            )
        ),
    )


def allows(bank: BankRow | BankHead, account: Account | None, need: Need, share: Callable[[], str | None]) -> bool:
    """Say the same, as ``may`` does; ``share`` tells what of the bank is shared with the account, if it comes to it."""
    if need == "view" and (bank.visibility == "public" or bank.owner_id is None):
        return True
    if account is None or bank.owner_id is None:
        return False
    if bank.owner_id == account.id or account.is_admin:
        return True
    if need == "own":
        return False
    granted = share()
    return granted is not None and (need == "view" or granted == "edit")


def shares(session: Session, bank_id: int) -> list[tuple[AccountRow, str]]:
    """Return with whom a bank is shared, and whether they may "view" or "edit" it."""
    rows = session.execute(
        select(AccountRow, BankShareRow.may)
        .join(BankShareRow, BankShareRow.account_id == AccountRow.id)
        .where(BankShareRow.bank_id == bank_id)
        .order_by(AccountRow.name_key)
    )
    return [(row, word) for row, word in rows]


def share(session: Session, bank: BankRow, name: str, word: str, *, actor: Account, now: datetime) -> None:
    """Let another teacher "view" or "edit" a bank, or ("") no longer.

    :raise NotFoundError: nobody has this name.
    """
    banks.begin_changing(session, bank)
    row = accounts.find(session, name)
    if row is None or row.closed_at or row.role == "pupil":
        raise NotFoundError("no teacher is called '%(name)s': write the name as they sign in with it", name=name)
    session.execute(delete(BankShareRow).where(BankShareRow.bank_id == bank.id, BankShareRow.account_id == row.id))
    if word and row.id != bank.owner_id:
        session.add(BankShareRow(bank_id=bank.id, account_id=row.id, may=word))
    record(
        session,
        actor,
        mark("shared a bank") if word else mark("stopped sharing a bank"),
        bank.name,
        now=now,
        to=row.name,
        may=word,
    )
    session.commit()


def publish(session: Session, bank: BankRow, visibility: str, *, actor: Account, now: datetime) -> None:
    """Make a bank "public" (anybody may sit it and take its deck) or "private"."""
    banks.begin_changing(session, bank)
    bank.visibility = visibility
    record(
        session,
        actor,
        mark("made a bank public") if visibility == "public" else mark("made a bank private"),
        bank.name,
        now=now,
    )
    session.commit()
