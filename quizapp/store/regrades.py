"""Questions about scores that changed after an item was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, select

from quizapp.store import snapshots
from quizapp.store.tables import ItemVersionRow, RegradeRow, ResponseRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class RegradeNote:
    """A change of a response's score, with the keys by which it is judged now."""

    old_score: float
    new_score: float
    reason: str
    regraded_at: datetime
    keys: tuple[str, ...]


def of_attempt(session: Session, attempt_id: int) -> dict[int, list[RegradeNote]]:
    """Return the changes of an attempt's scores by question number (from 1), oldest first."""
    query = (
        select(RegradeRow, ResponseRow.form, cast(ItemVersionRow.content, String))
        .join(ItemVersionRow, ItemVersionRow.id == RegradeRow.version_id)
        .join(
            ResponseRow,
            (ResponseRow.attempt_id == RegradeRow.attempt_id) & (ResponseRow.position == RegradeRow.position),
        )
        .where(RegradeRow.attempt_id == attempt_id)
        .order_by(RegradeRow.id)
    )
    notes: dict[int, list[RegradeNote]] = {}
    for row, form, content in session.execute(query):
        keys = snapshots.parse(content).item.questions[form].input.keys
        note = RegradeNote(row.old_score, row.new_score, row.reason, row.regraded_at, keys)
        notes.setdefault(row.position + 1, []).append(note)
    return notes
