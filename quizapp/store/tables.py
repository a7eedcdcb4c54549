"""The tables. Contents of items are kept as versions, written once and never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.columns import Base, Key, UtcDateTime


class BankRow(Base):
    """A bank with its article; ``deck`` is kept as it was when the bank first came in, for learners' decks.

    Without an owner it came with the installation or from the command line. ``visibility``: "public" or "private".
    """

    __tablename__ = "bank"

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    identity: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    description: Mapped[str] = mapped_column(Text)
    deck: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(String(64))
    article_title: Mapped[str | None] = mapped_column(Text, default=None)
    article_language: Mapped[str | None] = mapped_column(String(8), default=None)
    article_text: Mapped[str | None] = mapped_column(Text, default=None, deferred=True)
    article_published: Mapped[date | None] = mapped_column(default=None)
    article_sources: Mapped[list[dict[str, str]]] = mapped_column(JSON, default_factory=list)
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), default=None, index=True
    )
    visibility: Mapped[str] = mapped_column(String(8), default="public", server_default="public")
    looked_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class FactRow(Base):
    """A fact of a bank's article; ``evidence`` lists ``{"start", "quote"}``.

    Where it came from another bank, or a correction left it behind, ``article`` holds the paragraphs of its evidence,
    as ``snapshots`` writes them.
    """

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("bank_id", "name"), Index(None, "bank_id", "position"))

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    statement: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    claim_kind: Mapped[str] = mapped_column(String(16))
    modality: Mapped[str] = mapped_column(String(16))
    says: Mapped[str] = mapped_column(Text)
    terms: Mapped[list[str]] = mapped_column(JSON)
    article: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)


class ItemRow(Base):
    """An item: its identity for life, its place, and which of its versions is in force.

    ``words`` are those that a search looks for, as ``search`` folds them; None where the index lacks the item.
    """

    __tablename__ = "item"
    __table_args__ = (Index(None, "bank_id", "position"), Index(None, "bank_id", "id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    identity: Mapped[str] = mapped_column(String(32), unique=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    fact_id: Mapped[int | None] = mapped_column(ForeignKey("fact.id", ondelete="SET NULL"), index=True)
    position: Mapped[int]
    version_number: Mapped[int]
    is_retired: Mapped[bool]
    words: Mapped[str | None] = mapped_column(Text, default=None, deferred=True)


class ItemVersionRow(Base):
    """What an item said from ``changed_at`` on, with the fact and article it rested on. Never updated.

    ``content`` is ``{"item", "fact", "article"}`` as ``snapshots`` writes it: one row shows a whole review.
    """

    __tablename__ = "item_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StudentRow(Base):
    """Somebody who sits quizzes, known by a token that only their devices hold; ``token_hash`` is made from it.

    With ``account_id`` they are known wherever they sign in with that account.
    """

    __tablename__ = "student"

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(80), default="")
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), default=None, unique=True
    )


class QuizRow(Base):
    """A quiz that a link opens; ``settings`` is what ``QuizSettings.to_data`` gives.

    With a class only its pupils may sit it, under the names that the class knows them by.
    """

    __tablename__ = "quiz"
    __table_args__ = (Index(None, "owner_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), default=None)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id", ondelete="SET NULL"), default=None, index=True)


class AllowanceRow(Base):
    """What one student is given at one quiz beyond the rest.

    ``time_factor`` multiplies the time limit (None: no limit); ``attempts`` come on top of those allowed to all.
    """

    __tablename__ = "allowance"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), primary_key=True)
    time_factor: Mapped[float | None]
    attempts: Mapped[int] = mapped_column(default=0)


class AttemptRow(Base):
    """One sitting. Whoever knows ``code`` may go on with it; ``seed`` fixes every order in it.

    Title, language, ``rules`` (the quiz's settings that matter once begun) and moments are pinned when it begins.
    Answers count until ``deadline`` and are taken until ``accepts_until``, a grace for slow networks later.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),
        Index(None, "student_id", "started_at"),
        Index(None, "quiz_id", "id"),
        Index(None, "quiz_id", "student_id"),
        Index(None, "quiz_id", "finished_at"),
        Index(None, "bank_id", "finished_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[str] = mapped_column(String(32))
    page_size: Mapped[int]
    item_count: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("bank.id", ondelete="SET NULL"), default=None)
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey("quiz.id", ondelete="SET NULL"), default=None)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("student.id", ondelete="SET NULL"), default=None)
    name: Mapped[str] = mapped_column(String(80), default="")
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    accepts_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    score: Mapped[float | None] = mapped_column(default=None)


class ResponseRow(Base):
    """The place of an item version in an attempt, which way it is asked, and what was answered so far.

    ``answer`` stays as it was given. Of two answers the one with the higher ``(sequence, device)`` counts, whichever
    arrives last; from ``checked_at`` on, when feedback was given, none does. ``score`` and ``judgement`` are there
    once it is checked or the attempt finished.
    """

    __tablename__ = "response"
    __table_args__ = (CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    form: Mapped[int]
    weight: Mapped[float] = mapped_column(default=1.0)
    answer: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    device: Mapped[str] = mapped_column(String(32), default="")
    is_flagged: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    score: Mapped[float | None] = mapped_column(default=None)
    judgement: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)


class LateResponseRow(Base):
    """An answer that came when none was taken any more: kept, so that nothing vanishes, but not counted."""

    __tablename__ = "late_response"

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    answer: Mapped[list[str]] = mapped_column(JSON)
    sequence: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[str] = mapped_column(String(32))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegradeRow(Base):
    """A change of a response's score after its item was corrected: by which version, from what to what, and why."""

    __tablename__ = "regrade"
    __table_args__ = (Index(None, "attempt_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    old_score: Mapped[float]
    new_score: Mapped[float]
    reason: Mapped[str] = mapped_column(Text)
    regraded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ItemReportRow(Base):
    """Somebody's word that something is wrong with an item, for whoever keeps the bank: a reader's has no attempt."""

    __tablename__ = "item_report"
    __table_args__ = (Index(None, "attempt_id", "position"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id", ondelete="CASCADE"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id", ondelete="SET NULL"))
    position: Mapped[int]
    reason: Mapped[str] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
