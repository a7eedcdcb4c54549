"""The package file: genanki's classes, each with what has to differ so that decks can be updated.

genanki itself gives every note one time, guesses which cards a note has by rendering Mustache, warns with
regular expressions that take quadratic time on hostile text, and leaves its database behind in the temporary
folder.
"""

from __future__ import annotations

import io
import itertools
import sqlite3
import zipfile
from contextlib import closing
from functools import cache
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

import genanki

from export.anki import markup
from export.anki.note_types import TEMPLATES_CHANGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from export.anki.note_types import NoteType

# The oldest moment that a ZIP file can tell: the time of writing must not show in the bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


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


class Note(genanki.Note):  # type: ignore[misc]
    """A note that knows when it last changed (``changed``, in seconds) and which cards it makes (from 0)."""

    def __init__(
        self,
        note_type: NoteType,
        fields: Mapping[str, str],
        *,
        guid: str,
        changed: int,
        cards: tuple[int, ...],
        tags: tuple[str, ...],
        position: int,
    ) -> None:
        values = [fields.get(name, "") for name in note_type.fields]
        super().__init__(_model(note_type), values, tags=tags, guid=guid, due=position)
        self._changed = changed
        self._ordinals = cards

    @property
    def cards(self) -> list[genanki.Card]:
        """The cards, without a look at the fields."""
        return [genanki.Card(ordinal) for ordinal in self._ordinals]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Do nothing: the fields hold markup made here, and the check takes quadratic time."""

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,  # noqa: ARG002 (genanki calls it so)
        deck_id: int,
        id_gen: Iterator[int],
    ) -> None:
        """Write the note and its cards with the note's own time; ``timestamp`` is not used."""
        super().write_to_db(cursor, self._changed, deck_id, id_gen)


class Deck(genanki.Deck):  # type: ignore[misc]
    """A deck whose number comes from the bank's id. Anki knows decks by their names alone."""

    def __init__(self, bank_id: str, name: str, description: str) -> None:
        number = int.from_bytes(blake2s(bank_id.encode(), digest_size=8).digest(), "big")
        # As large as the moments that Anki itself takes for numbers, and never 1, the learner's own deck.
        super().__init__(10**12 + number % 10**12, markup.printable(name), description)


class Package(genanki.Package):  # type: ignore[misc]
    """A package that is made in memory and does not tell when."""

    def to_bytes(self, moment: datetime) -> bytes:
        """Return the file's content; Anki shows ``moment`` as the time when the notes were made."""
        first_id = max(1, int(moment.timestamp() * 1000))
        with closing(sqlite3.connect(":memory:")) as db:
            self.write_to_db(db.cursor(), 0, itertools.count(first_id))
            db.commit()
            collection = db.serialize()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, content in (("collection.anki2", collection), ("media", b"{}")):
                package.writestr(_member(name), content)
        return out.getvalue()


@cache
def _model(note_type: NoteType) -> Model:
    return Model(note_type)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3  # else the bytes tell on which system they were made
    member.external_attr = 0o644 << 16
    return member
