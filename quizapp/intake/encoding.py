"""Bytes to text: UTF-8 only, line ends as one sign, and nothing else changed."""

from __future__ import annotations

import re

from quizapp.core.errors import UnreadableError

_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(content: bytes) -> str:
    """Return the text of ``content`` without byte order mark and with one sign for every line end.

    :raise UnreadableError: the content is empty, binary or not UTF-8.
    """
    if content.startswith(_BINARY):
        raise UnreadableError("this is not a text file: copy the article's text into a text file (.txt or .md)")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other_encoding("UTF-16")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _other_encoding(_guess(content)) from error
    if _CONTROL.search(text):
        raise UnreadableError("this is not a text file: copy the article's text into a text file (.txt or .md)")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \t\n　"):
        raise UnreadableError("there is no text in it")
    return text


def _other_encoding(name: str) -> UnreadableError:
    if name:
        return UnreadableError(
            "the text is not in UTF-8 but seems to be in %(encoding)s: save it as UTF-8", encoding=name
        )
    return UnreadableError("the text is not in UTF-8: save it as UTF-8")


def _guess(content: bytes) -> str:
    """Return the Japanese encoding in which ``content`` reads as mostly kana and kanji, or ""."""
    for name, codec in (("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        japanese = sum("ぁ" <= sign <= "ヴ" or "一" <= sign <= "鿿" for sign in text)
        if japanese * 2 > sum(not sign.isspace() for sign in text):
            return name
    return ""
