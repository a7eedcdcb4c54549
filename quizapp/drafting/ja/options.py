"""Wrong options for a Japanese name: others of the article that are its like and not right as well."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from quizapp.drafting import distractors, near_values, told_years
from quizapp.drafting.ja import periods, rivals
from quizapp.drafting.ja.analysis import sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizapp.core.article import Article
    from quizapp.drafting.distractors import Entry
    from quizapp.drafting.glossary import Shelf
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_ORIGIN = re.compile(r"[」』]?(?:に由来|にちなむ|にちなん|から(?:取|と)[らっ]|を語源|が語源|に因[みんむ])")
# So far into an article it says when somebody lived.
_OPENING = 300
# Of a name that stands everywhere, so many statements are looked at for what might be right as well.
_LOOKED_AT = 40
# A name from another age is no rival: Charlemagne won no election of 2007.
_OF_A_TIME = frozenset({"person", "work", "event"})
_LIFETIME, _NEAR = 30, 12
_NEAR_PLACE = {"place": 18, "country": 25}
_JOINT, _WIDEST_JOINT = re.compile(r"[（(・]?(?:現|旧|現在の|後の|のちの)?[・、]?"), 5
_BY_THEN = re.compile(r"まで(?:に|には)(?!かけ)")
# Games that are held every fourth year.
_EVERY_FOUR = re.compile(
    r"の?(?:夏季|冬季|第[0-9]+回|[ァ-ヴー]{2,}|[一-鿿]{2})?(?:オリンピック|五輪|(?:FIFA)?ワールドカップ|W杯|(?<=[ァ-ヴー季])大会)"
)
_TO_A_MONTH = re.compile(r"(?:から|より)[^0-9。]{0,12}[0-9]{1,2}[月日]")


def _years_of(statements: Sequence[Statement], article: Article) -> list[int]:
    """Return of what time each statement tells: its earliest year or a century, else that of the one before in line."""
    years: list[int] = []
    for number, statement in enumerate(statements):
        spans = told_years.spans_told(statement.text)
        middle = sum(spans[0]) // 2 if spans else 0
        said = min(told_years.years_told(statement.text), default=middle)
        before = statements[number - 1].evidence.span.end if number else 0
        goes_on = number > 0 and "\n" not in article.text[before : statement.evidence.span.start]
        years.append(said or (years[-1] if goes_on else 0))
    return years


def _are_joined(first: str, second: str, text: str) -> bool:
    """Say whether one name stands right behind another in ``text``: A（旧B."""
    end = text.find(first) if second in text else -1
    while end >= 0:
        end += len(first)
        start = text.find(second, end, end + _WIDEST_JOINT + len(second))
        if start >= 0 and _JOINT.fullmatch(text, end, start):
            return True
        end = text.find(first, end)
    return False


class Options:
    """What names of a page, and of the groups that lend theirs, may stand beside a key."""

    def __init__(self, page: Page, shelf: Shelf) -> None:
        self._page = page
        self._shelf = shelf
        self._years = _years_of(page.statements, page.article)
        self._life = told_years.life(page.article.text[:_OPENING])
        self._earliest = min(told_years.years_told(page.article.text), default=-9999)
        named = (name for statement in page.statements for name in statement.names if name.category)
        self._categories = {name.text: name.category for name in named}
        self._latest = told_years.latest_year(page.article)

    def of(self, name: Name, statement: Statement, stem: str) -> tuple[str, ...]:
        """Return two wrong options for ``name`` in a stem, fewer where two good ones are not to be had."""
        kind = self._page.types[name.text]
        if kind in {"date", "quantity"}:
            return self._near_values(name, kind, statement, stem)
        near = periods.unlike(name.text, statement.text, self._page.article.text)
        if near or (kind == "person" and not self._page.people.is_sure(name.text)):
            return near
        # ラテン語のXに由来し: a word, for which no name of the article stands; nor do people beside a god.
        if _ORIGIN.match(statement.text, name.end) or statement.text.endswith("神", 0, name.start):
            return ()
        number = self._page.number(statement)
        asked = frozenset(self._page.names[number]) - {name.text}
        alike = self._alike(kind, name, number)
        chosen: tuple[str, ...] = ()
        if alike:
            chosen = distractors.choose(
                name.text,
                alike,
                statement=number,
                taboo=statement.text + statement.evidence.quote + stem,
                is_refused=self._refusal(name, statement, frozenset(text for text in asked if text in stem)),
                count=4,
            )
        unlike: list[str] = []
        for text in itertools.chain(chosen, self._borrowed(name, kind, asked)):
            if not any(self._page.are_same(text, other) or text in other or other in text for other in unlike):
                unlike.append(text)
            if len(unlike) == distractors.WANTED:
                break
        return tuple(unlike)

    def _alike(self, kind: str, name: Name, number: int) -> list[Entry]:
        """Return the names near a statement that are of the sort and time of ``name``: a few of many."""
        near = self._page.pool.near(kind, number)
        if kind in _OF_A_TIME or kind in _NEAR_PLACE:
            near = [entry for entry in near if not self._is_far(kind, number, entry.first)]
        return [entry for entry in near if self._are_of_a_kind(kind, name, entry.text)]

    def _refusal(self, name: Name, statement: Statement, in_stem: frozenset[str]) -> Callable[[Entry], bool]:
        """Return what says whether a name of the sort of ``name`` is no rival, or might be right as well."""
        asked = frozenset(self._page.names[self._page.number(statement)]) - {name.text}
        is_title = self._page.is_title(name.text)

        @cache
        def told() -> frozenset[str]:
            words = {token.surface for token in statement.parse.tokens if len(token.surface) > 2}
            return asked.union(word for word in words if word not in name.text)

        def is_refused(entry: Entry) -> bool:
            # 寺内安林 where 安林 is spoken of.
            if any(word in entry.text for word in told()) or (is_title and self._page.is_title(entry.text)):
                return True
            if self._is_told_as_much(entry, in_stem):
                return True
            if any(self._page.are_same(text, entry.text) for text in (name.text, *asked)):
                return True
            return self._is_one_name(name.text, entry)

        return is_refused

    def _are_of_a_kind(self, kind: str, name: Name, text: str) -> bool:
        """Say whether another name is of the sort of ``name`` in this article, not only by how it looks."""
        is_proper = text in self._page.proper
        if kind in {"organisation", "event"} and name.is_proper != is_proper:
            return False
        is_named = kind == "term" and name.is_proper and is_proper and not periods.is_period(name.text)
        if not rivals.are_of_a_kind("named" if is_named else kind, name.text, text):
            return False
        if kind in {"work", "quoted"}:
            category = text[-2:] if text.endswith(("新聞", "雑誌")) else self._categories.get(text, "")
            return rivals.are_works_alike(name.category, category)
        return kind != "person" or self._page.people.are_rivals(name.text, text)

    def _near_values(self, name: Name, kind: str, statement: Statement, stem: str) -> tuple[str, ...]:
        told = statement.text + statement.evidence.quote
        if kind == "quantity":
            return near_values.near_values(name.text, near_values.Around(told))
        number = self._page.number(statement)
        in_stem = frozenset(text for text in self._page.names[number] if text != name.text and text in stem)
        dates = tuple(
            entry.text for entry in self._page.pool.near("date", number) if not self._is_told_as_much(entry, in_stem)
        )
        first, last = self._life or (-9999, 9999)
        year = max(told_years.years_told(name.text), default=0)
        if not first <= year <= last:
            first, last = self._earliest if year > self._earliest else -9999, 9999
        behind = statement.text[name.end :]
        around = near_values.Around(
            told,
            dates,
            first,
            # By 1854 it had happened as well if it had by 1850.
            min(last, self._latest, year if _BY_THEN.match(behind) and year else 9999),
            every=10 if behind.startswith("代") else 4 if _EVERY_FOUR.match(behind) else 0,
            in_year=_TO_A_MONTH.match(behind) is not None,
        )
        return near_values.near_values(name.text, around)

    def _is_one_name(self, text: str, entry: Entry) -> bool:
        """Say whether two names sound alike or are parts of one: 紀宮 and 清子内親王, アルタバ（旧ヤフー）."""
        if sound(entry.text) == sound(text):
            return True
        quotes = [self._page.statements[n].evidence.quote for n in entry.statements[:3]]
        return any(_are_joined(text, entry.text, quote) or _are_joined(entry.text, text, quote) for quote in quotes)

    def _borrowed(self, name: Name, kind: str, asked: frozenset[str]) -> Iterator[str]:
        """Yield terms of the groups that the article does not speak of: those beside ``name``, then of its sort."""
        if not self._shelf.origins:
            return
        beside = set(self._shelf.beside(name.text, *self._page.other_names(name)))
        alike = (text for text in self._shelf.of_type(kind) if rivals.are_of_a_kind(kind, name.text, text))
        near_of_time = kind not in _OF_A_TIME
        for text in dict.fromkeys((*self._shelf.beside(name.text, *self._page.other_names(name)), *alike)):
            if text in self._page.article.text or text in name.text or name.text in text:
                continue
            if any(self._page.are_same(text, other) for other in (name.text, *asked)):
                continue
            # A name from another age is no rival; a teacher's own group vouches for it.
            if text in beside or near_of_time or self._shelf.origins[text] == "glossary":
                yield text

    def _is_far(self, kind: str, one: int, other: int) -> bool:
        """Say whether two statements tell of times or things far apart, for names that belong to a time or region."""
        if kind in _NEAR_PLACE:
            return abs(one - other) > _NEAR_PLACE[kind]
        years = self._years[one], self._years[other]
        return abs(years[0] - years[1]) > _LIFETIME if all(years) else abs(one - other) > _NEAR

    def _is_told_as_much(self, entry: Entry, names: frozenset[str]) -> bool:
        """Say whether another statement with a name speaks of what is asked, so that it might be right as well."""
        told = entry.statements[:_LOOKED_AT] if len(names) > 1 else ()
        return any(distractors.tell_as_much(names, self._page.names[number]) for number in told)
