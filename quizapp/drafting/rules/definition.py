"""What a term means: Xとは〜である, and Xは〜するYである."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import wording
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.85
_COPULA = re.compile(
    r"(?:の(?:こと|事)(?:である|です|だ|をいう|をいいます|を指す|を指します)?|である|です|だ|をいう|をいいます|を言う|を指す|を指します|を意味する|を意味します)$"
)
_ASIDE = re.compile(r"[（(][^（()）]*[)）]")
# A meaning that ends so says too little: 〜のひとつ.
_VAGUE_END = re.compile(
    r"(?:分派|部門|一[一-鿿]{1,2}|総称|一部|略称|名称|別名|俗称|通称|用語|言葉|語|略|ひとつ|一つ|1つ|一種|一人|ひとり|1人|うち|例|という意味|もの|ところ|存在|場合|(?<!考え)方|結果|ため|理由|象徴|予定|はず|通り|よう|それぞれ)$"
)
_ASKED = {
    "person": "は誰ですか",
    "place": "はどこですか",
    "country": "はどこですか",
    "organisation": "は何ですか",
    "proper": "は何ですか",
    "work": "は何ですか",
}
_PLACE = re.compile(r"[川山湖島岳峠橋駅城寺港]$|(?:神社|街道|ルート|鉄道)$")
_NAMED = frozenset({"person", "place", "country", "organisation", "work"})
_SYMBOL = re.compile(r"[a-z0-9 ,()'+\-]{1,4}|[A-Z]|.*[α-ωΑ-Ω].*")
# 1つは…: one of those told of before.
_COUNTED = re.compile(r"(?:[0-9０-９]+|[一二三四五]|ひと|ふた)[つ人種]")
_GENERIC = words(
    "人物 作家 選手 会社 企業 団体 組織 都市 国 学者 俳優 歌手 政治家",
)

_NOT_DEFINING = words("言う いう 呼ぶ 限る 異なる 違う 別 逆 比べる 思う 考える なる 無関係 関係")


def _defines(parse: Parse, topic: int, term: str) -> bool:
    """Say whether とは brings a meaning: not 「行くか」とは言わず, nor for 題名の「青葉」, half of which is a name."""
    behind = parse.tokens[parse.chunks[min(topic + 1, len(parse.chunks) - 1)].first]
    return behind.lemma not in _NOT_DEFINING and not any(mark in term for mark in "「」『』")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for a defined term, and the term with its meaning to learn."""
    parse = statement.parse
    topic = next(
        (i for i, chunk in enumerate(parse.chunks[:3]) if chunk.case in {"とは", "は"} and chunk.has_noun),
        None,
    )
    if topic is None or wording.is_hedged(statement.claim):
        return
    term = _ASIDE.sub("", parse.noun(topic)).strip("「」『』")
    kind = next((page.type_of(name) for name in statement.names if name.text == term), "")
    is_definition = parse.chunks[topic].case == "とは"
    # σxy is written, not called.
    if _SYMBOL.fullmatch(term) or _COUNTED.fullmatch(term) or (is_definition and not _defines(parse, topic, term)):
        return
    if not (kind or is_definition) or parse.start(topic) != 0 or not 2 <= len(term) <= 20 or "の" in term[1:-1]:
        return
    meaning = _meaning(statement, topic, is_definition=is_definition)
    is_vague = not is_definition and "ことが" in meaning
    if is_vague or not 14 <= len(meaning) <= 90 or term in meaning or _VAGUE_END.search(meaning):
        return
    word = "を何といいますか" if is_definition else _ASKED.get(kind, "を何といいますか")
    stem = f"{meaning}{word}。"
    if not wording.may_stand(stem, term) or wording.gives_away(stem, term):
        return
    # XはYである tells something of X; readers seldom took that for what X means.
    weight = _WEIGHT if is_definition else _WEIGHT - 0.3
    if word != "を何といいますか":
        # Others may fit the same description, so the record of these is worse.
        yield Proposal(kind="short_answer", stem=stem, key=term, rule="definition", weight=weight - 0.2, focus=term)
    else:
        yield Proposal(kind="short_answer", stem=stem, key=term, rule="definition", weight=weight, focus=term)
        # A river is no term to learn the meaning of.
        if kind in _NAMED or _PLACE.search(term):
            return
        yield Proposal(
            kind="term",
            stem=stem,
            key=term,
            rule="definition",
            weight=weight - 0.01,
            focus=term,
            meaning=meaning,
        )


def _meaning(statement: Statement, topic: int, *, is_definition: bool) -> str:
    parse = statement.parse
    rest = parse.text[parse.tokens[parse.chunks[topic + 1].first].start :] if topic + 1 < len(parse.chunks) else ""
    last = len(parse.chunks) - 1
    body = _COPULA.sub("", rest)
    if body == rest and parse.chunks[last].form:
        first = _first_clause(parse, topic, rest) if is_definition else rest
        return "" if first == rest else first
    if re.search(r"のこと", rest[len(body) :]):
        body += "こと" if body.endswith(("する", "る", "う", "く", "す", "た")) else ""
    if is_definition:
        return _first_clause(parse, topic, body)
    # Without とは only a clause before the last noun makes a definition: 〜をつくる働き.
    final = parse.chunks[last]
    if (
        not final.has_noun
        or parse.tokens[final.noun_end - 1].pos[1] == "固有名詞"  # who or what it was, not what it means
        or parse.core(last) in _GENERIC
        or any(c.form == "continued" for c in parse.chunks[topic:last])
    ):
        return ""
    defined = any(parse.chunks[c].form == "adnominal" and not parse.chunks[c].case for c in _below(statement, last))
    return (
        body
        if defined and not any(c.case in {"は", "が"} and c.head == last for c in parse.chunks[topic + 1 : last])
        else ""
    )


def _first_clause(parse: Parse, topic: int, body: str) -> str:
    """Return a meaning up to its であり、: what follows tells more. "" where another topic comes in before an end."""
    for chunk in parse.chunks[topic + 1 :]:
        if chunk.case in {"は", "には", "では", "も"} and chunk.comma:
            return ""
        if chunk.form == "continued" and chunk.is_copula and chunk.comma:
            start = parse.tokens[parse.chunks[topic + 1].first].start
            return parse.text[start : parse.tokens[chunk.noun_end - 1].end]
    return body


def _below(statement: Statement, index: int) -> list[int]:
    chunk = statement.parse.chunks[index]
    near = [child for child in chunk.children if child < index]
    return near + [
        grandchild
        for child in near
        if statement.parse.chunks[child].case == "の"
        for grandchild in _below(statement, child)
    ]
