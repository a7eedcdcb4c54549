"""Anki packages (.apkg), old and new: notes become items; notes of decks that were exported here stay as they are.

A note of another deck becomes a cloze where it has clozes, a choice where a field holds wrong answers, else a typed
answer. Its first field asks and its second answers unless it is said otherwise; of the others the name decides.
"""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import zstandard

from quizapp.core.errors import Fault, UnreadableError
from quizapp.intake import anki_fields, archive, collection, header, table
from quizapp.intake.bank_intake import BankIntake, Found, OwnNote, Rejected
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizapp.intake.collection import Note

_OWN_TYPES = "quizapp "
_LONGEST_KEY = 60
_TOLD_BY_NAME = {"explanation", "distractors"}
MEANINGS = ("question", "key", "distractors", "explanation")
MEDIA = mark("Pictures and sounds of the deck are left out.")
TOO_LONG = mark("Notes of extraordinary length were left out.")


def read(content: bytes, *, columns: Mapping[str, str] | None = None) -> BankIntake:
    """Return the items of a package; ``columns`` says of fields (``Basic: Front``) what they stand for, as in tables.

    :raise UnreadableError: it is no package, damaged, or made to harm; the message says which.
    """
    package = archive.Archive(content)
    found = collection.read(_collection(package))
    items, rejected = from_notes(found.notes, columns or {})
    warnings = [TOO_LONG] if found.too_long else []
    if any(anki_fields.has_media(text) for note in found.notes for text in note.fields.values()):
        warnings.append(MEDIA)
    sample = " ".join(text for note in found.notes[:50] for text in list(note.fields.values())[:2])
    return BankIntake(
        found.deck,
        header.language_of(sample),
        items,
        rejected,
        meanings_of(found.notes, columns or {}),
        warnings=tuple(warnings),
    )


def from_notes(
    notes: tuple[Note, ...], columns: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[Found, ...], tuple[Rejected, ...]]:
    """Return the items of Anki's notes, and those that make none; ``columns`` as above."""
    found, rejected = [], []
    for place, note in enumerate(notes, start=1):
        if _is_own(note):
            if note.fields.get("Retired"):
                continue
            found.append(Found(place, {}, OwnNote(note.note_type, note.guid, note.fields, note.changed)))
            continue
        made = _made(note, columns)
        if isinstance(made, Fault):
            rejected.append(Rejected(place, made))
        else:
            found.append(Found(place, made))
    return tuple(found), tuple(rejected)


def meanings_of(notes: Iterable[Note], columns: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields of notes of other decks, each once, with what it was taken for."""
    told = {name: meaning for note in notes if not _is_own(note) for name, meaning in _meanings(note, columns).items()}
    return tuple(told.items())


def _is_own(note: Note) -> bool:
    return note.note_type.startswith(_OWN_TYPES) and bool(note.fields.get("Item"))


def _meanings(note: Note, columns: Mapping[str, str]) -> dict[str, str]:
    """Return what the fields of a note stand for, by note type and name."""
    names = [f"{note.note_type}: {name}" if note.note_type else name for name in note.fields]
    told = (table.column_of(name, {}) for name in list(note.fields)[2:])
    usual = ["question", "key", *(meaning if meaning in _TOLD_BY_NAME else "" for meaning in told)]
    return {name: columns.get(name, meaning) for name, meaning in zip(names, usual, strict=False)}


def _made(note: Note, columns: Mapping[str, str]) -> dict[str, Any] | Fault:
    """Return the item that a note makes, or why it makes none."""
    texts: dict[str, str] = {}
    for meaning, text in zip(_meanings(note, columns).values(), note.fields.values(), strict=True):
        if meaning and text.strip():
            texts[meaning] = f"{texts[meaning]}<br>{text}" if meaning in texts else text
    tags = tuple(dict.fromkeys(tag.rpartition("::")[2] for tag in note.tags if tag not in {"leech", "marked"}))
    more: dict[str, Any] = {"tags": list(tags)} if tags else {}
    if why := anki_fields.markdown(texts.get("explanation", "")):
        more["explanation"] = why
    question = texts.get("question", "")
    if anki_fields.has_cloze(question):
        stem, gaps = anki_fields.cloze(question)
        if "explanation" not in more and (why := anki_fields.markdown(texts.get("key", ""))):
            more["explanation"] = why
        return {"type": "cloze", "stem": stem, "gaps": [{"key": gap["key"]} for gap in gaps]} | more
    if len(note.fields) < 2:
        return Fault((), "the note has only one field")
    stem, key = anki_fields.markdown(question), anki_fields.words(texts.get("key", ""))
    if not stem or not key:
        return Fault((), "the note has no text on one of its sides")
    right = " ".join(anki_fields.lines(texts["key"]))
    if wrong := [text for text in anki_fields.lines(texts.get("distractors", "")) if text != right]:
        options = [{"text": right, "correct": True}, *({"text": text} for text in dict.fromkeys(wrong))]
        return {"type": "single_choice", "stem": stem, "options": options} | more
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
