"""Which spans of an English text could be answers, and what is to be seen of each.

Spans are up to six words without a stop or comma between them that neither begin nor end with a word that only
joins others, but for a few before a noun (no jail time, after 1850, its humoral system), and lists of names.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.en.names import DATE, QUANTITY, names_of
from quizapp.drafting.en.word_classes import class_of
from quizapp.drafting.ranking import Seen
from quizapp.drafting.sentences import split
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.article import Article

_WORD = re.compile(
    r"\b(?:[A-Z]|St|Mr|Mrs|Dr|Jr|Sr)\.(?=\s[A-Z])|['’]s\b|[$£€]?\d+(?:[.,]\d+)*(?=-[a-z])|\d+[–:-]\d+|"
    r"[$£€]?[^\W_]+(?:(?:[-.,/&]|['’](?!s\b))[^\W_]+)*(?:%|°C)?|[^\w\s]"
)
_JOINING = words(
    "a an the this that these those some any no every each all both either neither such and or but nor so if",
    "when while because although though since unless until of in on at by for with to from as into onto over",
    "under between among through during before after about against within without per via is are was were be",
    "been being am has have had having do does did will would can could may might must shall should it its he",
    "she they them him her his their our we you i who whom whose which what where why how there here than then",
    "not also very more most less only just even still too much many few other another same own out up down",
    "off however therefore thus",
)
_INSIDE = words("of the and to in for a an on with by at from de la & - ' ’ \" “ ” 's ’s")
_SHAPES = (
    ("money", re.compile(r"[$£€].+")),
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
_MOST_WORDS, _MOST_LISTED = 6, 14
_OPENING = words("no its his her their over after before until more less only most all many under about")


class _Word(NamedTuple):
    """A word with its place in the sentence and its shape: a joining word is its own shape."""

    text: str
    start: int
    end: int
    shape: str


def spans(article: Article) -> Iterator[Seen]:
    """Yield every span of ``article`` that could be an answer, as often as it stands there."""
    sentences = split(article)
    for number, sentence in enumerate(sentences):
        found = [_Word(m[0], m.start(), m.end(), _shape(m[0])) for m in _WORD.finditer(sentence.text)]
        fixed = {(n.start, n.end): n.type for n in names_of(sentence.text)}
        for kind, pattern in (("date", DATE), ("quantity", QUANTITY)):
            fixed.update({match.span(): kind for match in pattern.finditer(sentence.text)})
        kinds = Counter(fixed.values())
        begins = {word.start: index for index, word in enumerate(found)}
        stops = {word.end: index for index, word in enumerate(found, 1)}
        known = {begins[start]: stops[end] for start, end in fixed if start in begins and end in stops}
        for first in range(len(found)):
            for last in sorted({*_ends(found, first), known.get(first, first)} - {first}):
                start, end = found[first].start, found[last - 1].end
                traits = _traits(found, first, last, fixed)
                kind = traits["type"]
                traits["sentence"] = str(min(number, 5))
                traits["sentences left"] = str(min(len(sentences) - 1 - number, 3))
                traits["type, number"] = f"{kind} {min(kinds[kind], 3)}"
                traits["type, sentence"] = f"{kind} {min(number, 2)}"
                traits["names"] = f"{kind} {min(len(fixed), 4)}"
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
    return word.text.lstrip("$£€")[:1].isalnum() and word.text.lower() not in _JOINING


def _ends(found: list[_Word], first: int) -> Iterator[int]:
    """Yield where spans that begin at word ``first`` may end."""
    word = found[first]
    opens = word.text.lower() in _OPENING and first + 1 < len(found) and _is_content(found[first + 1])
    if not (_is_content(word) or opens):
        return
    listed = 0
    for last in range(first + 1, min(len(found), first + _MOST_LISTED) + 1):
        now = found[last - 1]
        listed += now.text == ","
        if listed and not (_is_content(now) or now.text in {",", "and", "or", "&"}):
            return
        if not listed and (last - first > _MOST_WORDS or not (last - first == 1 or _may_hold(now))):
            return
        if _is_content(now) and (not listed or (last < len(found) and _is_last_of_list(found, first, last))):
            yield last


def _may_hold(word: _Word) -> bool:
    return _is_content(word) or word.text.lower() in _INSIDE


def _is_last_of_list(found: list[_Word], first: int, last: int) -> bool:
    """Say whether what begins after a comma or nothing and ends here is a list: it has its and or or."""
    inside = [word.text for word in found[first:last]]
    joints = [n for n, text in enumerate(inside) if text in {"and", "or"}]
    return bool(joints) and joints[-1] > max(n for n, text in enumerate(inside) if text == ",")


def _class(word: _Word) -> str:
    return class_of(word.text.lower()) or word.shape


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
    classes = [_class(word) for word in found[max(first - 2, 0) : last + 2]]
    ahead, own = min(first, 2), last - first
    before_class, after_class = classes[ahead - 1] if ahead else "edge", (*classes, "edge")[ahead + own]
    inside_classes = classes[ahead : ahead + own]
    verb_inside = next((name for name in inside_classes if name in {"verb", "be", "helper", "-ed", "-ly"}), "")
    return {
        "type": kind, "edges": edges, "before": left, "after": right, "begins": begins, "ends": ends, "words": count,
        "inner": inner, "shapes": shapes, "two before": two, "two after": after_two, "length": length,
        "position": str(min(first // 4, 6)), "type, edges": f"{kind} {edges}", "before, edges": f"{left} {edges}",
        "after, edges": f"{right} {edges}", "begins, ends": f"{begins} {ends}", "before, begins": f"{left} {begins}",
        "ends, after": f"{ends} {right}", "words, edges": f"{count} {edges}", "type, before": f"{kind} {left}",
        "last letters": found[last - 1].text[-3:].lower(), "sentence length": str(min(len(found) // 8, 5)),
        "class before": before_class, "class behind": after_class, "classes beside": f"{before_class} {after_class}",
        "classes": " ".join(inside_classes) if own < 5 else "long", "verb inside": f"{verb_inside} {own}",
        "classes before": " ".join(classes[:ahead]), "classes behind": " ".join(classes[ahead + own :]),
        "type, class before": f"{kind} {before_class}", "type, class behind": f"{kind} {after_class}",
        "ends, class behind": f"{inside_classes[-1]} {after_class}",
        "begins, class before": f"{inside_classes[0]} {before_class}",
        "type, classes beside": f"{kind} {before_class} {after_class}",
        "last word": found[last - 1].text.lower(), "word before": before.text.lower() if before else "",
        "word behind": after.text.lower() if after else "", "type, ends": f"{kind} {ends}",
        "type, begins": f"{kind} {begins}",
        "words, inner": f"{count} {inner}", "type, words": f"{kind} {count}", "before, after": f"{left} {right}",
    }  # fmt: skip
