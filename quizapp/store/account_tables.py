"""The tables of people: accounts, where they are signed in, links that work once, and the record of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.columns import Base, Key, UtcDateTime


class AccountRow(Base):
    """Somebody who can sign in; ``name_key`` is the name as it is compared. A closed account keeps its banks."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("role IN ('pupil', 'teacher', 'admin')", name="role_is_known"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[str] = mapped_column(String(240), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    email: Mapped[str] = mapped_column(String(254), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class AccountSessionRow(Base):
    """A browser that an account is signed in with; of its token only the digest is kept."""

    __tablename__ = "account_session"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccountLinkRow(Base):
    """A link that works once: an invitation to make an account with ``role``, or a new password for ``account_id``.

    ``note`` is whatever the admin wrote to tell invitations apart.
    """

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'password')", name="purpose_is_known"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    role: Mapped[str] = mapped_column(String(16), default="")
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), default=None, index=True
    )
    note: Mapped[str] = mapped_column(String(200), default="")
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class AuditRow(Base):
    """Who did what when. Only ever added to: the database itself refuses to change or remove a row.

    ``account_id`` is no foreign key, so that the record outlives what it tells of.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(Key)
    account_name: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(Text, index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)


class BankShareRow(Base):
    """Another teacher's part in a bank: to view it, or to edit it too."""

    __tablename__ = "bank_share"
    __table_args__ = (CheckConstraint("may IN ('view', 'edit')", name="may_is_known"),)

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)
    may: Mapped[str] = mapped_column(String(8))
