"""The periods of Japan's history: in order, so that a wrong one is a neighbour that the sentence does not rule out."""

from __future__ import annotations

import re

from quizapp.drafting.distractors import WANTED
from quizapp.drafting.told_years import years_told

_YEARS = {
    "縄文": (-14000, -401),
    "弥生": (-400, 249),
    "古墳": (250, 591),
    "飛鳥": (592, 709),
    "奈良": (710, 793),
    "平安": (794, 1184),
    "鎌倉": (1185, 1332),
    "南北朝": (1336, 1392),
    "室町": (1336, 1572),
    "戦国": (1467, 1590),
    "安土桃山": (1573, 1602),
    "江戸": (1603, 1867),
    "明治": (1868, 1911),
    "大正": (1912, 1925),
    "昭和": (1926, 1988),
    "平成": (1989, 2018),
}
_ORDER = tuple(_YEARS)
# Nobody takes the Edo period for prehistory.
_NEIGHBOURS = 3
_PERIOD = re.compile(rf"(?P<name>{'|'.join(_YEARS)})時代")
_TOLD = re.compile(rf"(?P<name>{'|'.join(_YEARS)})(?:時代|[前中後末]期|初期|初年|年間|以[前降来])")


def is_period(text: str) -> bool:
    """Say whether a name ends in 時代: it stands beside periods only."""
    return text.endswith("時代")


def unlike(key: str, told: str, article: str) -> tuple[str, ...]:
    """Return two periods near ``key`` that a sentence leaves possible, those of the article first; else ()."""
    found = _PERIOD.fullmatch(key)
    if found is None:
        return ()
    rest = told.replace(key, "\n")
    own = _YEARS[found["name"]]
    others = [_YEARS[match["name"]] for match in _TOLD.finditer(rest)]
    # A year of it says which period it was.
    if any(own[0] <= year <= own[1] for year in years_told(rest)):
        return ()
    fit = [
        (f"{name}時代" not in article, min(abs(years[0] - own[1]), abs(own[0] - years[1])), f"{name}時代")
        for name, years in _YEARS.items()
        if abs(_ORDER.index(name) - _ORDER.index(found["name"])) <= _NEIGHBOURS
        and _are_apart(years, own)
        and all(_are_apart(years, other) and (years < other) == (own < other) for other in others)
        and not any(years[0] <= year <= years[1] for year in years_told(rest))
    ]
    chosen: list[str] = []
    for _, _, name in sorted(fit):
        if all(_are_apart(_YEARS[name[:-2]], _YEARS[other[:-2]]) for other in chosen):
            chosen.append(name)
    return tuple(chosen[:WANTED]) if len(chosen) >= WANTED else ()


def _are_apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] < other[0] or other[1] < one[0]
