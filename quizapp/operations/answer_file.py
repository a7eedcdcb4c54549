"""A student's own answers as a CSV table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from quizapp import rich_text
from quizapp.core import cells
from quizapp.core.inputs import Gaps, OneOf, SomeOf
from quizapp.store import history, snapshots
from quizapp.translation import mark, translator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.inputs import Input, Response

_COLUMNS = (
    mark("Quiz"), mark("Begun (UTC)"), mark("Handed in (UTC)"), mark("Number"), mark("Question"), mark("My answer"),
    mark("Unsure"), mark("Saved (UTC)"), mark("Score (0 to 1)"), mark("Right answer"),
)  # fmt: skip


def rows(session: Session, student_id: int, *, language: str, now: datetime) -> Iterator[str]:
    """Yield a CSV table line by line, with a byte order mark for spreadsheets; keys only where they may be shown."""
    tell = translator(language)
    yield "\ufeff" + _line([tell(column) for column in _COLUMNS])
    for given in history.given_answers(session, student_id, now=now):
        question = snapshots.parse(given.content).item.questions[given.form]
        finished = given.finished_at.isoformat() if given.finished_at else ""
        shown = given.score is not None and given.finished_at
        yield _line(
            [
                given.title,
                given.started_at.isoformat(),
                finished,
                str(given.position + 1),
                rich_text.plain(question.stem),
                " / ".join(answer_words(question.input, tuple(given.answer))),
                tell("yes") if given.is_flagged else "",
                given.saved_at.isoformat() if given.saved_at else "",
                f"{given.score:g}" if shown and given.score is not None and given.shows_keys else "",
                " / ".join(map(rich_text.plain, question.input.keys)) if given.shows_keys else "",
            ]
        )


def answer_words(shape: Input, answer: Response) -> list[str]:
    """Return what was answered in words."""
    match shape:
        case OneOf(options) | SomeOf(options):
            return [rich_text.plain(option.text) for option in options if option.id in answer]
        case Gaps(gaps):
            return [
                " / ".join(answer_words(gap, (text,))) if isinstance(gap, OneOf) else text
                for gap, text in zip(gaps, answer, strict=False)
            ]
        case _:
            return list(answer)


def _line(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(cells.safe, values))
    return out.getvalue()
