"""An item as two sides, question and answer, for formats that know nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from quizapp.core.inputs import Gaps, OneOf, SomeOf, Typed

if TYPE_CHECKING:
    from quizapp.core.items import Item

_GAP = re.compile(r"\{\{\d{1,4}\}\}")
# Two of them would be bold to Markdown.
_BLANK = "［＿＿］"


@dataclass(frozen=True, slots=True)
class Sides:
    """The stem and the keys of an item's first way of asking; ``options`` in an order that tells nothing.

    Stem, options and the keys of choices are rich text, typed keys plain.
    """

    stem: str
    options: tuple[str, ...]
    keys: tuple[str, ...]
    is_typed: bool


def of(item: Item) -> Sides:
    """Return the sides of an item."""
    question = item.questions[0]
    match question.input:
        case OneOf() | SomeOf() as choice:
            texts = [option.text for option in choice.options]
            return Sides(question.stem, tuple(texts if choice.ordered else sorted(texts)), choice.keys, is_typed=False)
        case Typed() as typed:
            return Sides(question.stem, (), typed.keys, is_typed=True)
        case Gaps() as gaps:
            return Sides(_GAP.sub(_BLANK, question.stem), (), gaps.keys, is_typed=True)
        case unknown:
            assert_never(unknown)
