"""Near values: wrong options for dates and amounts, of the key's own form and of its roundness.

Dates that the article tells of elsewhere come first. A value is refused that the sentence itself rules out: a year on
the other side of another year, out of the century or the life that is told of, or not yet come.
"""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quizapp.core.article import Article

WANTED = 2
# Years that are told by their last two figures.
_OLDEST_SHORT = 1000
_CENTURY_OR_SO = 100


class Around(NamedTuple):
    """What bears on a value: the sentence it stands in, dates told of elsewhere, and the years there can be."""

    told: str = ""
    dates: tuple[str, ...] = ()
    first: int = -9999
    last: int = 9999


_NOWHERE = Around()
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_MONTH_DAY = re.compile(r"(?:[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)")
_BEFORE_ERA = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
# Whole years: the last of an era ends within the year.
_LAST_OF_ERA = {"明治": 44, "大正": 14, "昭和": 63, "平成": 30, "令和": 99}
_ERA_YEAR = re.compile(r"(?P<era>明治|大正|昭和|平成|令和)(?P<number>元|[0-9]{1,2})年")
_YEAR = re.compile(
    r"(?<![0-9,.])(?P<bc>紀元前)?(?P<year>[0-9]{3,4})年(?!間|代|ぶり|以上|前|後)"
    r"|(?<![0-9])(?<![0-9][,.])(?P<bare>(?:1[0-9]|20)[0-9]{2})(?![0-9]|[,.][0-9]|[^\W\d_])"
)
_CENTURY = re.compile(r"(?P<bc>紀元前)?(?P<number>[0-9]{1,2})世紀(?P<part>初頭|前半|後半|末)?(?!の間|間|にわた|以上)")
_DECADE = re.compile(r"(?P<year>[0-9]{3,4})年代")
_PARTS = {"初頭": (0, 14), "前半": (0, 49), "後半": (50, 99), "末": (80, 99), None: (0, 99)}
_LIFE = re.compile(
    r"(?<![0-9])([0-9]{3,4})年[^0-9()（）。]{0,4}(?:[0-9]{1,2}月[0-9]{1,2}日)?[^0-9。はがを]{0,12}?[-–−―~〜～－][^0-9。はがを]{0,10}"
    r"([0-9]{3,4})年"
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
    years = {(-1 if m["bc"] else 1) * int(m["year"] or m["bare"]) for m in _YEAR.finditer(text)}
    for match in _ERA_YEAR.finditer(text):
        years.add(_BEFORE_ERA[match["era"]] + (1 if match["number"] == "元" else int(match["number"])))
    return years


def spans_told(text: str) -> list[tuple[int, int]]:
    """Return the first and last years of the centuries and decades that a text speaks of."""
    spans = [(int(match["year"]), int(match["year"]) + 9) for match in _DECADE.finditer(text)]
    for match in _CENTURY.finditer(text):
        start = -100 * int(match["number"]) if match["bc"] else 100 * int(match["number"]) - 99
        first, last = _PARTS[match["part"]]
        spans.append((start + first, start + last))
    return spans


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


def near_values(text: str, around: Around = _NOWHERE) -> tuple[str, ...]:
    """Return two values near a date or amount, at its own granularity: 2011年 gives 2008年 and 2013年.

    Empty when no two sensible values are found.
    """
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return ()
    if text[numbers[0].start()] > "9":
        narrow = near_values(text.translate(_NARROW), around._replace(told=around.told.translate(_NARROW), dates=()))
        return tuple(value.translate(_WIDE) for value in narrow)
    year = _year_of(text)
    if year is not None:
        return _dates(text, year, around)
    if "(" in text or "（" in text:
        return ()
    target = numbers[0]
    digits = target[0]
    if "." in digits:
        return _spelled(text, target, _near_decimals(digits), around.told)
    value = int(digits.replace(",", ""))
    after = text[target.end() :]
    if after.startswith("月") or _MONTH_DAY.fullmatch(text):
        last = 12 if after.startswith("月") else 28
        near = [n for n in (value - 2, value + 1, value + 3, value - 1, value - 3, value + 2) if 1 <= n <= last]
    elif after.startswith("世紀"):
        sign = -1 if text.startswith("紀元前") else 1
        near = [
            n for n in (value - 1, value + 1, value - 2, value - 3) if n >= 1 and _has_come(n * sign, after, around)
        ]
    elif after.startswith("年代"):
        # 1800年代 may be a decade or a century.
        near = [n for n in (value - 10, value + 10, value - 20) if n <= around.last and value % 100]
    else:
        near = _near_integers(value, text)
    return _spelled(text, target, [f"{n:,}" if "," in digits else str(n) for n in near], around.told)


def _are_next(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether two centuries, or parts of them, are one or follow each other."""
    return max(one[0], other[0]) - min(one[1], other[1]) <= _CENTURY_OR_SO


def _has_come(century: int, part: str, around: Around) -> bool:
    first = 100 * century - 99 + _PARTS.get(part.removeprefix("世紀") or None, (0, 99))[0]
    return century < 0 or first <= around.last


_ALONE = re.compile(r"(?:.*(?<![0-9,.]))?(?P<year>[12][0-9]{3})")
_FIRST_YEAR = re.compile(r"(?:西暦)?(?P<bc>紀元前)?(?P<year>[0-9]{3,4})年(?!間|代|ぶり|以上|前|後)")


def _year_of(text: str) -> int | None:
    found = _FIRST_YEAR.match(text)
    if found:
        return -int(found["year"]) if found["bc"] else int(found["year"])
    era = _ERA_YEAR.match(text)
    if era:
        return _BEFORE_ERA[era["era"]] + (1 if era["number"] == "元" else int(era["number"]))
    alone = _ALONE.fullmatch(text)
    return int(alone["year"]) if alone and int(alone["year"]) < 3000 and not text.endswith(("万", "億")) else None


def _dates(text: str, year: int, around: Around) -> tuple[str, ...]:
    """Return two dates of the form of ``text``: near ones of the article, then its own moved by some years."""
    may_be = _bounds(year, around)
    step = _step(year, is_round="頃" in text or "ごろ" in text)
    chosen: list[str] = []
    years = [year]
    for other, date in _of_article(text, year, around.dates):
        if abs(other - year) <= 4 * step and may_be(other) and date not in around.told and date not in chosen:
            chosen.append(date)
            years.append(other)
        if len(chosen) == WANTED:
            return tuple(chosen)
    for near in _near_years(year, step):
        moved = _moved(text, year, near)
        apart = all(abs(near - other) * 2 >= step for other in years)
        if moved and apart and may_be(near) and moved not in around.told:
            chosen.append(moved)
            years.append(near)
        if len(chosen) == WANTED:
            return tuple(chosen)
    return ()


def _of_article(text: str, year: int, dates: Iterable[str]) -> list[tuple[int, str]]:
    """Return the dates of one form with ``text``, those nearest in time first."""
    form = _form(text)
    found = [(other, date) for date in dates if _form(date) == form and (other := _year_of(date)) is not None]
    # The very next year is as good as the year itself.
    return sorted(found, key=lambda pair: (abs(pair[0] - year) == 1, abs(pair[0] - year), pair[1]))


def _form(date: str) -> str:
    return re.sub(r"[0-9]+", "0", _ERA_YEAR.sub("era0", date))


def _bounds(year: int, around: Around) -> Callable[[int], bool]:
    """Return what tells whether another year may stand where ``year`` does."""
    others = years_told(around.told) - {year}
    spans = spans_told(around.told)
    lived = around.first <= year

    def may_be(near: int) -> bool:
        if near > around.last or (lived and near < around.first):
            return False
        if any((near < other) != (year < other) or near == other for other in others):
            return False
        # Nothing that happened in a century, or before it, is thought to have happened out of it.
        return all(
            (first <= near <= last) == (first <= year <= last) and (near < first) == (year < first)
            for first, last in spans
        )

    return may_be


# Older years are known less exactly, so the steps grow with the distance from today.
_STEPS = ((1900, 2), (1700, 3), (1200, 4), (600, 6), (-9999, 10))
_ROUND_STEPS = ((1800, 5), (1200, 20), (0, 50), (-9999, 100))


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
    for match in reversed(list(_ERA_YEAR.finditer(text))):
        number = near - _BEFORE_ERA[match["era"]]
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
    if value <= 10:
        near = [value + 1, value + 2, value - 1, value - 2]
    else:
        zeros = len(str(value)) - len(str(value).rstrip("0"))
        unit = 10**zeros * (5 if str(value)[: -zeros or None].endswith("5") and value > 15 else 1)
        step = max(unit, (value // 5 // unit) * unit)
        near = [value - step, value + step, value + 2 * step, value - 2 * step]
    if "%" in text or "％" in text or "パーセント" in text or "percent" in text:
        near = [n for n in near if n <= 100]
    if text.endswith(("割", "割以上")):
        near = [n for n in near if n < 10]
    if text.endswith(("秒", "分")):
        near = [n for n in near if n < 60 or value >= 60]
    lowest = 1 if value else 0
    rotated = near[_seed(text) % 2 :] + near[: _seed(text) % 2]
    return [n for n in rotated if n >= lowest]


def _near_decimals(digits: str) -> list[str]:
    whole, places = digits.split(".")
    value = int((whole + places).replace(",", ""))
    step = max(1, value // 5)
    return [_with_point(n, len(places)) for n in (value - step, value + step) if n > 0]


def _with_point(value: int, places: int) -> str:
    digits = str(value).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}"
