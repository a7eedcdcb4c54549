"""Bytes to text: UTF-8, else what the bytes look like; line ends become one sign, and nothing else changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.errors import Fault, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a page calls Shift_JIS is in practice Microsoft's larger set.
_CODECS = {"shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "iso-8859-1": "cp1252"}
_NAMES = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP", "utf-16": "UTF-16"}
# Above this share of disorder (0 to 1), a guess is no better than none.
_MOST_CHAOS = 0.15


def decode(content: bytes, charset: str = "") -> tuple[str, tuple[Fault, ...]]:
    """Return the text of ``content``, and a warning where its encoding was guessed.

    The text has no byte order mark and one sign for every line end. ``charset`` is what the content
    says itself that it is in; a byte order mark counts more.

    :raise UnreadableError: the content is empty, binary or in an encoding that cannot be told.
    """
    if content.startswith(_BINARY):
        raise _not_text()
    text, warnings = _decoded(content, charset)
    if _CONTROL.search(text):
        raise _not_text()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \t\n　"):
        raise UnreadableError("there is no text in it")
    return text, warnings


def _not_text() -> UnreadableError:
    return UnreadableError("this is not a text file: copy the article's text into a text file (.txt or .md)")


def _decoded(content: bytes, charset: str) -> tuple[str, tuple[Fault, ...]]:
    for mark, codec in _BOMS:
        if content.startswith(mark) and (text := _try(content, codec)) is not None:
            return text, ()
    named = _CODECS.get(charset.strip().casefold(), charset.strip())
    if named and (text := _try(content, named)) is not None:
        return text, ()
    # ISO-2022-JP is made of ASCII signs and would pass for UTF-8.
    if b"\x1b$" not in content and (text := _try(content, "utf-8")) is not None:
        return text, ()
    for codec, text in _guesses(content):
        name = _NAMES.get(codec, codec.replace("_", "-").upper())
        return text, (Fault((), "the text was read as %(encoding)s: see whether it looks right", {"encoding": name}),)
    raise UnreadableError("the text is in an encoding that cannot be told: save it as UTF-8")


def _guesses(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield an encoding and the text it gives, likeliest first: Japanese ones where they give kana and kanji."""
    for codec in ("iso2022_jp", "cp932", "euc_jp"):
        text = _try(content, codec)
        if text is not None and _is_japanese(text):
            yield codec, text
    from charset_normalizer import from_bytes  # noqa: PLC0415 (only for the rest; loads slowly)

    found = [match for match in from_bytes(content) if match.chaos <= _MOST_CHAOS]
    # Encodings of Europe differ in few letters: the most common one counts unless another is far better.
    for match in sorted(found, key=lambda match: match.chaos + _MOST_CHAOS * (match.encoding != "cp1252")):
        if (text := _try(content, match.encoding)) is not None:
            yield match.encoding, text


def _is_japanese(text: str) -> bool:
    japanese = sum("ぁ" <= sign <= "ヴ" or "一" <= sign <= "鿿" for sign in text)
    return japanese * 2 > sum(not sign.isspace() for sign in text)


def _try(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (LookupError, UnicodeError):
        return None
