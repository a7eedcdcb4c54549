"""Spellings: how else a typed answer may rightly be written (ウエスト for ウェスト, 50パーセント for 50%)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.analysis import Token

_SOUNDS = (
    (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ")),
    (("ウェ", "ウエ"), ("ウィ", "ウイ"), ("ウォ", "ウオ")),
)
_FORM = re.compile(r"(?:株式|有限|合同|合資)会社|[（(][株有][)）]")
_ORDINAL = re.compile(r"^第[0-9０-９一二三四五六七八九十]+[回次]")
_ABOUT = re.compile(r"^(?:約|およそ)")
_UNITS = {"%": "パーセント", "％": "パーセント", "km": "キロメートル", "cm": "センチメートル", "kg": "キログラム"}
_NESTED = frozenset({"place", "organisation", "proper"})
_SHORTEST = 2


def of(text: str, kind: str, words: tuple[Token, ...]) -> tuple[str, ...]:
    """Return the other spellings of a name of a type; ``words`` are its words."""
    return tuple(dict.fromkeys(s for s in _of(text, kind, words) if s != text and len(s) >= _SHORTEST))


def _of(text: str, kind: str, words: tuple[Token, ...]) -> Iterator[str]:
    match kind:
        case "quantity":
            number = _ABOUT.sub("", text)
            yield number
            yield from (number.removesuffix(unit) + word for unit, word in _UNITS.items() if number.endswith(unit))
        case "person":
            yield text.rpartition("・")[2]
        case "event":
            yield _ORDINAL.sub("", text)
        case "organisation":
            yield _FORM.sub("", text)
    for pairs in _SOUNDS:
        spelt = text
        for one, other in pairs:
            spelt = spelt.replace(one, other)
        yield spelt
    # 因幡鳥取: the town alone is right.
    second = next((word for word in words[1:] if word.pos[1] == "固有名詞"), None)
    if kind in _NESTED and second is not None and words[0].pos[1] == "固有名詞":
        yield text[second.start - words[0].start :]
