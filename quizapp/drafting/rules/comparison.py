"""Which of two is more: AはBより大きい gives AとBでは、どちらのほうが大きいですか."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.draft import stable_id
from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.75
_THAN = frozenset({"より", "よりも", "よりは"})
_PLAIN = re.compile(r"[^「」『』（）()、]{2,20}")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question which of two is more so, where both are named and nothing else is said of either."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    word = parse.tokens[parse.chunks[last].first] if parse.chunks else None
    if (
        word is None
        or word.pos[0] != "形容詞"
        or parse.chunks[last].form != "final"
        or wording.is_hedged(statement.claim)
    ):
        return
    than = [i for i in range(last) if parse.chunks[i].case in _THAN]
    topics = [i for i in range(last) if parse.chunks[i].case == "は" and parse.chunks[i].has_noun]
    if len(than) != 1 or len(topics) != 1 or topics[0] > than[0]:
        return
    one, other = parse.noun(topics[0]), parse.noun(than[0])
    between = parse.text[parse.end(topics[0]) : parse.start(than[0])].strip("、")
    measure = parse.text[parse.end(than[0]) : parse.tokens[parse.chunks[last].first].start].strip("、")
    # Of what they are compared may stand between (高さが); anything more is another condition.
    if parse.start(topics[0]) != 0 or between or re.search(r"[、。0-9]", measure) or page.are_same(one, other):
        return
    if not (_PLAIN.fullmatch(one) and _PLAIN.fullmatch(other)) or one in other or other in one:
        return
    pair = sorted((one, other), key=lambda name: stable_id(statement.evidence.quote, name))
    stem = f"{pair[0]}と{pair[1]}では、どちらのほうが{measure}{word.lemma}ですか。"
    if parse.text.endswith((word.lemma, word.lemma + "です")) and wording.may_stand(stem, ""):
        yield Proposal(
            kind="single_choice",
            stem=clauses.asks(statement, stem),
            key=one,
            rule="comparison",
            weight=_WEIGHT,
            focus=one,
            distractors=(other,),
        )
