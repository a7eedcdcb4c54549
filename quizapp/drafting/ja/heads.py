"""What each chunk leans on, by rules of thumb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.ja.analysis import Token


_TIME = words(
    "年 月 日 現在 今後 当時 今日 同日 翌年 翌日 前年 後 前 時 際",
    "ため 中 頃 ごろ 末 初頭 以降 以来 結果 うち 場合 上 一方",
)
_ONLY_BEFORE_NOUNS = words("新た 主 様々 さまざま 主要 いろいろ 大き 小さ 大きな 小さな")
_TOGETHER = words(
    "会談 会議 協議 連携 協力 合意 契約 結婚 対戦 戦争 関係 交渉 比較 一致 対談",
    "交流 提携 合併 同盟 条約 協定 統合 競争 議論 話し合い 対話 会見 面会 国交 ",
    "取引 戦い 対決 共演 共同 結束",
)


@dataclass(slots=True)
class Chunk:
    """Content words and the particles behind them: tokens ``first`` to ``last`` (exclusive).

    ``noun_end`` is the token after the noun part (``first`` where there is none, then ``has_noun`` is false). ``case``
    holds the particles of a noun chunk, ``form`` how a predicate goes on: "adnominal", "continued", "quoted", "final"
    ("" for no predicate). ``start`` is the place in the sentence where it begins with all that leans on it.
    """

    first: int
    last: int
    noun_end: int
    case: str = ""
    form: str = ""
    comma: bool = False
    is_copula: bool = False
    head: int = -1
    children: tuple[int, ...] = ()
    start: int = 0
    has_noun: bool = False


def head_of(chunks: list[Chunk], tokens: tuple[Token, ...], index: int) -> int:
    """Return which chunk the chunk at ``index`` leans on: the next noun, the next predicate or the last one."""
    chunk = chunks[index]
    after = range(index + 1, len(chunks))
    final = len(chunks) - 1
    first_word = tokens[chunk.first]
    if chunk.form == "adnominal" or first_word.pos[0] == "連体詞" or (chunk.case.endswith("の") and chunk.has_noun):
        return next((i for i in after if chunks[i].has_noun), final)
    if chunk.form in {"continued", "quoted"}:
        return next((i for i in after if chunks[i].form and (not chunk.comma or chunks[i].form != "adnominal")), final)
    if chunk.has_noun and _is_parallel(chunks, tokens, index):
        return next((i for i in after if chunks[i].has_noun), final)
    if chunk.case and chunk.case[-1] in "はも" and not chunk.case.startswith(("に", "で", "と", "へ", "から")):
        return _topic_head(chunks, index)
    predicates = [i for i in after if (c := chunks[i]).form and not (c.has_noun and c.case)]
    # 社長が新たな会長に就任した: 新たな says nothing of 社長.
    predicates = [i for i in predicates if tokens[chunks[i].first].surface not in _ONLY_BEFORE_NOUNS] or predicates
    if chunk.comma or (chunk.case and chunk.case[-1] in "はも"):
        predicates = [i for i in predicates if chunks[i].form != "adnominal"] or predicates
    return predicates[0] if predicates else final


def _topic_head(chunks: list[Chunk], index: int) -> int:
    """Return the last predicate of the sentence, or the last before another topic begins."""
    best = len(chunks) - 1
    for i in range(index + 1, len(chunks)):
        if chunks[i].case in {"は", "も"} and any(chunks[k].form == "continued" for k in range(index + 1, i)):
            best = max(k for k in range(index + 1, i) if chunks[k].form == "continued")
            break
    return best


def _is_parallel(chunks: list[Chunk], tokens: tuple[Token, ...], index: int) -> bool:
    chunk = chunks[index]
    following = chunks[index + 1]
    last_noun = tokens[chunk.noun_end - 1]
    if chunk.case in {"や", "か", "とか", "やら"}:
        return True
    if chunk.case == "" and chunk.comma:
        return last_noun.surface not in _TIME and following.has_noun
    if chunk.case == "" and not chunk.form:
        return False
    if chunk.case != "と" or not following.has_noun:
        return False
    # The partner of a meeting is no member of a list: 長官と初の会談を.
    target = index + 1
    while target < len(chunks) - 1 and (chunks[target].case == "の" or chunks[target].form == "adnominal"):
        target += 1
    word = tokens[max(chunks[target].noun_end - 1, 0)].surface
    return not any(word.endswith(noun) for noun in _TOGETHER)
