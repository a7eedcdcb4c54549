"""Split an article into sentences. Spans are exact and in order; only white space lies between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Sentence, Span
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.article import Article

_LINE = re.compile(r"[^\n]+")
_URL = r"https?://[!-~]+"
_PAIRS = {"」": "「", "』": "『", "）": "（", ")": "(", "】": "【"}
_JA_SIGN = re.compile(_URL + r"|[「『（(【」』）)】]|[。！？!?]+")
_EN_STOP = re.compile(_URL + r"|(?<![.!?])[.!?]+[\"'”’)\]]*(?=\s)")
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,3}[.)]|[A-Za-z][.)])\s+")
_ABBREVIATIONS = words(
    "mr mrs ms dr prof sr jr st vs etc e.g i.e cf approx dept",
    "est fig gen gov inc ltd co corp no vol rev hon lt col ",
    "sgt capt jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.m p.m ph.d",
)
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]{0,20}$")
_BLOCK_START = re.compile(r"\s*(?:#{1,6}\s|[-*+•>✅✔・]|\d{1,3}[.)]\s|\|)")
# A line this long that ends without a stop was broken by an editor, not by the author.
_WRAPPED = 45


def split(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of ``article``: all of its text but the white space between them.

    Japanese ends at 。！？ outside brackets and at every line end; English at stops that are not those of an
    abbreviation, an initial or a number, and at line ends that do not look like wrapping. Addresses stay
    whole.
    """
    text = article.text
    if article.language == "ja":
        pieces = (piece for line in _LINE.finditer(text) for piece in _japanese(text, line.start(), line.end()))
    else:
        pieces = (piece for start, end in _blocks(text) for piece in _english(text, start, end))
    return tuple(Sentence(text[start:end], Span(start, end)) for start, end in _trimmed(text, pieces))


def _trimmed(text: str, pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in pieces:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            left = start + len(piece) - len(piece.lstrip())
            yield left, left + len(bare)


def _japanese(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    signs = list(_JA_SIGN.finditer(text, start, end))
    matched = _matched_brackets(signs)
    depth = 0
    for sign in signs:
        mark = sign[0]
        if sign.start() in matched:
            depth += 1 if mark in _PAIRS.values() else -1
        elif depth == 0 and mark[0] in "。！？!?" and not _inside_a_name(text, sign.start(), sign.end()):
            yield start, sign.end()
            start = sign.end()
    yield start, end


def _matched_brackets(signs: list[re.Match[str]]) -> set[int]:
    open_ones: dict[str, list[int]] = {mark: [] for mark in _PAIRS.values()}
    matched: set[int] = set()
    for sign in signs:
        if sign[0] in open_ones:
            open_ones[sign[0]].append(sign.start())
        elif sign[0] in _PAIRS and open_ones[_PAIRS[sign[0]]]:
            matched.update((open_ones[_PAIRS[sign[0]]].pop(), sign.start()))
    return matched


def _inside_a_name(text: str, start: int, end: int) -> bool:
    # "Yahoo!ニュース": an ASCII mark between a Latin letter and what a sentence goes on with belongs to a name.
    before, after = text[start - 1 : start], text[end : end + 2]
    goes_on = after[:1].isalnum() or after[:1] in {"、", "）", ")", "・"} or (after[:1] == " " and after[1:].isalnum())
    return text[start] in "!?" and before.isascii() and before.isalpha() and bool(after) and goes_on


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield lines, with lines that were only wrapped taken together."""
    start = end = -1
    for line in _LINE.finditer(text):
        begins_block = _BLOCK_START.match(line[0]) is not None
        if start >= 0 and line.start() == end + 1 and not begins_block and _goes_on(text, start, end):
            end = line.end()
            continue
        if start >= 0:
            yield start, end
        start, end = line.span()
    if start >= 0:
        yield start, end


def _goes_on(text: str, start: int, end: int) -> bool:
    last_line = text[max(start, text.rfind("\n", start, end) + 1) : end].rstrip()
    return len(last_line) >= _WRAPPED and not last_line.startswith("#")


def _english(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    number = _LIST_NUMBER.match(text, start, end)
    for stop in _EN_STOP.finditer(text, number.end() if number else start, end):
        if stop[0][0] in ".!?" and _ends_english(text, stop, end):
            yield start, stop.end()
            start = stop.end()
    yield start, end


def _ends_english(text: str, stop: re.Match[str], end: int) -> bool:
    rest = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    if rest[:1].islower():
        return False
    if stop[0][0] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, stop.start() - 22), stop.start())
    if word is None:
        return True
    last = word[0]
    return not (last.casefold() in _ABBREVIATIONS or (len(last) == 1 and last.isupper() and last != "I"))
