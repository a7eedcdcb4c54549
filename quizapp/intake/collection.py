"""Anki's database from strangers: opened in memory, read only, with nothing in it that could run."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_NOTES = 100_000
MOST_NOTE_CHARACTERS = 200_000
# A thousand steps of the database at a time: what reads 100,000 notes takes a hundredth of it.
_STEPS, _MOST_STEPS = 1_000, 20_000
_ACTIVE = re.compile(r"\s*CREATE\s+VIRTUAL\b|\bAS\s*\(", re.IGNORECASE)
_ALLOWED = {
    sqlite3.SQLITE_SELECT: None,
    sqlite3.SQLITE_READ: None,
    sqlite3.SQLITE_FUNCTION: {"length"},
}


@dataclass(frozen=True, slots=True)
class Note:
    """A note; ``fields`` by name in their order, ``changed`` in seconds since 1970."""

    guid: str
    note_type: str
    fields: dict[str, str]
    tags: tuple[str, ...]
    changed: int


@dataclass(frozen=True, slots=True)
class Collection:
    """The notes of a collection, how many were too long to be read, and the name of the deck that says most."""

    notes: tuple[Note, ...]
    too_long: int
    deck: str


def read(content: bytes) -> Collection:
    """Return what a collection of schema 11 (``.anki2``, ``.anki21``) or 18 (``.anki21b``) holds.

    :raise UnreadableError: it is no collection, damaged, or holds what could run; the message says which.
    """
    if not content.startswith(b"SQLite format 3\x00"):
        raise UnreadableError("there is no Anki collection in the file")
    try:
        with closing(sqlite3.connect(":memory:")) as db:
            # Anki leaves its database in WAL mode, which one in memory cannot have: two bytes of the header.
            db.deserialize(content[:18] + b"\x01\x01" + content[20:])
            return _read(db)
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise UnreadableError("the Anki collection takes too long to read: it is made to") from error
        raise _damaged() from error
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise _damaged() from error


def _read(db: sqlite3.Connection) -> Collection:
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")
    db.execute("PRAGMA query_only = ON")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 32 * 2**20)
    db.create_collation("unicase", lambda left, right: (left > right) - (left < right))
    left = iter(range(_MOST_STEPS))
    db.set_progress_handler(lambda: next(left, None) is None, _STEPS)
    tables = _checked_tables(db)
    db.set_authorizer(_authorize)
    if not {"col", "notes"} <= tables:
        raise UnreadableError("there is no Anki collection in the file")
    names = dict(_types_new(db)) if "notetypes" in tables else dict(_types_old(db))
    notes, too_long = _notes(db, names)
    return Collection(tuple(notes), too_long, _deck(db, tables))


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    wanted = _ALLOWED.get(action, set())
    return sqlite3.SQLITE_OK if wanted is None or second in wanted or first in wanted else sqlite3.SQLITE_DENY


def _checked_tables(db: sqlite3.Connection) -> set[str]:
    """Return the names of the tables, once nothing else but indexes is there."""
    tables = set()
    for kind, name, sql in db.execute("SELECT type, name, sql FROM sqlite_master LIMIT 500"):
        if kind not in {"table", "index"} or _ACTIVE.search(sql or ""):
            raise UnreadableError("the Anki collection holds what no Anki made and could run: '%(name)s'", name=name)
        if kind == "table":
            tables.add(name)
    return tables


def _types_old(db: sqlite3.Connection) -> Iterator[tuple[int, tuple[str, list[str]]]]:
    models = _parsed(db.execute("SELECT models FROM col").fetchone())
    for number, model in models.items():
        try:
            fields = sorted(model["flds"], key=lambda each: each["ord"])
            yield int(number), (str(model["name"]), [str(each["name"]) for each in fields])
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error


def _types_new(db: sqlite3.Connection) -> Iterator[tuple[int, tuple[str, list[str]]]]:
    fields: dict[int, list[tuple[int, str]]] = {}
    for number, position, name in db.execute("SELECT ntid, ord, name FROM fields NOT INDEXED LIMIT 100000"):
        fields.setdefault(number, []).append((position, str(name)))
    for number, name in db.execute("SELECT id, name FROM notetypes NOT INDEXED LIMIT 10000"):
        yield number, (str(name), [field for _, field in sorted(fields.get(number, []))])


def _notes(db: sqlite3.Connection, names: dict[int, tuple[str, list[str]]]) -> tuple[list[Note], int]:
    notes: list[Note] = []
    too_long = 0
    columns = "guid, mid, mod, tags, CASE WHEN length(flds) <= ? THEN flds END"
    query = f"SELECT {columns} FROM notes NOT INDEXED LIMIT ?"  # noqa: S608 (constants)
    for guid, kind, changed, tags, values in db.execute(query, (MOST_NOTE_CHARACTERS, MOST_NOTES + 1)):
        if len(notes) == MOST_NOTES:
            raise UnreadableError("the Anki collection has more than %(most)d notes", most=MOST_NOTES)
        if values is None:
            too_long += 1
            continue
        if kind not in names or not isinstance(values, str) or not isinstance(changed, int):
            raise _damaged()
        name, fields = names[kind]
        named = dict(zip(fields, values.split("\x1f"), strict=False))
        notes.append(Note(str(guid), name, named, tuple(str(tags).split()), changed))
    return notes, too_long


def _deck(db: sqlite3.Connection, tables: set[str]) -> str:
    """Return the shortest name of a deck but the default one: decks contain each other by their names."""
    if "decks" in tables:
        names = [
            str(name).replace("\x1f", "::")
            for (name,) in db.execute("SELECT name FROM decks NOT INDEXED WHERE id <> 1 LIMIT 1000")
        ]
    else:
        decks = _parsed(db.execute("SELECT decks FROM col").fetchone())
        names = [
            str(deck.get("name", "")) for number, deck in decks.items() if number != "1" and isinstance(deck, dict)
        ]
    return min(filter(None, names), key=len, default="")


def _parsed(row: tuple[Any, ...] | None) -> dict[str, Any]:
    try:
        data = json.loads(row[0]) if row else None
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged() from error
    if not isinstance(data, dict):
        raise _damaged()
    return data


def _damaged() -> UnreadableError:
    return UnreadableError("the Anki collection in the file is damaged")
