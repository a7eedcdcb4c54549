"""A gap: the statement as it stands, without one name that it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, rivals, wording
from quizapp.drafting.ja.analysis import plain_tokens, sound
from quizapp.drafting.ja.names import QUANTITY
from quizapp.drafting.ja.readings import TO_HIRAGANA
from quizapp.drafting.near_values import is_pinned
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.rules.quantity import NOT_ASKED, is_bound, is_counted, is_telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = {
    "quoted": 0.7,
    "work": 0.73,
    "person": 0.6,
    "quantity": 0.46,
    "organisation": 0.54,
    "date": 0.7,
    "rule": 0.56,
    "place": 0.62,
    "proper": 0.57,
    "event": 0.6,
    "country": 0.58,
    "term": 0.54,
}
# Of what readers found: near dates and amounts make good options, names of an article often unequal ones.
_MOST = {"date": 0.78, "quantity": 0.5}
# A term that is typed may have other names.
_TYPED_COST = {"term": 0.17, "organisation": 0.15, "person": 0.12, "": 0.05}
_HINTED = frozenset({"term", "proper", "event", "rule"})
_LONG_TERM = 4
_SHORT_NAME = 3
_COMMON = frozenset({"term", "place", "event", "proper"})
_VAGUE_TERM = re.compile(
    r"(?:時代|時期|時間|期間|一家|指標|活動|生活|写真|状態|状況|問題|課題|内容|関係|関係者|利用者|方法|手法|手段|方式|部分|地域|場所|人物|作品|活用|利用"
    r"|開始|機能|機関|照明|施設|設備|技術|資料|要素|要因|効果|影響|目的|条件|環境|対象|結果|過程|段階|水準|程度|規模|傾向|特徴|性質|種類|分野|領域|業務|作業"
    r"|処理|情報|支援|予測|対策|政策|整備|増加|減少|拡大|役割|意味|一歩|近海|周辺|全体|各地|以外)$"
)
# 内田市 beside 内田川邊市, 唐軍 beside 唐.
_SUFFIXED = frozenset({"place", "organisation", "work"})
_SPELT = frozenset({"place", "term", "proper", "organisation", "rule", "quoted", "work"})
_TYPED = frozenset({"quoted", "work", "person", "date"})
_TYPED_IF_PROPER = frozenset({"organisation", "place", "proper", "rule", "event"})
# What is quoted as a phrase cannot be typed word for word.
_PHRASE = re.compile(r"[をがはにでと、（(]|の.*の|な[一-鿿]|[いたる]の?[一-鿿]")
# Other words would do as well: 比較的自由, and ヨーロッパ for 欧州.
_LOOSE = re.compile(
    r"(?:比較的|非常|極めて|相対的|本格的)|(?:関[東西]|近畿|上方|西国|東国|(?:[一-鿿]{0,2}(?:アジア|ヨーロッパ|アフリカ))|欧州|欧米|西洋)(?:地方)?$"
)
# ルイストン、オーガスタ、ポートランドの…: the first of a list.
_LIST_BEHIND = re.compile(
    r"(?:[（(][^（()）]*[)）])?、[^、。「」はがをに]{1,12}[「『][^「」『』]+[」』](?:[（(][^（()）]*[)）])?(?:など|や|といった)|、[^、。はがをにでとも・]{1,10}・|(?:、[^、。はがをにでと]{1,12}){2}|と[「『][^「」『』]+[」』]|、[^、。はがをにでともへ0-9０-９]{2,14}(?:、[^、。はがをに]{2,14})*(?:など|の|と|や)"
)
OF_GAMES = re.compile(r"(?:勝|敗|点|試合|本|回|位)$")
_LASTING = frozenset({"日間", "年間", "か月", "ヶ月", "カ月", "か月間", "週間"})
_SHARES = frozenset({"%", "％", "パーセント", "割", "倍"})
_TIMES = re.compile(r"[0-9](?:年(?!間)|月|日(?!間))|世紀")
_AMOUNTS = re.compile(r"[0-9][0-9,.]*(?:[万億兆]?[^0-9年月日世\W])")
_ONLY = re.compile(r"(?:ただ|わずか|たった|唯一)$")
_AND = ("そして", "および", "及び", "ならびに")
_EITHER = ("あるいは", "または", "もしくは")
_YEAR = re.compile(r"[0-9]{3,4}年(?:[0-9]{1,2}月)?")
_LONGEST, _SHORTEST = 150, 20
_GAPS = 3
_TOPICS = frozenset({"は", "では", "において", "における", "には"})
OF_JAPAN = re.compile(r"明治|大正|昭和|平成|令和|江戸|天皇|[一-鿿](?:県|藩)|自衛隊|国会")


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
    return _WEIGHT.get(kind, 0) + rare - topic - main - dull


def is_listed(text: str, name: Name) -> bool:
    """Say whether a name stands among others of a list: which of them is missing cannot be known."""
    front, rest = text[: name.start].rstrip("「『"), text[name.end :].lstrip("」』")
    if (
        front.endswith(_AND)
        or rest.startswith(("「", "『", "・", "や", "といった", "などの", "および", "及び", "ならびに", "並びに"))
        or _LIST_BEHIND.match(rest)
    ):
        return True
    if front.rstrip("、").rstrip("「『").endswith(_EITHER) or rest.lstrip("、").startswith(_EITHER):
        return True
    before = front[-1:]
    return before in {"」", "』", "・", "や"} or (
        before == "、" and rest.startswith(("、", "など", "等", "と", "をはじめ", "を始め", "を初め", "ら"))
    )


def _is_in_a_row(statement: Statement, name: Name) -> bool:
    """Say whether only a comma stands between a name and another."""
    beside = [n for n in statement.names if n is not name and n.type not in {"date", "quantity"}]
    return any(
        statement.text[min(n.end, name.end) : max(n.start, name.start)].strip("「」『』 ") in {"、", "，", "・"}
        for n in beside
    )


def may_ask_amount(statement: Statement, name: Name) -> bool:
    """Say whether an amount is worth asking for, and nothing else in the sentence counts it."""
    amount = QUANTITY.fullmatch(name.text)
    if amount is None or amount["unit"] in NOT_ASKED or is_counted(statement.text, name):
        return False
    rest = statement.text[: name.start] + "\n" + statement.text[name.end :]
    # From June to September is four months; 765 of 787 are 97 %; only one remains.
    if amount["unit"] in _LASTING and len(_TIMES.findall(rest)) > 1:
        return False
    if (amount["unit"] in _SHARES and len(_AMOUNTS.findall(rest)) > 1) or _ONLY.search(statement.text[: name.start]):
        return False
    # 400kgとも350kgとも: one of several guesses.
    is_guess = statement.text.startswith("とも", name.end)
    if is_bound(statement.text, name) or is_guess or not is_telling(name.text):
        return False
    # 2個 and 1個 make 3個.
    others = [n.text for n in statement.names if n.type == "quantity" and n != name]
    return not any(text.endswith(amount["unit"]) for text in others if len(text) - len(amount["unit"]) < 3)


def _is_echoed(statement: Statement, name: Name) -> bool:
    """Say whether the rest of the sentence says half of a name: 清良記 beside 清良の一代記."""
    rest = statement.text[: name.start] + "\n" + statement.text[name.end :]
    half = max(2, len(name.text) // 2)
    # 池永正明 beside 池永: the family name says it.
    if name.type == "person":
        return len(name.text) > 2 and name.text[: max(2, len(name.text) // 2)] in rest
    if "（" in rest and sound(name.text).translate(TO_HIRAGANA) in rest:
        return True
    if name.type in _SUFFIXED and len(name.text) > 1 and name.text[:-1] in rest:
        return True
    # 五角堂 beside 五角形.
    if (
        name.type in _SPELT
        and len(name.text) == _SHORT_NAME
        and _KANJI_ALONE.fullmatch(name.text[:2])
        and name.text[:2] in rest
    ):
        return True
    is_word = name.type in _SPELT and len(name.text) >= 4
    return is_word and (name.text[:half] in rest or name.text[-max(3, half) :] in rest)


def is_year_told(text: str, name: Name) -> bool:
    """Say whether the rest gives a date away: 2005年以前 beside 2006年以降, 「32年テーゼ」 beside 1932年."""
    return is_pinned(name.text, text[: name.start] + "\n" + text[name.end :])


def _is_given_away(statement: Statement, name: Name, kind: str) -> bool:
    """Say whether the rest of the sentence tells an amount or date, or half of a name (応用分野 beside 応用科学)."""
    match kind:
        case "quantity":
            return not may_ask_amount(statement, name)
        case "date":
            return is_year_told(statement.text, name)
        case _:
            return _is_echoed(statement, name)


_LATIN, _KANA = re.compile(r"[A-Za-z0-9.\-]"), re.compile(r"[ァ-ヴー]")


def _is_part(text: str, name: Name) -> bool:
    """Say whether a name goes on in the signs beside it (シューメーカー of NEARシューメーカー) or in a quotation."""
    opened = text[: name.start]
    if name.type in {"date", "quantity"} and any(opened.count(a) > opened.count(b) for a, b in ("「」", "『』")):
        return True
    before, after = text[name.start - 1 : name.start], text[name.end : name.end + 1]
    for sort in (_LATIN, _KANA):
        if (before and sort.match(before) and (sort.match(name.text) or sort is _LATIN)) or (
            after and sort.match(after) and sort.match(name.text[-1])
        ):
            return name.type not in {"date", "quantity"}
    return False


_KIN = re.compile(
    r"(?:長男|次男|三男|長女|次女|三女|妻|夫|父親|母親|父|母|兄|弟|姉|妹|祖父|祖母|息子|娘|叔父|叔母|夫人|孫|甥|姪|未亡人)(?:の|・|、|である)?$"
)

# Whether a man or a woman is meant stands in the sentence, and not in the names beside it.
_OF_KIN = re.compile(
    r"(?:母|父|妻|夫|娘|息子|姉|妹|王妃|王女|女王|皇后|妃)(?:親)?(?:[はがとを、]|である)|娶|嫁[いぎ]|結婚|誕生した|の間に"
)
_DENIED = re.compile(r"(?:ない|ません|なかった|ず|ませんでした)$")


def is_one_of_many(statement: Statement, name: Name) -> bool:
    """Say whether other names would do as well (Xのように, Xにおいても) or the rest tells which not (他のX, 長女X)."""
    if statement.parse.chunks[name.chunk].case.endswith("も"):
        return True
    if name.text == "日本" and OF_JAPAN.search(statement.text):
        return True
    before, after = statement.text[: name.start].rstrip("「『"), statement.text[name.end :].lstrip("」』")
    if after.startswith(("のよう", "みたい", "をはじめ", "を始め", "など", "といった")) or before.endswith(
        ("他の", "ほかの")
    ):
        return True
    # Who has not done something is one of many as well.
    if statement.parse.chunks[name.chunk].case == "は" and _DENIED.search(statement.text):
        return True
    return name.type == "person" and (_KIN.search(before) is not None or _OF_KIN.search(statement.text) is not None)


def _is_nominal(text: str) -> bool:
    """Say whether what stands in quotes is a name or a thing: たまたま and 月火水木金土 are none."""
    words = plain_tokens(text)
    return not (len(words) == 1 and words[0].pos[0] in _NOT_NOUNS) and not _DAYS.search(text)


_DAYS = re.compile(r"[月火水木金土日]{3}")
_NOT_NOUNS = frozenset({"副詞", "形容詞", "動詞", "形状詞", "連体詞", "接続詞", "感動詞"})


def _is_fit(page: Page, statement: Statement, name: Name, kind: str) -> bool:
    """Say whether a name may be blanked: it stands once, nothing else in the sentence says or counts it."""
    if kind not in _WEIGHT or statement.text.count(name.text) != 1 or len(name.text) < 2:
        return False
    if _is_part(statement.text, name) or _is_given_away(statement, name, kind):
        return False
    if not _is_askable(page, statement, name, kind):
        return False
    if is_one_of_many(statement, name) or (kind in {"quoted", "work"} and not _is_nominal(name.text)):
        return False
    # A name with its reading behind it is what the sentence explains, not what it tells.
    explained = name.reading or statement.text.startswith(("（", "("), name.end)
    if explained or is_listed(statement.text, name) or _is_in_a_row(statement, name):
        return False
    return not any(page.are_same(name.text, other.text) for other in statement.names if other.text != name.text)


def _is_askable(page: Page, statement: Statement, name: Name, kind: str) -> bool:
    """Say whether one may be asked for a name at all: the title does not tell it, a person surely is one."""
    match kind:
        case "person":
            return (
                page.people.is_sure(name.text) and not page.is_title(name.text) and not clauses.accuses(statement.text)
            )
        case "quantity":
            return True
        case "date":
            # After the 20th century is after the 19th as well.
            return not name.text.endswith("世紀") or not statement.text.startswith(("以降", "以後", "以前"), name.end)
        case _:
            return not page.is_told_by_title(name.text)


def _may_type(name: Name, kind: str) -> bool:
    """Say whether a name is sure enough to be typed: not a family name alone, not a common word in quotes."""
    is_loose = _PHRASE.search(name.text) or rivals.is_force(name.text) or _LOOSE.match(name.text)
    if len(name.text) > 12 or is_loose or (kind in _COMMON and _VAGUE_TERM.search(name.text)):
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
        return len(name.text) >= _LONG_TERM and bool(_hint(name, kind))
    return kind in _TYPED or (kind in _TYPED_IF_PROPER and name.is_proper)


def _is_what_it_is(statement: Statement, name: Name, kind: str) -> bool:
    """Say whether a name only sorts its topic: Xは北町にある鉱山町です is true of a town as well."""
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    told = any(parse.chunks[child].form == "adnominal" for child in chunk.children)
    return kind == "place" and chunk.is_copula and told


# 北原県青葉市: whoever types half of it is right as well.
_COMPOUND = re.compile(r"^[^都道府県国]{2,3}[都道府県国].+")
_KANJI_ALONE, _KANA_ALONE = re.compile(r"[一-鿿]+"), re.compile(r"[ァ-ヴー]+")


def _hint(name: Name, kind: str) -> str:
    """Return how a common term is written, as tests say it (漢字4字): else other words would do as well."""
    if kind not in _HINTED:
        return ""
    sort = "漢字" if _KANJI_ALONE.fullmatch(name.text) else "カタカナ" if _KANA_ALONE.fullmatch(name.text) else ""
    return f"（{sort}{len(name.text)}字）" if sort else ""


def _gap(page: Page, statement: Statement, name: Name) -> Iterator[Proposal]:
    kind = page.type_of(name)
    if not _is_fit(page, statement, name, kind):
        return
    text = clauses.upto(statement, name)
    distractors = page.distractors(name, statement)
    hint = "" if distractors else _hint(name, kind)
    stem = clauses.asks(statement, text[: name.start] + "{{1}}" + hint + text[name.end :] + "。")
    if not wording.may_stand(stem, name.text):
        return
    if _is_what_it_is(statement, name, kind) or (not distractors and not _may_type(name, kind)):
        return
    yield Proposal(
        kind="cloze",
        stem=stem,
        key=name.text,
        rule="cloze",
        weight=min(_MOST.get(kind, 0.72), _worth(page, statement, name))
        - (0 if distractors else _TYPED_COST.get(kind, _TYPED_COST[""]))
        - 0.15 * (not distractors and kind == "place" and bool(_COMPOUND.match(name.text)))
        # What a sentence is about is a poor thing to spell: 〜は「…」です.
        - 0.12 * (bool(hint) and statement.parse.chunks[name.chunk].case == "は"),
        focus=name.text,
        accepted=page.other_names(name),
        distractors=distractors,
    )
