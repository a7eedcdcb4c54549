"""Which names may stand for each other as options: of one script, one rank, one granularity."""

from __future__ import annotations

import re

from quizapp.drafting import distractors
from quizapp.drafting.ja.name_types import person_core

_PHRASE = re.compile(r"[ぁ-ん][一-鿿]|[をがは]")
_ORGANISATIONS = re.compile(r"(?:党|軍|会社|大学|銀行|省|庁|新聞|学校|高校|病院|球団|政府|議会)$")
_GRADED = re.compile(
    r"[都道府県市区町村郡島山岳川湖海湾駅港寺城橋国州]$|神社$|空港$|半島$|地域$|大陸$|温泉$|地区$|地方$|海峡$|公園$"
)


_FAR = 3
_RANK = re.compile(
    r"天皇|上皇|法皇|皇后|皇太后|皇太子|内親王|親王|妃|宮|女王|王|帝|[0-9]世|大師|上人|法師|将軍|院|朝|公|伯|(?:の|之)[一-鿿]{1,3}"
)


def _rank(name: str) -> str:
    """Return what a name's end says of its bearer: 天皇, 世, ""."""
    found = [match[0] for match in _RANK.finditer(name) if match.end() == len(name)]
    return found[0][-1] if found else ""


def are_of_a_kind(kind: str, key: str, other: str) -> bool:
    """Say whether a name may stand where ``key`` stands: of one script, of one length, of one granularity."""
    alike = True
    match kind:
        case "place":
            far = abs(len(key) - len(other)) > _FAR
            shared = (
                far
                or not distractors.of_one_script(key, other)
                or any(key[i : i + 3] in other for i in range(len(key) - 2))
            )
            alike = not shared and key.endswith("諸島") == other.endswith("諸島")
            alike = alike and (key[-1] == other[-1] or not (_GRADED.search(key) or _GRADED.search(other)))
        case "person":
            # A family name among full names stands out, and so does an emperor among ministers.
            one, two = person_core(key) or key, person_core(other) or other
            titled = (one == key) == (two == other) and _rank(key) == _rank(other)
            alike = titled and distractors.of_one_script(one, two) and (one[0] < "一" or abs(len(one) - len(two)) <= 1)
        case "organisation":
            alike = _sort_of_organisation(key) == _sort_of_organisation(other)
        case "term":
            alike = key[-2:] == other[-2:] and abs(len(key) - len(other)) <= 2
        case "quoted" | "work":
            is_phrase = kind == "quoted" and (_PHRASE.search(key) or _PHRASE.search(other))
            of_kind = key[-1] == other[-1] or kind == "work"
            alike = of_kind and not is_phrase and distractors.of_one_script(key, other)
        case "proper":
            alike = key[-1] == other[-1] and (key[-1] >= "一" or key[-2:] == other[-2:])
    return alike


def _sort_of_organisation(name: str) -> str:
    match = _ORGANISATIONS.search(name)
    return match[0] if match else ""
