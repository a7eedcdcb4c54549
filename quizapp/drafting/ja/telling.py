"""A stem told as a question by itself would tell it: the long past in the past tense, people by their whole names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import conjugation
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.drafting.ja.analysis import Token
    from quizapp.drafting.ja.statements import Statement

# Before this year a present tense is a chronicler's.
_PAST_BEFORE = 2000
_YEAR = re.compile(r"(?<![0-9])(?P<year>[0-9]{3,4})年(?!間|代)")
_WHEN = frozenset({"", "に", "には"})
# What is so for long, and not done on a day.
_LASTS = words(
    "ある いる なる できる 存在 異なる 含む 言う いう 呼ぶ",
    "持つ もつ 属する 示す 知る 考える 見る 残る 現存 続く 伝わる",
)
_HELPING = ("助動詞-レル", "助動詞-ラレル", "助動詞-セル", "助動詞-サセル")


def in_the_past(stem: str, statement: Statement) -> str:
    """Return ``stem`` with the present tense of what was done on a day long past (1545年に…に預ける) made past."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    chunk = parse.chunks[last]
    tail = parse.text[parse.tokens[chunk.first].start :]
    body = stem.removesuffix("。")
    if statement.claim.modality is not Modality.ASSERTED or not body.endswith(tail) or not _is_of_old(statement):
        return stem
    said = list(parse.tokens[chunk.first : chunk.last])
    if said[0].surface in _LASTS or any(token.lemma in _LASTS for token in said[:-1]):
        return stem
    if len(said) > 2 and said[-1].lemma in {"いる", "居る"} and said[-2].surface in {"て", "で"}:
        said = said[:-2]
    elif said[-1].lemma in _LASTS:
        return stem
    if not _is_verb(said[-1]) or not parse.tokens[chunk.last - 1].pos[5].startswith(("終止形", "連体形")):
        return stem
    done = "".join(token.surface for token in said[:-1]) + conjugation.past(said[-1].lemma, said[-1].pos[4])
    return body[: len(body) - len(tail)] + done + stem[len(body) :]


def _is_verb(token: Token) -> bool:
    return token.is_verb or token.pos[4].startswith(_HELPING)


def _is_of_old(statement: Statement) -> bool:
    """Say whether the last clause has a day or year long past of its own, or the sentence begins with one."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    for name in statement.names:
        chunk = parse.chunks[name.chunk]
        year = _YEAR.search(name.text)
        is_old = name.type == "date" and year is not None and int(year["year"]) < _PAST_BEFORE
        is_old = is_old and "以" not in statement.text[name.end - 2 : name.end + 1]
        if is_old and chunk.case in _WHEN and (chunk.head == last or (name.start == 0 and chunk.comma)):
            return True
    return False


def with_whole_names(stem: str, wholes: Mapping[str, str], key: str) -> str:
    """Return ``stem`` with those who act in it called by their whole names, unless that would show the key."""
    for half, whole in wholes.items():
        if whole not in stem and key not in whole:
            stem = re.sub(rf"(?<![一-鿿ァ-ヴー・「『]){re.escape(half)}(?=[はが])", whole, stem, count=1)
    return stem
