"""Who did it: the person, country or organisation that a clause has for its subject or place (〜したのは誰ですか)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = {"person": 0.78, "country": 0.7, "organisation": 0.7, "place": 0.65}
# Of all people in the world, this one must be typed.
_TYPED_COST = 0.35
_SURE = {Modality.ASSERTED, Modality.ASSESSMENT, Modality.REPORTED}
_LONGEST = 60
_ALSO = re.compile(r"^[^、]{1,20}(?<![とで])も(?=[一-鿿ァ-ヴA-Z「])")
_PLACE_CASES = frozenset({"に", "で", "には", "では"})


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield who or which did what; the clause must say enough to have one answer."""
    parse = statement.parse
    if statement.claim.modality not in _SURE:
        return
    for name in statement.names:
        kind = page.type_of(name)
        chunk = parse.chunks[name.chunk]
        wanted = _PLACE_CASES if kind == "place" else {"は", "が"}
        if kind not in _WEIGHT or chunk.case not in wanted or not clauses.is_whole(parse, name):
            continue
        if page.is_title(name.text) or _has_rival(statement, name):
            continue
        if kind == "person" and not page.people.is_sure(name.text):
            continue
        for predicate in clauses.asked_predicates(parse):
            if not clauses.keeps_hedge(statement, predicate):
                continue
            if predicate == chunk.head or (chunk.case == "は" and predicate <= chunk.head):
                yield from _ask(page, statement, name, kind, predicate)
                break


def _has_rival(statement: Statement, name: Name) -> bool:
    """Say whether another topic in the sentence makes it unclear who does what."""
    parse = statement.parse
    case = parse.chunks[name.chunk].case
    if any(chunk.case in {"は", "が"} for chunk in parse.chunks[name.chunk + 1 : -1]):
        return True
    # AがXに、BがYに移籍した: two did it, and A's share of it is not said.
    before = parse.chunks[: name.chunk]
    if any(chunk.case == "が" and chunk.has_noun and parse.chunks[chunk.head].form != "adnominal" for chunk in before):
        return True
    others = [i for i, chunk in enumerate(parse.chunks) if chunk.case in {"は", "も"} and i != name.chunk]
    # 一家は北町に移り、花子は…を求めた: before のは the 一家 would have done it as well.
    if any(i < predicate < name.chunk for i in others for predicate in parse.predicates()):
        return True
    # 水は水道局が管理する: before のは the topic would become who does it.
    if case == "が" and any(i < name.chunk and parse.chunks[i].case == "は" for i in others):
        return True
    return case == "は" and any(i > name.chunk for i in others)


def _ask(page: Page, statement: Statement, name: Name, kind: str, predicate: int) -> Iterator[Proposal]:
    parse = statement.parse
    body = clauses.without(parse, predicate, name.chunk)
    word = clauses.question_word(name, kind)
    # 日本銀行も…: of others it is true as well; and who did many things in a row is too much to read.
    if len(body) > _LONGEST or _ALSO.search(body) or (kind == "person" and clauses.accuses(body)):
        return
    if len(body) < 16 or not clauses.is_safely_parsed(parse, predicate) or page.is_stative(parse, predicate):
        return
    # A chronicle tells the past in the present; a question cannot.
    told_now = not body.endswith(("た", "だ"))
    if told_now and (
        any(n.type == "date" for n in statement.names)
        or (kind == "person" and not body.endswith("いる"))
        or page.is_chronicle(statement)
    ):
        return
    # 木本土居を発祥とした土居氏: half of the name stands in the question.
    if kind == "person" and name.text[: max(2, len(name.text) // 2)] in body:
        return
    stem = clauses.asks(statement, f"{body}のは{word}ですか。")
    # 土居氏 beside 木本土居.
    if name.text[: max(2, (len(name.text) + 1) // 2)] in stem:
        return
    if not wording.may_stand(stem, name.text) or any(
        page.are_same(name.text, n.text) for n in statement.names if n.text in stem
    ):
        return
    distractors = page.distractors(name, statement, stem)
    if distractors or kind == "person":
        yield Proposal(
            kind="single_choice" if distractors else "short_answer",
            stem=stem,
            key=name.text,
            rule="agent",
            weight=_WEIGHT[kind] - (0 if distractors else _TYPED_COST),
            focus=name.text,
            accepted=() if distractors else page.accepted(name, statement),
            distractors=distractors,
        )
