"""Phrases: what was agreed, aimed at or announced, as wrong options for one another."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.distractors import WANTED
from quizapp.drafting.ja import dates, references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.statements import Statement

_CASES = frozenset({"を", "に", "で", "について", "が", "を通じて", "に向けて"})
_LOOKED_AT = 60


class Phrase(NamedTuple):
    """A noun phrase with modifiers, and the statement and section it stands in."""

    text: str
    position: int
    section: str
    ending: str


def of(statement: Statement) -> Iterator[Phrase]:
    """Yield the phrases of a statement, in order."""
    parse = statement.parse
    for index, chunk in enumerate(parse.chunks):
        if chunk.case in _CASES and chunk.children and chunk.has_noun and not chunk.form:
            text = parse.noun(index)
            if 6 <= len(text) <= 30 and not _is_loose(text):
                yield Phrase(text, statement.position, statement.section, ending_of(parse, index))


_ADVERB = re.compile(r"ひいては|さらに|また|特に|とくに|同時に|今後|すでに|まず|より(?=[一-鿿])|将来|.*ため$")


def _is_loose(text: str) -> bool:
    return _ADVERB.match(text) is not None or (
        references.stands_not_alone(text) or dates.is_relative(text) or re.search(r"[0-9「」（(、]", text) is not None
    )


_THOUGHT = re.compile(r"(?:性|さ|力|考え|考え方|方針|姿勢|立場|意向|見解|見方|必要|意義|価値|理念|原則)$")


def ending_of(parse: Parse, index: int) -> str:
    """Return what sort of phrase it is by its last noun: an act (強化), こと, a thought (重要性) or a thing."""
    chunk = parse.chunks[index]
    last = parse.tokens[chunk.noun_end - 1]
    if last.surface in {"こと", "の", "もの"}:
        return "clause"
    # サービス is done too, but 青葉クエリ・サービス is a thing with a name.
    if "ァ" <= last.surface[-1] <= "ー":
        return "thing"
    if last.pos[2] == "サ変可能" or last.surface.endswith(("見直し", "強化", "向上")):
        return "act"
    return "thought" if _THOUGHT.search(last.surface) else "thing"


def unlike(key: str, statement: Statement, phrases: list[Phrase]) -> tuple[str, ...]:
    """Return two phrases of the key's sort and length from other sections, sharing few signs with it; else ()."""
    if key.startswith(("「", "『")):
        return ()
    at = bisect_left(phrases, statement.position, key=lambda p: p.position)
    own = (p for p in phrases[at : at + _LOOKED_AT] if p.position == statement.position)
    ending = next((phrase.ending for phrase in own if phrase.text == key), "")
    if not ending:
        index = next(
            (
                i
                for i in range(len(statement.parse.chunks))
                if statement.parse.chunks[i].has_noun and statement.parse.noun(i) == key
            ),
            None,
        )
        ending = ending_of(statement.parse, index) if index is not None else ""
    near = phrases[max(0, at - _LOOKED_AT) : at + _LOOKED_AT]
    elsewhere = [p for p in near if p.section != statement.section and p.ending == ending]
    elsewhere.sort(
        key=lambda p: (
            _joins(p.text) != _joins(key),
            abs(len(p.text) - len(key)) // 4,
            abs(p.position - statement.position),
            p.position,
        )
    )
    chosen: list[str] = []
    signs = _pairs(key) | _pairs(statement.text)
    for phrase in elsewhere:
        pairs = _pairs(phrase.text)
        is_new = not any(len(pairs & _pairs(other)) * 3 > len(pairs) for other in chosen)
        if len(pairs & signs) * 3 <= len(pairs) and is_new:
            chosen.append(phrase.text)
        if len(chosen) == WANTED:
            return tuple(chosen)
    return ()


def _joins(text: str) -> bool:
    """Say whether two things are named (AとB)."""
    return re.search(r"[^、]{2}[とや](?=[一-鿿ァ-ヴ])", text) is not None


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if text[i + 1] not in "のをにでとや、"}
