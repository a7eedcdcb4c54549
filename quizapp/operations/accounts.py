"""People: making accounts, signing in and out, links that work once, and the record of who did what."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from quizapp.core.errors import ConflictError, Fault, ForbiddenError
from quizapp.operations import passwords
from quizapp.store import accounts
from quizapp.store.account_tables import AccountLinkRow, AccountRow, AccountSessionRow, AuditRow
from quizapp.store.accounts import Account
from quizapp.store.database import begin_writing
from quizapp.translation import mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.operations.limits import Limits

LONGEST_NAME = 60
SIGNED_IN_FOR = timedelta(days=30)
INVITATION_FOR = timedelta(days=14)
PASSWORD_LINK_FOR = timedelta(hours=24)


class WeakPasswordError(ConflictError):
    """A password that is too weak; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message, **fault.values)


class NameTakenError(ConflictError):
    """Another account has the name."""


def record(session: Session, actor: Account | None, action: str, subject: str, *, now: datetime, **detail: Any) -> None:
    """Add to the record, in the transaction of what is done; ``actor`` None is the command line.

    ``action`` is a message of the catalogue.
    """
    session.add(
        AuditRow(
            at=now,
            account_id=actor.id if actor else None,
            account_name=actor.name if actor else "quizapp",
            action=action,
            subject=subject[:500],
            detail=detail,
        )
    )


def create_account(
    session: Session,
    name: str,
    password: str,
    *,
    role: str,
    now: datetime,
    email: str = "",
    actor: Account | None = None,
) -> Account:
    """Make an account.

    :raise NameTakenError: somebody has the name.
    :raise WeakPasswordError: the password is too weak.
    """
    _require_strong(password, name)
    password_hash = passwords.hashed(password)
    begin_writing(session)
    made = _add_account(session, name, password_hash, role=role, email=email, now=now, actor=actor)
    session.commit()
    return made


def sign_in(session: Session, name: str, password: str, *, address: str, limits: Limits, now: datetime) -> str | None:
    """Return the token of a new session, or None when name or password are wrong.

    :raise LimitError: there were too many failures from this address, or for this name from it.
    """
    limits.require_room(accounts.name_key(name), address)
    row = accounts.find(session, name)
    account_id, password_hash = (row.id, row.password_hash) if row and not row.closed_at else (None, None)
    session.rollback()  # hashing takes long: no transaction meanwhile
    if not passwords.is_right(password, password_hash) or account_id is None:
        limits.count_failure(accounts.name_key(name), address)
        return None
    return begin_session(session, account_id, now=now)


def begin_session(session: Session, account_id: int, *, now: datetime) -> str:
    """Return the token of a new session of somebody who has just shown who they are."""
    token = secrets.token_urlsafe(32)
    begin_writing(session)
    session.execute(delete(AccountSessionRow).where(AccountSessionRow.expires_at <= now))
    session.add(
        AccountSessionRow(
            token_digest=accounts.digest(token), account_id=account_id, created_at=now, expires_at=now + SIGNED_IN_FOR
        )
    )
    session.commit()
    return token


def sign_out(session: Session, token: str) -> None:
    """End the session of a token."""
    begin_writing(session)
    session.execute(delete(AccountSessionRow).where(AccountSessionRow.token_digest == accounts.digest(token)))
    session.commit()


def invite(session: Session, role: str, note: str, *, actor: Account, now: datetime) -> str:
    """Return the token of an invitation to make an account."""
    begin_writing(session)
    token = _add_link(session, "invitation", now=now, lasts=INVITATION_FOR, role=role, note=note)
    record(session, actor, mark("invited"), note or role, now=now, role=role)
    session.commit()
    return token


def withdraw_invitation(session: Session, token_digest: str, *, actor: Account, now: datetime) -> None:
    """Make an invitation useless."""
    begin_writing(session)
    session.execute(update(AccountLinkRow).where(AccountLinkRow.token_digest == token_digest).values(used_at=now))
    record(session, actor, mark("withdrew an invitation"), token_digest[:8], now=now)
    session.commit()


def accept_invitation(
    session: Session, token: str, name: str, password: str, *, now: datetime, email: str = ""
) -> Account:
    """Make the account that an invitation is for.

    :raise NotFoundError: the link cannot be used any more.
    :raise NameTakenError: somebody has the name.
    :raise WeakPasswordError: the password is too weak.
    """
    accounts.open_link(session, token, "invitation", now=now)
    _require_strong(password, name)
    password_hash = passwords.hashed(password)
    begin_writing(session)
    link = accounts.open_link(session, token, "invitation", now=now)
    made = _add_account(session, name, password_hash, role=link.role, email=email, now=now, actor=None)
    _use(session, link, now)
    session.commit()
    return made


def password_link(session: Session, account_id: int, *, actor: Account | None, now: datetime) -> str:
    """Return the token of a link with which an account gets a new password.

    :raise NotFoundError: there is no such account.
    """
    begin_writing(session)
    row = accounts.get(session, account_id)
    token = _add_link(session, "password", now=now, lasts=PASSWORD_LINK_FOR, account_id=row.id)
    record(session, actor, mark("made a password link"), row.name, now=now)
    session.commit()
    return token


def reset_password(session: Session, token: str, password: str, *, now: datetime) -> None:
    """Give the account of a link a new password, and sign it out everywhere.

    :raise NotFoundError: the link cannot be used any more.
    :raise WeakPasswordError: the password is too weak.
    """
    link = accounts.open_link(session, token, "password", now=now)
    row = accounts.get(session, link.account_id or 0)
    _require_strong(password, row.name)
    password_hash = passwords.hashed(password)
    begin_writing(session)
    link = accounts.open_link(session, token, "password", now=now)
    _use(session, link, now)
    _keep_password(session, accounts.get(session, link.account_id or 0), password_hash, now)
    session.commit()


def change_password(session: Session, account: Account, old: str, new: str, *, now: datetime) -> bool:
    """Give an account a new password and sign it out everywhere; False when ``old`` is wrong.

    :raise WeakPasswordError: the new password is too weak.
    """
    row = accounts.get(session, account.id)
    password_hash = row.password_hash
    session.rollback()
    if not passwords.is_right(old, password_hash):
        return False
    _require_strong(new, account.name)
    new_hash = passwords.hashed(new)
    begin_writing(session)
    _keep_password(session, accounts.get(session, account.id), new_hash, now)
    session.commit()
    return True


def set_role(session: Session, account_id: int, role: str, *, actor: Account, now: datetime) -> None:
    """Make somebody a teacher or an admin.

    :raise ForbiddenError: it is one's own account: somebody must be left to look after the installation.
    """
    begin_writing(session)
    row = _other(session, account_id, actor)
    row.role = role
    record(session, actor, mark("changed a role"), row.name, now=now, role=role)
    session.commit()


def close_account(session: Session, account_id: int, *, is_closed: bool, actor: Account, now: datetime) -> None:
    """Close an account, so that nobody signs in with it, or open it again; its banks stay.

    :raise ForbiddenError: it is one's own account.
    """
    begin_writing(session)
    row = _other(session, account_id, actor)
    row.closed_at = now if is_closed else None
    if is_closed:
        session.execute(delete(AccountSessionRow).where(AccountSessionRow.account_id == row.id))
    record(session, actor, mark("closed an account") if is_closed else mark("opened an account"), row.name, now=now)
    session.commit()


def _other(session: Session, account_id: int, actor: Account) -> AccountRow:
    if account_id == actor.id:
        raise ForbiddenError("you cannot do this to your own account: ask another admin")
    # Of two admins who do this to each other at once, the second is none any more.
    both = select(AccountRow).where(AccountRow.id.in_([account_id, actor.id])).order_by(AccountRow.id)
    rows = {row.id: row for row in session.scalars(both.with_for_update())}
    if (own := rows.get(actor.id)) is None or own.role != "admin" or own.closed_at:
        raise ForbiddenError("only admins may do this")
    return accounts.get(session, account_id)


def _add_account(
    session: Session, name: str, password_hash: str, *, role: str, email: str, now: datetime, actor: Account | None
) -> Account:
    if len(name) > LONGEST_NAME:
        raise ConflictError("a name has at most %(most)d characters", most=LONGEST_NAME)
    key = accounts.name_key(name)
    if session.scalar(select(AccountRow.id).where(AccountRow.name_key == key)) is not None:
        raise NameTakenError("the name '%(name)s' is taken: choose another", name=name)
    row = AccountRow(
        name=" ".join(name.split()), name_key=key, email=email, role=role, password_hash=password_hash, created_at=now
    )
    session.add(row)
    session.flush()
    made = Account(row.id, row.name, row.role)
    record(session, actor or made, mark("made an account"), row.name, now=now, role=role)
    return made


def _add_link(
    session: Session, purpose: str, *, now: datetime, lasts: timedelta, role: str = "", note: str = "",
    account_id: int | None = None,
) -> str:  # fmt: skip
    token = secrets.token_urlsafe(24)
    session.add(
        AccountLinkRow(
            token_digest=accounts.digest(token), purpose=purpose, role=role, note=note, account_id=account_id,
            made_at=now, expires_at=now + lasts,
        )
    )  # fmt: skip
    return token


def _use(session: Session, link: AccountLinkRow, now: datetime) -> None:
    """Take a link, once: of two who use it at the same moment the second finds it used.

    :raise ConflictError: it was used meanwhile.
    """
    taken = session.execute(
        update(AccountLinkRow)
        .where(AccountLinkRow.token_digest == link.token_digest, AccountLinkRow.used_at.is_(None))
        .values(used_at=now)
        .returning(AccountLinkRow.token_digest)
    ).all()
    if not taken:
        raise ConflictError("this link was used already or is too old: ask for a new one")


def _keep_password(session: Session, row: AccountRow, password_hash: str, now: datetime) -> None:
    row.password_hash = password_hash
    session.execute(delete(AccountSessionRow).where(AccountSessionRow.account_id == row.id))
    links = update(AccountLinkRow).where(AccountLinkRow.account_id == row.id, AccountLinkRow.used_at.is_(None))
    session.execute(links.values(used_at=now))
    record(session, Account(row.id, row.name, row.role), mark("changed a password"), row.name, now=now)


def _require_strong(password: str, name: str) -> None:
    for fault in passwords.faults(password, name):
        raise WeakPasswordError(fault)
