"""What a text tells about itself: its language, when it was published, and where its knowledge is from."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from quizapp.core.article import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKED_AT = 20_000
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*(?:年|[-/.])\s*(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENGLISH_DATE = re.compile(
    r"(?:(?P<day>\d{1,2}) )?(?P<month>" + "|".join(_MONTHS) + r")(?: (?P<day_after>\d{1,2}))?,? (?P<year>(?:19|20)\d\d)"
)
_PUBLISHED = re.compile(
    r"公開日|投稿日|掲載日|配信日|発行日|公開|投稿|掲載|配信|更新日|最終更新|published|posted|date|updated",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[!-~]+")
_SOURCE_LINE = re.compile(r"出典|画像元|引用元|参照元|参考文献|参考[:：]|ソース[:：]|\bsources?:", re.IGNORECASE)
_SOURCE_NAME = re.compile(
    r"[⇒→]\s*(?P<name>[^⇒→:：/\n]{1,30}?)\s*(?:出典|$)|(?:出典|引用元|参照元|参考|[Ss]ource)s?\s*[:：]\s*(?P<after>[^\n]{1,60})"
)


def language_of(text: str) -> str:
    """Return "ja" for a text with a fair share of kana, else "en"."""
    letters = [sign for sign in text[:_LOOKED_AT] if sign.isalpha()]
    kana = sum("ぁ" <= sign <= "ヿ" for sign in letters)
    return "ja" if kana * 20 > len(letters) else "en"


def published_of(text: str) -> date | None:
    """Return the day a text says it was published on: from a line that says so, or a line that is only a date."""
    for line in text[:_LOOKED_AT].split("\n"):
        if len(line) > 80:
            continue
        found = parse_date(line)
        if found and (
            _PUBLISHED.search(line)
            or len(_DATE.sub("", _ENGLISH_DATE.sub("", line)).strip(" 日()（）:：月火水木金土曜#*")) <= 5
        ):
            return found
    return None


def parse_date(text: str) -> date | None:
    """Return the first whole date in ``text``: 2025年1月26日, 2025/01/26, 2025-01-26 or 26 January 2025."""
    match = _DATE.search(text)
    if match:
        return _date(match["year"], match["month"], match["day"])
    match = _ENGLISH_DATE.search(text)
    if match and (match["day"] or match["day_after"]):
        return _date(match["year"], str(_MONTHS.index(match["month"]) + 1), match["day"] or match["day_after"])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def sources_of(text: str) -> tuple[Source, ...]:
    """Return what the lines that name sources name, each address once."""
    return tuple({source.url or source.name: source for source in _sources(text)}.values())


def _sources(text: str) -> Iterator[Source]:
    for line in text.split("\n"):
        if not _SOURCE_LINE.search(line) or len(line) > 500:
            continue
        address = _URL.search(line)
        url = address[0].rstrip(").,;]>") if address else ""
        named = _SOURCE_NAME.search(_URL.sub("", line))
        name = (named["name"] or named["after"] or "").strip(" :：/／-–()（）[]") if named else ""
        if url or name:
            yield Source(name or re.sub(r"^https?://(?:www\.)?([^/]+).*$", r"\1", url), url)
