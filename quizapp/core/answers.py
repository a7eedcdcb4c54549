"""Fair comparison of typed answers: what a person would call the same answer counts as the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Not folded by NFKC although readers take them for the same sign.
_LOOKALIKES = str.maketrans({
    "〜": "~", "～": "~", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "ｰ": "ー",
    "髙": "高", "﨑": "崎", "’": "'", "‘": "'", "“": '"', "”": '"',
})  # fmt: skip
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Signs that change what is said: 1.5, 1/2, 2024-2025, 3*4, 1,5; -5, ±5; <5, √2; x<5, a+b, 2^3, A→B; C++, C#.
_MEANT = re.compile(
    r"(?<=\d)[.,/:~*-](?=\d)"
    r"|(?<![\w)])[-+±](?=\d)"
    r"|(?<![\w)])[<>≤≥√¬](?=\w)"
    r"|(?<=[\w)])[+<=>^¬±×÷←-⇿∀-⋿]+(?=[\w(+±√-])"
    r"|(?<=\w)[+#]+(?!\w)"
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
# Invisible: zero-width signs, marks of writing direction, the byte order mark, variation selectors.
_INVISIBLE = dict.fromkeys(
    [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
        0xAD,
        *range(0xFE00, 0xFE10),
    ]
)


def _same(text: str) -> str:
    return text


def _width(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).translate(_LOOKALIKES)


def _spaces(text: str) -> str:
    return "".join(text.split())


def _kana(text: str) -> str:
    return text.translate(_KATAKANA_TO_HIRAGANA)


def _punctuation(text: str) -> str:
    text = _GROUPED.sub(lambda number: number[0].replace(",", ""), text.replace("、", ","))
    # The long-vowel mark ー is a letter (Lm) and stays; a text of signs alone is compared as it is.
    kept = {at for match in _MEANT.finditer(text) for at in range(*match.span())}
    return "".join(s for at, s in enumerate(text) if at in kept or unicodedata.category(s)[0] not in "PS") or text


# In this order, each on top of those before it: the first that makes two answers equal is the rule that matched.
FOLDINGS: dict[str, Callable[[str], str]] = {
    "width": _width,
    "case": str.casefold,
    "spaces": _spaces,
    "kana": _kana,
    "punctuation": _punctuation,
}


@dataclass(frozen=True, slots=True)
class Match:
    """An accepted answer that the typed one equals; ``rule`` is "exact" or the last folding it took."""

    accepted: str
    rule: str


def find_match(typed: str, accepted: Iterable[str], strict: Iterable[str] = ()) -> Match | None:
    """Return how ``typed`` equals one of ``accepted``, by the mildest rule that does, or None.

    Both sides are freed of invisible signs and outer white space and brought to Unicode's NFC first. ``strict``
    names foldings that are off for this item: "width" where 10³ must not equal 103, "kana" where the spelling
    is what is asked.
    """
    off = frozenset(strict)
    left = _seen(typed)
    rights = [(text, _seen(text)) for text in accepted]
    if not left:
        return None
    for rule, fold in (("exact", _same), *FOLDINGS.items()):
        if rule in off:
            continue
        left = fold(left)
        rights = [(text, fold(right)) for text, right in rights]
        for text, right in rights:
            if left == right:
                return Match(text, rule)
    return None


def _seen(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE).strip())
