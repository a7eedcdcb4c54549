"""Why and what for: Xは、Yために、Zした gives Xは、なぜ(何のために)Zしましたか, beside reasons told elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.4


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for a reason or purpose, where the article tells two others of the same sort."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    told = wording.reason(parse.text)
    if told is None or wording.is_hedged(statement.claim) or not clauses.is_safely_parsed(parse, last):
        return
    # What is so for a reason (…のため可能である) is not done for one.
    if parse.chunks[last].has_noun and parse.tokens[parse.chunks[last].noun_end - 1].pos[2] != "サ変可能":
        return
    ending = wording.as_question(parse, last)
    asked = "なぜ" if told.is_cause else "何のために"
    rest = parse.text[told.end : parse.tokens[parse.chunks[last].first].start]
    stem = clauses.asks(statement, f"{told.topic}、{asked}{rest}{ending}。")
    if not ending or len(rest) + len(ending) < 7 or not wording.may_stand(stem, told.text):
        return
    distractors = page.reasons_unlike(told.text, statement, is_cause=told.is_cause)
    if distractors:
        yield Proposal(
            kind="single_choice",
            stem=stem,
            key=told.text,
            rule="reason",
            weight=_WEIGHT,
            focus=told.text,
            distractors=distractors,
        )
