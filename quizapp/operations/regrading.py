"""Judging again after an item was corrected, with a record of what changed and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, func, insert, select, update

from quizapp.core.errors import NotFoundError
from quizapp.core.inputs import Gaps, OneOf, SomeOf
from quizapp.operations.accounts import record
from quizapp.operations.judging import score_of
from quizapp.store import snapshots
from quizapp.store.database import batched, begin_writing
from quizapp.store.tables import AttemptRow, ItemRow, ItemVersionRow, RegradeRow, ResponseRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.inputs import Input, Judgement, Response
    from quizapp.core.items import Item
    from quizapp.store.accounts import Account


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A response that is worth something else by the version in force."""

    attempt_id: int
    code: str
    name: str
    position: int
    version_id: int
    old_score: float
    judgement: Judgement


def preview(session: Session, identity: str) -> list[ScoreChange]:
    """Return whose scores would change if an item's answers were judged by the version in force.

    :raise NotFoundError: there is no such item.
    """
    versions = session.execute(
        select(ItemVersionRow.id, cast(ItemVersionRow.content, String))
        .join(ItemRow, (ItemRow.id == ItemVersionRow.item_id) & (ItemVersionRow.number <= ItemRow.version_number))
        .where(ItemRow.identity == identity)
        .order_by(ItemVersionRow.number)
    )
    asked = {version_id: snapshots.parse(content).item for version_id, content in versions}
    if not asked:
        raise NotFoundError("there is no item '%(id)s'", id=identity)
    version_id, corrected = list(asked.items())[-1]
    rows = session.execute(
        select(
            AttemptRow.id, AttemptRow.code, AttemptRow.name, ResponseRow.position, ResponseRow.form,
            ResponseRow.answer, ResponseRow.score, ResponseRow.version_id,
        )
        .join(ResponseRow, ResponseRow.attempt_id == AttemptRow.id)
        .where(ResponseRow.version_id.in_(asked), ResponseRow.score.is_not(None))
        .order_by(AttemptRow.id)
    )  # fmt: skip
    changes = []
    known: dict[tuple[int, int, Response], Judgement | None] = {}  # many answer alike
    for attempt_id, code, name, position, form, answer, score, asked_id in rows:
        given = asked_id, form, tuple(answer)
        if given not in known:
            known[given] = _judge(asked[asked_id], corrected, form, tuple(answer))
        judgement = known[given]
        if judgement is not None and score is not None and abs(judgement.score - score) > 1e-9:
            changes.append(ScoreChange(attempt_id, code, name, position, version_id, score, judgement))
    return changes


def regrade(
    session: Session, identity: str, *, reason: str, now: datetime, actor: Account | None = None
) -> list[ScoreChange]:
    """Give every answer to an item the score it has by the version in force; return what changed.

    Answers stay as they were given and attempts keep what was asked. Doing it again changes nothing.

    :raise NotFoundError: there is no such item.
    """
    begin_writing(session)
    _lock_attempts(session, identity)
    changes = preview(session, identity)
    if changes:
        session.execute(
            update(ResponseRow),
            [
                {
                    "attempt_id": change.attempt_id,
                    "position": change.position,
                    "score": change.judgement.score,
                    "judgement": asdict(change.judgement),
                }
                for change in changes
            ],
        )
        session.execute(
            insert(RegradeRow),
            [
                {
                    "attempt_id": change.attempt_id, "position": change.position, "version_id": change.version_id,
                    "old_score": change.old_score, "new_score": change.judgement.score, "reason": reason,
                    "regraded_at": now,
                }
                for change in changes
            ],
        )  # fmt: skip
        finished = [
            attempt_id
            for some in batched(sorted({change.attempt_id for change in changes}))
            for attempt_id in session.scalars(
                select(AttemptRow.id).where(AttemptRow.id.in_(some), AttemptRow.finished_at.is_not(None))
            ).all()
        ]
        for attempt_id in finished:
            session.execute(
                update(AttemptRow).where(AttemptRow.id == attempt_id).values(score=score_of(session, attempt_id))
            )
    record(session, actor, mark("regraded a question"), identity, now=now, changed=str(len(changes)), reason=reason)
    session.commit()
    return changes


def _lock_attempts(session: Session, identity: str) -> None:
    """Lock the attempts in which an item was asked, in their order, as whoever judges does: scores add up of all.

    Those not judged yet too: they may be while this is read.
    """
    asked = (
        select(ResponseRow.attempt_id)
        .join(ItemVersionRow, ItemVersionRow.id == ResponseRow.version_id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemRow.identity == identity)
    )
    locked = select(AttemptRow.id).where(AttemptRow.id.in_(asked)).order_by(AttemptRow.id).with_for_update()
    session.execute(select(func.count()).select_from(locked.subquery()))


def _judge(asked: Item, corrected: Item, form: int, answer: Response) -> Judgement | None:
    """Return what an answer to ``asked`` is worth by ``corrected``; None where the two ask for different things."""
    if form >= len(corrected.questions):
        return None
    before, after = asked.questions[form].input, corrected.questions[form].input
    return after.judge(_as_chosen(before, after, answer)) if type(before) is type(after) else None


def _as_chosen(before: Input, after: Input, answer: Response) -> Response:
    """Return ``answer`` with options named as in ``after``: one whose text was mended keeps its place."""
    if isinstance(before, Gaps) and isinstance(after, Gaps):
        return tuple(
            "".join(_as_chosen(left, right, (text,)))
            for left, right, text in zip(before.gaps, after.gaps, answer, strict=False)
        )
    if not (isinstance(before, OneOf | SomeOf) and isinstance(after, OneOf | SomeOf)):
        return answer
    still = {option.id for option in after.options}
    renamed = {
        old.id: new.id
        for old, new in zip(before.options, after.options, strict=False)
        if old.id not in still and new.id not in {option.id for option in before.options}
    }
    return tuple(renamed.get(chosen, chosen) for chosen in answer)
