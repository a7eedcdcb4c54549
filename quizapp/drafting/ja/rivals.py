"""Which names may stand for each other as options: of one script, one rank, one granularity."""

from __future__ import annotations

import re

from quizapp.drafting import distractors
from quizapp.drafting.ja.name_types import person_core

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
    alike = True
    match kind:
        case "place":
            alike = _are_places_alike(key, other)
        case "event" | "rule":
            # 総合スポーツ大会 is no 紛争.
            alike = key[-1] == other[-1] and abs(len(key) - len(other)) <= _FAR
        case "country":
            alike = bool(_DYNASTY.match(key)) == bool(_DYNASTY.match(other))
        case "person":
            alike = _are_people_alike(key, other)
        case "organisation":
            # 旧北町図書館 may well be the key under its earlier name.
            earlier = key.startswith(_EARLIER) or other.startswith(_EARLIER)
            forces = is_force(key) or is_force(other)
            alike = not earlier and not forces and _sort_of_organisation(key) == _sort_of_organisation(other)
        case "term":
            # What shares less with the key may well be the same or a sort of it: 加工食品, 発酵食品.
            half = len(key) // 2 + 1
            alike = len(key) == len(other) and key[-half:] == other[-half:] and not key.endswith("たち")
        case "named":
            alike = key[-2:] == other[-2:] and abs(len(key) - len(other)) <= 2
        case "quoted" | "work":
            is_phrase = kind == "quoted" and (_PHRASE.search(key) or _PHRASE.search(other))
            of_kind = key[-1] == other[-1] or kind == "work"
            alike = of_kind and not is_phrase and distractors.of_one_script(key, other)
        case "proper":
            alike = key[-1] == other[-1] and (key[-1] >= "一" or key[-2:] == other[-2:])
    return alike


def _are_people_alike(key: str, other: str) -> bool:
    # A family name among full names stands out, and so does an emperor among ministers.
    one, two = person_core(key) or key, person_core(other) or other
    if (one[-1] in "家氏") != (two[-1] in "家氏") or ("・" in one) != ("・" in two):
        return False
    titled = (one == key) == (two == other) and _rank(key) == _rank(other)
    return titled and distractors.of_one_script(one, two) and _are_as_whole(one, two)


def _are_places_alike(key: str, other: str) -> bool:
    if abs(len(key) - len(other)) > _FAR or _grade(key) != _grade(other):
        return False
    if bool(_IN_PREFECTURE.match(key)) != bool(_IN_PREFECTURE.match(other)):
        return False
    is_shared = any(key[i : i + 3] in other for i in range(len(key) - 2))
    return distractors.of_one_script(key, other) and not is_shared


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
