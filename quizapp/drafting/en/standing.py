"""How much of an English sentence only its paragraph makes clear. What is not clear is asked last or not at all."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.en.word_classes import class_of
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.en.targets import Topic

_ADVERBIAL = re.compile(
    r"^(?:In|On|At|By|During|After|Before|Since|From|Under|For|With|Throughout|Between|Within|Among|Through|To|As|Until)\b"
    r"[^,]{2,80}, (?=\w)"
)
_DEFINITE = re.compile(
    r"(?:The|(?:Much|Most|Many|Some|All|Both|Part|Parts|Several|None) of (?:the|its|their))\b", re.IGNORECASE
)
_INDEFINITE = re.compile(r"(?:An?|One)\b", re.IGNORECASE)
# What has such a word before it is told of in the sentence before.
_KNOWN = re.compile(
    r"\b(?:[Oo]ther|[Aa]nother|[Tt]he (?:previous|former|merged|resulting|remaining|affected|isolated|latter|entire|additional|"
    r"newer|above|said|existing|subsequent|two|three|four|rest))\b"
)
# What there is one of.
_SINGLE = re.compile(r"The (?:\w+ )?(?:first|last|only|most|\w{2,}est)\b")
_UNTOLD = re.compile(
    r"\b(?:the|this) (?:confusion|debate|problem|situation|issue|matter|dispute|controversy|conflict|incident|latter|former|others?|move|"
    r"deal|period|proposal|change|idea|plan|case|process)\b(?! (?:of|for|to|in|between|about|over|that|on)\b)"
)
_LOOSE = re.compile(
    r"\b(?:[Ee]ventually|[Ll]ater|then|previously|at (?:the|that) time|that (?:year|day|month)|again|the (?:following|next|other|same)|newest|"
    r"meanwhile|subsequently|did not|also|instead|at (?:this|that) point|too|current|of the day)\b|^(?:After|Before|Although|Despite|While|With) "
)
_YEARLESS = re.compile(
    r"^(?!.*\b\d{3,4}\b).*\b(?:January|February|March|April|May(?! (?:be|have|not))|June|July|August|September|October|November|December|"
    r"spring of|[Tt]hat (?:winter|summer|spring|autumn|fall))\b"
)
# So many numbers are statistics.
_NUMBER = re.compile(r"\d[\d,.]*")
_MANY = 5
_FUTURE = re.compile(r"\bwill\b")
# Named more fully before: The Council never met.
_SHORT = re.compile(
    r"The (?:Council|Committee|Board|Church|House|Government|Opposition|Act|Treaty|University|Company|Court|Party|Army|Lords|Commission|Congress|"
    r"Parliament|Market|Bill|Convention|Union|Agreement|District|Assembly|Association|Society|Institute|College|School|Museum)$"
)
_RELATION = words("of in for on to between by about at from")
_PAST = words("was were had did became began")


def cost(text: str, topic: Topic) -> float:
    """Return how much is left to the paragraph, from 0; at 0.3 a reader is lost."""
    said = _ADVERBIAL.sub("", text)
    subject, verb = subject_of(said)
    lost = 0.08 * bool(_LOOSE.search(text)) + 0.25 * bool(_YEARLESS.search(text)) + 0.15 * bool(_UNTOLD.search(text))
    lost += 0.12 * bool(_FUTURE.search(text)) + 0.1 * (len(_NUMBER.findall(text)) >= _MANY)
    # A title and no sentence: Harbours: Songs of the North.
    lost += 0.4 * (not verb and not any(word[0].islower() and not class_of(word) for word in said.split()))
    return lost + max(0.3 * bool(_KNOWN.search(subject)), _cost_of(subject, verb, topic))


def _cost_of(subject: str, verb: str, topic: Topic) -> float:
    """Return how much is lost with a subject that has no name of its own (the findings, a version)."""
    if is_named(subject, topic) or _SINGLE.match(subject):
        return 0
    is_past = verb in _PAST or verb.endswith("ed")
    if _DEFINITE.match(subject):
        return 0.42 if is_past or not _RELATION.intersection(subject.split()) else 0.2
    return 0.25 if _INDEFINITE.match(subject) and is_past else 0


def subject_of(text: str) -> tuple[str, str]:
    """Return what stands before the first verb, and the verb."""
    found = text.split()
    for number, word in enumerate(found[1:], 1):
        kind = class_of(word)
        if kind in {"verb", "be", "helper"} or (word.endswith("ed") and _is_verb(found, number)):
            return " ".join(found[:number]), word
    return text, ""


def _is_verb(found: list[str], number: int) -> bool:
    """Say whether a word in -ed is followed by no noun (reached the coast, not the first recorded settlement)."""
    behind = found[number + 1] if number + 1 < len(found) else ""
    return number > 1 and (
        class_of(behind.strip(",.").lower()) != "" or not behind[:1].islower() or behind.endswith("ly")
    )


def is_named(subject: str, topic: Topic) -> bool:
    """Say whether a subject has a name of its own, or the topic's."""
    first, _, rest = subject.partition(" ")
    if _SHORT.match(subject):
        return topic.is_in(rest)
    return bool(re.search(r"[A-Z0-9]", rest)) or topic.is_in(rest) or (not rest and not _DEFINITE.match(first))
