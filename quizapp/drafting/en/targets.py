"""Which names of an English sentence can be asked for: whole ones, of weight, that nothing beside them tells."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.en.names import Name

# Capitalised at the beginning of a sentence, these are no part of the name behind them.
_OPENING = words(
    "a an the in on at by for with from to as of into since until under over between among during before after about",
    "when while where if although though because despite both unlike like through throughout around near within and",
    "but or only even also then thus today both former late",
)
_BESIDE = re.compile(r"(?P<word>[A-Z][\w’'.-]*) (?:\(\w+\) )?$")
# An Unearthly Child, ABC on Demand, Huang & Shen: the name begins before.
_BEGUN = re.compile(
    r"[a-z,;:—–] (?:An?|The|On|In|Of) $|[A-Z][\w’']* (?:on|and the|to|for|&) $|& $|[-–/]$|\b[Bb]oth (?:the )?$|\b(?i:north|south|east|west|central)(?:ern)? $|"
    r"\b[A-Z]\.$|(?:\d(?:st|nd|rd|th)|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|teen|tie)th) $| an? $"
)
_GOES_ON = re.compile(
    r"^(?:['’?!]|[-–/&]|[\"”] \(|, (?:the )?[A-Z0-9][\w. ()]+(?:,| and| or) | & | (?:[A-Z]\w*|[A-Z]\.)(?!\w)| \d|\.\d|\. [A-Z]| (?:of|on|for) (?:the )?[A-Z])"
)
_EXAMPLE = re.compile(r"\b(?:like|such as|includ(?:e|es|ed|ing)|e\.g\.,?|[Ff]or example,?) (?:the |[\"“])?$")
_BOUND_BEFORE = re.compile(
    r"(?:\b[Bb]etween (?:(?!\band\b)[^,;]){0,40} and |\b[Ff]rom [^,;]{0,60}\d[^,;]{0,12} (?:to|until|through) [^,;]{0,40}|"
    r"\b[Ff]rom [^,;]{0,40} (?:to|until|through) |\d[^,;]{0,12} (?:to|until|through) |[–—-])(?:about |around )?$"
)
_TO = r"(?:to|until|till|through|and)\b"
_SPANS = {
    "date": (
        re.compile(r"\b(?:[Bb]etween|[Ff]rom)\b[^,;]{0,60}$"),
        re.compile(rf"^(?: BCE?| AD| CE)?(?:[–—-]|[^,;.]{{0,40}} {_TO}[^,;.]{{0,40}}\d)"),
    ),
    "quantity": (
        re.compile(r"\b(?:[Bb]etween|[Ff]rom) (?:\w+ )?$"),
        re.compile(rf"^(?:[–—-]| {_TO}|[^,;.]{{0,30}} to\b[^,;]{{0,30}}\d)"),
    ),
}
# The Salt Convention, 1992, came into force.
_LISTED = re.compile(r"(?:\b\d{4},? (?:and |or )?|[A-Z]\w*, )$")
_MONTH = re.compile(r"[A-Z][a-z]+")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)")
# The day of a count tells nothing of what was counted.
_AS_OF = re.compile(r"\b(?:[Aa]s (?:of|at)(?: the)?(?: \w+)?|[Aa]t the|estimated in|[Ii]n the) $")
_COUNTED = re.compile(
    r"\b(?:census|estimates?|population|per capita|median|density|inhabitants|residents|rates?|averaged?)\b"
)
_ALIASED = re.compile(r"\((?:the )?(?P<alias>[A-Z][\w.-]+)\)")
_INITIALS = re.compile(r" \(([A-Z]{2,6})\)")
_DIRECTIONS = words("West East North South Western Eastern Northern Southern")
_WORD = re.compile(r"[^\W_]{3,}")
# 106 ATP, 18 GHz, the 4th century BCE: a unit; 1990/1991: half of a pair; 20 000 years: half of a number.
_AFTER_NUMBER = re.compile(r"(?:\d|%|per ?cent|\d(?:st|nd|rd|th) century) $|/$")
_UNIT = re.compile(r"(?:[A-Z]{1,4}[a-z]?|[A-Z][a-z]{0,2})")
_SURE_UNIT = re.compile(r"(?:[GMT]Hz|[GMT]eV|ATP|BCE|RPM|PSI|PPM|USD|GBP|EUR|UTC|GMT)\b")
# Since 1949 NATO has used it.
_AFTER_YEAR = re.compile(r"\b(?i:in|since|of|by|until|before|after|from|during|late|early) (?:1\d|20)\d\d $")
# Known to everyone, or short for what the paragraph names in full: the first guess in any gap.
_PLAIN = words(
    "Earth World America Americas Americans Union House Senate Congress Parliament Government Constitution Council Convention Court Church",
    "Committee Commission Board Act Bill Treaty War Market Park Army Navy Party State States Nation Company School Museum City Market Team",
    "President Governor Senator Minister King Queen Hill Lake River Bridge Valley Bible League Championships Observer Explorer",
)
_PLAIN_PAIRS = frozenset({"United States", "Federal Government", "Supreme Court", "Prime Minister", "Vice President"})
_SHORTEST_STEM, _WHOLE = 4, 100


def is_whole(text: str, name: Name) -> bool:
    """Say whether all of a name is asked for, and not a part of a longer one, of a title or of a quotation."""
    before, after = text[: name.start], text[name.end :]
    if (
        name.text.startswith(("CE ", "BCE ", "AD ", "BC "))
        or _GOES_ON.match(after)
        or (_AFTER_NUMBER.search(before) and (name.type in _SPANS or _is_unit(before, name.text)))
        or (name.type not in _SPANS and _BEGUN.search(before))
    ):
        return False
    quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    if quoted and not (before.endswith(('"', "“")) and after.startswith(('"', "”"))):
        return False
    if _EXAMPLE.search(before) and after.startswith((",", " and ", '"', "”")):
        return False
    beside = _BESIDE.search(before)
    return beside is None or beside["word"].casefold() in _OPENING


def _is_unit(before: str, text: str) -> bool:
    """Say whether ``text`` measures the number before it (18 GHz), and is no name behind a year (In 1911 IBM)."""
    return _SURE_UNIT.match(text) is not None or (_UNIT.fullmatch(text) is not None and not _AFTER_YEAR.search(before))


def is_plain(text: str) -> bool:
    """Say whether a name is known to everyone (the United States), or only a word for a sort (the Market)."""
    return text in _PLAIN or text in _PLAIN_PAIRS


def is_trifle(text: str, name: Name) -> bool:
    """Say whether a name or number is told by the way: in brackets, as a bound of a span, as the day of a count."""
    before, after = text[: name.start], text[name.end :]
    if before.count("(") > before.count(")"):
        return True
    if name.type not in _SPANS:
        return is_plain(name.text)
    begins, goes_on = _SPANS[name.type]
    if _BOUND_BEFORE.search(before) or (begins.search(before) and goes_on.match(after)):
        return True
    if name.type == "quantity":
        return before.endswith((" last ", " past ", " next "))
    return bool(_AS_OF.search(before) or _LISTED.search(before) or _COUNTED.search(text)) or _is_pinned(
        name, before + after
    )


def _is_pinned(name: Name, rest: str) -> bool:
    """Say whether the rest of a sentence tells a date: Windows 95 in 1995, the highest rate of any July in July."""
    if any(month in rest for month in _MONTH.findall(name.text)):
        return True
    return bool(re.search(rf"(?<![\d.,]){re.escape(name.text[-2:])}(?![\d.,%])", rest))


def is_given_away(text: str, name: Name) -> bool:
    """Say whether the rest of a sentence tells the name: Wallsend beside the wall's end, the West beside the East."""
    rest = text[: name.start] + " " + text[name.end :]
    if name.type in _SPANS:
        # What is missing to a hundred can be counted out; of many shares none is remembered.
        own, others = _PERCENT.match(name.text), _PERCENT.findall(rest)
        is_counted = own is not None and any(float(own[1]) + float(other) == _WHOLE for other in others)
        return is_counted or (own is not None and len(others) > 1)
    if name.text in _DIRECTIONS or _letters(name.text) in _letters(rest):
        return True
    # The Hungarian army, which Hungary sent.
    first = _WORD.findall(name.text.casefold())[:1]
    return _are_all_kin(name.text, rest) or any(
        one != other and _are_kin(one, other) for one in first for other in _WORD.findall(rest.casefold())
    )


def initials(text: str) -> dict[str, tuple[str, ...]]:
    """Return what initials of a text stand for, and what the names that it spells out are called for short."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _INITIALS.finditer(text):
        spelled = text[max(0, match.start() - 90) : match.start()].split()
        for begin in range(len(spelled)):
            name = spelled[begin:]
            if name[0][0].isupper() and "".join(word[0] for word in name if word[0].isupper()) == match[1]:
                whole = " ".join(name)
                found.update({match[1]: (whole,), whole: (match[1],)})
                break
    return found


class Topic:
    """What an article is about, by all its names: its title, the title's initials, and what it says they stand for."""

    def __init__(self, title: str, opening: str) -> None:
        self._title = re.sub(r"\([^)]*\)", "", title).strip()
        capitals = "".join(word[0] for word in re.findall(r"[^\W_]+", self._title) if word[0].isupper())
        self._names = {capitals} if len(capitals) > 2 else set()
        subject = re.split(r" (?:is|are|was|were) ", opening, maxsplit=1)[0]
        if subject != opening and self.is_in(subject):
            self._names.update(match["alias"] for match in _ALIASED.finditer(subject))

    def is_named(self, text: str) -> bool:
        """Say whether ``text`` names the topic: whoever sees the title knows it."""
        if not self._title:
            return False
        one, other = text.casefold(), self._title.casefold()
        inside = one.rstrip("s") in other or other.rstrip("s") in one
        return inside or text in self._names or _are_all_kin(text, self._title) or self._holds(one)

    def is_in(self, text: str) -> bool:
        """Say whether ``text`` speaks of the topic."""
        found = _WORD.findall(text.casefold())
        return any(name in text for name in self._names) or any(
            _are_kin(word, own) for own in _WORD.findall(self._title.casefold()) for word in found
        )

    def _holds(self, word: str) -> bool:
        """Say whether a lone word has the whole of a one-word title in it (BSkyB for Sky)."""
        return " " not in word and " " not in self._title and self._title.casefold() in word


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _are_all_kin(text: str, rest: str) -> bool:
    own, others = _WORD.findall(text.casefold()), _WORD.findall(rest.casefold())
    return bool(own) and all(word in _OPENING or any(_are_kin(word, other) for other in others) for word in own)


def _are_kin(one: str, other: str) -> bool:
    """Say whether two words are forms of one: Scotland and Scottish."""
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (shared >= _SHORTEST_STEM and 2 * shared >= max(len(one), len(other)))
