"""What something has for its purpose, base, seat or capital: AはBを目的とする, Aの首都はBである."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.75
_AS = {
    "何": words(
        "目的 基盤 前提 目標 モットー 対象 モデル 原料 主食 財源 根拠 起源 由来 テーマ 題材",
        "任務 使命 母体 特徴 主成分 原作 条件",
    ),
    "どこ": words("本拠地 本拠 拠点 舞台 本社 首都"),
}
_OF = {
    "どこ": words("首都 県庁所在地 所在地 本拠地 出身地 本社所在地 原産地 産地"),
    "何": words("愛称 通称 正式名称 旧名 旧称 別名 異名 略称 本名 公用語 通貨 主成分 原料 主食 校訓"),
    "誰": words("作者 著者 創業者 創設者 設立者 初代社長 初代校長 監督 発明者 発見者 設計者"),
}
_WORD_AS = {prop: word for word, props in _AS.items() for prop in props}
_WORD_OF = {prop: word for word, props in _OF.items() for prop in props}


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for a property that is named."""
    yield from _as_property(page, statement)
    yield from _of_something(page, statement)


def _as_property(page: Page, statement: Statement) -> Iterator[Proposal]:
    parse = statement.parse
    for index, chunk in enumerate(parse.chunks[:-1]):
        if chunk.case not in {"と", "に"} or chunk.head < 0 or (prop := parse.core(index)) not in _WORD_AS:
            continue
        predicate = chunk.head
        verb = parse.tokens[parse.chunks[predicate].first].lemma
        whats = [i for i in parse.arguments(predicate) if parse.chunks[i].case == "を" and i < index]
        if (
            (chunk.case == "と") != (verb == "する")
            or (chunk.case == "に" and verb not in {"置く", "おく"})
            or not whats
        ):
            continue
        subjects = [i for i in range(whats[-1]) if parse.chunks[i].case in {"は", "が"} and parse.start(i) == 0]
        if len(subjects) != 1 or chunk.children or parse.chunks[predicate].form not in {"final", "continued"}:
            continue
        key = parse.noun(whats[-1])
        past = wording.is_past(parse) and parse.chunks[predicate].form == "final"
        ending = ("とし" if chunk.case == "と" else "に置い") + (
            "ましたか" if past and chunk.case == "と" else "ていますか"
        )
        stem = clauses.asks(statement, f"{parse.noun(subjects[0])}は、{_WORD_AS[prop]}を{prop}{ending}。")
        yield from _ask(page, statement, stem, key, _WORD_AS[prop])


def _of_something(page: Page, statement: Statement) -> Iterator[Proposal]:
    parse = statement.parse
    last = len(parse.chunks) - 1
    topic = next((i for i, chunk in enumerate(parse.chunks[:6]) if chunk.case == "は" and chunk.has_noun), None)
    if topic is None or last != topic + 1 or not (parse.chunks[last].is_copula or not parse.chunks[last].form):
        return
    prop = parse.core(topic)
    owner = parse.text[: parse.tokens[parse.chunks[topic].first].start]
    key = parse.core(last).strip("「」『』")
    if prop not in _WORD_OF or not owner.endswith("の") or wording.is_hedged(statement.claim):
        return
    yield from _ask(page, statement, f"{owner}{prop}は{_WORD_OF[prop]}ですか。", key, _WORD_OF[prop])


def _ask(page: Page, statement: Statement, stem: str, key: str, word: str) -> Iterator[Proposal]:
    if not 2 <= len(key) <= 40 or not wording.may_stand(stem, key) or re.search(r"(?:こと|もの|など)$", key):
        return
    name = next((name for name in statement.names if name.text == key), None)
    distractors = page.distractors(name, statement, stem) if name else page.phrases_unlike(key, statement)
    if not distractors and (name is None or len(key) > 20):
        return
    yield Proposal(
        kind="single_choice" if distractors else "short_answer",
        stem=stem,
        key=key,
        rule="property",
        weight=_WEIGHT + (0.05 if word != "何" else 0),
        focus=key,
        accepted=page.accepted(name, statement) if name and not distractors else (),
        distractors=distractors,
    )
