"""Anki packages (.apkg), old and new: notes become items; notes of decks that were exported here stay as they are.

A note of another deck becomes a cloze where it has clozes, else a typed answer of its first two fields.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import zstandard

from quizapp.core.errors import Fault, UnreadableError
from quizapp.intake import anki_fields, archive, collection, header
from quizapp.intake.bank_intake import BankIntake, Found, OwnNote, Rejected
from quizapp.translation import mark

if TYPE_CHECKING:
    from quizapp.intake.collection import Note

_OWN_TYPES = "quizapp "
_LONGEST_KEY = 60
MEDIA = mark("Pictures and sounds of the deck are left out.")
TOO_LONG = mark("Notes of extraordinary length were left out.")


def read(content: bytes) -> BankIntake:
    """Return the items of a package.

    :raise UnreadableError: it is no package, damaged, or made to harm; the message says which.
    """
    package = archive.Archive(content)
    found = collection.read(_collection(package))
    items, rejected = from_notes(found.notes)
    warnings = [TOO_LONG] if found.too_long else []
    if any(anki_fields.has_media(text) for note in found.notes for text in note.fields.values()):
        warnings.append(MEDIA)
    sample = " ".join(text for note in found.notes[:50] for text in list(note.fields.values())[:2])
    return BankIntake(found.deck, header.language_of(sample), items, rejected, warnings=tuple(warnings))


def from_notes(notes: tuple[Note, ...]) -> tuple[tuple[Found, ...], tuple[Rejected, ...]]:
    """Return the items of Anki's notes, and those that make none."""
    found, rejected = [], []
    for place, note in enumerate(notes, start=1):
        if note.note_type.startswith(_OWN_TYPES) and note.fields.get("Item"):
            if note.fields.get("Retired"):
                continue
            found.append(Found(place, {}, OwnNote(note.note_type, note.guid, note.fields, note.changed)))
            continue
        made = _made(note)
        if isinstance(made, Fault):
            rejected.append(Rejected(place, made))
        else:
            found.append(Found(place, made))
    return tuple(found), tuple(rejected)


def _made(note: Note) -> dict[str, Any] | Fault:
    """Return the item that a note makes, or why it makes none."""
    texts = list(note.fields.values())
    tags = tuple(dict.fromkeys(tag.rpartition("::")[2] for tag in note.tags if tag not in {"leech", "marked"}))
    more: dict[str, Any] = {"tags": list(tags)} if tags else {}
    if texts and anki_fields.has_cloze(texts[0]):
        stem, gaps = anki_fields.cloze(texts[0])
        if len(texts) > 1 and (why := anki_fields.markdown(texts[1])):
            more["explanation"] = why
        return {"type": "cloze", "stem": stem, "gaps": [{"key": gap["key"]} for gap in gaps]} | more
    if len(texts) < 2:
        return Fault((), "the note has only one field")
    stem, key = anki_fields.markdown(texts[0]), anki_fields.words(texts[1])
    if not stem or not key:
        return Fault((), "the note has no text on one of its sides")
    if len(key) > _LONGEST_KEY:
        return Fault((), "the answer is too long to be typed: '%(text)s…'", {"text": key[:20]})
    return {"type": "short_answer", "stem": stem, "key": key} | more


def _collection(package: archive.Archive) -> bytes:
    names = set(package.names)
    if "collection.anki21b" in names:
        return _unpacked(package.read("collection.anki21b"))
    for name in ("collection.anki21", "collection.anki2"):
        if name in names:
            return package.read(name)
    raise UnreadableError("there is no Anki collection in the file")


def _unpacked(content: bytes) -> bytes:
    most = archive.MOST_MEMBER_BYTES
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(io.BytesIO(content)) as stream:
            unpacked = stream.read(min(most, archive.HIGHEST_RATIO * len(content) + 2**20) + 1)
            is_all = not stream.read(1)
    except zstandard.ZstdError as error:
        raise UnreadableError("'%(name)s' in the archive is damaged", name="collection.anki21b") from error
    if not is_all or len(unpacked) > most:
        raise UnreadableError(
            "'%(name)s' in the archive would grow more than %(ratio)d times when unpacked",
            name="collection.anki21b", ratio=archive.HIGHEST_RATIO,
        )  # fmt: skip
    return unpacked
