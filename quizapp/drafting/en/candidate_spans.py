"""Which spans of an English text could be answers, and what is to be seen of each.

Spans are up to six words without a stop or comma between them that neither begin nor end with a word that only
joins others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.en.names import DATE, QUANTITY, names_of
from quizapp.drafting.ranking import Seen
from quizapp.drafting.sentences import split
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.article import Article

_WORD = re.compile(r"[^\W_]+(?:[-'’.,/&][^\W_]+)*(?:%|°C)?|[^\w\s]")
_JOINING = words(
    "a an the this that these those some any no every each all both either neither such and or but nor so if",
    "when while because although though since unless until of in on at by for with to from as into onto over",
    "under between among through during before after about against within without per via is are was were be",
    "been being am has have had having do does did will would can could may might must shall should it its he",
    "she they them him her his their our we you i who whom whose which what where why how there here than then",
    "not also very more most less only just even still too much many few other another same own out up down",
    "off however therefore thus",
)
_INSIDE = words("of the and to in for a an on with by at from de la & - ' ’ \" “ ”")
_SHAPES = (
    ("number", re.compile(r"[\d.,]+%?|[\d.,]+°C")),
    ("with digits", re.compile(r".*\d.*")),
    ("capitals", re.compile(r"[A-Z]{2,}s?")),
    ("Capital", re.compile(r"[A-Z].*")),
    ("-ing", re.compile(r".{2,}ing")),
    ("-ed", re.compile(r".{2,}ed")),
    ("-ly", re.compile(r".{2,}ly")),
    ("-ion", re.compile(r".{2,}ions?")),
    ("-adjective", re.compile(r".{2,}(?:al|ic|ous|ive|able|ible|ful|less|ary)")),
    ("-noun", re.compile(r".{2,}(?:ness|ment|ity|ism|ance|ence|ist|er|or|ers|ors)")),
    ("plural", re.compile(r".{3,}[^s]s")),
    ("word", re.compile(r"[a-z].*")),
)
_MOST_WORDS = 6


class _Word(NamedTuple):
    """A word with its place in the sentence and its shape: a joining word is its own shape."""

    text: str
    start: int
    end: int
    shape: str


def spans(article: Article) -> Iterator[Seen]:
    """Yield every span of ``article`` that could be an answer."""
    sentences = split(article)
    for number, sentence in enumerate(sentences):
        found = [_Word(m[0], m.start(), m.end(), _shape(m[0])) for m in _WORD.finditer(sentence.text)]
        fixed = {(n.start, n.end): n.type for n in names_of(sentence.text)}
        for kind, pattern in (("date", DATE), ("quantity", QUANTITY)):
            fixed.update({match.span(): kind for match in pattern.finditer(sentence.text)})
        for first in range(len(found)):
            for last in range(first + 1, min(len(found), first + _MOST_WORDS) + 1):
                if not _may_hold(found, first, last):
                    break
                if _may_be(found, first, last):
                    start, end = found[first].start, found[last - 1].end
                    traits = _traits(found, first, last, fixed)
                    traits["sentence"] = str(min(number, 5))
                    yield Seen(
                        sentence.text[start:end],
                        sentence.span.start + start,
                        sentence.span.start + end,
                        traits["type"],
                        traits["edges"] == "whole",
                        traits,
                    )


def _shape(word: str) -> str:
    if word.lower() in _JOINING:
        return word.lower()
    return next((name for name, pattern in _SHAPES if pattern.fullmatch(word)), word)


def _is_content(word: _Word) -> bool:
    return word.text[0].isalnum() and word.text.lower() not in _JOINING


def _may_hold(found: list[_Word], first: int, last: int) -> bool:
    """Say whether the last word may stand in a span that began before it."""
    word = found[last - 1]
    return _is_content(word) or (last - 1 > first and word.text.lower() in _INSIDE)


def _may_be(found: list[_Word], first: int, last: int) -> bool:
    return _is_content(found[first]) and _is_content(found[last - 1])


def _traits(found: list[_Word], first: int, last: int, fixed: dict[tuple[int, int], str]) -> dict[str, str]:
    start, end = found[first].start, found[last - 1].end
    before = found[first - 1] if first else None
    after = found[last] if last < len(found) else None
    left, right = before.shape if before else "edge", after.shape if after else "edge"
    joined = before is not None and _is_content(before), after is not None and _is_content(after)
    edges = {(False, False): "whole", (True, False): "right", (False, True): "left", (True, True): "middle"}[joined]
    kind = fixed.get((start, end), "")
    if not kind:
        touching = [t for (s, e), t in fixed.items() if s < end and start < e]
        inside = [t for (s, e), t in fixed.items() if s <= start and end <= e]
        kind = f"part of a {inside[0]}" if inside else f"with a {touching[0]}" if touching else "other"
    begins, ends, count = found[first].shape, found[last - 1].shape, str(last - first)
    inner = " ".join(word.text.lower() for word in found[first:last] if not _is_content(word))[:20]
    shapes = " ".join(word.shape for word in found[first:last]) if last - first < 4 else "long"
    two = f"{found[first - 2].shape if first > 1 else 'edge'} {left}"
    after_two = f"{right} {found[last + 1].shape if last + 1 < len(found) else 'edge'}"
    length = str(min((end - start) // 4, 8))
    return {
        "type": kind, "edges": edges, "before": left, "after": right, "begins": begins, "ends": ends, "words": count,
        "inner": inner, "shapes": shapes, "two before": two, "two after": after_two, "length": length,
        "position": str(min(first // 4, 6)), "type, edges": f"{kind} {edges}", "before, edges": f"{left} {edges}",
        "after, edges": f"{right} {edges}", "begins, ends": f"{begins} {ends}", "before, begins": f"{left} {begins}",
        "ends, after": f"{ends} {right}", "words, edges": f"{count} {edges}", "type, before": f"{kind} {left}",
        "last letters": found[last - 1].text[-3:].lower(), "sentence length": str(min(len(found) // 8, 5)),
        "words, inner": f"{count} {inner}", "type, words": f"{kind} {count}", "before, after": f"{left} {right}",
    }  # fmt: skip
