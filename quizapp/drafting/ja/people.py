"""The people of an article: who surely is one, who are called alike, and who may stand for whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja.analysis import tokens
from quizapp.drafting.ja.name_types import person_core

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST_ALONE = 3
_THINGS = ("クレーター", "ロケット", "センター", "システム", "プロジェクト", "シリーズ", "ミッション")
_OF_PLACES = frozenset("江城寺河湖島港駅峠山川")
_SAYS = (
    r"(?:と(?:述べ|主張|指摘|評価|評し|論じ|説|推測|推定|分析|考察|表現|解釈|語|して(?:いる|います|おり))"
    r"|(?:要因|理由|原因|根拠|説|点|例|反発)(?:として)?(?:を|に)挙げ|によると|によれば)"
)
_OF_SCHOLARS = r"(?:学者|研究者|評論家|歴史家|作家|教授|博士|研究家)の?"


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
        self._whole = "\n".join(core for core in self._called if len(core) > 2)
        self._wholes: dict[str, str] = {}
        self._sure: dict[str, bool] = {}
        self._scholars: dict[str, bool] = {}

    def called(self, core: str) -> Sequence[str]:
        """Return all that is called by one name, with and without titles."""
        return self._called.get(core, ())

    def whole(self, name: str) -> str:
        """Return the one whole name that ``name`` is half of (本多忠政 for 忠政), "" where that is not sure."""
        if name not in self._wholes:
            found = {core for core in self._called if _is_half(name, core)}
            sure = found or {whole for whole in self._in_text(name) if _is_whole(whole, name)}
            only = next(iter(sure)) if len(sure | self._in_text(name)) == 1 and sure else ""
            self._wholes[name] = "" if only and self._has_namesake(name, only) else only
        return self._wholes[name]

    def _has_namesake(self, name: str, whole: str) -> bool:
        """Say whether the article names somebody else by a name in kana: メアリー1世 beside メアリー・テューダー."""
        part = re.escape(name)
        called = rf"(?<![ァ-ヴー]){part}(?:[0-9]+世|・[ァ-ヴー・]+)|[ァ-ヴー・]+・{part}(?![ァ-ヴー])"
        return "・" in whole and not set(re.findall(called, self._text)) <= {whole}

    def _in_text(self, half: str) -> set[str]:
        """Return the family names with given names in the article that begin or end with ``half``."""
        if not _HALF <= len(half) <= _LONGEST_HALF or not _KANJI.fullmatch(half):
            return set()
        found = re.findall(rf"(?<![一-鿿々]){half}[一-鿿々]{{1,3}}(?![一-鿿々])", self._text)
        if len(half) == _HALF:
            found += re.findall(rf"(?<![一-鿿々])[一-鿿々]{{1,3}}{half}(?![一-鿿々])", self._text)
        return {name for name in (person_core(text) or text for text in set(found)) if _may_be_whole(name, half)}

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
        return re.search(rf"(?:^|\n){name}.|.{name}(?:\n|$)", self._whole) is not None

    def are_rivals(self, one: str, other: str) -> bool:
        """Say whether somebody may stand where another stands: not the same by another part, not a scholar of now."""
        if not self.is_sure(other) or self._parts.get(one, set()) & self._parts.get(other, set()):
            return False
        return self._is_scholar(one) == self._is_scholar(other)

    def _is_scholar(self, name: str) -> bool:
        """Say whether an article tells of somebody only what they say of its topic."""
        if name not in self._scholars:
            word = re.escape(name)
            says = re.compile(
                rf"{_OF_SCHOLARS}{word}|{word}(?:氏)?(?:(?:は|も|が).*{_SAYS}|によ(?:ると|れば)|の(?:見解|説|指摘|研究|著書))"
            )
            told = self._told.get(name, ())
            self._scholars[name] = 2 * sum(says.search(text) is not None for text in told) > len(told)
        return self._scholars[name]


_KANJI = re.compile(r"[一-鿿々]+")


def _may_be_whole(name: str, half: str) -> bool:
    """Say whether a name may be a family name with a given name, ``half`` one of the two: 田中市長 is none."""
    first, *rest = tokens(name)
    if not rest:
        return first.pos[2:4] == ("人名", "一般")
    is_given = all(word.pos[2] == "人名" or len(word.surface) == 1 for word in rest)
    return first.pos[2:4] == ("人名", "姓") and (name.endswith(half) or (first.surface == half and is_given))


def _is_whole(name: str, half: str) -> bool:
    """Say whether that is sure: a dictionary knows the given name behind the family name ``half``."""
    return name.endswith(half) or all(word.pos[2:4] == ("人名", "名") for word in tokens(name)[1:])


_HALF, _LONGEST_HALF = 2, 3


def _is_half(name: str, whole: str) -> bool:
    """Say whether ``name`` is the family or given name of ``whole``."""
    if "・" in whole:
        return name in {whole.partition("・")[0], whole.rpartition("・")[2]}
    rest = len(whole) - len(name)
    is_name = _KANJI.fullmatch(name) and _KANJI.fullmatch(whole) and len(name) >= 2 and 0 < rest <= _LONGEST_HALF
    return bool(is_name) and whole.startswith(name) != whole.endswith(name)
