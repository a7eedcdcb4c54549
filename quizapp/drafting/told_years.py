"""The years that a text tells of: of a date, a century, an era, a war or a life; and whether they give a date away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.core.article import Article

# Years that are told by their last two figures.
_OLDEST_SHORT = 1000
_CENTURY_OR_SO = 100
BEFORE_ERA = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
ERA_YEAR = re.compile(r"(?P<era>明治|大正|昭和|平成|令和)(?P<number>元|[0-9]{1,2})年")
# A year with 年, or one of four figures that stands alone: 選手権2007, not 2007校 and 2,007.
_YEAR = re.compile(r"([0-9](?<![0-9][0-9])[0-9]{2,3})(?:(年)(?!間|代|ぶり|以上|前|後)|(?![0-9]|[,.][0-9]|[^\W\d_]))")
_ALONE = range(1000, 2100)
_FIGURES, _POINTS = frozenset("0123456789"), frozenset(",.")
_CENTURY = re.compile(r"(?P<bc>紀元前)?(?P<number>[0-9]{1,2})世紀(?P<part>初頭|前半|後半|末)?(?!の間|間|にわた|以上)")
_DECADE = re.compile(r"(?P<year>[0-9]{3,4})年代")
PARTS = {"初頭": (0, 14), "前半": (0, 49), "後半": (50, 99), "末": (80, 99), None: (0, 99)}
_LIFE = re.compile(
    r"(?<![0-9])([0-9]{3,4})年(?:[（(〈][^（()）〈〉]{2,8}[)）〉])?[^0-9()（）。]{0,4}(?:[0-9]{1,2}月[0-9]{1,2}日)?[^0-9。はがを]{0,12}?[-–−―~〜～－][^0-9。はがを]{0,10}"
    r"([0-9]{3,4})年"
)
# A war, an occupation or an era says itself when it was.
_TIMES = {
    "日清戦争": (1894, 1895),
    "日露戦争": (1904, 1905),
    "第一次世界大戦": (1914, 1918),
    "第二次世界大戦": (1939, 1945),
    "太平洋戦争": (1941, 1945),
    "進駐軍": (1945, 1952),
    "江戸時代": (1603, 1868),
    "明治時代": (1868, 1912),
    "大正時代": (1912, 1926),
    "昭和時代": (1926, 1989),
}
# When a war began or ended is not within it.
_TIME = re.compile(
    rf"(?P<name>{'|'.join(_TIMES)})(?![がはの]?(?:開戦|勃発|始|起|終わ|突入))(?P<side>(?:の)?(?:終結|終了|敗戦)?(?:直後|以後|以降|後)|終結)?"
)


def latest_year(article: Article) -> int:
    """Return the year of publication, or where it is not known the newest year the article speaks of."""
    return article.published.year if article.published else max(years_told(article.text), default=9999)


def life(text: str) -> tuple[int, int] | None:
    """Return from when to when somebody lived or something was there, as the beginning of an article says it."""
    found = _LIFE.search(text)
    return (int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None


def years_told(text: str) -> set[int]:
    """Return the years that a text speaks of; those before Christ are negative."""
    years = set()
    for match in _YEAR.finditer(text):
        start, year = match.start(), int(match[1])
        before = text[max(0, start - 4) : start]
        if match[2]:
            if before[-1:] not in _POINTS:
                years.add(-year if _is_before_christ(before) else year)
        elif year in _ALONE and not (before[-1:] in _POINTS and before[-2:-1] in _FIGURES):
            years.add(year)
    for match in ERA_YEAR.finditer(text) if "年" in text else ():
        years.add(BEFORE_ERA[match["era"]] + (1 if match["number"] == "元" else int(match["number"])))
    return years


def _is_before_christ(before: str) -> bool:
    return before.endswith("紀元前") and before[:-3] not in _FIGURES | _POINTS


def spans_told(text: str) -> list[tuple[int, int]]:
    """Return the first and last years of the centuries and decades that a text speaks of."""
    spans = []
    if "年代" in text:
        spans = [(int(match["year"]), int(match["year"]) + 9) for match in _DECADE.finditer(text)]
    if "世紀" not in text:
        return spans
    for match in _CENTURY.finditer(text):
        start = -100 * int(match["number"]) if match["bc"] else 100 * int(match["number"]) - 99
        first, last = PARTS[match["part"]]
        spans.append((start + first, start + last))
    return spans


def times_told(text: str) -> list[tuple[int, int]]:
    """Return the first and last years of the wars and eras that a text speaks of; of "after a war" what came later."""
    return [(_TIMES[m["name"]][1], 9999) if m["side"] else _TIMES[m["name"]] for m in _TIME.finditer(text)]


def is_pinned(date: str, rest: str) -> bool:
    """Say whether what else stands in a sentence gives a date away: the year next to it, or its own century."""
    own, others = years_told(date), years_told(rest)
    if any(abs(year - other) <= 1 for year in own for other in others):
        return True
    # 1932年 beside 「32年テーゼ」.
    short = set(_SHORT_YEAR.findall(rest))
    if any(f"{year % 100:02d}" in short for year in own if year > _OLDEST_SHORT):
        return True
    # 2007年 beside 選手権2007.
    if not {str(year) for year in own}.isdisjoint(_BARE_NUMBER.findall(rest)):
        return True
    centuries = spans_told(date)
    if "年代" not in date and any(_are_next(own, other) for own in centuries for other in spans_told(rest)):
        return True
    if any(first - 10 <= year <= last + 10 for first, last in centuries for year in others):
        return True
    return bool(_DAY.match(date)) and _NEXT_DAY.search(rest) is not None


_SHORT_YEAR = re.compile(r"(?<![0-9治正和成])([0-9]{2})年(?!間|代)")
_BARE_NUMBER = re.compile(r"(?<![0-9.,])[0-9]+(?![0-9年.,])")
_DAY = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日")
_NEXT_DAY = re.compile(r"翌|前日|当日")


def _are_next(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two centuries, or parts of them, are one or follow each other."""
    return max(one[0], other[0]) - min(one[1], other[1]) <= _CENTURY_OR_SO
