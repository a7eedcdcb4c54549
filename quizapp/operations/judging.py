"""Judging what was answered: at a check, at handing in, and when the time is up. Nothing is judged twice."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from quizapp.core.errors import ConflictError
from quizapp.core.quiz_settings import Feedback
from quizapp.store import attempts
from quizapp.store.database import begin_writing
from quizapp.store.tables import AttemptRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.store.attempts import Asked

# On the tables themselves: for so many rows at once the ORM would cost more than judging.
_attempt, _response = AttemptRow.__table__, ResponseRow.__table__
_CLOSE = (
    _attempt.update()  # type: ignore[attr-defined]
    .where(_attempt.c.id == bindparam("attempt"))
    .values(finished_at=bindparam("end"), score=bindparam("share"))
)
_JUDGE = (
    _response.update()  # type: ignore[attr-defined]
    .where(_response.c.attempt_id == bindparam("attempt"), _response.c.position == bindparam("at"))
    .values(score=bindparam("earned"), judgement=bindparam("said"), checked_at=bindparam("moment"))
)
_FINISHED_TOGETHER = 25


def check_answers(session: Session, code: str, positions: range, *, now: datetime) -> int:
    """Judge the answers given at ``positions`` and lock them, for feedback before the end; return how many there are.

    :raise NotFoundError: there is no such attempt.
    :raise ConflictError: feedback comes only at the end of this quiz.
    """
    sitting = attempts.get(session, code)
    if sitting.rules.feedback is Feedback.AT_END:
        raise ConflictError("feedback comes at the end of this quiz")
    _lock(session, code)
    found = attempts.asked(session, sitting.id, positions)
    given = [each for each in found if each.content and each.is_answered]
    _judge(session, sitting.id, given, now)
    session.commit()
    return len(given)


def finish_attempt(session: Session, code: str, *, now: datetime) -> None:
    """Judge every answer and close the attempt, by its deadline at the latest; on a finished one, do nothing.

    :raise NotFoundError: there is no such attempt.
    """
    _lock(session, code)
    sitting = attempts.get(session, code)
    if sitting.finished_at is None:
        _finish(session, {sitting.id: min(now, sitting.deadline or now)})
    session.commit()


def finish_expired(session: Session, quiz_id: int, *, now: datetime) -> int:
    """Close every attempt at a quiz whose time is up from its saved answers; return how many there were.

    Commits after some at a time: each commit waits for the disk, and others want to save their answers meanwhile.
    """
    query = (
        select(AttemptRow.id, AttemptRow.deadline)
        .where(AttemptRow.quiz_id == quiz_id, AttemptRow.finished_at.is_(None), AttemptRow.accepts_until < now)
        .order_by(AttemptRow.id)
        .limit(_FINISHED_TOGETHER)
    )
    count = 0
    while session.execute(query).first():
        begin_writing(session)
        ends = {
            attempt_id: min(now, deadline or now) for attempt_id, deadline in session.execute(query.with_for_update())
        }
        _finish(session, ends)
        session.commit()
        count += len(ends)
    return count


def _finish(session: Session, ends: Mapping[int, datetime]) -> None:
    """Judge and close attempts, by their ids, at their ends; they are locked."""
    for attempt_id, end in ends.items():
        _judge(session, attempt_id, attempts.asked(session, attempt_id), end)
    closed = [
        {"attempt": attempt_id, "end": end, "share": score_of(session, attempt_id)} for attempt_id, end in ends.items()
    ]
    if closed:
        session.connection().execute(_CLOSE, closed)


def score_of(session: Session, attempt_id: int) -> float:
    """Return the share of an attempt's points that its judged responses earned."""
    earned, points = session.execute(
        select(func.sum(ResponseRow.score * ResponseRow.weight), func.sum(ResponseRow.weight)).where(
            ResponseRow.attempt_id == attempt_id
        )
    ).one()
    return min(1.0, float(earned or 0) / points) if points else 0.0


def _lock(session: Session, code: str) -> None:
    begin_writing(session)
    session.execute(select(AttemptRow.id).where(AttemptRow.code == code).with_for_update())


def _judge(session: Session, attempt_id: int, found: Sequence[Asked], now: datetime) -> None:
    judged: list[Mapping[str, object]] = []
    for each in found:
        if each.checked_at is not None:
            continue
        judgement = each.question.input.judge(each.answer)
        judged.append({
            "attempt": attempt_id, "at": each.position, "earned": judgement.score, "said": asdict(judgement),
            "moment": now,
        })  # fmt: skip
    if judged:
        session.connection().execute(_JUDGE, judged)
