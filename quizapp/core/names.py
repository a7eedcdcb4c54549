"""Names of people in the order in which a class list has them."""

from __future__ import annotations

import re
import unicodedata

_NUMBERS = re.compile(r"(\d{1,9})")


def place(name: str) -> list[tuple[bool, int, str]]:
    """Return the place of a name among others: numbers in it as numbers (2 before 10), whatever case and width."""
    parts = _NUMBERS.split(unicodedata.normalize("NFKC", name).casefold())
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
