"""With whom: the other side of a meeting, match or treaty (〜を行った相手は誰ですか)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.72
_MEETING = re.compile(r"(?:会談|対談|会見|面会|結婚|対戦|試合|契約|条約|協定|同盟|協議|提携)$")
_WORDS = {"person": "相手は誰", "country": "相手はどの国", "organisation": "相手はどこ"}


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for the one partner of a meeting; lists of partners are left alone."""
    parse = statement.parse
    for name in statement.names:
        kind, chunk = page.type_of(name), parse.chunks[name.chunk]
        if kind not in _WORDS or chunk.case != "と" or chunk.head not in clauses.asked_predicates(parse):
            continue
        before = parse.text[parse.start(name.chunk) : name.start]
        if not re.fullmatch(r"(?:[一-鿿ァ-ヴー]{2,8}の)?", before) or parse.core(name.chunk) != name.text:
            continue
        predicate = chunk.head
        if not clauses.keeps_hedge(statement, predicate):
            continue
        arguments = parse.arguments(predicate)
        met = any(parse.chunks[i].case == "を" and _MEETING.search(parse.core(i)) for i in arguments)
        met = met or _MEETING.search(parse.core(predicate)) is not None
        subject = any(chunk.case in {"は", "が"} for chunk in parse.chunks[: name.chunk])
        body = clauses.without(parse, predicate, name.chunk)
        stem = clauses.asks(statement, f"{body}{_WORDS[kind]}ですか。")
        if not (met and subject and len(body) >= 12) or not wording.may_stand(stem, name.text):
            continue
        distractors = page.distractors(name, statement, stem)
        yield Proposal(
            kind="single_choice" if distractors else "short_answer",
            stem=stem,
            key=name.text,
            rule="partner",
            weight=_WEIGHT,
            focus=name.text,
            accepted=() if distractors else page.accepted(name, statement),
            distractors=distractors,
        )
