"""Anki's fields, which hold HTML, as Markdown with furigana."""

from __future__ import annotations

import re
from html import unescape

import nh3

_TAGS = {"p", "div", "br", "li", "b", "strong", "i", "em", "ruby", "rb", "rt", "code"}
_UNSEEN = {"script", "style", "rp"}
_TAG = re.compile(r"<(/?)(\w+)>")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_SPECIAL = re.compile(r"([\\`*_\[\]<{}])")
_BLOCK_START = re.compile(r"^([ \t]*)([#>+=~-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_SOUND = re.compile(r"\[(?:sound:|anki:play:)[^\]]{0,400}\]")
_FURIGANA = re.compile(r" ?([^ \[\]<>\n]{1,40}?)\[([ぁ-ゖァ-ヺー・ 　]{1,80})\]")
_CLOZE = re.compile(r"\{\{c(\d{1,3})::((?:(?!\{\{c\d|\}\}|::).){1,2000})(?:::((?:(?!\}\}).){0,1000}))?\}\}", re.DOTALL)
_MEDIA = re.compile(r"\[sound:|<(?:img|audio|video)\b", re.IGNORECASE)


def has_cloze(field: str) -> bool:
    """Say whether a field has a part that Anki hides."""
    return _CLOZE.search(field) is not None


def cloze(field: str) -> tuple[str, list[dict[str, str]]]:
    """Return a field with ``{{1}}``, ``{{2}}`` … for the parts that Anki hides, and their ``key`` and ``hint``.

    What is hidden together in Anki becomes a gap each.
    """
    gaps: list[dict[str, str]] = []
    stem, at = "", 0
    for match in _CLOZE.finditer(field):
        gaps.append({"key": words(match[2]), "hint": words(match[3] or "")})
        stem += f"{field[at : match.start()]}\ue000{len(gaps)}\ue001"
        at = match.end()
    return markdown(stem + field[at:]).replace("\ue000", "{{").replace("\ue001", "}}"), gaps


def has_media(field: str) -> bool:
    """Say whether a field shows or plays a file."""
    return _MEDIA.search(field) is not None


def words(field: str) -> str:
    """Return the plain words of a field, on one line, without readings."""
    html = nh3.clean(_SOUND.sub("", field), tags=_TAGS - {"rt"}, attributes={}, clean_content_tags=_UNSEEN | {"rt"})
    html = _FURIGANA.sub(r"\1", html)
    return " ".join(unescape(_TAG.sub(_space, html)).split())


def _space(tag: re.Match[str]) -> str:
    return " " if tag[2] in {"p", "div", "br", "li"} else ""


def markdown(field: str) -> str:
    """Return a field as Markdown that shows the same words, with paragraphs, bold, italics and furigana."""
    html = nh3.clean(_SOUND.sub("", field), tags=_TAGS, attributes={}, clean_content_tags=_UNSEEN)
    parts: list[str] = []
    base: list[str] | None = None
    at = 0
    for tag in _TAG.finditer(html):
        _add(parts, base, html[at : tag.start()])
        at = tag.end()
        is_end, name = bool(tag[1]), tag[2]
        if name == "ruby":
            if is_end and base is not None:
                parts.append("".join(base))
            base = None if is_end else []
        elif name == "rt" and base is not None:
            if not is_end:
                base = ["{", "".join(base), "|"]
            else:
                parts.append("".join(base) + "}")
                base = []
        elif name in _MARKS:
            parts.append(_MARKS[name])
        elif name == "code":
            parts.append("`")
        elif name == "br":
            parts.append("\n")
        elif name in {"p", "div", "li"}:
            parts.append("\n\n")
    _add(parts, base, html[at:])
    text = _BLOCK_START.sub(r"\1\\\2", "".join(parts))
    text = re.sub(r"^([ \t]*)\\(\d{1,9})", r"\1\2\\", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def lines(field: str) -> list[str]:
    """Return the lines of a field that have text, each as Markdown."""
    return [" ".join(line.split()) for line in markdown(field).split("\n") if line.strip()]


def _add(parts: list[str], base: list[str] | None, html: str) -> None:
    if base is not None:
        base.append(unescape(html))
        return
    at = 0
    for match in _FURIGANA.finditer(html):
        parts += [
            _SPECIAL.sub(r"\\\1", unescape(html[at : match.start()])),
            "{",
            unescape(match[1]),
            "|",
            match[2],
            "}",
        ]
        at = match.end()
    parts.append(_SPECIAL.sub(r"\\\1", unescape(html[at:])))
