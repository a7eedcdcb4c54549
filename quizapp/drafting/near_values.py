"""Near values: wrong options for dates and amounts, of the key's own form and of its roundness.

Dates that the article tells of elsewhere come first. A value is refused that the sentence itself rules out: a year on
the other side of another year, out of the century or the life that is told of, or not yet come.
"""

from __future__ import annotations

import math
import re
from calendar import isleap
from functools import lru_cache
from hashlib import blake2s
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.distractors import WANTED
from quizapp.drafting.told_years import BEFORE_ERA, ERA_YEAR, spans_told, times_told, years_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Around(NamedTuple):
    """What bears on a value: the sentence it stands in, dates told of elsewhere, and the years there can be.

    ``every`` is after how many years such a thing comes again, 0 for whenever; ``in_year`` says that other days of
    the same year are told by month alone, so that only the year of the date may be another.
    """

    told: str = ""
    dates: tuple[str, ...] = ()
    first: int = -9999
    last: int = 9999
    every: int = 0
    in_year: bool = False


_NOWHERE = Around()
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_MONTH_DAY = re.compile(r"(?:[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)")
# Whole years: the last of an era ends within the year.
_LAST_OF_ERA = {"明治": 44, "大正": 14, "昭和": 63, "平成": 30, "令和": 99}


def near_values(text: str, around: Around = _NOWHERE) -> tuple[str, ...]:
    """Return two values near a date or amount, at its own granularity: 2011年 gives 2008年 and 2013年.

    Empty when no two sensible values are found.
    """
    if text.translate(_NARROW) != text:
        narrow = near_values(text.translate(_NARROW), around._replace(told=around.told.translate(_NARROW), dates=()))
        return tuple(_as_wide(value, text) for value in narrow)
    year = _year_of(text)
    if year is not None:
        return _dates(text, year, around)
    number = _NUMBER.search(text)
    return () if number is None or "(" in text or "（" in text else _near_amounts(text, number, around)


def _as_wide(value: str, text: str) -> str:
    """Return a value with each number's digits, commas and points as wide as in that of the key's ``text``."""
    keys = iter(_NUMBER.findall(text))

    def like_key(number: re.Match[str]) -> str:
        key = next(keys, "")
        both = zip(number[0], number[0].translate(_WIDE), strict=True)
        return "".join(wide if (key[:1] > "9" if sign.isdigit() else wide in key) else sign for sign, wide in both)

    return _NUMBER.sub(like_key, value)


def _near_amounts(text: str, target: re.Match[str], around: Around) -> tuple[str, ...]:
    """Return two values near one that is no year: an amount, a day of the year, a century or a decade."""
    digits = target[0]
    if "." in digits:
        return _spelled(text, target, _near_decimals(digits, text), around.told)
    value = int(digits.replace(",", ""))
    after = text[target.end() :]
    if after.startswith("月"):
        return _near_days(text, around.told)
    if _MONTH_DAY.fullmatch(text):
        near = [n for n in (value - 2, value + 1, value + 3, value - 1, value - 3, value + 2) if 1 <= n <= 28]
    elif after.startswith("世紀"):
        sign = -1 if text.startswith("紀元前") else 1
        near = [n for n in (value - 1, value + 1, value - 2, value - 3) if n >= 1 and _has_come(n * sign, around)]
    elif after.startswith("年代"):
        # 1800年代 may be a decade or a century.
        near = [n for n in (value - 10, value + 10, value - 20) if n <= around.last and value % 100]
    else:
        near = _near_integers(value, text)
    return _spelled(text, target, [f"{n:,}" if "," in digits else str(n) for n in near], around.told)


_OF_YEAR = re.compile(r"(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?")


def _near_days(text: str, told: str) -> tuple[str, ...]:
    """Return two other days of the month, or months, that lie on the same side of the other days of a sentence."""
    own = _OF_YEAR.match(text)
    if own is None:
        return ()
    month, day = int(own["month"]), int(own["day"] or 0)
    key = (month, day)
    others = [(int(m["month"]), int(m["day"] or 0)) for m in _OF_YEAR.finditer(told.replace(text, "\n"))]
    steps = (-3, 2, 5, -5, -1, 1, 3, -2, 4) if day else (-2, 1, 3, -1, -3, 2)
    near = [(month, day + step) if day else (month + step, 0) for step in (steps[_seed(text) % 3 :] + steps)]
    fit = [
        new
        for new in dict.fromkeys(near)
        if (1 <= new[1] <= 28 if day else 1 <= new[0] <= 12)
        and all(new != other and (new < other) == (key < other) for other in others)
    ]
    spelled = [f"{m}月" + (f"{d}日" if d else "") + text[own.end() :] for m, d in fit]
    return tuple(spelled[:WANTED]) if len(spelled) >= WANTED else ()


def _has_come(century: int, around: Around) -> bool:
    """Say whether a century is over: of the one that has just begun little can be told."""
    return 100 * century <= around.last


_ALONE = re.compile(r"(?:.*(?<![0-9,.]))?(?P<year>[12][0-9]{3})")
_FIRST_YEAR = re.compile(r"(?:西暦)?(?P<bc>紀元前)?(?P<year>[0-9]{3,4})年(?!間|代|ぶり|以上|前|後)")


@lru_cache(maxsize=1_000)
def _year_of(text: str) -> int | None:
    found = _FIRST_YEAR.match(text)
    if found:
        return -int(found["year"]) if found["bc"] else int(found["year"])
    era = ERA_YEAR.match(text)
    if era:
        return BEFORE_ERA[era["era"]] + (1 if era["number"] == "元" else int(era["number"]))
    alone = _ALONE.fullmatch(text)
    return int(alone["year"]) if alone else None


def _dates(text: str, year: int, around: Around) -> tuple[str, ...]:
    """Return two dates of the form of ``text``: near ones of the article, then its own moved by some years."""
    leaps = _LEAP_DAY.search(text) is not None
    around = around._replace(every=around.every or 4 * leaps)
    may_be = _bounds(year, around)
    step = _step(year, is_round="頃" in text or "ごろ" in text or _is_round(year))
    # Where much is told of a few years, another year is out of the question.
    near_by = {date for date in around.dates if (other := _year_of(date)) is not None and abs(other - year) <= _CLOSE}
    if "月" in text and len(near_by) > _MANY_CLOSE:
        step = 1
    chosen: list[str] = []
    years = [year]
    for other, date in () if around.in_year else _of_article(text, year, around.dates):
        if abs(other - year) <= 4 * step and may_be(other) and date not in around.told and date not in chosen:
            chosen.append(date)
            years.append(other)
        if len(chosen) == WANTED:
            return tuple(chosen)
    for near in _again(year, around.every) if around.every else _near_years(year, step):
        moved = _moved(text, year, near)
        apart = all(abs(near - other) * 2 >= step for other in years)
        if moved and apart and (isleap(near) or not leaps) and may_be(near) and moved not in around.told:
            chosen.append(moved)
            years.append(near)
        if len(chosen) == WANTED:
            return tuple(chosen)
    return ()


_CLOSE, _MANY_CLOSE = 2, 4
_LEAP_DAY = re.compile(r"(?<![0-9])2月29日|February 29\b|\b29 February")


def _is_round(year: int) -> bool:
    """Say whether a year so long ago is a rough one: 西暦600年."""
    return year % 100 == 0 and year < 1300


def _again(year: int, every: int) -> Iterator[int]:
    """Yield the years near one in which what comes every so many years came too."""
    yield from (year + every * times for times in ((-1, 1, -2, 2, -3) if _seed(str(year)) % 2 else (1, -2, -1, 2, -3)))


def _of_article(text: str, year: int, dates: Iterable[str]) -> list[tuple[int, str]]:
    """Return the dates of one form with ``text``, those nearest in time first."""
    form = _form(text)
    found = [(other, date) for date in dates if _form(date) == form and (other := _year_of(date)) is not None]
    # The very next year is as good as the year itself; which month of one year it was is seldom worth knowing.
    dull = 0 if text.endswith("月") else 1
    return sorted(found, key=lambda pair: (abs(pair[0] - year) == dull, abs(pair[0] - year), pair[1]))


@lru_cache(maxsize=1_000)
def _form(date: str) -> str:
    return re.sub(r"[0-9]+", "0", ERA_YEAR.sub("era0", date))


def _bounds(year: int, around: Around) -> Callable[[int], bool]:
    """Return what tells whether another year may stand where ``year`` does."""
    others = years_told(around.told) - {year}
    spans = spans_told(around.told) + times_told(around.told)
    lived = around.first <= year

    def may_be(near: int) -> bool:
        if near > around.last or (lived and near < around.first):
            return False
        if any((near < other) != (year < other) or near == other for other in others):
            return False
        if around.every and (near - year) % around.every:
            return False
        # Nothing that happened in a century or war, or before it, is thought to have happened out of it.
        return all(
            (first <= near <= last) == (first <= year <= last) and (near < first) == (year < first)
            for first, last in spans
        )

    return may_be


# Older years are known less exactly, so the steps grow with the distance from today.
_STEPS = ((1900, 2), (1700, 3), (1200, 4), (600, 6), (0, 10), (-1000, 20), (-9999, 60))
_ROUND_STEPS = ((1800, 5), (1200, 20), (0, 50), (-1000, 100), (-3000, 300), (-9999, 600))


def _step(year: int, *, is_round: bool) -> int:
    step = next(step for since, step in (_ROUND_STEPS if is_round else _STEPS) if year >= since)
    # About 2000 is as rough as a century, about 1550 as half of one.
    rough = next((unit for unit in (100, 50, 10) if is_round and year % unit == 0), 1)
    return max(step, rough) if year >= 1200 else max(step, 2 * rough)


def _near_years(year: int, step: int) -> Iterator[int]:
    seed = _seed(str(year))
    pattern = ((-2, 1), (-1, 2), (-1, 1), (-2, -1), (1, 2))[seed % 5]
    for place, times in enumerate((*pattern, -1, 1, -2, 2, -3, 3, -4)):
        # Unequal steps, or the key is the middle of a series; rough years stay rough.
        jitter = (seed >> (4 + place)) % step if step < 10 and abs(times) < 3 else 0
        yield year + times * step + (jitter if times > 0 else -jitter)
    # Where the sentence leaves little room.
    yield from (year - 2, year + 2, year - 1, year + 1)


def _moved(text: str, year: int, near: int) -> str:
    """Return a date moved to another year, with its year of the same era; "" where that era has no such year."""
    for match in reversed(list(ERA_YEAR.finditer(text))):
        number = near - BEFORE_ERA[match["era"]]
        if not 2 <= number <= _LAST_OF_ERA[match["era"]]:
            return ""
        text = text[: match.start("number")] + str(number) + text[match.end("number") :]
    return text.replace(str(abs(year)), str(abs(near)), 1) if (near < 0) == (year < 0) and near else ""


def _spelled(text: str, target: re.Match[str], values: list[str], taboo: str) -> tuple[str, ...]:
    spelled = [text[: target.start()] + value + text[target.end() :] for value in values]
    wanted = [option for option in spelled if option != text and option not in taboo]
    return tuple(wanted[:WANTED]) if len(wanted) >= WANTED else ()


def _seed(text: str) -> int:
    return int.from_bytes(blake2s(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


def _near_integers(value: int, text: str) -> list[int]:
    if _TENFOLD.fullmatch(str(value)) and text.endswith("倍"):
        # A hundredfold is no rough number but a power of ten.
        near = [value * 10, value // 10, value * 100]
    elif value <= 10:
        near = [value + 1, value + 2, value - 1, value - 2]
    else:
        zeros = len(str(value)) - len(str(value).rstrip("0"))
        unit = 10**zeros * (5 if str(value)[: -zeros or None].endswith("5") and value > 15 else 1)
        step = max(unit, (value // 5 // unit) * unit)
        near = [value - step, value + step, value + 2 * step, value - 2 * step]
    near = [n for n in near if n <= _most(text)]
    if text.endswith(("秒", "分")):
        near = [n for n in near if n < 60 or value >= 60]
    lowest = 1 if value else 0
    rotated = near[_seed(text) % 2 :] + near[: _seed(text) % 2]
    return [n for n in rotated if n >= lowest]


_TENFOLD = re.compile(r"100+")


def _most(text: str) -> float:
    """Return how much an amount may be: a share is no more than all."""
    if any(sign in text for sign in ("%", "％", "パーセント", "percent")):
        return 100
    return 9 if text.endswith(("割", "割以上")) else math.inf


def _near_decimals(digits: str, text: str) -> list[str]:
    whole, places = digits.split(".")
    value = int((whole + places).replace(",", ""))
    step, most = max(1, value // 5), _most(text) * 10 ** len(places)
    return [_with_point(n, len(places)) for n in (value - step, value + step, value - 2 * step) if 0 < n <= most]


def _with_point(value: int, places: int) -> str:
    digits = str(value).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}"
