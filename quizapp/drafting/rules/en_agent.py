"""English agents: who invented, wrote or founded something, asked of plain active and passive clauses."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.en.names import last_name
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement

_VERBS = (
    "invented|discovered|designed|painted|composed|founded|wrote|built|established|proposed|introduced|published|directed|created|"
    "developed|coined|opened|led|formulated|patented"
)
_NAME = r"(?:[A-Z][\w.'’-]+)(?: (?:of|de|van|von|the))?(?: [A-Z][\w.'’-]+){1,3}"
_ACTIVE = re.compile(rf"^(?:In \d{{4}}, )?(?P<who>{_NAME}) (?P<verb>{_VERBS}) (?P<what>[^,;:]{{8,110}})\.$")
_PASSIVE = re.compile(
    rf"^(?P<what>(?:The |An? )?[A-Z][^,;:]{{2,60}}?) (?P<be>was|were) (?P<verb>(?:{_VERBS}|written|led|built)) by (?:the )?"
    rf"(?:[a-z]+ ){{0,3}}(?P<who>{_NAME})(?P<rest> (?:in|at|on|for|during) [^,;:]{{2,60}})?\.$"
)


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question who did it."""
    if statement.claim.modality not in {Modality.ASSERTED, Modality.ASSESSMENT}:
        return
    active, passive = _ACTIVE.match(statement.text), _PASSIVE.match(statement.text)
    if active and not re.search(r"\b(?:who|which|and \w+ed)\b", active["what"]):
        who, stem = active["who"], f"Who {active['verb']} {active['what']}?"
    elif passive and not re.search(r"\b(?:who|which)\b", passive["what"]):
        what = re.sub(r"^(?:The|An?) ", lambda m: m[0].lower(), passive["what"])
        who, stem = passive["who"], f"Who {passive['be']} {what} {passive['verb']} by{passive['rest'] or ''}?"
    else:
        return
    name = next((n for n in statement.names if n.text == who), None)
    if who in stem or name is None or page.type_of(name) in {"organisation", "place", "event"}:
        return
    distractors = page.distractors(name, statement, stem)
    yield Proposal(
        kind="single_choice" if distractors else "short_answer",
        stem=stem,
        key=who,
        rule="en_agent",
        weight=0.8,
        focus=who,
        accepted=tuple(dict.fromkeys((*page.also_called(name), *last_name(who)))),
        distractors=distractors,
    )
