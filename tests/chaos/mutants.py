"""The site with a promise broken on purpose, to show that a trial notices: factories to be served in its stead."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import update

import quizapp
from quizapp.operations import judging, saving
from quizapp.operations.saving import Change, Outcome
from quizapp.store import attempts
from quizapp.store.database import begin_writing
from quizapp.store.tables import AttemptRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


def acknowledge_before_commit() -> Flask:
    """Say that changes are saved, and save them a little later."""
    save = saving.save_changes

    def promise(code: str, changes: Sequence[Change], *, device: str, now: datetime) -> list[Outcome]:
        app = current_app._get_current_object()  # type: ignore[attr-defined]

        def keep_promise() -> None:
            time.sleep(0.2)
            with app.app_context():
                save(code, changes, device=device, now=now)

        threading.Thread(target=keep_promise, daemon=True).start()
        return [Outcome("saved", change.sequence) for change in changes]

    saving.save_changes = promise
    return quizapp.create_app()


def last_arrival_wins() -> Flask:
    """Keep whatever arrives last."""

    def save(connection: Connection, code: str, change: Change, device: str, now: datetime) -> Outcome | None:
        kept = connection.execute(
            update(ResponseRow)
            .where(ResponseRow.attempt_id == saving._open_attempt, ResponseRow.position == change.position)
            .values(answer=list(change.answer), sequence=change.sequence, device="last", saved_at=now)
            .returning(ResponseRow.position),
            {"code": code, "now": now},
        ).one_or_none()
        return Outcome("saved", change.sequence) if kept else None

    saving._save = save
    return quizapp.create_app()


def submit_is_not_idempotent() -> Flask:
    """Grade an attempt as often as it is handed in."""

    def finish(session: Session, code: str, *, now: datetime) -> None:
        begin_writing(session)
        sitting = attempts.get(session, code)
        judging._judge(session, sitting.id, attempts.asked(session, sitting.id), datetime.now(UTC))
        session.execute(
            update(AttemptRow)
            .where(AttemptRow.id == sitting.id)
            .values(finished_at=now, score=judging.score_of(session, sitting.id))
        )
        session.commit()

    judging.finish_attempt = finish
    return quizapp.create_app()
