"""The people of an article: who surely is one, who are called alike, and who may stand for whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from quizapp.drafting.ja.analysis import tokens
from quizapp.drafting.ja.name_types import person_core

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LONGEST_ALONE = 3
_THINGS = ("クレーター", "ロケット", "センター", "システム", "プロジェクト", "シリーズ", "ミッション")
_OF_PLACES = frozenset("江城寺河湖島港駅峠山川")
_SAYS = re.compile(
    r"(?:氏)?(?:(?:は|も|が).*(?:と(?:述べ|主張|指摘|評価|評し|論じ|説|推測|推定|分析|考察|表現|解釈|語|して(?:いる|います|おり))"
    r"|(?:要因|理由|原因|根拠|説|点|例|反発)(?:として)?(?:を|に)挙げ|によると|によれば)"
    r"|によ(?:ると|れば)|の(?:見解|説|指摘|研究|著書))"
)
_OF_SCHOLARS = re.compile(r"(?:学者|研究者|評論家|歴史家|作家|教授|博士|研究家)の?$")


class People:
    """Who an article speaks of; made of their names, each with the statements that tell of it, and its text."""

    def __init__(self, told: Mapping[str, Sequence[str]], text: str = "") -> None:
        self._told = told
        self._text = text
        self._called: dict[str, list[str]] = {}
        self._parts: dict[str, set[str]] = {}
        for name in told:
            core = person_core(name)
            self._called.setdefault(core, []).append(name)
            for part in core.split("・") if "・" in core else ():
                self._parts.setdefault(part, set()).add(core)
        self._kanji: _Ends | None = None
        self._cores = _Ends(core for core in self._called if len(core) > 2)
        self._wholes: dict[str, str] = {}
        self._sure: dict[str, bool] = {}
        self._scholars: dict[str, bool] = {}

    def called(self, core: str) -> Sequence[str]:
        """Return all that is called by one name, with and without titles."""
        return self._called.get(core, ())

    def whole(self, name: str) -> str:
        """Return the one whole name that ``name`` is half of (本多忠政 for 忠政), "" where that is not sure."""
        if name not in self._wholes:
            found = {core for core in (*self._cores.begun(name), *self._cores.ended(name)) if name in _halves(core)}
            told = self._in_text(name)
            sure = found or {whole for whole in told if _is_whole(whole, name)}
            only = next(iter(sure)) if sure and len(sure | told) == 1 else ""
            self._wholes[name] = "" if only and self._has_namesake(name, only) else only
        return self._wholes[name]

    def _has_namesake(self, name: str, whole: str) -> bool:
        """Say whether the article names somebody else by a name in kana: メアリー1世 beside メアリー・テューダー."""
        if "・" not in whole:
            return False
        part = re.escape(name)
        called = re.compile(
            rf"(?<![ァ-ヴー]){part}(?:[0-9]+世|・[ァ-ヴー・]+)|(?<![ァ-ヴー・])[ァ-ヴー・]+・{part}(?![ァ-ヴー])"
        )
        return any(not set(called.findall(around)) <= {whole} for around in self._around(name))

    def _around(self, name: str) -> Iterator[str]:
        """Yield what stands around a name, wherever the article has it."""
        start = self._text.find(name)
        while start >= 0:
            end = start + len(name)
            yield self._text[max(0, start - _LONGEST_NAME) : end + _LONGEST_NAME]
            start = self._text.find(name, end)

    def _in_text(self, half: str) -> set[str]:
        """Return the family names with given names in the article that begin or end with ``half``."""
        if not _HALF <= len(half) <= _LONGEST_HALF or not _KANJI.fullmatch(half):
            return set()
        if self._kanji is None:
            self._kanji = _Ends(_WHOLE_NAME.findall(self._text))
        found = {*self._kanji.begun(half), *(self._kanji.ended(half) if len(half) == _HALF else ())}
        names = {person_core(word) or word for word in found}
        return {name for name in names if _may_be_whole(name, half)}

    def is_sure(self, name: str) -> bool:
        """Say whether a name surely is a person's: dictionaries know many a word (耕作, 五男) as a name too."""
        if name not in self._sure:
            self._sure[name] = self._is_sure(name)
        return self._sure[name]

    def _is_sure(self, name: str) -> bool:
        if name.endswith(_THINGS):
            return False
        # A title, a long name, or a name in kana.
        if person_core(name) != name or len(name) > _LONGEST_ALONE or name[0] < "一":
            return True
        words = tokens(name)
        # A river or castle is not the given name that its last sign might be.
        if len(words) > 1 and words[-1].surface in _OF_PLACES:
            return False
        if len(words) > 1 or words[0].pos[2:4] == ("人名", "一般"):
            return True
        return any(core != name for core in (*self._cores.begun(name), *self._cores.ended(name)))

    def are_rivals(self, one: str, other: str) -> bool:
        """Say whether somebody may stand where another stands: not the same by another part, not a scholar of now."""
        if not self.is_sure(other) or self._parts.get(one, set()) & self._parts.get(other, set()):
            return False
        return self._is_scholar(one) == self._is_scholar(other)

    def _is_scholar(self, name: str) -> bool:
        """Say whether an article tells of somebody only what they say of its topic."""
        if name not in self._scholars:
            told = self._told.get(name, ())
            self._scholars[name] = 2 * sum(_is_quoted(name, text) for text in told) > len(told)
        return self._scholars[name]


class _Ends:
    """Words, found by how they begin or end."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._by_end = sorted(self._words, key=_backwards)

    def begun(self, start: str) -> Iterator[str]:
        """Yield the words that begin with ``start``."""
        at = bisect_left(self._words, start)
        while at < len(self._words) and self._words[at].startswith(start):
            yield self._words[at]
            at += 1

    def ended(self, end: str) -> Iterator[str]:
        """Yield the words that end with ``end``."""
        at = bisect_left(self._by_end, _backwards(end), key=_backwards)
        while at < len(self._by_end) and self._by_end[at].endswith(end):
            yield self._by_end[at]
            at += 1


def _backwards(word: str) -> str:
    return word[::-1]


def _is_quoted(name: str, text: str) -> bool:
    """Say whether a sentence tells what somebody says, or that they are a scholar."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if _OF_SCHOLARS.search(text, max(0, start - 4), start) or _SAYS.match(text, end):
            return True
        start = text.find(name, end)
    return False


_KANJI = re.compile(r"[一-鿿々]+")
_WHOLE_NAME = re.compile(r"(?<![一-鿿々])[一-鿿々]{3,6}(?![一-鿿々])")
_HALF, _LONGEST_HALF, _LONGEST_NAME = 2, 3, 40


def _may_be_whole(name: str, half: str) -> bool:
    """Say whether a name may be a family name with a given name, ``half`` one of the two: 田中市長 is none."""
    first, *rest = tokens(name)
    if not name.startswith(half) and not name.endswith(half):
        return False
    if not rest:
        return name != half and first.pos[2:4] == ("人名", "一般")
    is_given = all(word.pos[2] == "人名" or len(word.surface) == 1 for word in rest)
    return first.pos[2:4] == ("人名", "姓") and (name.endswith(half) or (first.surface == half and is_given))


def _is_whole(name: str, half: str) -> bool:
    """Say whether that is sure: a dictionary knows the given name behind the family name ``half``."""
    return name.endswith(half) or all(word.pos[2:4] == ("人名", "名") for word in tokens(name)[1:])


def _halves(whole: str) -> set[str]:
    """Return what may be the family or given name of ``whole``."""
    if "・" in whole:
        return {whole.partition("・")[0], whole.rpartition("・")[2]}
    if not _KANJI.fullmatch(whole):
        return set()
    lengths = range(max(_HALF, len(whole) - _LONGEST_HALF), len(whole))
    return {whole[:n] for n in lengths} ^ {whole[-n:] for n in lengths}
