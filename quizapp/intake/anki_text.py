"""Anki text: lines of fields under headers such as ``#separator:tab``, as Anki itself writes and reads them."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from quizapp.core.errors import Fault, UnreadableError
from quizapp.intake import header
from quizapp.intake.anki_package import from_notes, meanings_of
from quizapp.intake.bank_intake import BankIntake, Found, Rejected
from quizapp.intake.collection import MOST_NOTES, Note
from quizapp.intake.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "colon": ":", "pipe": "|", "space": " ",
}  # fmt: skip
_HEADER = re.compile(r"#([a-z ]{3,30}):(.*)", re.IGNORECASE)
_COLUMN = re.compile(r"(guid|tags|deck|notetype) column", re.IGNORECASE)
# What our own export adds to an item's id (``export.anki_text``).
_OWN_GUID = re.compile(r"([A-Za-z0-9_-]{1,40})-text")


def read(content: bytes, *, columns: Mapping[str, str] | None = None) -> BankIntake:
    """Return the items of the lines; ``columns`` says of fields, by their number from 1, what they stand for.

    :raise UnreadableError: there are no lines with two fields.
    """
    text, _ = decode(content)
    lines = text.split("\n")
    headers, start = _headers(lines)
    separator = _separator(headers.get("separator", ""), lines[start] if start < len(lines) else "")
    apart = {
        kind: int(at) - 1 for name, at in headers.items() if (kind := _kind(name)) and at.isdecimal() and int(at) > 0
    }
    is_html = headers.get("html", "").casefold() == "true"
    places, notes, found, rejected = [], [], [], []
    try:
        for place, cells in _rows(lines, start, separator):
            guid, tags = (_cell(cells, apart.get(name)) for name in ("guid", "tags"))
            own = _OWN_GUID.fullmatch(guid)
            fields = [cell for at, cell in enumerate(cells) if at not in apart.values()]
            if own:
                found.append(Found(place, {"id": own[1]}))
            elif len(fields) < 2:
                rejected.append(Rejected(place, Fault((), "the note has only one field")))
            else:
                texts = {
                    str(number): field if is_html else _as_html(field) for number, field in enumerate(fields, start=1)
                }
                places.append(place)
                notes.append(Note(guid, "", texts, tuple(f"{tags} {headers.get('tags', '')}".split()), 0))
    except csv.Error as error:
        raise UnreadableError(
            "the lines cannot be told apart: a quotation mark that is opened is never closed"
        ) from error
    if not notes and not found:
        raise UnreadableError("there are no lines with a question and an answer in it")
    made, refused = from_notes(tuple(notes), columns or {})
    found += [replace(each, place=places[each.place - 1]) for each in made]
    rejected += [replace(each, place=places[each.place - 1]) for each in refused]
    sample = " ".join(" ".join(note.fields.values()) for note in notes[:50])
    by_place = attrgetter("place")
    return BankIntake(
        headers.get("deck", ""),
        header.language_of(sample),
        tuple(sorted(found, key=by_place)),
        tuple(sorted(rejected, key=by_place)),
        meanings_of(notes, columns or {}),
    )


def _cell(cells: list[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""


def _as_html(field: str) -> str:
    return field.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")


def _headers(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the headers by name, and the number of lines that they take."""
    headers: dict[str, str] = {}
    for count, line in enumerate(lines):
        if not line.startswith("#"):
            return headers, count
        match = _HEADER.match(line)
        if match:
            # Only the ends of lines: the separator itself may be a tab.
            headers[match[1].strip().casefold()] = match[2].strip(" ")
    return headers, len(lines)


def _kind(name: str) -> str:
    match = _COLUMN.fullmatch(name)
    return match[1].casefold() if match else ""


def _separator(named: str, line: str) -> str:
    if named:
        return _SEPARATORS.get(named.casefold(), named if named in _SEPARATORS.values() else "\t")
    return next((sign for sign in "\t|;:," if sign in line), " ")


def _rows(lines: list[str], start: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader((line + "\n" for line in lines[start:]), delimiter=separator, strict=True)
    for count, cells in enumerate(rows):
        if count == MOST_NOTES:
            raise UnreadableError("the file has more than %(most)d lines", most=MOST_NOTES)
        if any(cells) and not cells[0].startswith("#"):
            yield start + rows.line_num, cells
