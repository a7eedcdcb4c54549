"""Notes of decks that were exported here (``export.anki``), back as the items that they were made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizapp.intake import anki_fields
from quizapp.intake.anki_fields import markdown, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.intake.bank_intake import OwnNote

_OPTION = re.compile(r"<li([^<>]*)>((?:[^<]++|<(?!/?li[\s>]))*+)</li>")
_BETWEEN = " / "


def item_data(note: OwnNote) -> dict[str, Any]:
    """Return the item of a note as in a bank file, without its tags; ``{}`` where its fields no longer tell one."""
    make = _MAKERS.get(note.note_type)
    data = make(note.fields) if make else {}
    if not data:
        return {}
    about = {"id": words(note.fields["Item"]), "language": words(note.fields.get("Language", "")), **data}
    explanation = markdown(note.fields.get("Explanation", ""))
    return about | ({"explanation": explanation} if explanation else {})


def _choice(fields: Mapping[str, str]) -> dict[str, Any]:
    if fields.get("Recall"):  # asked without its options, which the bank knows
        return {"stem": markdown(fields["Recall"])}
    options = [_option(*match.groups()) for match in _OPTION.finditer(fields.get("Options answered", ""))]
    keys = sum(option.get("correct", False) for option in options)
    if not options or not keys:
        return {}
    kind = "multiple_response" if keys > 1 or fields.get("Instruction") else "single_choice"
    ordered = {} if "data-shuffle" in fields["Options answered"] else {"ordered": True}
    return {"type": kind, "stem": markdown(fields["Stem"]), "options": options, **ordered}


def _option(attributes: str, body: str) -> dict[str, Any]:
    feedback = _within(body, '<div class="feedback">')
    data: dict[str, Any] = {"text": markdown(_within(body, "<div>") or body)}
    if "key" in attributes:
        data["correct"] = True
    if feedback:
        data["feedback"] = markdown(feedback)
    return data


def _within(body: str, start: str) -> str:
    """Return what stands between the first ``start`` and the end of its block."""
    return body.partition(start)[2].partition("</div>")[0]


def _judge(fields: Mapping[str, str]) -> dict[str, Any]:
    options = _OPTION.findall(fields.get("Options answered", ""))
    return {"type": "true_false", "stem": markdown(fields["Stem"]), "holds": "key" in options[0][0]} if options else {}


def _typed(fields: Mapping[str, str]) -> dict[str, Any]:
    data = {"type": "short_answer", "stem": markdown(fields["Stem"]), "key": words(fields["Key"])}
    return data | _accepted(fields)


def _cloze(fields: Mapping[str, str]) -> dict[str, Any]:
    stem, hidden = anki_fields.cloze(fields["Text"])
    gaps: list[dict[str, Any]] = [{"key": each["key"]} for each in hidden]
    for gap, each in zip(gaps, hidden, strict=True):
        wrong = [option for option in each["hint"].split(_BETWEEN) if option and option != gap["key"]]
        if wrong:
            gap["distractors"] = wrong
    if len(gaps) == 1:
        gaps[0] |= _accepted(fields)
    else:
        for line in words(fields.get("Accepted", "")).split("; "):
            key, _, accepted = line.partition(" = ")
            for gap in gaps:
                if accepted and gap["key"] == key:
                    gap["accepted"] = accepted.split(_BETWEEN)
    return {"type": "cloze", "stem": stem, "gaps": gaps} if gaps else {}


def _term(fields: Mapping[str, str]) -> dict[str, Any]:
    data = {"type": "term", "term": words(fields["Term"]), "meaning": markdown(fields["Meaning"])}
    reading = words(fields.get("Reading", ""))
    return data | ({"reading": reading} if reading else {}) | _accepted(fields)


def _accepted(fields: Mapping[str, str]) -> dict[str, Any]:
    accepted = words(fields.get("Accepted", ""))
    return {"accepted": accepted.split(_BETWEEN)} if accepted else {}


_MAKERS = {
    "quizapp choice": _choice,
    "quizapp true or false": _judge,
    "quizapp typed answer": _typed,
    "quizapp cloze": _cloze,
    "quizapp term": _term,
}
