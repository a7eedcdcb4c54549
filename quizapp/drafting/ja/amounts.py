"""Amounts: which are figures to keep in mind, only a bound, or counted in the sentence itself."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.drafting.ja.names import Name

NOT_ASKED = frozenset({"つ", "度", "点", "分", "秒", "m", "g", "文", "行", "段", "話"})
_MOST_FIGURES = 2


def is_telling(amount: str) -> bool:
    """Say whether an amount is a figure to keep in mind: 15万 and 40, not 47,723 or 66.5."""
    figures = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", amount)).strip("0")
    return len(figures) <= _MOST_FIGURES


def is_more_than(few: int, number: str) -> bool:
    """Say whether a number is more than a few: 2万 and 20 of ten, not 1.5."""
    plain = unicodedata.normalize("NFKC", number).replace(",", "")
    return _SCALE.search(number) is not None or _PLAIN.fullmatch(plain) is None or float(plain) > few


# 1.2.3 is no number to be counted.
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SCALE = re.compile(r"[百千万億兆]")


# 10メートルを超える is true of 9メートル as well.
_BOUND = re.compile(r"以上|以下|以内|未満|余り|あまり|弱|強|近く|前後|程度|ほど|(?:を|が)?(?:超え|越え|上回|下回|切っ)")


def is_bound(text: str, name: Name) -> bool:
    """Say whether an amount is only a bound, so that other amounts are right as well (10メートルを超える)."""
    return _BOUND.match(text, name.end) is not None


def is_counted(text: str, name: Name) -> bool:
    """Say whether a reader can count what is asked for: A、B、Cの3社, or who is one of several (陶工の1人)."""
    before = text[: name.start]
    return (
        text.endswith("の1人", 0, name.end)
        or re.search(r"(?:[、・と]|および|及び)[^、・は]{1,20}(?:の|ら|など)$", before) is not None
    )
