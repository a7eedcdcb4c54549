"""The sub-decks of a deck: by the article's sections, or by tags."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from export.anki import markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.{0,120}?)[ \t#]*$", re.MULTILINE)


def by_section(bank: Bank) -> Callable[[Item], str]:
    """Return the function that names an item's section: the heading above its evidence, "" where there is none."""
    headings = [
        (match.start(), _name(match[1])) for match in _HEADING.finditer(bank.article.text if bank.article else "")
    ]
    starts = [start for start, _ in headings]

    def section(item: Item) -> str:
        fact = bank.fact_of(item)
        place = bisect_right(starts, fact.evidence[0].span.start) if fact and not fact.article else 0
        return headings[place - 1][1] if place else ""

    return section


def by_tag(_bank: Bank) -> Callable[[Item], str]:
    """Return the function that names an item's first tag, "" where it has none."""
    return lambda item: _name(item.tags[0]) if item.tags else ""


def whole(_bank: Bank) -> Callable[[Item], str]:
    """Return the function that puts every item into the deck itself."""
    return lambda _item: ""


def _name(text: str) -> str:
    """Return a text as the name of one level of decks: "::" would begin another."""
    return " ".join(markup.words(text).replace("::", ": ").split())


PARTS: dict[str, Callable[[Bank], Callable[[Item], str]]] = {"whole": whole, "section": by_section, "tag": by_tag}
