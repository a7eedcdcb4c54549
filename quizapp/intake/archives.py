"""Zip files from strangers: read in memory within limits, never unpacked to disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from quizapp.core.errors import UnreadableError

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 1024 * 1024
# Text shrinks to a tenth; what shrinks to less than this was made to harm.
MOST_RATIO = 120
# Small parts may shrink as they like: XML of a few empty lists does.
_SMALL = 1024 * 1024
# Word writes no document type; entities that it could declare multiply without end. Also as UTF-16.
_DOCTYPE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip by their names.

    :raise UnreadableError: it is no whole zip, or would grow beyond what any article needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            too_much = len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES
            if too_much or any(_is_bomb(entry) for entry in entries):
                raise UnreadableError("this file would unpack to more than any article holds, and was not opened")
            # A part may hold more than it says: what is read is bounded by what it says.
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise UnreadableError("this file is damaged or locked with a password: save it anew") from error


def refuse_entities(part: bytes) -> None:
    """Make sure that XML declares nothing.

    :raise UnreadableError: it does.
    """
    if _DOCTYPE.search(part):
        raise UnreadableError("this file holds declarations that no article needs, and was not opened")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise UnreadableError("this file is damaged or locked with a password: save it anew")
    return content
