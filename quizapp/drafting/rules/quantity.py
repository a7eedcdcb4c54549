"""How many: an amount in the last clause, asked in its place (何人, 何回, 約何キロメートル)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.ja.blanks import may_ask_amount
from quizapp.drafting.ja.names import QUANTITY
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.56
_CASES = frozenset({"", "が", "を", "に", "の", "と"})
_SPELLED = {
    "%": "パーセント",
    "％": "パーセント",
    "km": "キロメートル",
    "cm": "センチメートル",
    "mm": "ミリメートル",
    "kg": "キログラム",
    "名": "人",
}


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for the only amount of a sentence."""
    amounts = [name for name in statement.names if name.type == "quantity"]
    parse = statement.parse
    last = len(parse.chunks) - 1
    if len(amounts) != 1 or len(parse.text) > 90 or parse.text.count(amounts[0].text) != 1:
        return
    name = amounts[0]
    match = QUANTITY.fullmatch(name.text)
    if match is None or parse.tokens[parse.chunks[name.chunk].first].start != name.start:
        return
    is_first = _is_said_first(statement, name)
    if not may_ask_amount(statement, name) or not (is_first or _is_main(statement, name.chunk, last)):
        return
    unit = _SPELLED.get(match["unit"], match["unit"])
    about = match["about"] or ""
    rest = parse.text[name.end : parse.tokens[parse.chunks[last].first].start] if name.chunk != last else ""
    if re.match(r"(?:目|間|ぶり|台|後|前|連続)", rest or parse.text[name.end :]):
        return
    asked = f"{about}何{unit}"
    stem = f"{parse.text[: name.start]}{asked}ですか。" if is_first else ""
    stem = stem or _stem(statement, name.start, asked, name.end, last)
    distractors = page.distractors(name, statement, stem)
    subject = any(chunk.case in {"は", "が"} for chunk in parse.chunks)
    if "のが" in stem:
        return
    if stem and subject and wording.may_stand(stem, name.text):
        yield Proposal(
            kind="single_choice" if distractors else "short_answer",
            stem=clauses.asks(statement, stem),
            key=name.text,
            rule="quantity",
            weight=_WEIGHT,
            focus=name.text,
            accepted=() if distractors else page.accepted(name, statement),
            distractors=distractors,
            ordered=True,
        )


def _is_said_first(statement: Statement, name: Name) -> bool:
    """Say whether the first clause is what the amount is said of: 人口は5万人であり、…."""
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    return (
        chunk.is_copula
        and chunk.comma
        and parse.predicates()[:1] == [name.chunk]
        and parse.text[name.end : parse.end(name.chunk)] in {"であり", "で"}
        and clauses.keeps_hedge(statement, name.chunk)
        and any(c.case == "は" and c.has_noun for c in parse.chunks[: name.chunk])
        # What has a topic of its own tells what is compared.
        and not any(c.case in {"は", "が", "も"} for c in parse.chunks[name.chunk + 1 :])
    )


def _is_main(statement: Statement, chunk: int, last: int) -> bool:
    parse = statement.parse
    if parse.chunks[chunk].form == "continued" or parse.chunks[chunk].case not in _CASES:
        return False
    if chunk == last or parse.chunks[chunk].head == last:
        return True
    head = parse.chunks[chunk].head
    return (
        parse.chunks[chunk].case == "の" and parse.chunks[head].head == last and parse.chunks[head].case in {"を", "が"}
    )


def _stem(statement: Statement, start: int, asked: str, end: int, last: int) -> str:
    parse = statement.parse
    if parse.chunks[last].has_noun and start >= parse.tokens[parse.chunks[last].first].start:
        behind = parse.text[end:]
        # 次いで少ない200校である: what the amount is said to be cannot be asked with 何社.
        if any(parse.chunks[child].form == "adnominal" for child in parse.chunks[last].children):
            return ""
        if behind not in {"", "です", "だ", "である", "でした", "だった", "であった"}:
            return ""
        return f"{parse.text[:start]}{asked}{'でした' if behind in {'でした', 'だった', 'であった'} else 'です'}か。"
    ending = wording.as_question(parse, last)
    before = parse.text[end : parse.tokens[parse.chunks[last].first].start]
    return f"{parse.text[:start]}{asked}{before}{ending}。" if ending else ""
