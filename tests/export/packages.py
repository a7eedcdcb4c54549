"""What stands in an Anki package, as values and as text to read."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class PackedNote:
    """A note of a package with the numbers of its cards, and their place among new cards."""

    guid: str
    note_type: dict[str, Any]
    changed: int
    tags: list[str]
    values: list[str]
    cards: list[int]
    due: list[int]

    @property
    def fields(self) -> dict[str, str]:
        """The fields by name."""
        names = [field["name"] for field in self.note_type["flds"]]
        return dict(zip(names, self.values, strict=True))


@dataclass(frozen=True)
class PackedDeck:
    """A package's deck; sub-decks are not told apart."""

    id: int
    name: str
    description: str
    note_types: list[dict[str, Any]]
    notes: list[PackedNote]

    def note(self, guid: str) -> PackedNote:
        """Return the note with a GUID."""
        return next(note for note in self.notes if note.guid == guid)


def read(content: bytes) -> PackedDeck:
    """Return what a package holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert sorted(package.namelist()) == ["collection.anki2", "media"]
        collection = package.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(collection)
        models, decks = (json.loads(text) for text in db.execute("select models, decks from col").fetchone())
        rows = db.execute("select id, guid, mid, mod, tags, flds from notes order by id").fetchall()
        cards = db.execute("select nid, ord, due, did from cards order by id").fetchall()
    deck = min((deck for number, deck in decks.items() if number != "1"), key=lambda deck: len(deck["name"]))
    assert {did for *_, did in cards} <= {each["id"] for each in decks.values()}
    notes = [
        PackedNote(
            guid=guid,
            note_type=models[str(model)],
            changed=changed,
            tags=tags.split(),
            values=fields.split("\x1f"),
            cards=[ordinal for note, ordinal, *_ in cards if note == number],
            due=[due for note, _, due, _ in cards if note == number],
        )
        for number, guid, model, changed, tags, fields in rows
    ]
    return PackedDeck(deck["id"], deck["name"], deck["desc"], list(models.values()), notes)


def deck_names(content: bytes) -> set[str]:
    """Return the names of the decks that cards of a package lie in, and of the whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as package, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(package.read("collection.anki2"))
        decks = json.loads(db.execute("select decks from col").fetchone()[0])
    return {deck["name"] for number, deck in decks.items() if number != "1"}


def review_log(content: bytes) -> list[tuple[str, int]]:
    """Return the GUID and rating of every review that a package carries, the oldest first."""
    with zipfile.ZipFile(io.BytesIO(content)) as package, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(package.read("collection.anki2"))
        query = (
            "SELECT guid, ease FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid ORDER BY r.id"
        )
        return db.execute(query).fetchall()


def dump(deck: PackedDeck) -> str:
    """Return a deck as text: all that Anki compares or shows, but for the texts of templates."""
    lines = [f"deck {deck.name} ({deck.id})", f"  {deck.description}"]
    for note in deck.notes:
        when = datetime.fromtimestamp(note.changed, UTC).isoformat()
        lines += ["", f"note {note.guid}: {note.note_type['name']}, changed {when}"]
        lines += [f"  cards {note.cards}, due {note.due}, tags {note.tags}"]
        lines += [f"  {name}: {text}".replace("\n", "\n    ") for name, text in note.fields.items() if text]
    return "\n".join(lines) + "\n"


def dump_note_type(note_type: dict[str, Any]) -> str:
    """Return what of a note type can never change: numbers, order and which fields make a card."""
    lines = [f"note type {note_type['name']} ({note_type['id']}), {'cloze' if note_type['type'] else 'normal'}"]
    lines += [f"  field {field['ord']}: {field['name']} ({field['id']})" for field in note_type["flds"]]
    for template, (ordinal, mode, needs) in zip(note_type["tmpls"], note_type["req"], strict=True):
        names = [note_type["flds"][need]["name"] for need in needs]
        assert ordinal == template["ord"]
        lines.append(f"  template {ordinal}: {template['name']} ({template['id']}) needs {mode} of {names}")
    return "\n".join(lines) + "\n"
