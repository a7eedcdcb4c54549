"""Furigana proposed: the readings that the analyser finds, written as ``{漢字|かんじ}``."""

from __future__ import annotations

import re

from quizapp.drafting.ja.analysis import LONGEST, readings

_KANJI = re.compile(r"[一-鿿々〆ヶ]")
_DONE = re.compile(r"\{[^{}|\n]{1,40}\|[^{}|\n]{1,80}\}|\{\{\d+\}\}")
TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def with_furigana(text: str) -> str:
    """Return ``text`` with a reading for every word in kanji that has none yet; gaps and marks stay as they are."""
    parts: list[str] = []
    end = 0
    for match in _DONE.finditer(text):
        parts += [_annotated(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _annotated(text[end:])])


def _annotated(text: str) -> str:
    lines = (line for line in re.split(r"(\n)", text))
    return "".join(
        "".join(_word(surface, reading) for surface, reading in readings(line))
        if _KANJI.search(line) and len(line) <= LONGEST
        else line
        for line in lines
    )


def _word(surface: str, reading: str) -> str:
    """Return a word with its reading over its kanji alone: {読|よ}む, not {読む|よむ}."""
    reading = reading.translate(TO_HIRAGANA)
    spoken = surface.translate(TO_HIRAGANA)
    if not _KANJI.search(surface) or not reading:
        return surface
    head, tail = 0, 0
    while head < len(surface) and not _KANJI.match(surface[head]) and spoken[head] == reading[head : head + 1]:
        head += 1
    while (
        tail < len(surface) - head
        and not _KANJI.match(surface[-1 - tail])
        and spoken[-1 - tail] == reading[len(reading) - 1 - tail : len(reading) - tail]
    ):
        tail += 1
    core, kana = surface[head : len(surface) - tail], reading[head : len(reading) - tail]
    return f"{surface[:head]}{{{core}|{kana}}}{surface[len(surface) - tail :]}" if core and kana else surface
