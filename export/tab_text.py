"""Tab text: question, tab, answer, one item a line, as Quizlet and many others take it by paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from export import sides
from export.anki.markup import printable
from export.exported import Exported
from quizapp import rich_text
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

LOSSES = (
    mark("Tab text has questions and answers alone: no options, explanations, evidence, furigana, tags or identities."),
    mark("Importing tab text again doubles every question."),
)


def write(bank: Bank, *, address: str = "", advance: Callable[[float], None] = lambda _share: None) -> Exported:  # noqa: ARG001
    """Return the questions and answers of ``bank``; ``address`` is not used."""
    items = bank.live_items
    lines = []
    for position, item in enumerate(items, start=1):
        lines.append(_line(item))
        advance(position / len(items))
    return Exported("".join(lines).encode(), LOSSES if items else ())


def _line(item: Item) -> str:
    asked = sides.of(item)
    keys = [" ".join(key.split()) if asked.is_typed else rich_text.plain(key) for key in asked.keys]
    return printable(f"{rich_text.plain(asked.stem)}\t{', '.join(keys)}\n")
