"""Text as it stands in Anki's fields, which hold HTML in which Anki looks for signs of its own.

Anki reads ``[sound:x]``, ``[latex]``, ``漢字[かんじ]`` and ``{{c1::x}}`` in the raw field. Brackets and
braces are therefore written as character references: people see them, Anki does not. The only ``[`` that is
left in a field is furigana.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from babel.dates import format_date

from quizapp import rich_text

if TYPE_CHECKING:
    from datetime import date

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Without these signs a text is its own field, as most are.
_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff&<>\"'\\[\\]{}]")
_ANKI_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "[]{}"})
# A reading stands in brackets, where these would make a sound or LaTeX of it.
_READING_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in ":/"})
# Furigana reaches back to a space or a tag.
_BASE_SIGNS = str.maketrans({" ": "&#32;"})
_RUBY = re.compile(r"<ruby>([^<]*)<rp>\(</rp><rt>([^<]*)</rt><rp>\)</rp></ruby>")
_FURIGANA = re.compile(r" ([^ \[\]<>]{1,400})\[[^\[\]]{1,800}\]")


def printable(text: str) -> str:
    """Return ``text`` without control characters (a 0x1f stops a whole import), lone surrogates and such."""
    return _UNPRINTABLE.sub("", text)


def plain(text: str) -> str:
    """Return plain text as a field shows it, sign for sign."""
    if not _SPECIAL.search(text):
        return text
    return escape(printable(text)).replace("\n", "<br>").translate(_ANKI_SIGNS)


def blocks(source: str) -> str:
    """Return rich text as paragraphs, with furigana as Anki writes it: `` 漢字[かんじ]``."""
    if rich_text.is_plain(source):
        return f"<p>{source}</p>"
    return _with_furigana(rich_text.html(printable(source)))


def line(source: str) -> str:
    """Return rich text to stand inside a line, with furigana as Anki writes it."""
    if rich_text.is_plain(source):
        return source
    return _with_furigana(rich_text.inline_html(printable(source)))


def words(source: str) -> str:
    """Return the words of rich text alone, not yet as a field: without marks and without furigana."""
    return rich_text.plain(printable(source))


def has_furigana(field: str) -> bool:
    """Say whether a field made here holds furigana."""
    return "[" in field


def without_furigana(field: str) -> str:
    """Return a field made here with the words alone where it has furigana."""
    return _FURIGANA.sub(r"\1", field)


def _with_furigana(html: str) -> str:
    return _RUBY.sub(_furigana, html.translate(_ANKI_SIGNS))


def _furigana(ruby: re.Match[str]) -> str:
    return f" {ruby[1].translate(_BASE_SIGNS)}[{ruby[2].translate(_READING_SIGNS)}]"


def long_date(day: date, language: str) -> str:
    """Return a day as people write it in ``language``: 2026年11月23日, November 23, 2026."""
    return format_date(day, "long", locale=language)
