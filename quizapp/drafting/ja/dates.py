"""Dates: what 今年度末 or 来年 means on the day of publication, and whether a sentence tells a date that it lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.told_years import is_pinned, times_told, years_told

if TYPE_CHECKING:
    from datetime import date

    from quizapp.drafting.ja.names import Name

# Further back in its line nobody looks for the year of a sentence.
_NEAR = 600
# 元封元年（前110年） is of another count.
_YEAR = re.compile(r"(?<![0-9前])(?P<year>[0-9]{3,4})年(?!間|代|前|後|以上|ぶり|連続|生まれ)")
_HEAD_YEAR = re.compile(
    r"(?:^|。)[^、。はがを]{0,6}?(?<!前)(?P<year>[0-9]{3,4})年(?!間|代|前|後|以上|ぶり)[^、。はが]{0,8}(?:に|には|、|は)"
)
_THAT_YEAR = re.compile(r"(?P<which>同|翌)年(?!度)")
_NEXT_BEFORE_YEAR = re.compile(r"翌(?=[0-9]{4}年)")
_DAY_AHEAD = re.compile(r"^[0-9]{1,2}月(?!間)")
_ANY_TIME = re.compile(
    r"[0-9]{3,4}年|世紀|年代|時代|(?:明治|大正|昭和|平成|令和)|^[^、]{0,10}(?:後|前|以来|以降|当時|現在|時|際|頃|ごろ|まで|今)(?:、|に|は)"
)
_HAPPENED = re.compile(r"(?<!てい)(?<!であっ)(?<!だっ)(?<!なかっ)(?<!あっ)た$")
_YEARS = {"一昨年": -2, "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "再来年": 2}
_FISCAL = {"昨年度": -1, "今年度": 0, "本年度": 0, "来年度": 1}
_MONTHS = {"先月": -1, "今月": 0, "来月": 1}
RELATIVE = re.compile(
    r"(?:再来年|一昨年|昨年度?|去年|今年度?|本年度?|来年度?)(?=末|[^々]|$)|先月|今月|来月|先週|今週|来週|昨日|きのう|今日(?!的)|本日|明日|あす|先日|このほど|年内|"
    r"年度内|年度末|年末|年明け|(?<![0-9０-９前々])[0-9０-９]{1,2}日(?!間|本|目|平均|あたり|当たり|数|以|中|約|[0-9０-９]|に[0-9０-９])"
)
# All that is relative has one of these.
_OF_TIME = re.compile(r"[年月週日]|きのう|あす|このほど")
_ABSOLUTE = re.compile(
    r"[0-9０-９]{1,4}年(?:度末?|度内|内|末)?(?:[0-9０-９]{1,2}月)?(?:[0-9０-９]{1,2}日)?|[0-9０-９]{1,2}月[0-9０-９]{1,2}日"
)


def resolve(text: str, published: date | None) -> tuple[str, bool]:
    """Return ``text`` with relative years and months made absolute, and whether any stood there.

    A year is only counted from the day of publication when that is plain: in January 今年 may stand for the
    year of an older report, so plain years stay as they are near New Year. What cannot be told stays
    relative.
    """
    if not is_relative(text):
        return text, False
    if published is None:
        return text, True
    known = {word: f"{published.year - (published.month < 4) + shift}年度" for word, shift in _FISCAL.items()}
    if 2 <= published.month <= 11:
        known |= {word: f"{published.year + shift}年" for word, shift in _YEARS.items()}
        known |= {word: f"{published.year}年{published.month + shift}月" for word, shift in _MONTHS.items()}
        known["年内"] = f"{published.year}年内"
    return RELATIVE.sub(lambda match: known.get(match[0], match[0]), text), True


def that_year(text: str, before: str) -> str:
    """Return ``text`` with 同年 and 翌年 as years: they count from the last one told of in its line, ``before``."""
    if "翌" not in text and "同年" not in text:
        return text
    text = _NEXT_BEFORE_YEAR.sub("", text)
    that, said = _THAT_YEAR.search(text), _YEAR.search(text)
    if that is None or (said and said.start() < that.start()):
        return text
    years = [int(match["year"]) for match in _YEAR.finditer(before[-_NEAR:])]
    return text[: that.start()] + f"{years[-1] + (that['which'] == '翌')}年" + text[that.end() :] if years else text


def with_year(text: str, before: str) -> str:
    """Return ``text`` with the one year that its line, ``before``, has told of (for 10月22日, for a deed)."""
    before = before[-_NEAR:]
    years = {int(match["year"]) for match in _YEAR.finditer(before)}
    if len(years) != 1 or _YEAR.search(text) or not _HEAD_YEAR.search(before):
        return text
    year = min(years)
    if _DAY_AHEAD.match(text):
        return f"{year}年{text}"
    return text if _ANY_TIME.search(text) or not _HAPPENED.search(text) else f"{year}年、{text}"


def is_relative(text: str) -> bool:
    """Say whether ``text`` still holds a date that counts from another day."""
    return _OF_TIME.search(text) is not None and RELATIVE.search(_ABSOLUTE.sub("", text)) is not None


_YEARS_LATER = re.compile(r"(?<![0-9])([0-9]{1,3})(?:年(?:間|後|前|目|ぶり|の間)|周年|歳)")
# A war of a few years says its years.
_FEW_YEARS = 6
_DECADE = re.compile(r"([0-9]{3,4})年代")
_IN_TURN = re.compile(r"の[^、。はがを]{2,16}、[0-9]{4}年の")
_MONTH_ALONE = re.compile(r"(?<![年0-9])[0-9]{1,2}月(?!間)")
_AT_LATEST = re.compile(r"(?:遅く|早く|少なく)とも(?:[、はに]|[一-鿿]{0,3})?$|(?:早|遅)ければ$")


def is_told(text: str, name: Name) -> bool:
    """Say whether the rest gives a date away: 2005年以前 beside 2006年以降, 「32年テーゼ」 beside 1932年.

    So do the years between it and another (1848年から…までの122年間), a month of the same year behind it, and a
    great war. Of 遅くとも1900年 other years are right as well.
    """
    front, behind = text[: name.start], text[name.end :]
    rest = front + "\n" + behind
    own = years_told(name.text)
    apart = {int(years) for years in _YEARS_LATER.findall(rest)}
    if any(abs(abs(year - other) - n) <= 1 for year in own for other in years_told(rest) for n in apart):
        return True
    if "月" in name.text and (_MONTH_ALONE.search(behind) or ("年" not in name.text and "月" in rest)):
        return True
    # 1908年の北町大会、1912年の港町大会: one after another.
    if _IN_TURN.match(behind):
        return True
    # 1980年代は…、1990年代は…: one after another.
    decades = {int(decade) for decade in _DECADE.findall(rest)}
    if any(abs(int(own_decade) - decade) <= 10 for own_decade in _DECADE.findall(name.text) for decade in decades):
        return True
    in_war = any(first <= year <= last <= first + _FEW_YEARS for first, last in times_told(rest) for year in own)
    is_bound = _AT_LATEST.search(front) is not None
    return in_war or is_bound or is_pinned(name.text, rest) or _is_of_two_calendars(name.text)


_TWO_CALENDARS = re.compile(r"([0-9]{4})年[（(]((?:明治|大正|昭和|平成|令和).+?年)[)）]")


def _is_of_two_calendars(date: str) -> bool:
    """Say whether a date is a year of two calendars that are not the same year: 1935年（昭和8年）."""
    told = _TWO_CALENDARS.match(date)
    return told is not None and abs(int(told[1]) - min(years_told(told[2]), default=int(told[1]))) > 1
