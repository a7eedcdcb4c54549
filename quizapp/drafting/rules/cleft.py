"""What the sentence itself puts forward: Aする のは Bである gives Aするのは誰・いつ・どこ・何ですか."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.ja.name_types import VAGUE
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

# What has no name is asked for with 何, which seldom fits.
_WEIGHT, _UNNAMED = 0.7, 0.3
_COPULA = re.compile(r"(?:である|です|だ|であった|でした|だった)?$")
# These say why or how, or point on: no name answers.
_NO_ANSWER = re.compile(
    r"(?:ため|から|こと|もの|とき|時|場合|など|はじめ|最初|最後|一つ|ひとつ|ところ|くらい|ほど|だけ|のみ|以降|以来|[うくすつぬむるたい])$"
)

# Somebody without a name: neither 何 nor 誰 asks for them.
_ROLE = re.compile(r"(?:者|員|士|家|長|手|生|人|民|官|師|女性|男性|子供|子ども)$")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for what stands behind のは."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    topic = next((i for i, c in enumerate(parse.chunks) if c.case == "は" and _is_nominal(parse, i)), None)
    if topic is None or wording.is_hedged(statement.claim) or not clauses.is_safely_parsed(parse, last):
        return
    body, key = parse.text[: parse.end(topic)], parse.core(last)
    # Between のは and the answer only what describes the answer may stand.
    described = parse.text[parse.end(topic) : parse.tokens[parse.chunks[last].first].start].strip("、")
    ending = parse.text[parse.tokens[parse.chunks[last].noun_end - 1].end :] if key else "-"
    if not key or not _COPULA.fullmatch(ending) or "、" in described or _NO_ANSWER.search(key):
        return
    name = next((name for name in statement.names if name.text == key), None)
    several = re.search(r"[とや]$", described) or any(c.case == "は" for c in parse.chunks[:topic])
    if several or (name is None and (_ROLE.search(key) or len(key) < 3 or key in VAGUE)):
        return
    stem = f"{body}{_word(page, name)}ですか。"
    if len(body) < 10 or not wording.may_stand(stem, key):
        return
    distractors = page.distractors(name, statement, stem) if name else ()
    others = page.accepted(name, statement) if name else ()
    yield Proposal(
        kind="single_choice" if distractors else "short_answer",
        stem=clauses.asks(statement, stem),
        key=key,
        rule="cleft",
        weight=_WEIGHT if name else _UNNAMED,
        focus=key,
        accepted=() if distractors else (*others, *((described + key,) if described else ())),
        distractors=distractors,
        ordered=name is not None and name.type in {"date", "quantity"},
    )


def _is_nominal(parse: Parse, index: int) -> bool:
    """Say whether a chunk is a clause made a noun by の (設計したのは)."""
    chunk = parse.chunks[index]
    return chunk.has_noun and parse.tokens[chunk.noun_end - 1].pos[1] == "準体助詞"


def _word(page: Page, name: Name | None) -> str:
    if name is None:
        return "何"
    kind = page.type_of(name)
    if kind == "date":
        return "何世紀" if name.text.endswith("世紀") else "何年" if name.text.endswith("年") else "いつ"
    if kind == "quantity":
        return "どれくらい"
    return clauses.question_word(name, kind) or "何"
