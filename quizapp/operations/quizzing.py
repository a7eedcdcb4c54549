"""Sitting a quiz: starting, saving, finishing. Nothing answered is lost, nothing is judged twice."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, cast

from sqlalchemy import and_, bindparam, case, insert, or_, select, update

from quizapp.core import quiz
from quizapp.core.errors import ConflictError
from quizapp.store import attempts, banks
from quizapp.store.database import begin_writing
from quizapp.store.tables import AttemptRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from quizapp.core.inputs import Response


def start_attempt(
    session: Session,
    bank_name: str,
    *,
    count: int,
    page_size: int,
    now: datetime,
    with_siblings: bool = False,
    seed: str = "",
) -> str:
    """Draw up to ``count`` questions from a bank, keep them as a new attempt and return its code.

    :raise NotFoundError: there is no such bank.
    :raise ConflictError: the bank has no question to ask.
    """
    bank_id = banks.get(session, bank_name).id
    seed = seed or secrets.token_hex(8)
    items = attempts.drawable_items(session, bank_id)
    drawn = quiz.draw(items, seed, min(count, quiz.MOST_ITEMS), with_siblings=with_siblings)
    if not drawn:
        raise ConflictError("the bank '%(name)s' has no questions yet", name=bank_name)
    forms = attempts.form_counts(session, [item.version_id for item in drawn])
    # Versions never change, so that the draw itself needs no lock.
    begin_writing(session)
    attempt = AttemptRow(
        code=secrets.token_urlsafe(16), bank_id=bank_id, seed=seed, page_size=page_size, item_count=len(drawn),
        started_at=now,
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    session.execute(
        insert(ResponseRow),
        [
            {
                "attempt_id": attempt.id,
                "position": position,
                "version_id": item.version_id,
                "form": quiz.form_of(seed, item.identity, forms[item.version_id]),
                "answer": [],
            }
            for position, item in enumerate(drawn)
        ],
    )
    session.commit()
    return attempt.code


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one answer; ``sequence`` grows with every change of the answer that a page makes."""

    position: int
    sequence: int
    answer: Response


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change, and the sequence of the answer that is now kept."""

    word: Literal["saved", "stale", "closed"]
    sequence: int


def save_page(session: Session, code: str, changes: Iterable[Change], *, now: datetime) -> None:
    """Keep the answers that a page was sent with, before all that it sent while a person answered.

    :raise NotFoundError: there is no such attempt.
    :raise ConflictError: the attempt is finished.
    """
    begin_writing(session)
    attempt = session.execute(
        select(AttemptRow.id, AttemptRow.finished_at).where(AttemptRow.code == code).with_for_update()
    ).one_or_none()
    if attempt is None or attempt.finished_at is not None:
        attempts.get(session, code)
        raise ConflictError("this quiz has been handed in; its answers cannot change any more")
    rows = [
        {
            "at": change.position,
            "given": list(change.answer),
            "moment": now if any(change.answer) else None,
            "seen": change.sequence,
        }
        for change in changes
    ]
    response = cast("Table", ResponseRow.__table__)
    newest = case((response.c.sequence > bindparam("seen"), response.c.sequence), else_=bindparam("seen"))
    if rows:
        session.connection().execute(
            update(response)
            .where(response.c.attempt_id == attempt.id, response.c.position == bindparam("at"))
            .values(answer=bindparam("given"), saved_at=bindparam("moment"), sequence=newest + 1, device="page"),
            rows,
        )
    session.commit()


def save_changes(
    session: Session, code: str, changes: Sequence[Change], *, device: str, now: datetime
) -> list[Outcome]:
    """Keep changes in any order, as often as they come; return what became of each once all are safe.

    "saved" also where the very same change was kept before; "stale" where a newer one was; "closed" where the
    attempt is handed in, or has no such question.

    :raise NotFoundError: there is no such attempt.
    """
    begin_writing(session)
    if session.get_bind().dialect.name != "sqlite":  # where writers do not wait for one another by themselves
        session.execute(select(AttemptRow.id).where(AttemptRow.code == code).with_for_update())
    outcomes = [_save_change(session, code, change, device, now) for change in changes]
    session.commit()
    return outcomes


def _save_change(session: Session, code: str, change: Change, device: str, now: datetime) -> Outcome:
    open_attempt = select(AttemptRow.id).where(AttemptRow.code == code, AttemptRow.finished_at.is_(None))
    is_newer = or_(
        ResponseRow.sequence < change.sequence,
        and_(ResponseRow.sequence == change.sequence, ResponseRow.device <= device),
    )
    kept = session.execute(
        update(ResponseRow)
        .where(
            ResponseRow.attempt_id == open_attempt.scalar_subquery(), ResponseRow.position == change.position, is_newer
        )
        .values(
            answer=list(change.answer),
            sequence=change.sequence,
            device=device,
            saved_at=now if any(change.answer) else None,
        )
        .execution_options(synchronize_session=False)
    )
    if kept.rowcount:  # type: ignore[attr-defined]
        return Outcome("saved", change.sequence)
    attempt = attempts.get(session, code).attempt
    kept_sequence = session.scalar(
        select(ResponseRow.sequence).where(
            ResponseRow.attempt_id == attempt.id, ResponseRow.position == change.position
        )
    )
    is_open = attempt.finished_at is None and kept_sequence is not None
    return Outcome("stale" if is_open else "closed", kept_sequence or 0)


def finish_attempt(session: Session, code: str, *, now: datetime) -> None:
    """Judge every answer and close the attempt; on a finished one, do nothing.

    :raise NotFoundError: there is no such attempt.
    """
    begin_writing(session)
    session.execute(select(AttemptRow.id).where(AttemptRow.code == code).with_for_update())
    sitting = attempts.get(session, code)
    if sitting.attempt.finished_at is None:
        judged = [(asked, asked.question.input.judge(asked.answer)) for asked in attempts.asked(session, sitting)]
        session.execute(
            update(ResponseRow),
            [
                {
                    "attempt_id": sitting.attempt.id,
                    "position": asked.position,
                    "score": judgement.score,
                    "judgement": asdict(judgement),
                }
                for asked, judgement in judged
            ],
        )
        sitting.attempt.finished_at = now
        sitting.attempt.score = sum(judgement.score for _, judgement in judged) / len(judged)
    session.commit()
