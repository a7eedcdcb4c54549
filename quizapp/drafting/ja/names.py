"""Names: the people, places, dates, amounts and terms of a sentence that an item may ask for, with their types.

A type comes from the ending of the name (…大臣, …省, …条約), from Sudachi's word classes, or from its form
(a date, a number with its counter). ``page`` settles names that different sentences type differently by vote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.ja.analysis import ASIDE, QUOTE
from quizapp.drafting.ja.name_types import KINSHIP, PERSON_END, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.analysis import Token
    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.heads import Chunk


class Name(NamedTuple):
    """What a statement names or counts: its words, its type and its place in the statement (chunk ``chunk``)."""

    text: str
    type: str
    start: int
    end: int
    chunk: int
    category: str = ""
    reading: str = ""
    is_proper: bool = False


_ERA = r"(?:明治|大正|昭和|平成|令和)(?:元|[0-9０-９一二三四五六七八九十]+)年"
DATE = re.compile(
    r"(?:西暦|紀元前)?(?:[0-9０-９]{3,4}年(?:度末?|代|[（(]" + _ERA + r"[)）])?|" + _ERA + r")"
    r"(?:[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日|[上中下]旬)?|[春夏秋冬])?(?:ごろ|頃)?"
    r"|[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[0-9０-９]{1,2}世紀(?:[前後]半|末|初頭)?"
)
_DURATION = re.compile(r"^(?:[0-9０-９]{1,4}年)(?:間|以上|ぶり|目|後|前|生|連続|余)")
_NUMBER = r"(?:[0-9０-９][0-9０-９,，.．]*)(?:[万億兆千百][0-9０-９,，]*)*"
QUANTITY = re.compile(
    r"(?P<about>約|およそ|計|合計|最大|最高|最低|少なくとも)?(?P<number>" + _NUMBER + r"[十百千万億兆]*)"
    r"(?P<unit>(?:平方|立方)?(?:キロメートル|メートル|センチメートル|ミリメートル|センチ|ミリ|キログラム|グラム|トン|リットル|キロ|ヘクタール)"
    r"|か国|カ国|ヶ国|か所|カ所|ヶ所|箇所|か月|カ月|ヶ月|年間|日間|週間|時間|人|名|回|個|つ|本|台|枚|冊|社|校|歳|才|円|ドル|ユーロ|%|％|パーセント|割|倍|度"
    r"|km²|km2|km|cm|mm|kg|m|g|件|種類|種|分|秒|頭|匹|羽|隻|機|票|点|試合|勝|敗|世帯|か月間|階|両|基|棟|曲|話|巻|言語|駅|店舗|店|品目|文字|行|段|文)(?![a-zA-Z一-鿿ァ-ヴー/／]|生まれ)"
)

# Without these there is neither date nor amount, as in most sentences.
_OF_TIME, _FIGURE = re.compile(r"[年月紀]"), re.compile(r"[0-9０-９]")
_ASIDE_READING = re.compile(r"[（(]([ぁ-ゖー・、 ]{2,30}|[ァ-ヴー・]{2,20})(?:[、,，].*)?[)）]$")
_QUOTED_SENTENCE = re.compile(r"[。、！？!?]|(?:た|る|です|ます|だ|ない|い|よ|ね|ぞ|う|く|を|が|は|に)$")


def names_of(parse: Parse) -> tuple[Name, ...]:
    """Return the names of a sentence in order. One word never stands in two names."""
    found: list[Name] = []
    taken = 0
    asides = [(token.start, token.end) for token in parse.tokens if token.pos is ASIDE]
    for match in DATE.finditer(parse.text) if _OF_TIME.search(parse.text) else ():
        if any(aside[0] <= match.start() < aside[1] for aside in asides) or parse.text.startswith("現在", match.end()):
            continue
        if not _DURATION.match(parse.text[match.start() : match.end() + 2]) and not _cut(parse.text, match):
            found.append(Name(match[0], "date", match.start(), match.end(), _chunk_at(parse, match.start())))
    for match in QUANTITY.finditer(parse.text) if _FIGURE.search(parse.text) else ():
        aside = any(start <= match.start() < end for start, end in asides)
        known = any(name.start < match.end() and match.start() < name.end for name in found)
        if not aside and not known and not _cut(parse.text, match):
            # 合計 says what is counted, not how many.
            start = match.start("number") if match["about"] in {"計", "合計"} else match.start()
            found.append(
                Name(parse.text[start : match.end()], "quantity", start, match.end(), _chunk_at(parse, match.start()))
            )
    fixed = tuple(found)
    for index, chunk in enumerate(parse.chunks):
        for name in _of_chunk(parse, index, chunk) if chunk.has_noun else ():
            if (
                name.start >= taken
                and not _is_cut(parse.text, name)
                and not any(f.start < name.end and name.start < f.end for f in fixed)
            ):
                found.append(name)
                taken = name.end
    return tuple(sorted(found, key=lambda name: name.start))


def _cut(text: str, match: re.Match[str]) -> bool:
    """Refuse numbers that are only a part: of a range, of a longer number or of a word."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if text.startswith(("につき", "あたり", "当たり", "平均"), match.end()):
        return True
    if match[0].startswith("計") and _INSIDE_A_WORD.match(before):
        return True
    return (bool(before) and (before in "〜～~-–−.．,，第数何毎" or before.isdigit())) or (
        bool(after) and (after in "〜～~-–−" or after.isdigit())
    )


# TBS is not all of TBS NEWS.
_LATIN_GOES_ON = re.compile(r"[ ]?[A-Za-z]")
_BEFORE_A_NAME = frozenset("年月日旧元現")
_INSIDE_A_WORD = re.compile(r"[一-鿿ァ-ヴー]")


def _is_cut(text: str, name: Name) -> bool:
    """Refuse names that are only a part of a longer word (the 汎地域 of 汎地域的)."""
    if text.startswith(("の乱", "の変", "の戦い", "の役", "の法則", "の定理", "!", "！"), name.end):
        return True
    before = text[name.start - 1 : name.start]
    if _LATIN_GOES_ON.match(text, name.end) and name.text[-1].isascii():
        return True
    if (
        name.type != "person"
        and _INSIDE_A_WORD.match(before)
        and _INSIDE_A_WORD.match(name.text[0])
        and before not in _BEFORE_A_NAME
    ):
        return True
    return bool(_INSIDE_A_WORD.match(text, name.end)) and bool(_INSIDE_A_WORD.match(name.text[-1]))


def _chunk_at(parse: Parse, position: int) -> int:
    return next(
        (i for i, chunk in enumerate(parse.chunks) if position < parse.tokens[chunk.last - 1].end),
        len(parse.chunks) - 1,
    )


def _of_chunk(parse: Parse, index: int, chunk: Chunk) -> Iterator[Name]:
    run: list[Token] = []
    for token in parse.tokens[chunk.first : chunk.noun_end]:
        if token.pos is QUOTE:
            category = "".join(t.surface for t in run)
            yield from _quoted(token, index, category)
            run = []
        elif token.pos is ASIDE:
            yield from _compound(parse, run, index, reading=_reading(token.surface))
            run = []
        elif token.surface in {"など", "だけ", "のみ", "等"} or token.pos[1] in {"副助詞", "準体助詞"}:
            break
        elif token.is_noun or token.pos[0] in {"形状詞", "記号", "補助記号", "空白"}:
            run.append(token)
        else:
            return
    # The noun of 作成する is a verb here.
    verb = chunk.noun_end < chunk.last and parse.tokens[chunk.noun_end].pos[0] == "動詞"
    if not verb:
        yield from _compound(parse, run, index)


def _reading(aside: str) -> str:
    match = _ASIDE_READING.match(aside)
    return match[1].strip() if match else ""


def _quoted(token: Token, index: int, category: str) -> Iterator[Name]:
    inner = token.surface[1:-1]
    reading = ""
    aside = re.search(r"[（(]([^（()）]{1,30})[)）]$", inner)
    if aside:
        inner, reading = inner[: aside.start()], aside[1]
    if 1 < len(inner) <= 25 and not _QUOTED_SENTENCE.search(inner) and "「" not in inner:
        kind = "work" if token.surface[0] == "『" else "quoted"
        yield Name(inner, kind, token.start + 1, token.start + 1 + len(inner), index, category, reading)


def _begins_a_person(run: list[Token], index: int) -> bool:
    """Say whether a word for people begins a person's name."""
    # 森 of 森昌彦, not the last sign of a word before a name.
    following = run[index + 1].pos[3] if index + 1 < len(run) else ""
    return len(run[index].surface) > 1 or (run[index].pos[3] == "姓" and following == "名")


def _of_person(run: list[Token]) -> list[Token]:
    """Return a person's name without what stands before it: 近鉄山崎慎太郎 gives 山崎慎太郎."""
    first = next((i for i, token in enumerate(run) if token.pos[2] == "人名" and _begins_a_person(run, i)), 0)
    if not first:
        return run
    # 髙橋大輔, whose family name the dictionary does not know, is one name.
    if run[first].pos[3] == "名" and len(run[first - 1].surface) == 1:
        return run
    common = all(token.pos[2] != "地名" and token.surface not in "・＝" for token in run[:first])
    return run[first:] if common and (run[-1].pos[2] == "人名" or PERSON_END.search(run[-1].surface)) else run


_NO_START = KINSHIP | {"・"}


def _compound(parse: Parse, run: list[Token], index: int, reading: str = "") -> Iterator[Name]:
    # 結果, 現在 and the like before a name are adverbs.
    while run and (run[0].pos[2] == "副詞可能" or (len(run) > 1 and run[0].surface in _NO_START)):
        run = run[1:]
    while run and (run[-1].surface in "・" or run[-1].pos[0] == "空白"):
        run = run[:-1]
    if not run:
        return
    run = _of_person(run)
    # Mostly a word that is there already.
    text = run[0].surface if len(run) == 1 else parse.text[run[0].start : run[-1].end]
    kind = type_of(text, run)
    if kind and len(text) <= 30:
        is_proper = any(token.pos[1] == "固有名詞" or token.surface.isascii() for token in run)
        yield Name(text, kind, run[0].start, run[-1].end, index, reading=reading, is_proper=is_proper)
