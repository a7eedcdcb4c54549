"""What is to be seen of each span of a Japanese text that could be an answer."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.distractors import sort_of
from quizapp.drafting.ja.candidate_places import CLOSED_BY, OPENED_BY, readings
from quizapp.drafting.ranking import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.article import Article
    from quizapp.drafting.ja.analysis import Token
    from quizapp.drafting.ja.candidate_places import Found, Reading

_WORDS = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "接尾辞", "形状詞"})
_NAMED = frozenset({"person", "place", "proper", "organisation", "country", "event", "rule"})


def spans(article: Article) -> Iterator[Seen]:
    """Yield every span of ``article`` that could be an answer, as often as it stands there."""
    sentences = readings(article)
    for sentence in sentences:
        yield from _Sentence(sentence, len(sentences)).spans()


class _Around(NamedTuple):
    """What is known at a word: the bracket it stands in, what came last before it, and the next verb behind it."""

    opener: str = ""
    topic: str = ""
    content: str = ""
    verb: str = ""
    far: int = 99


class _Sentence:
    """The traits of a sentence's spans."""

    def __init__(self, reading: Reading, sentences: int) -> None:
        self.reading, self.words = reading, reading.words
        self.around = self._around()
        self.classes = [_sort(word.pos) for word in self.words]
        self.number_of_type = Counter(reading.run_types.values())
        names = sum(count for kind, count in self.number_of_type.items() if kind in _NAMED)
        self.beside = f"{min(len(reading.dates), 2)} {min(len(reading.amounts), 2)} {min(names, 3)}"
        self.shared = {
            "sentence": str(min(reading.number, 6)),
            "sentences left": str(min(sentences - 1 - reading.number, 4)),
            "sentence length": _step(len(self.words), 10, 20, 30, 45, 60),
            "sentence ending": reading.text.rstrip("。")[-2:],
        }

    def spans(self) -> Iterator[Seen]:
        words, offset = self.words, self.reading.offset
        for found in self.reading.spans():
            start, end = words[found.first].start, words[found.last - 1].end
            text, kind = self.reading.text[start:end], self.reading.type_of(found.first, found.last)
            if found.made != "run" and kind == "other":
                kind = f"chain of {self._run_type(found.last - 1) or 'word'}"
            is_whole = found.first == found.left and found.last == found.right
            yield Seen(text, offset + start, offset + end, kind, is_whole, self._traits(found, text, kind))

    def _around(self) -> list[_Around]:
        words = self.words
        verbs, verb, far = [("", 99)] * len(words), "", 99
        for index in range(len(words) - 1, -1, -1):
            word, verbs[index], far = words[index], (verb, far), far + 1
            after = words[index + 1] if index + 1 < len(words) else None
            if word.pos[0] in {"動詞", "形容詞"} and word.pos[1] != "非自立可能":
                verb, far = word.lemma, 1
            elif "サ変可能" in word.pos[2] and after is not None and after.is_verb:
                verb, far = word.surface, 1
            elif word.surface == "。":
                verb, far = "。", 1
        found, opened, topic, content = [], list[str](), "", ""
        for index, word in enumerate(words):
            if word.surface in CLOSED_BY:
                opened.append(word.surface)
            found.append(_Around(opened[-1] if opened else "", topic, content, *verbs[index]))
            if word.surface in OPENED_BY and opened:
                opened.pop()
            if word.surface in {"は", "が", "も"} and index - 1 in self.reading.run_at:
                topic = words[index - 1].surface + word.surface
            if word.pos[0] in _CONTENT:
                content = word.lemma
        return found

    def _run_type(self, index: int) -> str:
        run = self.reading.run_at.get(index)
        return self.reading.run_types[run] if run else ""

    def _traits(self, found: Found, text: str, kind: str) -> dict[str, str]:
        words, classes, (first, last, left, right, made) = self.words, self.classes, found
        at_left, at_right = first == left, last == right
        before, after = words[first - 1] if first else None, words[last] if last < len(words) else None
        then, third = (words[i].surface if i < len(words) else "" for i in (last + 1, last + 2))
        surface_before, surface = before.surface if before else "", after.surface if after else ""
        part = "whole" if at_left and at_right else "left" if at_left else "right" if at_right else "middle"
        ahead, behind = _beside(before, is_edge=at_left), _beside(after, is_edge=at_right)
        length = _step(len(text), 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30)
        cut = f"{part} {'' if at_left else _cut(before)}|{'' if at_right else _cut(after)}"
        begins, ends, script = classes[first], classes[last - 1], _script(text)
        around, (verb, far) = self.around[first], self.around[last - 1][3:]
        head, position = words[last - 1].lemma, _step(first, 0, 2, 5, 10, 15, 20, 30, 45)
        inside = self._run_type(first) if made == "run" and part != "whole" else ""
        types = f"{made} {self._run_type(first)} {self._run_type(last - 1)}" if made != "run" else ""
        listed = f"{'list' * (surface_before in {'、', '・', 'や'})}|{'list' * (surface in {'、', '・', 'や'})}"
        over = f"{first - left} {right - last}" if first - left < 4 and right - last < 4 else "many"
        two_before = words[first - 2] if first > 1 else None
        return {
            **self.shared, "made": made, "type": kind, "part": part, "behind": behind, "ahead": ahead,
            "length": length, "begins": begins, "ends": ends, "script": script, "position": position,
            "quoted in": around.opener, "first sign": text[0], "last sign": text[-1], "last signs": text[-2:],
            "cut": cut, "verb": verb, "left over": over, "listed": listed, "head": head,
            "first word": words[first].lemma, "short text": text if len(text) < 4 else "",
            "cut off before": "" if at_left else surface_before, "cut off behind": "" if at_right else surface,
            "topic": around.topic, "content before": around.content,
            "two before": f"{two_before.surface if two_before else ''}|{surface_before}" if at_left else "in",
            "two behind": (surface if at_right else "") + then if at_right else "",
            "three behind": surface + then + third if at_right else "in",
            "classes": " ".join(classes[first:last]) if last - first < 4 else "long",
            "classes before": " ".join(classes[max(first - 2, 0) : first]),
            "classes behind": " ".join(classes[last : last + 2]), "head, behind": f"{head} {behind}",
            "ahead, behind": f"{ahead} {behind}", "ends, behind": f"{ends} {behind}",
            "script, part": f"{script} {part}", "behind, verb": f"{behind} {verb}",
            "behind, far": f"{behind} {min(far, 8)}",
            "behind, near verb": f"{behind} {verb} {'near' if far < 3 else 'far'}",
            "behind, position": f"{behind} {position}", "made, behind": f"{made} {behind}",
            "made, length": f"{made} {length}", "made, types": types, "type, ahead": f"{kind} {ahead}",
            "type, behind": f"{kind} {behind}", "type, length": f"{kind} {length}",
            "type, ahead, behind": f"{kind} {ahead} {behind}", "type, inside": f"{kind} {inside}",
            "type, cut": f"{kind} {cut}", "type, number": f"{kind} {min(self.number_of_type[kind], 4)}",
            "type, beside": f"{kind} {self.beside}", "type, topic": f"{kind} {around.topic}",
        }  # fmt: skip


def _step(number: int, *steps: int) -> str:
    """Return a number as the first of ``steps`` that it does not pass."""
    return next((f"≤{step}" for step in steps if number <= step), f">{steps[-1]}")


def _sort(pos: tuple[str, ...]) -> str:
    return "-".join(part for part in pos[:3] if part not in {"*", ""})


def _script(text: str) -> str:
    signs = "".join(map(sort_of, text))
    return (signs[:1] + "".join(now for last, now in pairwise(signs) if now != last))[:6]


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
