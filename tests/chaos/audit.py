"""What the database itself says of a trial, asked without any of the product's code."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.chaos.students import Book, Key

# The database watches each write itself.
_WATCHED = {
    "stale": ("sequence ON response", "(NEW.sequence, NEW.device) < (OLD.sequence, OLD.device)"),
    "double grade": ("score, finished_at ON attempt", "OLD.finished_at IS NOT NULL"),
}
_NOTE = """CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
           'BEGIN INSERT INTO fault VALUES (TG_ARGV[0]); RETURN NULL; END'"""
_LATE = """SELECT a.code, l.position, l.sequence, l.device
           FROM late_response l JOIN attempt a ON a.id = l.attempt_id"""
_KEPT = """SELECT a.code, r.position, r.sequence, r.device, r.answer
           FROM response r JOIN attempt a ON a.id = r.attempt_id"""


@dataclass(frozen=True, slots=True)
class Faults:
    """Promises that were broken.

    ``lost``: said to be saved, but neither it nor anything newer is there. ``stale``: an older change overwrote a
    newer one, or an answer is not the one sent. ``double_grades``: a grade written over a grade. ``wrong_scores``:
    scores that the kept answers do not give, and attempts handed in without a grade. ``vanished``: changes said to
    have come too late that were not put aside either.
    """

    lost: int = 0
    stale: int = 0
    double_grades: int = 0
    wrong_scores: int = 0
    vanished: int = 0

    def __bool__(self) -> bool:
        return any(asdict(self).values())


def watch(database_url: str) -> None:
    """Let the database note faults from now on."""
    _run(database_url, "CREATE TABLE fault (kind TEXT)")
    is_sqlite = database_url.startswith("sqlite")
    if not is_sqlite:
        _run(database_url, _NOTE)
    for kind, (where, when) in _WATCHED.items():
        head = f'CREATE TRIGGER "{kind}" AFTER UPDATE OF {where} FOR EACH ROW WHEN '
        if is_sqlite:
            _run(database_url, f"{head} {when} BEGIN INSERT INTO fault VALUES ('{kind}'); END")
        else:
            _run(database_url, f"{head} ({when}) EXECUTE FUNCTION note('{kind}')")


def lost(database_url: str, promised: Mapping[str, Mapping[int, Key]]) -> int:
    """Return how many answers are older than promised; ``promised`` are the newest saved by attempt and position."""
    kept = _kept(database_url)
    return sum(kept[code, position][0] < key for code, newest in promised.items() for position, key in newest.items())


def audit(database_url: str, books: Iterable[Book], keys: Mapping[str, list[str]]) -> Faults:
    """Compare the database with the books once all is quiet; ``keys`` are the right options, by attempt."""
    books = [book for book in books if book.sent]
    kept = _kept(database_url)
    noted = [kind for (kind,) in _run(database_url, "SELECT kind FROM fault")]
    late = {(code, position, (sequence, device)) for code, position, sequence, device in _run(database_url, _LATE)}
    grades = dict(_run(database_url, "SELECT code, score FROM attempt"))
    foreign = wrong = 0
    for book in books:
        answers = [kept[book.code, position] for position in range(len(book.options))]
        foreign += sum(
            answer != book.sent.get(position, {}).get(key, []) for position, (key, answer) in enumerate(answers)
        )
        right = [answer == [key] for (_, answer), key in zip(answers, keys[book.code], strict=True)]
        score = grades[book.code]
        wrong += book.is_handed_in and (score is None or abs(score - sum(right) / len(right)) > 1e-9)
    return Faults(
        lost=lost(database_url, {book.code: book.newest_saved() for book in books}),
        stale=noted.count("stale") + foreign,
        double_grades=noted.count("double grade"),
        wrong_scores=wrong,
        vanished=sum((book.code, *each) not in late for book in books for each in book.put_aside),
    )


def _kept(database_url: str) -> dict[tuple[str, int], tuple[Key, list[str]]]:
    return {
        (code, position): ((sequence, device), json.loads(answer) if isinstance(answer, str) else answer)
        for code, position, sequence, device, answer in _run(database_url, _KEPT)
    }


def _run(database_url: str, statement: str) -> list[Any]:
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=30)) as file, file:
            return file.execute(statement).fetchall()
    with psycopg.connect(database_url.replace("+psycopg", "")) as server:
        answer = server.execute(statement)
        return answer.fetchall() if answer.description else []
