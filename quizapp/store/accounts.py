"""Questions about people: who is signed in, who has an account, what was done."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from quizapp.core.errors import NotFoundError
from quizapp.store.account_tables import AccountLinkRow, AccountRow, AccountSessionRow, AuditRow
from quizapp.store.reads import Read

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

SIGNED_IN = (
    select(AccountRow.id, AccountRow.name, AccountRow.role)
    .join(AccountSessionRow, AccountSessionRow.account_id == AccountRow.id)
    .where(
        AccountSessionRow.token_digest == bindparam("digest"),
        AccountSessionRow.expires_at > bindparam("now"),
        AccountRow.closed_at.is_(None),
    )
)
_SIGNED_IN = Read(SIGNED_IN)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is signed in."""

    id: int
    name: str
    role: str

    @property
    def is_admin(self) -> bool:
        """Whether this is somebody who looks after the installation."""
        return self.role == "admin"

    @property
    def is_pupil(self) -> bool:
        """Whether this is a pupil, who has a history but no desk."""
        return self.role == "pupil"


def name_key(name: str) -> str:
    """Return a name as it is compared: case, width and spaces do not tell two people apart.

    One sign may stand for eighteen letters; the tables keep 240 of them.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[:240].rstrip()


def digest(token: str) -> str:
    """Return what is kept of a token: who reads the database cannot sign in with it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def signed_in(engine: Engine, token: str, *, now: datetime) -> Account | None:
    """Return who is signed in with a session token."""
    rows = _SIGNED_IN.rows(engine, {"digest": digest(token), "now": now})
    return Account(*rows[0]) if rows else None


def find(session: Session, name: str) -> AccountRow | None:
    """Return the account with this name; letter case and width do not matter."""
    return session.scalar(select(AccountRow).where(AccountRow.name_key == name_key(name)))


def get(session: Session, account_id: int) -> AccountRow:
    """Return an account.

    :raise NotFoundError: there is none.
    """
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFoundError("there is no such account")
    return row


def list_page(session: Session, *, after: str = "", most: int = 50) -> Sequence[AccountRow]:
    """Return up to ``most`` accounts in the order of their names, those after the name key ``after``."""
    query = select(AccountRow).where(AccountRow.name_key > after).order_by(AccountRow.name_key).limit(most)
    return session.scalars(query).all()


def open_link(session: Session, token: str, purpose: str, *, now: datetime) -> AccountLinkRow:
    """Return a link that can still be used.

    :raise NotFoundError: it was used, is too old, or never was.
    """
    row = session.get(AccountLinkRow, digest(token))
    if row is None or row.purpose != purpose or row.used_at or row.expires_at <= now:
        raise NotFoundError("this link was used already or is too old: ask for a new one")
    return row


def open_invitations(session: Session, *, now: datetime) -> Sequence[AccountLinkRow]:
    """Return the invitations that can still be used, newest first."""
    return session.scalars(
        select(AccountLinkRow)
        .where(
            AccountLinkRow.purpose == "invitation", AccountLinkRow.used_at.is_(None), AccountLinkRow.expires_at > now
        )
        .order_by(AccountLinkRow.made_at.desc())
        .limit(100)
    ).all()


def audit_about(session: Session, subjects: Collection[str], *, most: int = 200) -> Sequence[AuditRow]:
    """Return the newest ``most`` entries of the record about any of ``subjects``, newest first."""
    query = select(AuditRow).where(AuditRow.subject.in_(subjects)).order_by(AuditRow.id.desc()).limit(most)
    return session.scalars(query).all()


def audit_page(session: Session, *, before: int | None = None, most: int = 100) -> Sequence[AuditRow]:
    """Return up to ``most`` entries of the record, newest first, those older than the entry ``before``."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(most)
    return session.scalars(query if before is None else query.where(AuditRow.id < before)).all()
