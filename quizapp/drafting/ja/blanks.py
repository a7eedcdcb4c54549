"""Which names of a sentence may be left out of it: nothing else in the sentence says, counts or lists them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses
from quizapp.drafting.ja.amounts import NOT_ASKED, is_bound, is_counted, is_telling
from quizapp.drafting.ja.analysis import plain_tokens, sound
from quizapp.drafting.ja.dates import is_told
from quizapp.drafting.ja.names import QUANTITY
from quizapp.drafting.ja.readings import TO_HIRAGANA

if TYPE_CHECKING:
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_SHORT_NAME = 3
# 内田市 beside 内田川邊市, 唐軍 beside 唐.
_SUFFIXED = frozenset({"place", "organisation", "work"})
_SPELT = frozenset({"place", "term", "proper", "organisation", "rule", "quoted", "work", "event"})
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
OF_JAPAN = re.compile(r"明治|大正|昭和|平成|令和|江戸|天皇|[一-鿿](?:県|藩)|自衛隊|国会")
KANJI_ALONE = re.compile(r"[一-鿿]+")


_ASIDE = re.compile(r"^[（(][^（()）]*[)）](?=[やと・])")


def is_listed(text: str, name: Name) -> bool:
    """Say whether a name stands among others of a list: which of them is missing cannot be known."""
    front, rest = text[: name.start].rstrip("「『"), _ASIDE.sub("", text[name.end :].lstrip("」』"))
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
    # 40kgとも30kgとも: one of several guesses.
    is_guess = statement.text.startswith("とも", name.end)
    if is_bound(statement.text, name) or is_guess or not is_telling(name.text):
        return False
    # 2個 and 1個 make 3個.
    others = [n.text for n in statement.names if n.type == "quantity" and n != name]
    return not any(text.endswith(amount["unit"]) for text in others if len(text) - len(amount["unit"]) < 3)


def _is_echoed(statement: Statement, name: Name) -> bool:
    """Say whether the rest of the sentence says half of a name: 清良記 beside 清良の一代記."""
    rest = statement.text[: name.start] + "\n" + statement.text[name.end :]
    nth = _NTH.match(name.text)
    if nth and re.search(_NTH.pattern + re.escape(name.text[nth.end() :][:2]), rest):
        return True
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
        and KANJI_ALONE.fullmatch(name.text[:2])
        and name.text[:2] in rest
    ):
        return True
    is_word = name.type in _SPELT and len(name.text) >= 4
    return is_word and (name.text[:half] in rest or name.text[-max(3, half) :] in rest)


def _is_given_away(statement: Statement, name: Name, kind: str) -> bool:
    """Say whether the rest of the sentence tells an amount or date, or half of a name (応用分野 beside 応用科学)."""
    match kind:
        case "quantity":
            return not may_ask_amount(statement, name)
        case "date":
            return is_told(statement.text, name)
        case _:
            return _is_echoed(statement, name)


# With accents and the signs of sounds.
_LATIN, _KANA = re.compile(r"[A-Za-z0-9.\-\u00c0-\u036f]"), re.compile(r"[ァ-ヴー]")


# 紀元前5世紀から4世紀: the second is of the same count.
_BEFORE_CHRIST = re.compile(r"(?:紀元)?前[0-9]+(?:年|世紀)?(?:頃|ごろ)?(?:から|[〜～~・、-])(?:同)?$")
# 第2の柱 beside 第1の柱; of 北町側 and 条約自体 a part alone is meant.
_NTH = re.compile(r"第[0-9０-９一二三四五六七八九]")
_LOOSE_END = re.compile(
    r".(?:側|自体|起源|由来|同士|特有|固有|以外|全般|一帯|沿い|付近|周辺|経由|向け|発祥|在住|出身|所属|独自)$"
)
_OF_A_DATE = re.compile(r"代|度|同盟|事件|革命|運動|蜂起|クーデター|協定|宣言|憲法|条約|テーゼ|体制")


def _is_part(text: str, name: Name) -> bool:
    """Say whether a name goes on in the signs beside it (シューメーカー of NEARシューメーカー) or in a quotation."""
    opened = text[: name.start]
    # 昭和30年代, and what is called by a day.
    if name.type == "date" and (_OF_A_DATE.match(text, name.end) or _BEFORE_CHRIST.search(opened)):
        return True
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
    r"(?<![一-鿿])(?:異母|同母|義|実|養)?(?:長男|次男|三男|長女|次女|三女|妻|夫|父親|母親|父|母|兄|弟|姉|妹|祖父|祖母|息子|娘|叔父|叔母|夫人|孫|甥|姪|未亡人)(?:の|・|、|である)?$"
)

# Whether a man or a woman is meant stands in the sentence, and not in the names beside it.
_OF_KIN = re.compile(
    r"(?<![一-鿿])(?:異母|同母|義|実|養)?(?:母|父|妻|夫|娘|息子|姉|妹|王妃|王女|女王|皇后|妃)(?:親)?(?:[はがとを、]|である)"
    r"|娶|嫁[いぎ]|結婚|誕生した|と[^、。]{1,16}(?<![年月日])の間に"
)
_PLACED = frozenset({"person", "place", "country"})


def _is_of_somebody(statement: Statement, name: Name) -> bool:
    """Say whether a country or place only says of whom or what is named behind it where that belongs."""
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    if name.type not in {"country", "place"} or chunk.case != "の":
        return False
    # 青葉県の北町沖: the town alone tells the county.
    named = any(n.chunk == chunk.head and n.type in _PLACED and n.is_proper for n in statement.names)
    return named or parse.tokens[parse.chunks[chunk.head].first].pos[2] == "地名"


_DENIED = re.compile(r"(?:ない|ません|なかった|ず|ませんでした)$")


_SUCH_AS = ("のよう", "みたい", "をはじめ", "を始め", "など", "といった")
_OTHERS = ("他の", "ほかの", "例えば", "たとえば")
_HOMES = ("の生家", "の実家", "の自宅")


def is_one_of_many(statement: Statement, name: Name) -> bool:
    """Say whether other names would do as well (Xのように, Xにおいても) or the rest tells which not (他のX, 長女X)."""
    if name.text == "日本" and OF_JAPAN.search(statement.text):
        return True
    before, after = statement.text[: name.start].rstrip("「『"), statement.text[name.end :].lstrip("」』")
    if after.startswith(_SUCH_AS) or before.endswith(_OTHERS) or statement.text.endswith("いわゆる", 0, name.start):
        return True
    # {{1}}の生家: whose it is stands there as well as where. ブッシュ大統領 tells his country.
    if (name.type != "person" and after.startswith(_HOMES)) or _is_of_somebody(statement, name):
        return True
    # Who has not done something is one of many as well.
    case = statement.parse.chunks[name.chunk].case
    if case.endswith("も") or (case == "は" and _DENIED.search(statement.text)):
        return True
    return name.type == "person" and (_KIN.search(before) is not None or _OF_KIN.search(statement.text) is not None)


def _is_nominal(text: str) -> bool:
    """Say whether what stands in quotes is a name or a thing: たまたま and 月火水木金土 are none."""
    words = plain_tokens(text)
    return not (len(words) == 1 and words[0].pos[0] in _NOT_NOUNS) and not _DAYS.search(text)


_DAYS = re.compile(r"[月火水木金土日]{3}")
_NOT_NOUNS = frozenset({"副詞", "形容詞", "動詞", "形状詞", "連体詞", "接続詞", "感動詞"})


def is_fit(page: Page, statement: Statement, name: Name, kind: str) -> bool:
    """Say whether a name may be blanked: it stands once, nothing else in the sentence says or counts it."""
    is_loose = kind not in _ONE_NAME | {"quoted"} and _LOOSE_END.search(name.text)
    if statement.text.count(name.text) != 1 or len(name.text) < 2 or is_loose:
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


# Works and people are known by one name; of the rest other words or parts would do as well.
_ONE_NAME = frozenset({"person", "work", "date", "quantity"})
_KANA_ALONE, _JAPANESE = re.compile(r"[ァ-ヴー]+"), re.compile(r"[一-鿿ぁ-んァ-ヴー々ヶ]+")


def hint(name: Name, kind: str) -> str:
    """Return how a name that is to be typed is written, as tests say it: （漢字4字）."""
    if kind in _ONE_NAME or not _JAPANESE.fullmatch(name.text):
        return ""
    sort = "漢字" if KANJI_ALONE.fullmatch(name.text) else "カタカナ" if _KANA_ALONE.fullmatch(name.text) else ""
    return f"（{sort}{len(name.text)}字）"
