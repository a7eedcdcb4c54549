"""A gap: the statement as it stands, without one name that it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, rivals, wording
from quizapp.drafting.ja.blanks import OF_GAMES, hint, is_fit
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = {
    "quoted": 0.7,
    "work": 0.76,
    "person": 0.57,
    "quantity": 0.46,
    "organisation": 0.54,
    "date": 0.7,
    "rule": 0.56,
    "place": 0.58,
    "proper": 0.57,
    "event": 0.6,
    "country": 0.58,
    "term": 0.54,
}
# Of what readers found: near dates and amounts make good options, names of an article often unequal ones.
_MOST = {"date": 0.78, "quantity": 0.5}
# A term that is typed may have other names.
_TYPED_COST = {"term": 0.17, "": 0.05}
# One in three readers found other names of the article poor options for these: they are typed where they can be.
_RATHER_TYPED = frozenset({"person", "place", "country", "organisation"})
_LONG_TERM = 4
_COMMON = frozenset({"term", "place", "event", "proper"})
_VAGUE_TERM = re.compile(
    r"(?:時代|時期|時間|期間|一家|指標|活動|生活|写真|状態|状況|問題|課題|内容|関係|関係者|利用者|方法|手法|手段|方式|部分|地域|場所|人物|作品|活用|利用"
    r"|開始|機能|機関|照明|施設|設備|技術|資料|要素|要因|効果|影響|目的|条件|環境|対象|結果|過程|段階|水準|程度|規模|傾向|特徴|性質|種類|分野|領域|業務|作業"
    r"|処理|情報|支援|予測|対策|政策|整備|増加|減少|拡大|役割|意味|一歩|近海|周辺|全体|各地|以外)$"
)
_TYPED = frozenset({"quoted", "work", "person", "date"})
_TYPED_IF_PROPER = frozenset({"organisation", "place", "country", "proper", "rule", "event"})
# What is quoted as a phrase cannot be typed word for word.
_PHRASE = re.compile(r"[をがはにでと、（(]|の.*の|な[一-鿿]|[いたる]の?[一-鿿]")
# Other words would do as well: 比較的自由, and ヨーロッパ for 欧州.
_LOOSE = re.compile(
    r"(?:比較的|非常|極めて|相対的|本格的)|(?:関[東西]|近畿|上方|西国|東国|(?:[一-鿿]{0,2}(?:アジア|ヨーロッパ|アフリカ))|[欧東西南北中]?[欧米]|欧州|[西東南]洋)(?:諸国|地方)?$"
)
_YEAR = re.compile(r"[0-9]{3,4}年(?:[0-9]{1,2}月)?")
_LONGEST, _SHORTEST = 150, 20
_GAPS = 3
_TOPICS = frozenset({"は", "では", "において", "における", "には"})


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield gaps for the names that tell most, best first; a gap without wrong options needs a name that is fixed."""
    if not _SHORTEST <= len(statement.text) <= _LONGEST:
        return
    given = 0
    for name in sorted(statement.names, key=lambda name: -_worth(page, statement, name)):
        if given == _GAPS:
            return
        for proposal in _gap(page, statement, name):
            given += 1
            yield proposal


def _worth(page: Page, statement: Statement, name: Name) -> float:
    kind = page.type_of(name)
    # Rare names are what this sentence tells; the topic is what it tells it of.
    count = page.pool.count(name.text)
    rare = 0.1 / count
    topic = 0.12 if statement.parse.chunks[name.chunk].case in _TOPICS else 0
    main = 0.15 if count > 6 or name.text in page.article.title else 0
    dull = 0.12 if kind == "quantity" and OF_GAMES.search(name.text) else 0
    # Most of what a Japanese article tells of no country it tells of this one.
    dull += 0.12 * (name.text == "日本")
    return _WEIGHT.get(kind, 0) + rare - topic - main - dull


def _may_type(name: Name, kind: str) -> bool:
    """Say whether a name is sure enough to be typed: not a family name alone, not a common word in quotes."""
    is_loose = _PHRASE.search(name.text) or rivals.is_force(name.text) or _LOOSE.match(name.text)
    is_half = kind == "place" and _COMPOUND.match(name.text)
    if len(name.text) > 12 or is_loose or is_half or (kind in _COMMON and _VAGUE_TERM.search(name.text)):
        return False
    if kind == "date":
        return _YEAR.fullmatch(name.text) is not None
    if kind == "person":
        return len(name.text) > 2
    if kind == "quoted":
        return not name.text[0].isdigit() and (
            len(name.text) > 4
            or (len(name.text) > 2 and re.fullmatch(r"[一-鿿ぁ-ん]{1,3}|[一-鿿]+", name.text) is None)
        )
    if kind == "term":
        return len(name.text) >= _LONG_TERM and bool(hint(name, kind))
    return kind in _TYPED or (kind in _TYPED_IF_PROPER and name.is_proper)


def _is_what_it_is(statement: Statement, name: Name, kind: str) -> bool:
    """Say whether a name only sorts its topic: Xは北町にある鉱山町です is true of a town as well."""
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    told = any(parse.chunks[child].form == "adnominal" for child in chunk.children)
    return kind == "place" and chunk.is_copula and told


# 北原県青葉市, 青葉市港区: whoever types half of it is right as well.
_COMPOUND = re.compile(r"^[^都道府県国市区町村]{1,4}[都道府県国市区郡](?!$).+")


def _gap(page: Page, statement: Statement, name: Name) -> Iterator[Proposal]:
    kind = page.type_of(name)
    if kind not in _WEIGHT or not is_fit(page, statement, name, kind):
        return
    # What Xとは… explains is asked as a term.
    if statement.parse.chunks[name.chunk].case == "とは":
        return
    text = clauses.upto(statement, name, is_chronicle=page.is_chronicle(statement))
    # A group that a teacher keeps vouches for what it lends.
    is_typed = kind in _RATHER_TYPED and not page.lent and _may_type(name, kind)
    distractors = () if is_typed else page.distractors(name, statement)
    written = "" if distractors else hint(name, kind)
    stem = clauses.asks(statement, text[: name.start] + "{{1}}" + written + text[name.end :] + "。")
    if not wording.may_stand(stem, name.text):
        return
    if _is_what_it_is(statement, name, kind) or not (distractors or is_typed or _may_type(name, kind)):
        return
    around = (token for token in statement.parse.tokens if token.end <= name.start or name.end <= token.start)
    beside = {*(token.surface for token in around), *(n.text for n in statement.names if n is not name)}
    yield Proposal(
        kind="cloze",
        stem=stem,
        key=name.text,
        rule="cloze",
        weight=min(_MOST.get(kind, 0.72), _worth(page, statement, name))
        - (0 if distractors else _TYPED_COST.get(kind, _TYPED_COST[""]))
        # What a sentence is about is a poor thing to spell: 〜は「…」です.
        - 0.12 * (bool(written) and kind != "quoted" and statement.parse.chunks[name.chunk].case == "は"),
        focus=name.text,
        # What the sentence names beside the gap is another.
        accepted=() if distractors else tuple(other for other in page.accepted(name, statement) if other not in beside),
        distractors=distractors,
    )
