"""Which spans of a Japanese text could be answers, and what is to be seen of each.

Spans are runs of noun words and all their parts, runs joined by one particle (XのY), and what stands in
brackets.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.ja import name_types
from quizapp.drafting.ja.analysis import plain_tokens
from quizapp.drafting.ja.names import DATE, QUANTITY
from quizapp.drafting.ranking import Seen
from quizapp.drafting.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.article import Article
    from quizapp.drafting.ja.analysis import Token

_GLUE = frozenset("・＝=-－‐/／%％&＆.．+＋~〜–")
_CLOSED_BY = dict(zip("「『（(【《〈“[［", "」』）)】》〉”]］", strict=True))
_OPENED_BY = {close: opening for opening, close in _CLOSED_BY.items()}
_JOINTS = frozenset({"の", "と", "や", "、", "を", "が", "に"})
_LONGEST = 12
_WORDS = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})


class _Span(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of a run from ``left`` to ``right``; ``kind`` says how it came about."""

    first: int
    last: int
    left: int
    right: int
    kind: str


def spans(article: Article) -> Iterator[Seen]:
    """Yield every span of ``article`` that could be an answer."""
    sentences = split(article)
    for number, sentence in enumerate(sentences):
        words = plain_tokens(sentence.text)
        if words:
            place = {
                "sentence": str(min(number, 6)),
                "sentences left": str(min(len(sentences) - 1 - number, 4)),
                "place": _step(sentence.span.start, 10, 30, 60, 100, 150, 220, 300),
                "ending": sentence.text.rstrip("。")[-2:],
            }
            yield from _Sentence(sentence.text, words, sentence.span.start, place).spans()


def _step(number: int, *steps: int) -> str:
    """Return a number as the first of ``steps`` that it does not pass."""
    return next((f"≤{step}" for step in steps if number <= step), f">{steps[-1]}")


def _is_noun(token: Token) -> bool:
    part, sort = token.pos[:2]
    return part in {"名詞", "接頭辞", "代名詞", "記号", "形状詞"} or (
        part == "接尾辞" and sort in {"名詞的", "形状詞的"}
    )


def _sort(pos: tuple[str, ...]) -> str:
    return "-".join(part for part in pos[:3] if part not in {"*", ""})


def _script(text: str) -> str:
    signs = ""
    for sign in text:
        if sign.isdigit():
            now = "0"
        elif "ぁ" <= sign <= "ゟ":
            now = "あ"
        elif "゠" <= sign <= "ヿ":
            now = "ア"
        else:
            now = "漢" if "㐀" <= sign <= "鿿" or sign == "々" else "a" if sign.isalpha() else "."
        if signs[-1:] != now:
            signs += now
    return signs[:6]


class _Sentence:
    """A sentence taken apart for its spans."""

    def __init__(self, text: str, words: tuple[Token, ...], offset: int, place: dict[str, str]) -> None:
        self.text, self.words, self.offset, self.place = text, words, offset, place
        self.dates = [match.span() for match in DATE.finditer(text)]
        self.amounts = [match.span() for match in QUANTITY.finditer(text)]
        self.runs = list(self._runs())
        self.verbs = self._next_verbs()
        self.openers = self._openers()
        whole = [(span, self._type(span)) for span in (_Span(a, b, a, b, "run") for a, b in self.runs)]
        self.whole = [(words[s.first].start, words[s.last - 1].end, kind) for s, kind in whole]
        self.whole_starts = [start for start, _, _ in self.whole]
        self.number_of_type = Counter(kind for _, kind in whole)

    def spans(self) -> Iterator[Seen]:
        for span in (*self._parts(), *self._joined(), *self._bracketed()):
            start, end = self.words[span.first].start, self.words[span.last - 1].end
            text = self.text[start:end]
            if text.strip() == text and text:
                kind = self._type(span)
                is_whole = span.first == span.left and span.last == span.right
                traits = self._traits(span, text, kind)
                yield Seen(text, self.offset + start, self.offset + end, kind, is_whole, traits)

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
                    words[end].surface in _GLUE
                    or (is_space and words[end - 1].surface.isascii() and words[end + 1].surface.isascii())
                ):
                    end += 2
                else:
                    break
            yield index, end
            index = end

    def _parts(self) -> Iterator[_Span]:
        for left, right in self.runs:
            for first in range(left, right):
                if first > left and self.words[first].surface in _GLUE:
                    continue
                for last in range(first + 1, min(right, first + _LONGEST) + 1):
                    if self.words[last - 1].surface not in _GLUE:
                        yield _Span(first, last, left, right, "run")

    def _joined(self) -> Iterator[_Span]:
        for number, (first, end) in enumerate(self.runs):
            kind = ""
            for begin, last in self.runs[number + 1 : number + 3]:
                joint = self.words[end].surface
                if begin - end != 1 or joint not in _JOINTS:
                    break
                kind, end = kind + joint, last  # noqa: PLW2901 (the chain grows)
                yield _Span(first, last, first, last, kind)

    def _bracketed(self) -> Iterator[_Span]:
        opened: list[int] = []
        for index, word in enumerate(self.words):
            if word.surface in _CLOSED_BY:
                opened.append(index)
            elif word.surface in _OPENED_BY and opened:
                first = opened.pop()
                if self.words[first].surface == _OPENED_BY[word.surface] and 1 < index - first < 14:
                    if self.words[first].surface in "「『":
                        yield _Span(first, index + 1, first, index + 1, "brackets")
                    yield _Span(first + 1, index, first + 1, index, "in brackets")

    def _openers(self) -> list[str]:
        opened: list[str] = []
        openers: list[str] = []
        for word in self.words:
            if word.surface in _CLOSED_BY:
                opened.append(word.surface)
            openers.append(opened[-1] if opened else "")
            if word.surface in _OPENED_BY and opened:
                opened.pop()
        return openers

    def _next_verbs(self) -> list[str]:
        """Return for each word the dictionary form of the verb that comes next."""
        verbs, verb = [""] * len(self.words), ""
        for index in range(len(self.words) - 1, -1, -1):
            verbs[index] = verb
            word = self.words[index]
            after = self.words[index + 1] if index + 1 < len(self.words) else None
            if word.pos[0] in {"動詞", "形容詞"} and word.pos[1] != "非自立可能":
                verb = word.lemma
            elif len(word.pos) > 2 and "サ変可能" in word.pos[2] and after is not None and after.pos[0] == "動詞":
                verb = word.surface
        return verbs

    def _type(self, span: _Span) -> str:
        place = self.words[span.first].start, self.words[span.last - 1].end
        for kind, found in (("date", self.dates), ("quantity", self.amounts)):
            for start, end in found:
                if place == (start, end):
                    return kind
                if place[0] < end and start < place[1]:
                    return f"part of a {kind}" if start <= place[0] and place[1] <= end else f"with a {kind}"
        run = list(self.words[span.first : span.last])
        return name_types.type_of(self.text[place[0] : place[1]], run) or "other"

    def _traits(self, span: _Span, text: str, kind: str) -> dict[str, str]:
        words, (first, last, left, right, made) = self.words, span
        before = words[first - 1] if first else None
        after = words[last] if last < len(words) else None
        then = words[last + 1].surface if last + 1 < len(words) else ""
        at_left, at_right = first == left, last == right
        part = "whole" if at_left and at_right else "left" if at_left else "right" if at_right else "middle"
        behind = _beside(after, is_edge=at_right)
        ahead = _beside(before, is_edge=at_left)
        length = _step(len(text), 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30)
        cut = f"{'' if at_left else _cut(before)}|{'' if at_right else _cut(after)}"
        begins, ends = _sort(words[first].pos), _sort(words[last - 1].pos)
        verb = self.verbs[last - 1]
        position = _step(first, 0, 2, 5, 10, 15, 20, 30, 45)
        listed = ("list|" if before and before.surface in {"、", "・", "や"} else "|") + (
            "list" if after and after.surface in {"、", "・", "や"} else ""
        )
        number, runs = min(self.number_of_type[kind], 4), len(self.runs)
        inside = self._around(words[first].start, words[last - 1].end)
        script = _script(text)
        return {
            **{name: value for name, value in self.place.items() if name not in {"place", "ending"}},
            "made": made, "type": kind, "part": part, "behind": behind, "ahead": ahead, "length": length,
            "begins": begins, "ends": ends, "words": str(min(last - first, 7)), "script": script,
            "position": position, "quoted in": self.openers[first], "last sign": text[-1], "last signs": text[-2:],
            "first sign": text[0], "cut": f"{part} {cut}", "verb": verb, "left over": f"{first - left} {right - last}"
            if first - left < 4 and right - last < 4 else "many",
            "sentence length": _step(len(words), 10, 20, 30, 45, 60), "listed": listed,
            "behind, then": (after.surface if after and at_right else "") + then if at_right else "",
            "type, behind": f"{kind} {behind}", "type, part": f"{kind} {part}", "ends, behind": f"{ends} {behind}",
            "begins, ends": f"{begins} {ends}", "made, behind": f"{made} {behind}", "made, length": f"{made} {length}",
            "type, length": f"{kind} {length}", "type, ahead": f"{kind} {ahead}", "script, part": f"{script} {part}",
            "behind, verb": f"{behind} {verb}", "behind, position": f"{behind} {position}",
            "behind, sentence": f"{behind} {self.place['sentence']}", "type, place": f"{kind} {self.place['place']}",
            "type, number": f"{kind} {number}", "part, runs": f"{part} {_step(runs, 1, 2, 4, 6, 9, 13)}",
            "type, listed": f"{kind} {listed}", "type, dated": f"{kind} {bool(self.dates)}",
            "type, inside": f"{kind} {inside}", "sentence ending": self.place["ending"],
        }  # fmt: skip

    def _around(self, start: int, end: int) -> str:
        """Return the type of the run that holds a span and more, "" for none."""
        at = bisect_left(self.whole_starts, start + 1) - 1
        if at < 0:
            return ""
        begin, stop, kind = self.whole[at]
        return kind if begin <= start and end <= stop and (begin, stop) != (start, end) else ""


def _beside(token: Token | None, *, is_edge: bool) -> str:
    """Return the particle or sign beside a run, else what sort of word it is."""
    if token is None:
        return "edge"
    if not is_edge:
        return f"in {token.pos[0]}"
    return token.surface if token.pos[0] in _WORDS else token.pos[0]


def _cut(token: Token | None) -> str:
    if token is None:
        return ""
    return _sort(token.pos) if token.pos[0] == "名詞" else token.surface
