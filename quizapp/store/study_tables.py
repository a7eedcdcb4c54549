"""The tables of study: every review as it was given, and how cards stand, which can be worked out of them anew."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.columns import Base, Key, UtcDateTime


class StudyBankRow(Base):
    """A bank that a student studies: how many new cards and reviews a day, and the day of an exam if there is one.

    ``reviews_per_day`` None is as many as are due.
    """

    __tablename__ = "study_bank"
    __table_args__ = (
        CheckConstraint("new_per_day BETWEEN 0 AND 999", name="new_per_day_is_sensible"),
        CheckConstraint("reviews_per_day BETWEEN 1 AND 9999", name="reviews_per_day_is_sensible"),
    )

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"), primary_key=True, index=True)
    new_per_day: Mapped[int] = mapped_column(default=20)
    reviews_per_day: Mapped[int | None] = mapped_column(default=None)
    exam_on: Mapped[date | None] = mapped_column(default=None)
    missed_first: Mapped[bool] = mapped_column(default=True)


class ReviewRow(Base):
    """A review as it was given. ``day`` is the study day where the student was; ``operation`` makes sending it again
    harmless. One that was taken back stays, and does not count.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("student_id", "operation"),
        Index(None, "student_id", "item_id", "id"),
        CheckConstraint("rating BETWEEN 1 AND 4", name="rating_is_one_of_four"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    rating: Mapped[int]
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date]
    operation: Mapped[str] = mapped_column(String(36))
    is_undone: Mapped[bool] = mapped_column(default=False)


class CardRow(Base):
    """How an item stands for a student, worked out of the reviews."""

    __tablename__ = "card"
    __table_args__ = (Index(None, "student_id", "due_at"),)

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True)
    phase: Mapped[int]
    step: Mapped[int | None]
    stability: Mapped[float]
    difficulty: Mapped[float]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]
    last_on: Mapped[date]
    interval_days: Mapped[int]
    reviews: Mapped[int]
    lapses: Mapped[int]
