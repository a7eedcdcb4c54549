"""A stem told as a question by itself would tell it: the long past in the past tense, people by their whole names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import conjugation, wording
from quizapp.drafting.told_years import life, spans_told, years_told
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizapp.drafting.ja.statements import Statement

# Before this year a present tense is a chronicler's.
_PAST_BEFORE = 2000
_SAYING = frozenset({"語る", "述べる", "話す", "書く", "記す", "主張", "発言"})
_WHEN = frozenset({"", "に", "には"})
_SINCE = re.compile(r"以|から|まで|来")
# What is so for long, and not done on a day.
_LASTS = words(
    "ある いる できる 存在 異なる 含む 言う いう 呼ぶ",
    "持つ もつ 属する 示す 知る 考える 見る 残る 現存 続く 伝わる さかのぼる 遡る",
)


def in_the_past(stem: str, statement: Statement, is_chronicle: Callable[[], bool]) -> str:
    """Return ``stem`` with the present tense of what was done on a day long past (1545年に…に預ける) made past.

    ``is_chronicle`` tells of a statement without a day of its own whether those around it are of long ago.
    """
    parse = statement.parse
    last = len(parse.chunks) - 1
    chunk = parse.chunks[last]
    tail = parse.text[parse.tokens[chunk.first].start :]
    body = stem.removesuffix("。")
    said = list(parse.tokens[chunk.first : chunk.last])
    if (
        not (statement.claim.modality is Modality.ASSERTED or said[0].lemma in _SAYING)
        or not body.endswith(tail)
        or not said[-1].is_verbal
        or not said[-1].pos[5].startswith(("終止形", "連体形"))
    ):
        return stem
    has_done = len(said) > 2 and said[-1].lemma in {"いる", "居る"} and said[-2].surface in {"て", "で"}
    is_of_day = _is_of_old(statement, has_done=has_done and said[0].lemma != "なる")
    lasts = said[0].surface in _LASTS or any(token.lemma in _LASTS for token in said[:-1])
    if has_done:
        said = said[:-2]
        # What has become so may be so today.
        lasts = lasts or not said[-1].is_verbal or (said[0].lemma == "なる" and not is_of_day)
    if lasts or said[-1].lemma in _LASTS or not (is_of_day or is_chronicle()):
        return stem
    done = "".join(token.surface for token in said[:-1]) + conjugation.past(said[-1].lemma, said[-1].pos[4])
    return body[: len(body) - len(tail)] + done + stem[len(body) :]


def _is_of_old(statement: Statement, *, has_done: bool) -> bool:
    """Say whether the last clause has a day or year long past of its own, or the sentence begins with one.

    With ``has_done`` (2015年に発表している) its own year need not be long past.
    """
    parse = statement.parse
    last = len(parse.chunks) - 1
    for name in statement.names:
        chunk = parse.chunks[name.chunk]
        years = {*years_told(name.text), *(last for _, last in spans_told(name.text))}
        is_old = max(years, default=9999) < _PAST_BEFORE
        if name.type != "date" or not years or not (is_old or has_done):
            continue
        # 1935年の改正により、…: what a sentence begins with is when it was done.
        told = parse.chunks[chunk.head] if chunk.case == "の" and name.start == 0 and chunk.head < last else chunk
        end = parse.tokens[told.last - 1].end
        if _SINCE.search(statement.text[name.end - 2 : end]):
            continue
        if (chunk.case in _WHEN and chunk.head == last) or (
            is_old and name.start == 0 and told.comma and (told is not chunk or chunk.case in _WHEN)
        ):
            return True
    return False


# Who acts; what was done, and may be so today.
_ACTING = frozenset({"person", "organisation"})
_TODAY = re.compile(r"現在|今日|今も|今なお|近年|現代|毎年|毎日")
_LOOKED_AROUND = 600


def is_chronicle(statement: Statement, near: Sequence[Statement], text: str, types: Mapping[str, str]) -> bool:
    """Say whether a statement tells what somebody did among what was done long ago, whatever its tense.

    ``near`` are the statements around it in the article's ``text``; ``types`` those of the article's names.
    """
    parse = statement.parse
    last = len(parse.chunks) - 1
    acts = any(
        types[name.text] in _ACTING
        and parse.chunks[name.chunk].case in {"は", "が"}
        and parse.chunks[name.chunk].head == last
        for name in statement.names
    )
    if not acts or _TODAY.search(statement.text):
        return False
    # 1996年から実施している: so it is still.
    if any(
        name.type == "date" and _SINCE.search(parse.text[name.end : parse.end(name.chunk)]) for name in statement.names
    ):
        return False
    place = statement.evidence.span.start
    start, end = text.rfind("\n\n", 0, place) + 1, text.find("\n\n", place)
    end = len(text) if end < 0 else end
    years = years_told(text[max(start, place - _LOOKED_AROUND) : min(end, place + _LOOKED_AROUND)])
    lived = life(text[:_LOOKED_AROUND])
    if max(years, default=9999) >= _PAST_BEFORE and (lived is None or lived[1] >= _PAST_BEFORE):
        return False
    others = (s for s in near if s is not statement and start <= s.evidence.span.start < end)
    tenses = [wording.is_past(other.parse) for other in others]
    return bool(tenses) and 2 * sum(tenses) >= len(tenses)


_TELLS = re.compile(r"[歳才の]")


def with_whole_names(stem: str, wholes: Mapping[str, str], key: str) -> str:
    """Return ``stem`` with those who act in it called by their whole names, unless that would show the key."""
    for half, whole in wholes.items():
        # 17歳のマルコ is no name.
        acts = f"{half}は" in stem or f"{half}が" in stem
        if acts and whole not in stem and key not in whole and not _TELLS.search(whole):
            stem = re.sub(rf"(?<![一-鿿ァ-ヴー・「『]){re.escape(half)}(?=[はが])", whole, stem, count=1)
    return stem
