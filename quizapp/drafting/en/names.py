"""Names in English sentences: capitalised names, dates and amounts, typed by their words and what stands before them."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.en.word_classes import class_of
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator


class Name(NamedTuple):
    """What a statement names or counts, with its type and place."""

    text: str
    type: str
    start: int
    end: int


_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = re.compile(
    rf"\b(?:\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, ?\d{{4}})?|{_MONTH} \d{{4}}|(?:1[0-9]|20)\d\d(?!s?\w|[-–]\d|,\d))\b"
)
QUANTITY = re.compile(
    r"(?<![\d.,$£€-])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale> (?:million|billion|thousand))?"
    r"(?P<unit> ?(?:%|percent|per cent)| (?:square |cubic )?(?:kilomet(?:re|er)s|met(?:re|er)s|centimet(?:re|er)s|millimet(?:re|er)s|miles|feet|inches|"
    r"km|kg|cm|mm|kilograms|grams|tonnes|tons|litres|liters|hectares|acres|years|months|weeks|days|hours|minutes|seconds|people|inhabitants|"
    r"students|members|countries|states|islands|volumes|books|species|visitors|passengers|seats|degrees|dollars|pounds|euros|times|floors|rooms|"
    r"stations|bridges|copies|words|employees|residents|cities|languages|schools|wins|goals|points|games))(?![\w-])"
)
_CAPITAL = r"[A-Z][\w'’&-]*[\w]|[A-Z]\."
NAME = re.compile(
    rf"\b(?:{_CAPITAL})(?:(?: (?:of|the|de|van|von|du|la)){{1,2}} (?={_CAPITAL})(?:{_CAPITAL})| (?:{_CAPITAL}))*"
)
_ORGANISATION = re.compile(
    r"\b(?:University|College|Institute|Museum|Company|Corporation|Inc|Ltd|Council|Committee|Ministry|Department|Agency|Bank|Party|"
    r"Society|Association|Union|Club|School|Academy|Polytechnic|Library|Hospital|Church|Foundation|Trust|Parliament|Senate|Congress|Court|Army|Navy|Group)\b"
)
_EVENT = re.compile(
    r"\b(?:War|Battle|Revolution|Treaty|Olympics|Games|Festival|Conference|Act|Agreement|Championship|Cup|Bowl|Expo)\b"
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Professor|President|King|Queen|Prince|Princess|Sir|Lady|Lord|Saint|Pope|Emperor|Captain|General)\b\.? ?$"
)
_TITLED = re.compile(
    r"^(?:(?:Vice|Brigadier|Major|Lieutenant|Rear|Mr|Mrs|Ms|Dr|Professor|President|King|Queen|Prince|Princess|Sir|Lady|Lord|Pope|Emperor|Captain|"
    r"General|Mayor|Father|Sultan|Senator|Governor|Bishop|Archbishop|Cardinal|Admiral|Colonel|Chancellor|Pharaoh|Catholicos|Maharaja)(?:\. ?| ))+"
)
# General Motors, Major League Soccer, Father Time: a person only with another title or an initial behind.
_UNSURE = re.compile(
    r"(?:General|Major|Father|Vice|Rear)\b(?! (?:Admiral|General|President|Chancellor|Governor)\b| \w+ [A-Z]\. )"
)
# Sir Rowland Hill, beside King County.
_SURE = re.compile(r"(?:Sir|Mr|Mrs|Ms|Professor)\b")
_SORT = re.compile(
    r"\b(?:Airport|Award|Awards|Bay|Beach|Bible|Bridge|Brothers|Building|Canyon|Cape|Castle|Cathedral|Center|Centre|Chapel|City|Coast|"
    r"County|Creek|Cross|District|Electric|Falls|Field|Football|Forest|Fort|Gallery|Garden|Gardens|Hall|Harbor|Harbour|Head|Hill|Hotel|"
    r"House|Island|Islands|Lake|Land|League|Line|Market|Medal|Memorial|Motor|Motors|Mountain|Observatory|Orchestra|Palace|Park|Peak|"
    r"Peninsula|Point|Port|Press|Prize|Province|Records|Regiment|Region|River|Road|Scholarship|Soccer|Sound|Square|Stadium|Stakes|Station|"
    r"Street|Studios|Theatre|Tower|Town|Valley|Version)\b"
)
_NUMERAL = re.compile(r"[IVXLC]+|Jr|Sr")
_PLACED = re.compile(r"^(?P<name>\w+ [A-Z]\. \w+) of .*$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|outside|around|north of|south of|east of|west of|city of|town of|village of) (?:the )?$"
)
_PERSON_AFTER = re.compile(
    r"^,? (?:who|said|says|wrote|invented|discovered|designed|painted|composed|founded|married|died|argued|proposed|became|won|led|"
    r"described|published|taught|was born)\b"
)
_SHORTEST = 3
_OPENING_WORD = re.compile(
    r"(?:[A-Z][a-z]+s of the|Modern (?:Greek|\w+(?:ans?|ese|ish|ists?|ic))|Historian|Classicist|Researchers?|Within|Part of the)\b"
)
_NOT_NAMES = words(
    "The A An In On At It Its He She They We You I This That These Those There Here But And Or So If When While After Before Since Because ",
    "Although Though However Many Most Some Several Each Every All Both Other Another During For From With Without By As To Of Unlike Like ",
    "Today Now Then Later First Second Finally Also Even One Two Three Four Five Six Seven Eight Nine Ten Monday Tuesday Wednesday Thursday ",
    "Friday Saturday Sunday January February March April May June July August September October November December Inc Ltd ",
    " Western Eastern Northern Southern English French German Japanese American British Chinese Italian Spanish Roman Greek European His Her Their What ",
    "Which Who How Why Where Under Over Between Among Until Around About Only Such No Not",
)


_NOUN_AFTER = re.compile(
    r" (?!(?:is|was|are|were|in|and|or|of|has|had|have|by|to|for|at|on|from|with|as|where|which|who|that|but|did|does|do|be|can|could|will|"
    r"would|may|might|must|also|then|than|when|while|because|before|after|between|through|during|under|over|into|onto|led|"
    r"won|wrote|got|gave|took|made|became|began|left|held|went|came|kept|lost|met|ran|sold|built|sent|set|put|saw|says|"
    r"who|not|until|since|via|near|against|without|within|if|so|where|there|\\d)\b|\w+ed\b|\w+ly\b)[a-z]"
)
_ADJECTIVE_END = re.compile(r" (?:Roman|Greek|French|British|American|German|\w+(?:ese|ish|ian))$")
# One of a list, or of a span of years: which one is missing cannot be known.
_LISTED_AFTER = re.compile(
    r"^(?:,? (?:and|or) (?:the )?[A-Z]|, (?:the )?[A-Z][\w ]+(?:,| and| or)|['’]s |[-–/]| per | to \d)"
)
_LISTED_BEFORE = re.compile(r"(?:[A-Z]\w*(?:,|,? and|,? or) (?:the )?|\d to |[Ff]rom )$")


def untitled(text: str) -> tuple[str, ...]:
    """Return a person's name without its title or place (Robert A. Taft of Ohio), and its last name; () for others."""
    if _UNSURE.match(text) or (_is_of_a_sort(text) and not _SURE.match(text)):
        return ()
    name = _PLACED.sub(r"\g<name>", _TITLED.sub("", text))
    if name == text or not name or name.startswith("of ") or _NUMERAL.fullmatch(name):
        return ()
    return tuple(dict.fromkeys((name, *last_name(name))))


def last_name(text: str) -> tuple[str, ...]:
    """Return the last word of a name, () where it names nobody (Henry VIII, Anne of Cleves, General Motors)."""
    last = text.rsplit(maxsplit=1)[-1]
    is_none = " of " in text or " the " in text or _NUMERAL.fullmatch(last) or is_sort(last)
    return () if is_none else (last,)


def is_sort(text: str) -> bool:
    """Say whether a word is only a word for a sort (County, University)."""
    return " " not in text and _is_of_a_sort(text)


def _is_of_a_sort(text: str) -> bool:
    return any(sort.search(text) for sort in (_SORT, _ORGANISATION, _EVENT))


def is_describing(text: str, name: Name) -> bool:
    """Say whether a name only describes the noun behind it (the Scottish chemist, a Turing machine)."""
    behind = _NOUN_AFTER.match(text, name.end) is not None
    return name.type not in {"date", "quantity"} and (behind or text.startswith("-", name.end))


def is_listed(text: str, name: Name) -> bool:
    """Say whether a name stands among others of a list, or a number in a span or before a unit."""
    before, after = text[: name.start], text[name.end :]
    if before.endswith(("(", "/", "± ", "+/- ", " on ")) and (
        after.startswith((")", "/")) or before.endswith(("± ", "- "))
    ):
        return True
    if re.search(r"\bbetween [^,]*$", before):
        return False
    if name.type not in {"date", "quantity"}:
        return bool(_LISTED_AFTER.match(after) or (_LISTED_BEFORE.search(before) and not before.endswith("rom ")))
    is_span = re.search(r"\d to $", before) or (before.endswith("rom ") and re.match(r" to \d", after))
    return bool(is_span) or after.startswith(("'s", "’s", "/", " per ")) or before.endswith("(")


def names_of(text: str) -> tuple[Name, ...]:
    """Return the names of a sentence, in order and without overlaps."""
    found = [Name(m[0], "date", m.start(), m.end()) for m in DATE.finditer(text)]
    found += [Name(m[0], "quantity", m.start(), m.end()) for m in QUANTITY.finditer(text) if not _overlaps(m, found)]
    found += [name for name in _capitalised(text) if not any(n.start < name.end and name.start < n.end for n in found)]
    return tuple(sorted(found, key=lambda name: name.start))


def _overlaps(match: re.Match[str], names: list[Name]) -> bool:
    return any(name.start < match.end() and match.start() < name.end for name in names)


def _capitalised(text: str) -> Iterator[Name]:
    for match in NAME.finditer(text):
        start, words = match.start(), match[0]
        while words.split(" ")[0] in _NOT_NAMES and " " in words:
            start += len(words.split(" ")[0]) + 1
            words = words.split(" ", 1)[1]
        words = re.sub(r"['’]s$", "", words)
        # A of B and C may be two of a list: only A is sure.
        if text.startswith(" and ", start + len(words)) and text[start + len(words) + 5 :][:1].isupper():
            words = words.split(" of ")[0]
            if " " not in words and " of " in match[0]:
                continue
        if text[start + len(words) :][:1] == " " and text[start + len(words) + 1 :][:1] > "\u00bf":
            continue
        if " of the " in words and _NOUN_AFTER.match(text, start + len(words)):
            words = words.split(" of ")[0]
        if text[start + len(words) + 1 :][:1].islower():
            words = _ADJECTIVE_END.sub("", words)
        if _is_none(words, start):
            continue
        yield Name(words, _type(text, words, start), start, start + len(words))


def _is_none(words: str, start: int) -> bool:
    """Say whether capitalised words are no name: an owner's thing, or only the beginning of a sentence."""
    if "'s " in words or "’s " in words or words in _NOT_NAMES or len(words) < _SHORTEST or words[0].islower():
        return True
    # Residents of the District, Within the Southern Hemisphere, Modern Republicans; a lone word may be any.
    first = words.split(maxsplit=1)[0]
    is_opening = class_of(first.lower()) not in {"", "verb", "helper"} or _OPENING_WORD.match(words) is not None
    return start == 0 and (first == words or is_opening)


def _type(text: str, words: str, start: int) -> str:
    before, after = text[max(0, start - 24) : start], text[start + len(words) : start + len(words) + 24]
    if re.search(r"\b(?:[Cc]ompany|[Ff]irm|[Nn]ewspaper|[Bb]roadcaster|[Aa]gency|According to) (?:the )?$", before):
        return "organisation"
    if (
        _TITLED.match(words)
        or _TITLE.search(before)
        or (_PERSON_AFTER.match(after) and not before.endswith((" of ", " the ")) and not _ORGANISATION.search(words))
    ):
        return "person"
    if _ORGANISATION.search(words):
        return "organisation"
    if _EVENT.search(words):
        return "event"
    if _PLACE_BEFORE.search(before):
        return "place"
    return "name"
