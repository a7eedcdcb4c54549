"""Wrong options: names of the key's type from elsewhere in the article, and near values for numbers and
years.

Nothing is invented but numbers. A name is refused when it is the key by another name, contains the key or is
contained in it, stands in the evidence or the stem, or might be right as well.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizapp.core.article import Article

WANTED = 2
# So many names before and after the evidence are looked at: nearer names are better, and long articles stay cheap.
_WINDOW = 16


@dataclass(slots=True)
class Entry:
    """A name of the article: its type, the first statement it stands in and all the statements it stands in."""

    text: str
    type: str
    first: int
    statements: list[int] = field(default_factory=list)


class Pool:
    """The names of an article by type, in order of first mention."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._by_type: dict[str, list[Entry]] = {}

    def add(self, text: str, kind: str, statement: int) -> None:
        """Note that ``text`` stands in a statement; statements come in order."""
        entry = self._entries.get(text)
        if entry is None:
            entry = self._entries[text] = Entry(text, kind, statement)
            self._by_type.setdefault(kind, []).append(entry)
        if not entry.statements or entry.statements[-1] != statement:
            entry.statements.append(statement)

    def count(self, text: str) -> int:
        """Return in how many statements a name stands."""
        entry = self._entries.get(text)
        return len(entry.statements) if entry else 0

    def find(self, text: str) -> Entry | None:
        """Return what is known of a name."""
        return self._entries.get(text)

    def near(self, kind: str, statement: int) -> list[Entry]:
        """Return names of a type, those around ``statement`` in the article."""
        entries = self._by_type.get(kind, [])
        at = bisect_left(entries, statement, key=lambda entry: entry.first)
        return entries[max(0, at - _WINDOW) : at + _WINDOW]


def choose(
    key: str,
    entries: Iterable[Entry],
    *,
    statement: int,
    taboo: str,
    is_refused: Callable[[Entry], bool],
    count: int = WANTED,
) -> tuple[str, ...]:
    """Return up to ``count`` names unlike the key but of its shape; ``taboo`` is text they must not stand in."""
    scored = [
        (-_likeness(key, entry.text) + min(abs(entry.first - statement), 50) / 50, entry.first, entry)
        for entry in entries
        if not _overlaps(key, entry.text) and entry.text not in taboo
    ]
    chosen: list[str] = []
    for _, _, entry in sorted(scored, key=lambda row: row[:2]):
        if len(chosen) == count:
            break
        if not any(_overlaps(entry.text, other) for other in chosen) and not is_refused(entry):
            chosen.append(entry.text)
    return tuple(chosen)


def are_alike(one: str, other: str) -> bool:
    """Say whether two phrases share a third of their pairs of signs."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}, {other[i : i + 2] for i in range(len(other) - 1)}
    return 3 * len(pairs[0] & pairs[1]) > min(map(len, pairs))


def _overlaps(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one in other or other in one


def _likeness(key: str, other: str) -> float:
    """Say how alike two names look: length, the same ending, the same script."""
    length = 1 - abs(len(key) - len(other)) / max(len(key), len(other))
    ending = 1.0 if key[-1] == other[-1] else 0.0
    script = 1.0 if _script(key) == _script(other) else 0.0
    return length + ending + script


def of_one_script(one: str, other: str) -> bool:
    """Say whether two names are written with the same sorts of signs (a phrase in kana is no rival of an acronym)."""
    return _script(one) == _script(other)


@lru_cache(maxsize=8_000)
def _script(text: str) -> frozenset[str]:
    return frozenset(_sort_of(sign) for sign in text if sign.isalnum())


def _sort_of(sign: str) -> str:
    if sign.isdigit():
        return "digit"
    if "ぁ" <= sign <= "ゟ":
        return "hiragana"
    if "゠" <= sign <= "ヿ":
        return "katakana"
    return "kanji" if "㐀" <= sign <= "鿿" or sign == "々" else "letter"


_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")


_MONTH_DAY = re.compile(r"(?:[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)")


_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?=年|(?![0-9]))")


def latest_year(article: Article) -> int:
    """Return the year of publication, or where it is not known the newest year the article speaks of."""
    if article.published:
        return article.published.year
    return max((int(year) for year in _YEAR.findall(article.text)), default=9999)


def near_values(text: str, *, taboo: str = "", latest_year: int = 9999) -> tuple[str, ...]:
    """Return two values near a date or amount, at its own granularity: 2011年 gives 2008年 and 2015年.

    The last number that tells (the day of a date keeps; its year moves) is changed; what stands in
    ``taboo`` is not given. Empty when no sensible value is found.
    """
    era = _ERA.fullmatch(text)
    if era:
        return _near_eras(era, taboo, latest_year)
    numbers = list(_NUMBER.finditer(text))
    if not numbers or "(" in text or "（" in text:
        return ()
    target = next(
        (n for n in numbers if len(n[0]) == 4 and not text[: n.start()].endswith(("万", "億", "兆"))), numbers[0]
    )
    digits = unicodedata.normalize("NFKC", target[0])
    if "." in digits:
        return _spelled(text, target, _near_decimals(digits), taboo)
    value = int(digits.replace(",", ""))
    after = text[target.end() :]
    is_year = "," not in digits and (
        (100 <= value <= 2999 and after.startswith("年") and not after.startswith("年間"))
        or (1000 <= value <= 2999 and not after)
    )
    if after.startswith("月") or _MONTH_DAY.fullmatch(text):
        last = 12 if after.startswith("月") else 28
        near = [n for n in (value - 2, value + 1, value + 3, value - 1, value - 3, value + 2) if 1 <= n <= last]
    elif after.startswith("世紀"):
        near = [n for n in (value - 1, value + 1, value - 2, value - 3) if 1 <= n <= 21]
    elif after.startswith("年代"):
        near = [value - 10, value + 10, value - 20]
    else:
        near = _in_order(_near_years(value, latest_year), value, taboo) if is_year else _near_integers(value, text)
    return _spelled(text, target, [f"{n:,}" if "," in digits else str(n) for n in near], taboo)


_ERA = re.compile(
    r"(?P<year>[0-9]{4})年(?P<open>[（(])(?P<era>明治|大正|昭和|平成|令和)(?P<number>[0-9]+)年(?P<rest>[)）].*)"
)
_LAST_OF_ERA = {"明治": 45, "大正": 15, "昭和": 64, "平成": 31, "令和": 99}


def _near_eras(era: re.Match[str], taboo: str, latest: int) -> tuple[str, ...]:
    """Return two years near 1889年（明治22年） with their years of the same era."""
    year, number = int(era["year"]), int(era["number"])
    near = [
        f"{other}年{era['open']}{era['era']}{number + other - year}年{era['rest']}"
        for other in _near_years(year, latest)
        if 2 <= number + other - year <= _LAST_OF_ERA[era["era"]]
    ]
    wanted = [option for option in near if option not in taboo]
    return tuple(wanted[:WANTED]) if len(wanted) >= WANTED else ()


def _spelled(text: str, target: re.Match[str], values: list[str], taboo: str) -> tuple[str, ...]:
    wide = target[0][0] in "０１２３４５６７８９"
    table = str.maketrans("0123456789.,", "０１２３４５６７８９．，") if wide else {}
    spelled = [text[: target.start()] + value.translate(table) + text[target.end() :] for value in values]
    wanted = [option for option in spelled if option != text and option not in taboo]
    return tuple(wanted[:WANTED]) if len(wanted) >= WANTED else ()


def _seed(text: str) -> int:
    return int.from_bytes(blake2s(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


def _near_years(year: int, latest: int) -> list[int]:
    # Older years are known less exactly, so the steps grow with the distance from today.
    step = 2 if year >= 1990 else 4 if year >= 1900 else 10 if year >= 1700 else 15
    pattern = ((-2, 1), (-1, 2), (-1, 1), (-3, -1), (1, 3))[_seed(str(year)) % 5]
    offsets = [*pattern, -1, 1, -2, 2, -3, 3, -4]
    years = [year + offset * step for offset in offsets if year + offset * step <= latest]
    return list(dict.fromkeys(years))


def _in_order(years: list[int], year: int, told: str) -> list[int]:
    """Return the years that stand to the other years of a text as ``year`` does: nothing ends before it began."""
    others = {int(match[0]) for match in _YEAR.finditer(told)} - {year}
    return [near for near in years if all((near < other) == (year < other) for other in others)]


def _near_integers(value: int, text: str) -> list[int]:
    if value <= 10:
        near = [value + 1, value + 2, value - 1, value - 2]
    else:
        zeros = len(str(value)) - len(str(value).rstrip("0"))
        unit = max(10**zeros, 1)
        step = max(unit, (value // 5 // unit) * unit)
        near = [value - step, value + step, value + 2 * step, value - 2 * step]
        if "%" in text or "％" in text or "パーセント" in text or "percent" in text:
            near = [n for n in near if n <= 100] or near
    if text.endswith(("割", "割以上")):
        near = [n for n in near if n < 10]
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
