"""Saving answers while a quiz is sat: in any order, as often as they come, from any number of pages and devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import and_, bindparam, case, insert, or_, select, update

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.store import attempts, group_commit
from quizapp.store.database import begin_writing
from quizapp.store.tables import AttemptRow, LateResponseRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from quizapp.core.inputs import Response


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one answer; ``sequence`` grows with every change of the answer that a page makes."""

    position: int
    sequence: int
    answer: Response
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change, the sequence of the answer that is now kept, and until when answers count.

    "saved" also where the very same change was kept before; "stale" where a newer one was; "late" after the time was
    up: put aside, not counted; "closed" where the attempt is handed in, the answer was checked, or there is no such
    question.
    """

    word: Literal["saved", "stale", "late", "closed"]
    sequence: int
    deadline: datetime | None = None


_open_attempt = (
    select(AttemptRow.id)
    .where(
        AttemptRow.code == bindparam("code"),
        AttemptRow.finished_at.is_(None),
        or_(AttemptRow.accepts_until.is_(None), AttemptRow.accepts_until >= bindparam("now")),
    )
    .scalar_subquery()
)
_its_deadline = select(AttemptRow.deadline).where(AttemptRow.id == ResponseRow.attempt_id).scalar_subquery()
# Is the attempt open, is the question unchecked, is the change newer: one statement asks, writes, and tells.
_SAVE = (
    update(ResponseRow)
    .where(
        ResponseRow.attempt_id == _open_attempt,
        ResponseRow.position == bindparam("at"),
        ResponseRow.checked_at.is_(None),
        or_(
            ResponseRow.sequence < bindparam("seen"),
            and_(ResponseRow.sequence == bindparam("seen"), ResponseRow.device <= bindparam("from_device")),
        ),
    )
    .values(
        answer=bindparam("given"),
        sequence=bindparam("seen"),
        device=bindparam("from_device"),
        saved_at=bindparam("moment"),
        is_flagged=bindparam("flag"),
    )
    .returning(_its_deadline.label("deadline"))
    .execution_options(synchronize_session=False)
)
_response = ResponseRow.__table__.c
_SAVE_FROM_PAGE = (
    update(ResponseRow.__table__)  # type: ignore[arg-type]
    .where(
        _response.attempt_id == bindparam("attempt"),
        _response.position == bindparam("at"),
        _response.checked_at.is_(None),
    )
    .values(
        answer=bindparam("given"),
        saved_at=bindparam("moment"),
        sequence=case((_response.sequence > bindparam("seen"), _response.sequence), else_=bindparam("seen")) + 1,
        device="page",
        is_flagged=bindparam("flag"),
    )
)
_LOCK = select(AttemptRow.id).where(AttemptRow.code == bindparam("code")).with_for_update(read=True)


def save_changes(engine: Engine, code: str, changes: Sequence[Change], *, device: str, now: datetime) -> list[Outcome]:
    """Keep changes in any order, as often as they come; return what became of each once all are safe.

    :raise NotFoundError: there is no such attempt.
    """

    def save(connection: Connection) -> list[Outcome]:
        if connection.dialect.name != "sqlite":  # where handing in does not wait by itself until this is written
            connection.execute(_LOCK, {"code": code})
        return [_save(connection, code, change, device, now) for change in changes]

    return group_commit.write(engine, save)


def _save(connection: Connection, code: str, change: Change, device: str, now: datetime) -> Outcome:
    kept = connection.execute(
        _SAVE,
        {
            "code": code,
            "now": now,
            "at": change.position,
            "seen": change.sequence,
            "from_device": device,
            "given": list(change.answer),
            "moment": now if any(change.answer) else None,
            "flag": change.is_flagged,
        },
    ).one_or_none()
    if kept is not None:
        return Outcome("saved", change.sequence, kept.deadline)
    return _refuse(connection, code, change, device, now)


def _refuse(connection: Connection, code: str, change: Change, device: str, now: datetime) -> Outcome:
    """Say why a change was not kept, and put aside what came too late."""
    attempt = connection.execute(
        select(AttemptRow.id, AttemptRow.finished_at, AttemptRow.deadline, AttemptRow.accepts_until).where(
            AttemptRow.code == code
        )
    ).one_or_none()
    if attempt is None:
        raise NotFoundError("there is no attempt with this address: check that the link is whole")
    response = connection.execute(
        select(ResponseRow.sequence, ResponseRow.device, ResponseRow.checked_at).where(
            ResponseRow.attempt_id == attempt.id, ResponseRow.position == change.position
        )
    ).one_or_none()
    if response is None:
        return Outcome("closed", 0, attempt.deadline)
    is_kept = (response.sequence, response.device) == (change.sequence, device)
    is_over = attempt.finished_at is not None or (attempt.accepts_until is not None and attempt.accepts_until < now)
    if is_kept:
        return Outcome("saved", change.sequence, attempt.deadline)
    if not is_over:
        return Outcome("closed" if response.checked_at else "stale", response.sequence, attempt.deadline)
    connection.execute(
        insert(LateResponseRow).values(
            attempt_id=attempt.id, position=change.position, answer=list(change.answer), sequence=change.sequence,
            device=device, received_at=now,
        )
    )  # fmt: skip
    is_late = attempt.deadline is not None and now > attempt.deadline
    return Outcome("late" if is_late else "closed", response.sequence, attempt.deadline)


def save_page(session: Session, code: str, changes: Sequence[Change], *, now: datetime) -> None:
    """Keep the answers that a page was sent with, before all that it sent while a person answered.

    :raise NotFoundError: there is no such attempt.
    :raise ConflictError: the attempt is handed in, or its time is up.
    """
    begin_writing(session)
    attempt = session.execute(
        select(AttemptRow.id, AttemptRow.finished_at, AttemptRow.accepts_until)
        .where(AttemptRow.code == code)
        .with_for_update()
    ).one_or_none()
    if attempt is None:
        attempts.get(session, code)
    elif attempt.finished_at is not None or (attempt.accepts_until is not None and attempt.accepts_until < now):
        put_aside(session, code, changes, now=now)
        raise ConflictError("this quiz has been handed in; its answers cannot change any more")
    elif changes:
        _keep_page(session, attempt.id, changes, now)
    session.commit()


def put_aside(session: Session, code: str, changes: Sequence[Change], *, now: datetime) -> None:
    """Keep the answers of a page that came when none is taken any more, apart from those that count."""
    begin_writing(session)
    for change in changes:
        _refuse(session.connection(), code, change, "page", now)
    session.commit()


def _keep_page(session: Session, attempt_id: int, changes: Sequence[Change], now: datetime) -> None:
    session.connection().execute(
        _SAVE_FROM_PAGE,
        [
            {
                "attempt": attempt_id,
                "at": change.position,
                "given": list(change.answer),
                "moment": now if any(change.answer) else None,
                "seen": change.sequence,
                "flag": change.is_flagged,
            }
            for change in changes
        ],
    )
