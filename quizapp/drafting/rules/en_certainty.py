"""How sure an English article is: what it tells as a plan, an aim, a belief or an expectation."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement

# Whose words end before the hedge, the hedge, and what follows it.
_HEDGED = re.compile(
    r"^(?P<who>[A-Z][^,;:]{3,80}?) (?P<hedge>plans?|intends?|(?:has|have) decided|aims?|seeks?|(?:is|are) (?:widely )?(?:expected|forecast|projected|"
    r"scheduled|due|thought|believed|said|reported)) (?P<what>to [^,;:]{8,110})\.$"
)
_PLURAL = re.compile(r"^(?:plan|intend|aim|seek|are|have)\b")
# Hedges that would say more, or the opposite.
_OTHERS = {
    Modality.PLANNED: ("{have} already managed", "{have} refused"),
    Modality.AIM: ("{have} already managed", "{have} refused"),
    Modality.EXPECTED: ("{be} certain", "{be} unlikely"),
    Modality.INFERRED: ("{be} known", "{be} unlikely"),
    Modality.REPORTED: ("{be} known", "{be} unlikely"),
}
_THAN_BE = ("{be} known", "{be} unlikely")
_BE = re.compile(r"(?:is|are)\b")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:  # noqa: ARG001 (every rule is called so)
    """Yield the question which words the article hedges a sentence with."""
    others = _OTHERS.get(statement.claim.modality)
    match = _HEDGED.match(statement.text)
    if others is None or match is None:
        return
    others = _THAN_BE if _BE.match(match["hedge"]) else others
    have = "have" if _PLURAL.match(match["hedge"]) else "has"
    yield Proposal(
        kind="single_choice",
        stem=f"Which words does the article use, and so tell how sure it is? “{match['who']} … {match['what']}.”",
        key=match["hedge"],
        rule="en_certainty",
        weight=0.6,
        focus="certainty",
        distractors=tuple(other.format(have=have, be=match["hedge"].split()[0]) for other in others),
    )
