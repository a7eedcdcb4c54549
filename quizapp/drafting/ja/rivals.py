"""Which names may stand for each other as options: of one script, one rank, one granularity."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp.drafting import distractors
from quizapp.drafting.ja.name_types import person_core

if TYPE_CHECKING:
    from collections.abc import Callable

_PHRASE = re.compile(r"[ぁ-ん][一-鿿]|[をがは]")
_ORGANISATIONS = re.compile(
    r"(?:党|会社|大学|大学院|銀行|省|庁|新聞|学校|高校|病院|球団|政府|議会|図書館|博物館|美術館|水族館|動物園|資料館|協会|教会|"
    r"組合|委員会|協議会|財団|機構|公社|局|部|事務所|研究所|センター|連合|連盟|裁判所|警察|放送|鉄道|製作所|楽団|劇団|部隊|クラブ|チーム)$"
)
_EARLIER = ("旧", "現", "元")
_FORCES = re.compile(r"(?:軍|勢|隊)$")
_GRADE = re.compile(
    r"半島$|諸島$|列島$|地域$|大陸$|温泉$|地区$|地方$|海峡$|公園$|空港$|神社$|神宮$|"
    r"[都道府県市区町村郡島山岳川河江湖海湾駅港寺城橋国州宿峠]$"
)
_REGION = re.compile(
    r"^(?:(?:[東西南北中]|東南|中央|西南|北東)*(?:アジア|ヨーロッパ|アフリカ|アメリカ)(?:大陸)?|欧州|中東|欧米|オセアニア|アラブ|[東西]欧|西洋|東洋)$"
)
_DYNASTY = re.compile(r"^(?:[前後北南東西](?:漢|魏|晋|周|宋|夏|斉|燕|涼|趙|秦|梁|唐)|隋|唐|元|清|.+朝)$")

# 北原県青葉市 stands out among towns.
_IN_PREFECTURE = re.compile(r"^[^都道府県]{2,3}[都道府県].+")
_PERIODICALS = re.compile(r"(?:新聞|雑誌|誌|紙)$")
_FAR = 3
_FAMILY_NAME = 2
_RANK = re.compile(
    r"天皇|上皇|法皇|皇后|皇太后|皇太子|内親王|親王|妃|宮|女王|王|帝|[0-9]世|大師|上人|法師|将軍|院|朝|公|伯|(?:の|之)[一-鿿]{1,3}"
)


def is_force(name: str) -> bool:
    """Say whether a name is an army's: armies are parts of armies, and each has many names."""
    return _FORCES.search(name) is not None


def _rank(name: str) -> str:
    """Return what a name's end says of its bearer: 天皇, 世, ""."""
    found = [match[0] for match in _RANK.finditer(name) if match.end() == len(name)]
    return found[0][-1] if found else ""


def are_of_a_kind(kind: str, key: str, other: str) -> bool:
    """Say whether a name may stand where ``key`` stands: of one script, of one length, of one granularity."""
    return _form(kind, key) == _form(kind, other) and _fits(kind, key, other)


@lru_cache(maxsize=2_000)
def _form(kind: str, name: str) -> tuple[object, ...]:
    """Return what names that may stand for each other have in common."""
    common = _COMMON.get(kind)
    return common(name) if common else ()


def _form_of_person(name: str) -> tuple[object, ...]:
    # A family name among full names stands out, and so does an emperor among ministers.
    core = person_core(name) or name
    return core[-1] in "家氏", "・" in core, core == name, _rank(name), distractors.script(core)


_COMMON: dict[str, Callable[[str], tuple[object, ...]]] = {
    "place": lambda name: (_grade(name), _IN_PREFECTURE.match(name) is not None, distractors.script(name)),
    # 総合スポーツ大会 is no 紛争.
    "event": lambda name: (name[-1],),
    "rule": lambda name: (name[-1],),
    "country": lambda name: (_DYNASTY.match(name) is not None,),
    "person": _form_of_person,
    "organisation": lambda name: (_sort_of_organisation(name),),
    # What shares less with the key may well be the same or a sort of it: 加工食品, 発酵食品.
    "term": lambda name: (len(name), name[-(len(name) // 2 + 1) :]),
    "named": lambda name: (name[-2:],),
    "quoted": lambda name: (name[-1], distractors.script(name)),
    "work": lambda name: (distractors.script(name),),
    "proper": lambda name: (name[-1] if name[-1] >= "一" else name[-2:],),
}


def _fits(kind: str, key: str, other: str) -> bool:
    """Say whether of two names of one form the other may stand in the place of the key."""
    fits = True
    match kind:
        case "place":
            is_shared = any(key[i : i + 3] in other for i in range(len(key) - 2))
            fits = abs(len(key) - len(other)) <= _FAR and not is_shared
        case "event" | "rule":
            fits = abs(len(key) - len(other)) <= _FAR
        case "person":
            fits = _are_as_whole(person_core(key) or key, person_core(other) or other)
        case "organisation":
            # 旧北町図書館 may well be the key under its earlier name.
            fits = not any(name.startswith(_EARLIER) or is_force(name) for name in (key, other))
        case "term":
            fits = not key.endswith("たち")
        case "named":
            fits = abs(len(key) - len(other)) <= 2
        case "quoted":
            fits = not (_PHRASE.search(key) or _PHRASE.search(other))
    return fits


def are_works_alike(category: str, other: str) -> bool:
    """Say whether two works may stand for each other by what they are called (小説, 同人雑誌, "" where it is not said).

    What the sentence calls the key, a rival must be called elsewhere; and no magazine stands among novels.
    """
    return other[-1:] == category[-1:] if category else _PERIODICALS.search(other) is None


def _are_as_whole(one: str, other: str) -> bool:
    """Say whether two people are both called by family name, or both by the whole name."""
    if one[0] < "一":
        return ("・" in one) == ("・" in other)
    return abs(len(one) - len(other)) <= 1 and (len(one) > _FAMILY_NAME) == (len(other) > _FAMILY_NAME)


def _grade(place: str) -> str:
    match = _GRADE.search(place)
    return match[0] if match else "region" if _REGION.match(place) else ""


def _sort_of_organisation(name: str) -> str:
    match = _ORGANISATIONS.search(name)
    return match[0] if match else ""
