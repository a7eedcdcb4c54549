"""Packages made to harm, each small itself; and a harmless one to begin from."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Callable

_TABLES = """
CREATE TABLE col (id integer primary key, models text, decks text);
CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, tags text, flds text);
"""
MODELS = {"7": {"name": "Basic", "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}]}}
DECKS = {"1": {"name": "Default"}, "2": {"name": "Capitals"}}


def collection(*scripts: str, models: str = json.dumps(MODELS), tables: str = _TABLES, notes: int = 1) -> bytes:
    """Return a collection with notes of the type Basic, after which ``scripts`` ran."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(tables)
        if tables == _TABLES:
            db.execute("INSERT INTO col VALUES (1, ?, ?)", (models, json.dumps(DECKS)))
            rows = ((f"guid{n}", f"Capital {n}?\x1fOslo{n}") for n in range(notes))
            db.executemany("INSERT INTO notes (guid, mid, mod, tags, flds) VALUES (?, 7, 1, ' geo ', ?)", rows)
        for script in scripts:
            db.executescript(script)
        db.commit()
        return db.serialize()


def package(content: bytes | None = None, *, name: str = "collection.anki2") -> bytes:
    """Return a package with a collection and no media."""
    return zipped({name: collection() if content is None else content, "media": b"{}"})


def zipped(members: dict[str, bytes], forge: Callable[[list[zipfile.ZipInfo]], object] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
        forge(file.infolist())
    return out.getvalue()


def _twice() -> bytes:
    return zipped({"media": b"{}", "medib": b"{}"}).replace(b"medib", b"media")


def _forged(name: str, value: object) -> bytes:
    return zipped({"collection.anki2": collection(), "media": b"{}"}, lambda all_: setattr(all_[0], name, value))


def _overlapping() -> bytes:
    def forge(members: list[zipfile.ZipInfo]) -> None:
        members[1].header_offset = members[0].header_offset

    return zipped({"0": b"a" * 500, "1": b"a" * 500, "collection.anki2": collection()}, forge)


def _wrong_bytes() -> bytes:
    content = bytearray(package())
    content[100:140] = b"\xff" * 40
    return bytes(content)


# Each with a word of the message that names the reason.
ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no archive": (lambda: b"PK but not really" * 50, "not a ZIP file"),
    "cut off": (lambda: package()[:-60], "not a ZIP file"),
    "encrypted": (lambda: _forged("flag_bits", 1), "encrypted"),
    "climbing name": (lambda: zipped({"../../etc/passwd": b"x", "collection.anki2": collection()}), "unsafe name"),
    "absolute name": (lambda: zipped({"/etc/passwd": b"x", "collection.anki2": collection()}), "unsafe name"),
    "Windows name": (lambda: zipped({"C:\\autoexec.bat": b"x", "collection.anki2": collection()}), "unsafe name"),
    "zero in a name": (lambda: package().replace(b"media", b"me\x00ia"), "unsafe name"),
    "link": (lambda: _forged("external_attr", 0o120777 << 16), "link"),
    "one name twice": (_twice, "two members"),
    "too many members": (lambda: zipped({str(n): b"" for n in range(5001)}), "5000 members"),
    "bomb": (lambda: zipped({"collection.anki2": bytes(100 * 2**20)}), "120 times"),
    "bomb of many members": (lambda: zipped({str(n): bytes(2**20) for n in range(201)}), "200 MB"),
    "giant by its own word": (lambda: _forged("file_size", 2**33), "MB"),
    "overlapping members": (_overlapping, "overlap"),
    "damaged member": (_wrong_bytes, "damaged"),
    "smaller by its own word": (lambda: _forged("file_size", 10), "damaged"),
    "no collection": (lambda: zipped({"media": b"{}"}), "no Anki collection"),
    "bomb within": (
        lambda: package(zstandard.ZstdCompressor().compress(bytes(300 * 2**20)), name="collection.anki21b"),
        "120 times",
    ),
    "garbage within": (lambda: package(b"garbage" * 99, name="collection.anki21b"), "damaged"),
}

_NESTED = '{"a":' * 50_000 + "1" + "}" * 50_000
COLLECTIONS: dict[str, tuple[Callable[[], bytes], str]] = {
    "no database": (lambda: b"MZ" * 5000, "no Anki collection"),
    "damaged": (lambda: collection(notes=2000)[:4096] + b"\x55" * 40_000, "damaged"),
    "other tables": (lambda: collection(tables="CREATE TABLE secrets (a)"), "no Anki collection"),
    "view": (
        lambda: collection(
            "ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL"
            " SELECT x + 1 FROM r) SELECT x AS guid, 7 AS mid, 1 AS mod, '' AS tags, 'a' AS flds FROM r"
        ),
        "could run: 'notes'",
    ),
    "trigger": (
        lambda: collection("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM col; END"),
        "could run: 't'",
    ),
    "virtual table": (lambda: collection("CREATE VIRTUAL TABLE f USING fts5(a)"), "could run: 'f'"),
    "computed column": (
        lambda: collection("CREATE TABLE x (a, b AS (zeroblob(1000000000)))"),
        "could run: 'x'",
    ),
    "nested beyond measure": (lambda: collection(models=_NESTED), "damaged"),
    "list for a table": (lambda: collection(models="[1, 2]"), "damaged"),
    "note of no type": (lambda: collection("UPDATE notes SET mid = 8"), "damaged"),
    "too many notes": (lambda: collection(notes=100_001), "100000 notes"),
}
