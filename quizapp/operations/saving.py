"""Saving answers while a quiz is sat: in any order, as often as they come, from any number of pages and devices."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    or_,
    select,
    update,
)

from quizapp.core.errors import ConflictError
from quizapp.store import attempts, group_commit
from quizapp.store.database import db, plain, plain_engine
from quizapp.store.reads import Read
from quizapp.store.tables import AttemptRow, LateResponseRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

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


_if_open = select(AttemptRow.id).where(
    AttemptRow.code == bindparam("code"),
    AttemptRow.finished_at.is_(None),
    or_(AttemptRow.accepts_until.is_(None), AttemptRow.accepts_until >= bindparam("now")),
)
# Handing in waits until this is written; SQLite needs no word for that.
_open_attempt = _if_open.with_for_update(read=True).scalar_subquery()
_its_deadline = select(AttemptRow.deadline).where(AttemptRow.id == ResponseRow.attempt_id).scalar_subquery()
# Is the attempt open, is the question unchecked, is the change newer: one statement asks, writes, and tells.
_SAVE = Read(
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
)


def _page_save(each: str, of_type: Any, part: Callable[[Any, int], Any]) -> Read:
    """Return the statement that keeps a page of answers, ``changes`` being JSON: position, number, answer, flag each.

    They come before all that pages sent while a person answered, by a number above the one that is there. Two pages at
    once take turns at the attempt.
    """
    rows = getattr(func, each)(cast(bindparam("changes", type_=String), of_type)).table_valued("value")
    position, seen, answer, flag = (part(rows.c.value, place) for place in range(4))
    row = ResponseRow.__table__.c
    answer, seen = cast(answer, String), cast(seen, BigInteger)
    return Read(
        update(ResponseRow.__table__)  # type: ignore[arg-type]
        .where(
            row.attempt_id == _if_open.with_for_update().scalar_subquery(),
            row.position == cast(position, Integer),
            row.checked_at.is_(None),
        )
        .values(
            answer=cast(answer, JSON) if of_type is JSON else answer,
            saved_at=case((answer != "[]", bindparam("moment", type_=row.saved_at.type))),
            sequence=case((row.sequence > seen, row.sequence), else_=seen) + 1,
            device="page",
            is_flagged=cast(flag, Boolean),
        )
        .returning(row.position)
    )


_SAVE_PAGE = {
    "sqlite": _page_save("json_each", String, lambda value, place: func.json_extract(value, f"$[{place}]")),
    "postgresql": _page_save("json_array_elements", JSON, lambda value, place: value.op("->>")(place)),
}
MOST_LATE = 1000


def save_changes(code: str, changes: Sequence[Change], *, device: str, now: datetime) -> list[Outcome]:
    """Keep changes in any order, as often as they come; return what became of each once all are safe.

    :raise NotFoundError: there is no such attempt.
    """
    if len(changes) == 1 and db.engine.dialect.name != "sqlite":  # one statement is a transaction by itself
        with plain() as connection:
            if saved := _save(connection, code, changes[0], device, now):
                return [saved]

    def save(connection: Connection) -> list[Outcome]:
        outcomes = {}
        # Everybody writes in the same order, so that two devices never wait for each other.
        for index in sorted(range(len(changes)), key=lambda index: changes[index].position):
            change = changes[index]
            saved = _save(connection, code, change, device, now)
            outcomes[index] = saved or _refuse(connection, code, change, device, now)
        return [outcomes[index] for index in range(len(changes))]

    return group_commit.write(save)


def _save(connection: Connection, code: str, change: Change, device: str, now: datetime) -> Outcome | None:
    """Keep a change; return None where it is refused."""
    kept = _SAVE.rows_on(
        connection,
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
    )
    return Outcome("saved", change.sequence, attempts.moment(kept[0][0])) if kept else None


def _refuse(connection: Connection, code: str, change: Change, device: str, now: datetime) -> Outcome:
    """Say why a change was not kept, and put aside what came too late."""
    attempt = _standing(connection, code)
    response = connection.execute(
        select(ResponseRow.sequence, ResponseRow.device, ResponseRow.checked_at).where(
            ResponseRow.attempt_id == attempt.id, ResponseRow.position == change.position
        )
    ).one_or_none()
    if response is None:
        return Outcome("closed", 0, attempt.deadline)
    is_over = _is_over(attempt, now)
    if (change.sequence, device) == (response.sequence, response.device):
        return Outcome("saved", change.sequence, attempt.deadline)
    if (change.sequence, device) < (response.sequence, response.device):
        return Outcome(
            "closed" if response.checked_at and not is_over else "stale", response.sequence, attempt.deadline
        )
    if not is_over:
        return Outcome("closed" if response.checked_at else "stale", response.sequence, attempt.deadline)
    _put_aside(connection, attempt.id, change, device, now)
    is_late = attempt.deadline is not None and now > attempt.deadline
    return Outcome("late" if is_late else "closed", response.sequence, attempt.deadline)


def _standing(connection: Connection, code: str) -> Any:
    attempt = connection.execute(
        select(AttemptRow.id, AttemptRow.finished_at, AttemptRow.deadline, AttemptRow.accepts_until).where(
            AttemptRow.code == code
        )
    ).one_or_none()
    if attempt is None:
        raise attempts.no_attempt()
    return attempt


def _is_over(attempt: Any, now: datetime) -> bool:
    return attempt.finished_at is not None or (attempt.accepts_until is not None and attempt.accepts_until < now)


def _put_aside(connection: Connection, attempt_id: int, change: Change, device: str, now: datetime) -> None:
    """Keep a change that does not count, once, and not without end."""
    late = LateResponseRow.__table__.c
    same = and_(
        late.position == change.position, late.sequence == change.sequence, late.device == device,
        cast(late.answer, String) == json.dumps(change.answer),
    )  # fmt: skip
    known, is_there = connection.execute(
        select(func.count(), func.count(case((same, 1)))).where(late.attempt_id == attempt_id)
    ).one()
    if not is_there and known < MOST_LATE:
        connection.execute(
            insert(LateResponseRow).values(
                attempt_id=attempt_id, position=change.position, answer=list(change.answer), sequence=change.sequence,
                device=device, received_at=now,
            )
        )  # fmt: skip


def save_page(code: str, changes: Sequence[Change], *, now: datetime) -> None:
    """Keep the answers that a page was sent with, before all that it sent while a person answered.

    :raise NotFoundError: there is no such attempt.
    :raise ConflictError: the attempt is handed in, or its time is up; the answers are put aside.
    """
    rows = [[each.position, each.sequence, json.dumps(each.answer), each.is_flagged] for each in changes]
    values = {"code": code, "now": now, "moment": now, "changes": json.dumps(rows)}
    statement = _SAVE_PAGE[db.engine.dialect.name]
    if db.engine.dialect.name != "sqlite" and statement.rows(plain_engine(), values):
        return

    def save(connection: Connection) -> bool:
        if statement.rows_on(connection, values):
            return True
        attempt = _standing(connection, code)
        if not _is_over(attempt, now):
            return True  # what is not kept was checked before
        for change in changes:
            _put_aside(connection, attempt.id, change, "page", now)
        return False

    if not group_commit.write(save):
        raise ConflictError("this quiz has been handed in; its answers cannot change any more")
