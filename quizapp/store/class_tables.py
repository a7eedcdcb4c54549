"""The tables of classes, and of what is to be mended in banks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.names import LONGEST_KEY
from quizapp.store.columns import Base, Key, UtcDateTime

_BY_SIGN = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")


class ClassRow(Base):
    """A teacher's class; whoever knows ``code`` may join while it is open."""

    __tablename__ = "class"
    __table_args__ = (Index(None, "owner_id", "id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True, init=False)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_open: Mapped[bool] = mapped_column(default=True)


class PupilRow(Base):
    """A student in a class: the name the class knows them by, and extra time.

    ``name_key`` is the name as it is compared, ``list_key`` its place in the class list, sign by sign.
    ``time_factor`` multiplies the time limit of the class's quizzes (None: no limit).
    """

    __tablename__ = "pupil"
    __table_args__ = (
        UniqueConstraint("class_id", "name_key"),
        CheckConstraint("time_factor >= 1", name="time_is_not_taken"),
        Index(None, "class_id", "list_key", "student_id"),
    )

    class_id: Mapped[int] = mapped_column(ForeignKey("class.id", ondelete="CASCADE"), primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(320))
    list_key: Mapped[str] = mapped_column(_BY_SIGN)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    time_factor: Mapped[float | None] = mapped_column(Double().evaluates_none(), default=1.0)


class ConcernRow(Base):
    """What speaks against an item as it is, found when its bank was last looked over; ``weight`` says how much.

    ``reasons`` lists what ``operations.mending`` found, the gravest first.
    """

    __tablename__ = "concern"
    __table_args__ = (Index(None, "bank_id", "weight", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id", ondelete="CASCADE"))
    weight: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
