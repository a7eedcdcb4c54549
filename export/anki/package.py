"""The package file: genanki's classes, each with what has to differ so that decks can be updated.

genanki itself gives every note one time, guesses which cards a note has by rendering Mustache, warns with
regular expressions that take quadratic time on hostile text, and leaves its database behind in the temporary
folder.
"""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import zipfile
from contextlib import closing
from functools import cache
from hashlib import blake2s, sha1
from typing import TYPE_CHECKING, Any, NamedTuple

import genanki

from export.anki import markup
from export.anki.learning import Learning
from export.anki.note_types import TEMPLATES_CHANGED, NoteType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from quizapp.core.scheduling import Reviewed

# The oldest moment that a ZIP file can tell: the time of writing must not show in the bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_AT_ONCE = 500
# Anki works the sort field and the checksum out anew when it imports.
_INSERT_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, '', 0, 0, '')"
_INSERT_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


class Model(genanki.Model):  # type: ignore[misc]
    """A note type as genanki wants it, with the time when its templates last changed."""

    def __init__(self, note_type: NoteType) -> None:
        super().__init__(
            model_id=note_type.id,
            name=note_type.name,
            fields=note_type.field_data(),
            templates=note_type.template_data(),
            css=note_type.css,
            model_type=self.CLOZE if note_type.is_cloze else self.FRONT_BACK,
        )
        self._needs = note_type.needs()

    @property
    def _req(self) -> list[list[Any]]:
        return self._needs

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002 (genanki calls it so)
        """Return the note type as Anki stores it; ``timestamp`` is not used."""
        data: dict[str, Any] = super().to_json(TEMPLATES_CHANGED, deck_id)
        return data


class Note(NamedTuple):
    """A note with the values of all its fields in their order.

    ``changed`` is when it last changed, in seconds; ``cards`` are the templates that make a card, from 0;
    ``position`` is the place of its cards among new ones; ``part`` names the sub-deck, "" for the deck itself;
    ``learnt`` is what the learner whose deck it is has reviewed of it.
    """

    note_type: NoteType
    values: list[str]
    guid: str
    changed: int
    cards: tuple[int, ...]
    tags: str
    position: int
    part: str = ""
    learnt: Sequence[Reviewed] = ()


class Media(NamedTuple):
    """A picture or sound. Its name comes from its content: Anki never takes another content under a name it has."""

    content: bytes
    ending: str

    @property
    def name(self) -> str:
        """The name that fields use, ``<sha1>.png``."""
        return f"{sha1(self.content, usedforsecurity=False).hexdigest()}{self.ending}"


class Deck(genanki.Deck):  # type: ignore[misc]
    """A deck or sub-deck whose number comes from the bank's id. Anki knows decks by their names alone."""

    def __init__(self, bank_id: str, name: str, description: str) -> None:
        number = int.from_bytes(blake2s(bank_id.encode(), digest_size=8).digest(), "big")
        # As large as the moments that Anki itself takes for numbers, and never 1, the learner's own deck.
        super().__init__(10**12 + number % 10**12, markup.printable(name), description)


class Package(genanki.Package):  # type: ignore[misc]
    """A package of a bank's notes that is made in memory and does not tell when.

    genanki writes tables, note types and decks; the notes go by it in batches and are never all there at once.
    ``began`` is the first study day of a learner whose progress goes with the notes.
    """

    def __init__(
        self,
        bank_id: str,
        name: str,
        description: str,
        notes: Iterable[Note],
        media: Iterable[Media] = (),
        began: date | None = None,
    ) -> None:
        super().__init__([])
        self._notes = iter(notes)
        self._learning = Learning(began) if began else None
        self._media = {each.name: each.content for each in media}
        self._bank_id = bank_id
        self._whole = Deck(bank_id, name, description)
        self._parts = {"": self._whole}

    def to_bytes(self, moment: datetime) -> bytes:
        """Return the file's content; Anki shows ``moment`` as the time when the notes were made."""
        first_id = max(1, int(moment.timestamp() * 1000))
        with closing(sqlite3.connect(":memory:")) as db:
            # A database that was read from bytes lies in one piece, and is given away without a second copy.
            db.deserialize(_EMPTY)
            db.execute("PRAGMA journal_mode = OFF")
            self.write_to_db(db.cursor(), 0, itertools.count(first_id))
            db.commit()
            collection = db.serialize()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            names = {str(number): name for number, name in enumerate(self._media)}
            files = {"collection.anki2": collection, "media": json.dumps(names).encode()}
            for name, content in (files | dict(zip(names, self._media.values(), strict=True))).items():
                package.writestr(_member(name), content, compresslevel=1)
        return out.getvalue()

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write everything; ``timestamp`` is not used."""
        super().write_to_db(cursor, timestamp, id_gen)
        for used in self._write_notes(cursor, id_gen):
            self._whole.add_model(_model(used))
        if self._learning:
            self._learning.write(cursor)
        for deck in self._parts.values():
            deck.write_to_db(cursor, timestamp, id_gen)

    def _write_notes(self, cursor: sqlite3.Cursor, numbers: Iterator[int]) -> list[NoteType]:
        """Write notes and cards; return the note types in the order in which they are first used."""
        indexes = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall()
        cursor.executescript("".join(f"DROP INDEX {name};" for name, _ in indexes))
        used: dict[NoteType, None] = {}
        while batch := list(itertools.islice(self._notes, _AT_ONCE)):
            notes, cards = [], []
            for kind, values, guid, changed, ordinals, tags, position, part, learnt in batch:
                used[kind] = None
                number, deck = next(numbers), self._deck(part).deck_id
                notes.append((number, guid, kind.id, changed, f" {tags} ", "\x1f".join(values)))
                cards += [(next(numbers), number, deck, ordinal, changed, position) for ordinal in ordinals]
                if learnt and self._learning:
                    self._learning.add(number, kind.as_studied(ordinals), learnt)
            cursor.executemany(_INSERT_NOTE, notes)
            cursor.executemany(_INSERT_CARD, cards)
        cursor.executescript("".join(f"{sql};" for _, sql in indexes))
        return list(used)

    def _deck(self, part: str) -> Deck:
        if part not in self._parts:
            self._parts[part] = Deck(f"{self._bank_id}/{part}", f"{self._whole.name}::{part}", "")
        return self._parts[part]


def _empty() -> bytes:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE t (a)")
        db.execute("DROP TABLE t")
        return db.serialize()


_EMPTY = _empty()


@cache
def _model(note_type: NoteType) -> Model:
    return Model(note_type)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3  # else the bytes tell on which system they were made
    member.external_attr = 0o644 << 16
    return member
