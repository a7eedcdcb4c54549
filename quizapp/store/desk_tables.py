"""The tables of the desk: articles that are being drafted from, and the drafts that a teacher checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.columns import Base, Key, UtcDateTime


class DraftingRow(Base):
    """An article that drafts are made from, in the background; ``content`` is what was handed in, until it is done.

    Its bank is made when it is done; where there is one before, new sentences of the bank's article are drafted.
    Whoever works on it holds it until ``leased_until`` and says so again and again; after that anybody may take it.
    """

    __tablename__ = "drafting"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state_is_known"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(Text)
    ending: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    share_done: Mapped[float] = mapped_column(default=0.0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), default=None, index=True)
    error: Mapped[str] = mapped_column(Text, default="")
    error_values: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    warnings: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    register: Mapped[str] = mapped_column(String(8), default="polite", server_default="polite")


class GlossaryRow(Base):
    """The glossary that a teacher keeps, as they wrote it: a line for each group of terms."""

    __tablename__ = "glossary"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class DraftRow(Base):
    """A draft of a bank: its item and fact as JSON, and whether it is kept. ``identity`` is the item's once kept.

    ``origins`` tells of each wrong option where it came from.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'kept', 'dropped')", name="state_is_known"),
        UniqueConstraint("bank_id", "name"),
        Index(None, "bank_id", "position", "id"),
        Index(None, "bank_id", "state"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    identity: Mapped[str] = mapped_column(String(32), unique=True)
    position: Mapped[int]
    item: Mapped[dict[str, Any]] = mapped_column(JSON)
    fact: Mapped[dict[str, Any]] = mapped_column(JSON)
    start: Mapped[int]
    end: Mapped[int]
    score: Mapped[float]
    generator: Mapped[str] = mapped_column(String(40))
    flags: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(8), default="open")
    revision: Mapped[int] = mapped_column(default=1)
    origins: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON, default=None)


class CorrectionRow(Base):
    """What the last correction of a bank's article replaced, so that it can be taken back.

    ``renewed`` are the names of the facts that took the new words. ``drafts`` are those whose sentences went, by name,
    of earlier corrections too: where a sentence comes back, its drafts do as they were.
    """

    __tablename__ = "correction"

    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    article: Mapped[dict[str, Any]] = mapped_column(JSON)
    renewed: Mapped[list[str]] = mapped_column(JSON)
    drafts: Mapped[dict[str, Any]] = mapped_column(JSON)


class UploadRow(Base):
    """A file with a bank that a teacher handed in and has not yet confirmed; nothing is changed before.

    ``bank_changed_at`` is how the bank stood when the difference was shown (None: the bank is new).
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    bank_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
