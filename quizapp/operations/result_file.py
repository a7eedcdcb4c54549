"""The results of a quiz as a table for spreadsheets, with the names that the class uses."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import Workbook

from quizapp import rich_text
from quizapp.core import cells
from quizapp.operations.answer_file import answer_words
from quizapp.store import namesakes, results, snapshots
from quizapp.translation import mark, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from quizapp.store.namesakes import Namesake
    from quizapp.store.results import Seat
    from quizapp.store.tables import QuizRow

_COLUMNS = (
    mark("Name"), mark("Begun"), mark("Handed in"), mark("Minutes"), mark("Answered"), mark("Questions"),
    mark("Score (0 to 1)"), mark("Points earned"), mark("Points to be had"),
)  # fmt: skip
_ANSWER_COLUMNS = (
    mark("Name"), mark("Begun"), mark("Number"), mark("Question"), mark("Answer"), mark("Right answer"),
    mark("Points earned"), mark("Points to be had"),
)  # fmt: skip

Cell = str | int | float | None


def csv_rows(session: Session, quiz: QuizRow, *, language: str, zone: ZoneInfo) -> Iterator[str]:
    """Yield the results line by line, one an attempt, with a byte order mark; times in ``zone``."""
    yield "\ufeff" + _line(map(translator(language), _COLUMNS))
    for seat in _seats(session, quiz, translator(language), zone):
        yield _line("" if value is None else str(value) for value in _row(seat, zone))
    for name in results.absent(session, quiz).names:
        yield _line([cells.safe(name), *[""] * (len(_COLUMNS) - 1)])


def xlsx(session: Session, quiz: QuizRow, *, language: str, zone: ZoneInfo) -> bytes:
    """Return the results as a workbook: a sheet with an attempt a row, and one with an answer a row."""
    tell = translator(language)
    book = Workbook(write_only=True)
    attempts_sheet, answers_sheet = book.create_sheet(tell("Results")), book.create_sheet(tell("Answers"))
    attempts_sheet.append([tell(column) for column in _COLUMNS])
    answers_sheet.append([tell(column) for column in _ANSWER_COLUMNS])
    for sheet in (attempts_sheet, answers_sheet):
        sheet.freeze_panes = "A2"
    seats = _seats(session, quiz, tell, zone)
    for seat in seats:
        attempts_sheet.append(_row(seat, zone))
    for seat, given in results.answers(session, seats):
        question = snapshots.question(given.content, given.form)
        answers_sheet.append([
            cells.safe(seat.name), _time(seat.started_at, zone), given.position + 1,
            cells.safe(rich_text.plain(question.stem)),
            cells.safe(" / ".join(answer_words(question.input, given.answer))),
            cells.safe(" / ".join(map(rich_text.plain, question.input.keys))),
            None if given.score is None else round(given.score * given.weight, 4), given.weight,
        ])  # fmt: skip
    for name in results.absent(session, quiz).names:
        attempts_sheet.append([cells.safe(name)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _seats(session: Session, quiz: QuizRow, tell: Callable[[str], str], zone: ZoneInfo) -> list[Seat]:
    """Return every attempt; where two students have one name, what tells them apart stands with it."""
    seats = results.all_seats(session, quiz)
    alike = namesakes.find(session, quiz, seats)
    return [
        replace(seat, name=f"{seat.name} ({_known_by(alike[seat.student_id], tell, zone)})")
        if seat.student_id in alike
        else seat
        for seat in seats
    ]


def _known_by(each: Namesake, tell: Callable[[str], str], zone: ZoneInfo) -> str:
    if each.login:
        return tell("signs in as %(name)s") % {"name": each.login}
    if each.place:
        return each.place
    return tell("here since %(moment)s") % {"moment": _time(each.came_at, zone)}


def _row(seat: Seat, zone: ZoneInfo) -> list[Cell]:
    score = seat.score if seat.finished_at else None
    return [
        cells.safe(seat.name), _time(seat.started_at, zone), _time(seat.finished_at, zone), seat.minutes,
        seat.answered, seat.item_count, None if score is None else round(score, 4),
        None if score is None else round(score * seat.points, 4), seat.points,
    ]  # fmt: skip


def _time(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}" if moment else None


def _line(values: Iterator[str] | list[str] | map[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()
