"""Where in a Japanese text answers could stand.

Spans are runs of noun words and all their parts; runs with the brackets behind them (1973年（昭和48年）5月9日); units
joined by particles (XのY, X、Y、Z); what stands in brackets; adjectives with their nouns; and predicates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.ja import name_types
from quizapp.drafting.ja.analysis import LONGEST, Token, plain_tokens
from quizapp.drafting.ja.names import DATE, QUANTITY
from quizapp.drafting.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.article import Article

GLUE = frozenset("・＝=-－‐/／%％&＆.．+＋~〜–")
CLOSED_BY = dict(zip("「『（(【《〈“[［", "」』）)】》〉”]］", strict=True))
OPENED_BY = {close: opening for opening, close in CLOSED_BY.items()}
_LISTING = frozenset(
    {"、", "，", "と", "や", "・", "及び", "および", "又は", "または", "あるいは", "ならびに", "並びに", "かつ"}
)
_LINKING = frozenset({"の", "と", "や", "な", "への", "での", "による"})
_JOINTS = _LISTING | _LINKING | {"から", "-", "も", "が", "を", "に", "からの", "との", "における"}
_RANGE = re.compile(r"\s*[-－―–〜～~]\s*")
_LONGEST, _MOST_LISTED = 12, 8
_ADDRESS = re.compile(r"(.{2,3}[都道府県])?(.{1,4}?[市郡])?(.{1,4}?区)?(.*)")
_BRACKET = re.compile(r"[（()）]|[^（()）]+")


class Found(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a run from ``left`` to ``right``; ``made`` says how it came about."""

    first: int
    last: int
    left: int
    right: int
    made: str


class Reading:
    """A sentence taken apart: its words, runs and their types, and what is to be known at each word."""

    def __init__(self, text: str, offset: int, number: int) -> None:
        self.text, self.offset, self.number = text, offset, number
        self.words = tuple(_words(text))
        # A page of figures would take the square of its length.
        self.dates = [match.span() for match in DATE.finditer(text, 0, LONGEST)]
        self.amounts = [match.span() for match in QUANTITY.finditer(text, 0, LONGEST)]
        self.runs = list(self._runs())
        self.run_at = {index: run for run in self.runs for index in range(*run)}
        self.run_types = {run: self.type_of(*run) for run in self.runs}
        self.brackets = list(self._brackets())

    def type_of(self, first: int, last: int) -> str:
        """Return the type of the words ``first`` to ``last`` (exclusive)."""
        start, end = self.words[first].start, self.words[last - 1].end
        for kind, found in (("date", self.dates), ("quantity", self.amounts)):
            for begin, stop in found:
                if (start, end) == (begin, stop):
                    return kind
                if start < stop and begin < end:
                    return f"part of a {kind}" if begin <= start and end <= stop else f"with a {kind}"
        return name_types.type_of(self.text[start:end], list(self.words[first:last])) or "other"

    def spans(self) -> Iterator[Found]:
        """Yield every span that could be an answer, each place once."""
        given = set()
        for found in (*self._parts(), *self._compound(), *self._predicates()):
            place = found[:2]
            start, end = self.words[found.first].start, self.words[found.last - 1].end
            if place not in given and self.text[start:end].strip() == self.text[start:end] != "":
                given.add(place)
                yield found

    def _runs(self) -> Iterator[tuple[int, int]]:
        words, index = self.words, 0
        while index < len(words):
            if not _is_noun(words[index]):
                index += 1
                continue
            end = index + 1
            while end < len(words):
                goes_on = end + 1 < len(words) and _is_noun(words[end + 1])
                is_space = words[end].pos[0] == "空白" and goes_on
                if _is_noun(words[end]):
                    end += 1
                elif goes_on and (
                    words[end].surface in GLUE
                    or (is_space and words[end - 1].surface.isascii() and words[end + 1].surface.isascii())
                ):
                    end += 2
                else:
                    break
            yield index, end
            index = end

    def _brackets(self) -> Iterator[tuple[int, int]]:
        opened: list[int] = []
        for index, word in enumerate(self.words):
            if word.surface in CLOSED_BY:
                opened.append(index)
            elif word.surface in OPENED_BY and opened:
                first = opened.pop()
                if self.words[first].surface == OPENED_BY[word.surface] and 1 < index - first < 14:
                    yield first, index + 1

    def _parts(self) -> Iterator[Found]:
        words = self.words
        for left, right in self.runs:
            for first in range(left, right):
                if first == left or words[first].surface not in GLUE:
                    for last in range(first + 1, min(right, first + _LONGEST) + 1):
                        if words[last - 1].surface not in GLUE or words[last - 1].surface in "%％":
                            yield Found(first, last, left, right, "run")

    def _compound(self) -> Iterator[Found]:
        units = [*self.runs, *(place for place in self.brackets if self.words[place[0]].surface in "「『")]
        for first, last in self.brackets:
            if self.words[first].surface in "「『":
                yield _whole(first, last, "brackets")
            yield _whole(first + 1, last - 1, "in brackets")
        ends = dict(self.runs)
        asides = {first: last for first, last in self.brackets if self.words[first].surface in "（("}
        for first, end in self.runs:
            if end in asides:
                units.append((first, asides[end]))
                yield _whole(first, asides[end], "aside")
                if asides[end] in ends:
                    units.append((first, ends[asides[end]]))
                    yield _whole(first, ends[asides[end]], "aside run")
        yield from self._joined(units)
        for index, word in enumerate(self.words):
            if word.pos[0] == "形容詞" and index + 1 in ends:
                yield _whole(index, ends[index + 1], "adjective")

    def _joined(self, units: list[tuple[int, int]]) -> Iterator[Found]:
        starting: dict[int, list[int]] = {}
        for first, last in units:
            starting.setdefault(first, []).append(last)
        for first, last in units:
            chains: list[tuple[int, tuple[str, ...]]] = [(last, ())]
            while chains:
                end, joints = chains.pop()
                if joints:
                    made = "|".join(joints) if len(joints) < 3 else f"list of {min(len(joints) + 1, 5)}"
                    yield _whole(first, end, made)
                for joint, begin in self._next(end, starting) if len(joints) < _MOST_LISTED - 1 else ():
                    longer = (*joints, joint)
                    if (
                        len(longer) == 1
                        or _LISTING.issuperset(longer)
                        or (len(longer) == 2 and _LINKING.issuperset(longer))
                    ):
                        # In a long list, the longest of the units that begin at a place stands for all.
                        lasts = starting[begin] if len(longer) < 3 else [max(starting[begin])]
                        chains.extend((stop, longer) for stop in lasts)

    def _next(self, end: int, starting: dict[int, list[int]]) -> Iterator[tuple[str, int]]:
        """Yield what joins a unit that ends at ``end`` to another, with the place where that begins."""
        for begin in range(end + 1, end + 4):
            if begin in starting:
                joint = "".join(word.surface for word in self.words[end:begin])
                joint = "-" if _RANGE.fullmatch(joint) else joint
                if joint in _JOINTS:
                    yield joint, begin

    def _predicates(self) -> Iterator[Found]:
        words, index = self.words, 0
        while index < len(words):
            first = index
            index += 1
            if _is_predicate(words, first):
                while index < len(words) and _goes_on(words[index]):
                    index += 1
                yield _whole(first, index, "predicate")


def readings(article: Article) -> list[Reading]:
    """Return the sentences of an article taken apart."""
    found = (Reading(s.text, s.span.start, number) for number, s in enumerate(split(article)))
    return [reading for reading in found if reading.words]


def _whole(first: int, last: int, made: str) -> Found:
    return Found(first, last, first, last, made)


def _words(text: str) -> Iterator[Token]:
    """Yield the words of a sentence; 司祭（しさい） and 静岡市葵区, one word to the dictionary, as several."""
    for word in plain_tokens(text):
        pieces = [word.surface]
        if len(word.surface) > 2 and ("（" in word.surface or "(" in word.surface):
            pieces = _BRACKET.findall(word.surface)
        elif word.pos[2] == "地名" and len(word.surface) > 3 and (address := _ADDRESS.fullmatch(word.surface)):
            pieces = [piece for piece in address.groups() if piece]
        if len(pieces) == 1:
            yield word
            continue
        start = word.start
        for piece in pieces:
            pos = ("補助記号", "括弧", "*", "*", "*", "*") if piece in "（()）" else word.pos
            yield Token(piece, start, start + len(piece), pos, piece)
            start += len(piece)


def _is_noun(token: Token) -> bool:
    part, sort = token.pos[:2]
    return (
        part in {"名詞", "接頭辞", "代名詞", "記号", "形状詞"} or (part == "接尾辞" and sort in {"名詞的", "形状詞的"})
    ) and (token.surface not in GLUE or token.surface in "%％")


def _is_predicate(words: tuple[Token, ...], index: int) -> bool:
    word = words[index]
    does = "サ変可能" in word.pos[2] and index + 1 < len(words) and words[index + 1].is_verb
    return word.pos[0] in {"動詞", "形容詞"} or (word.pos[0] == "名詞" and does)


def _goes_on(word: Token) -> bool:
    return (
        word.pos[0] in {"助動詞", "動詞", "接尾辞"}
        or (word.surface in {"て", "で"} and word.pos[1] == "接続助詞")
        or word.pos[:2] == ("形容詞", "非自立可能")
    )
