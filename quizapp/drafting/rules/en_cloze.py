"""An English gap: the sentence without one of its names, dates or amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.drafting.en.names import is_describing
from quizapp.drafting.en.page import asks
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.en.names import Name
    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement

_WEIGHT = {
    "person": 0.68,
    "quantity": 0.64,
    "date": 0.66,
    "organisation": 0.64,
    "event": 0.64,
    "place": 0.64,
    "name": 0.58,
}
_LONGEST = 190
_GAPS = 2


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield gaps for the names that tell most, best first."""
    if len(statement.text) > _LONGEST:
        return
    ranked = sorted(statement.names, key=lambda name: -_worth(page, name))
    yield from [proposal for name in ranked for proposal in _gap(page, statement, name)][:_GAPS]


def _worth(page: Page, name: Name) -> float:
    # The subject is what a sentence tells something of; what it tells stands behind.
    return _WEIGHT.get(page.type_of(name), 0.5) + 0.06 / page.pool.count(name.text) - 0.1 * (name.start < 5)


def _gap(page: Page, statement: Statement, name: Name) -> Iterator[Proposal]:
    if statement.text.count(name.text) != 1 or statement.text[name.end : name.end + 2] == " (":
        return
    if is_describing(statement.text, name) or not page.is_askable(statement, name):
        return
    text = statement.text[: name.start] + "{{1}}" + statement.text[name.end :]
    stem = asks(statement, text)
    distractors = page.distractors(name, statement, stem)
    if not distractors and page.type_of(name) == "quantity":
        return
    yield Proposal(
        kind="cloze",
        stem=stem,
        key=name.text,
        rule="en_cloze",
        weight=_worth(page, name),
        focus=name.text,
        accepted=page.also_called(name),
        distractors=distractors,
    )
