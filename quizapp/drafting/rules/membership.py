"""What belongs to a list: XにはA、B、Cがある gives Xの一つとして挙げられているのはどれですか."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.draft import stable_id
from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.7
_FEWEST = 3
_IS_LIST = re.compile(
    r"(?:など|等)?(?:が|も)(?:あり|ある|あります|含まれる|含まれます|含まれている|含まれています|挙げられる|挙げられます|挙げられている|知られる|知られている)$"
)
_LONGEST_END = len("などが含まれています")
_BETWEEN = re.compile(r"[」』]?(?:、|・|や|と|，)[「『]?")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question which of three belongs to a list of three or more, the others being from elsewhere."""
    parse = statement.parse
    end = _IS_LIST.search(parse.text, max(0, len(parse.text) - _LONGEST_END))
    if end is None:
        return
    topic = next((i for i, c in enumerate(parse.chunks) if c.case in {"には", "は"} and c.has_noun), None)
    if topic is None or wording.is_hedged(statement.claim) or parse.start(topic) != 0:
        return
    members = _row(statement, end.start())
    of_what = parse.noun(topic)
    first = members[0].start if members else 0
    # Between the topic and the list nothing may narrow it down.
    if len(members) < _FEWEST or parse.text[parse.end(topic) : first].strip("、「『 ") or not 4 <= len(of_what) <= 40:
        return
    kinds = {page.type_of(name) for name in members}
    key = min(members, key=lambda name: stable_id(statement.evidence.quote, name.text))
    stem = f"{of_what}に含まれるものとして、記事が挙げているのはどれですか。"
    distractors = page.distractors(key, statement) if len(kinds) == 1 else ()
    if distractors and wording.may_stand(stem, key.text):
        yield Proposal(
            kind="single_choice",
            stem=clauses.asks(statement, stem),
            key=key.text,
            rule="membership",
            weight=_WEIGHT,
            focus=key.text,
            distractors=distractors,
        )


def _row(statement: Statement, end: int) -> list[Name]:
    """Return the names that stand in a row up to ``end``, only commas and the like between them."""
    row: list[Name] = []
    text = statement.text
    for name in reversed(statement.names):
        if name.end > end:
            continue
        between = text[name.end : row[0].start] if row else text[name.end : end].strip("」』")
        if (row and not _BETWEEN.fullmatch(between)) or (not row and between not in {"", "など", "等"}):
            break
        row.insert(0, name)
    return row
