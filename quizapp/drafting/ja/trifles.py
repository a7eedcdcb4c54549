"""Trifles: what nobody need know though a sentence says it, such as the year of a statistic or the source of a figure.

Drafts that ask for these come last.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.statements import Statement
    from quizapp.drafting.proposals import Proposal

# What a statistic counts, in figures.
_FIGURE = re.compile(
    r"[0-9０-９][0-9０-９,.]*[万億兆]?(?:円|ドル|ユーロ|人|名|%|％|パーセント|割|歳|冊|件|点|軒|戸|世帯|km2|平方キロ|度|頭|匹|羽|トン|時間)"
)
# It is so, not: it happened.
_IS_SO = re.compile(
    r"(?:である|です|だ|であった|でした|だった|となっている|となっています|に達し(?:た|ている)|に(?:も)?上った|[0-9%％円人歳]|推計されている|占め(?:る|た|ている))$"
)
# In the middle of a sentence as well: 約1700頭になり、…; and what is on record as the highest, or stands on a page.
_COMES_TO = re.compile(
    _FIGURE.pattern + r"(?:に(?:なり|達し|上り)|となり|を(?:数え|記録|行)|で(?:あり|、)|の(?:漁獲|生産|収穫|発電))"
)
_ON_RECORD = re.compile(r"観測史上|最[高低](?:気温|記録)|[0-9]+(?:頁|ページ)")
_AS_OF = re.compile(
    r"(?:の現在|末?[のに]?時点|末までの|現在|度(?:の|予算|決算|末|では|は)|(?:末|の)[^、]{0,8}(?:調査|人口|面積|国勢|統計|GDP|価格|推計))"
)
_STATISTICS = re.compile(
    r"統計|GDP|予算|平均値|国勢調査|国勢局|面積|人口|公示|地価|寿命|貿易額|税収|来館者|利用者数|貸出|蔵書数|商店数|感染率|論文が発表"
)
_MATTERS_OF_OFFICE = re.compile(
    r"指定管理|記念プレート|記念碑|銘板|キャンペーン|市民団体|開庁|大型店|ショッピング|郵便番号|[0-9]番地|標識|駐車場|販促|主催"
    r"|(?:小|中|高等|分|女)学?校[はがを].{0,12}(?:開校|閉校|統合|移転|設置)|分室|展示(?:が|を)?(?:終了|開始)"
)
_BY = re.compile(r"によ(?:ると|れば)")
# 1611年のある旅人
_OF_SOMEBODY = re.compile(r"のある(?=[一-鿿])")
_YEAR_OF_LAW = re.compile(r"[一-鿿]{2,}法")
# When a statement begins to hold, or when a thing named in passing was made, held or signed.
_IN_PASSING = re.compile(
    r"(?:末の|の段階|付(?:の|け)|の?開催の|の?建造の|の?製造|の?公開|から毎年|以降初めて|の[0-9.]+倍)"
)
# The flood of 1959 is another matter; 1923年から1926年の名称.
_BEFALLS = re.compile(r"(?:に|、)?[^、。]{0,12}(?:発生した|起こった|起きた|襲った|見舞った)(?=[一-鿿ァ-ヴ])")
_UNTIL = re.compile(r"から$")
_OF_REGISTER = re.compile(r"により(?:運転|営業|供用)?(?:開始|開業|竣工|完成|着工)$")
_MONTH = re.compile(r"[0-9]{1,2}月$")
_SEASONED = re.compile(r"[0-9]{1,2}月|[春夏秋冬]$")
# When somebody took up a post, or left a school, is of their own story alone.
_CAREER = re.compile(
    r"(?:入社|入局|入団|入学|入門|転校|転職|転勤|勤務|勤め|働き|スカウト|別居|免許|資格)(?:を?取得|し|さ|始|て|た|、|$)"
)
# HG854Er, デハ6261: what only whoever builds or repairs it needs.
_PART = re.compile(
    r"(?<![A-Za-zァ-ヴー])(?!ISO|JIS|[ァ-ヴ]+(?:19|20)[0-9]{2}(?![0-9]))(?:[A-Z]{2,4}|[ァ-ヴ]{1,3})[-‐]?[0-9]{3,}"
)
# Not CO2 and 5G, which are learned.
_CODE = re.compile(r"(?=.*(?:[0-9]{3}|[0-9]-|-[0-9]))[A-Z0-9][A-Za-z0-9\-]*")
# Where somebody comes from who is told of in passing.
_SEAT = re.compile(r"に(?:本社|本拠|本店|拠点|住む|住んで|滞在して|い[たる])|の[^、。はがを]{0,6}出身")
_INSTANCE = re.compile(r"(?:^|、)(?:例えば|たとえば)")
_STILL = ("ている", "でいる", "ています", "でいます")
_FIGURES = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MANY_FIGURES = 4


def cost(statement: Statement, proposal: Proposal, *, of_topic: bool = False) -> float:
    """Return what a proposal loses for asking for a trifle: 0 for none.

    ``of_topic`` says that the statement is about what the article is about.
    """
    text, key = statement.text, proposal.focus or proposal.key
    name = next((name for name in statement.names if name.text == key), None)
    lost = _of_text(text) + 0.08 * (len(_FIGURES.findall(proposal.stem.replace("{{1}}", ""))) >= _MANY_FIGURES)
    if name is None:
        return lost
    is_gap = proposal.rule == "cloze"
    # What is so to this day is asked for less well than what happened.
    lost += 0.06 * (is_gap and name.type != "quantity" and text.endswith(_STILL))
    match name.type:
        case "date":
            lost += _of_date(statement, name, is_gap=is_gap)
            lost += 0.35 * (not of_topic and _CAREER.search(text) is not None)
        case "quantity":
            lost += 0.1 * (_STATISTICS.search(text) is not None) + 0.25 * key.endswith("歳")
        case _:
            lost += _of_name(text, name)
    return lost


# Several things are asked about one statement.
@lru_cache(maxsize=4)
def _of_text(text: str) -> float:
    """Return what asking for anything in a sentence loses."""
    return 0.2 * (_MATTERS_OF_OFFICE.search(text) is not None) + 0.35 * (_PART.search(text) is not None)


def _of_date(statement: Statement, name: Name, *, is_gap: bool) -> float:
    """Return what asking for a date loses."""
    text, behind = statement.text, statement.text[name.end :]
    is_figure = _FIGURE.search(text) is not None and _IS_SO.search(text) is not None
    is_figure = is_figure or _COMES_TO.search(behind) is not None or _ON_RECORD.search(text) is not None
    # Nearly all that an article tells is of that century.
    lost = 0.15 * (name.text == "20世紀") + 0.15 * _is_in_passing(statement, name)
    if _AS_OF.match(behind) or is_figure or (_STATISTICS.search(text) and _FIGURE.search(text)):
        lost += 0.45
    elif _YEAR_OF_LAW.match(behind) or _OF_SOMEBODY.match(behind) or text.endswith("同年", 0, name.start):
        lost += 0.3
    elif _IN_PASSING.match(behind):
        lost += 0.25
    if _BEFALLS.match(behind) or (_UNTIL.search(text, 0, name.start) and behind.startswith("の")):
        lost += 0.2
    # 1919年6月北陸電化により運転開始: a line of a register.
    lost += 0.12 * (_OF_REGISTER.search(text) is not None)
    # 808年/09年: one date told as two years.
    lost += 0.6 * behind.startswith(("/", "／"))
    case = statement.parse.chunks[name.chunk].case
    if is_gap and case == "から":
        # A month from which something was so is less than the month in which it came.
        lost += 0.22 if _SEASONED.search(name.text) else 0.08
    elif _MONTH.search(name.text) and case:
        lost += 0.08
    return lost + 0.06 * (is_gap and case == "の" and not name.text.endswith(("世紀", "年代")))


def _of_name(text: str, name: Name) -> float:
    """Return what asking for a name loses."""
    behind = text[name.end :]
    # Who counted or who says so is not what was counted or said.
    lost = (0.4 if _FIGURE.search(behind) else 0.2) * (_BY.match(behind) is not None)
    # A code, or what stands in a transcription, is not learned.
    in_brackets = text.count("[", 0, name.start) > text.count("]", 0, name.start)
    lost += 0.3 * (_CODE.fullmatch(name.text) is not None or in_brackets)
    lost += 0.2 * (name.type in {"place", "country"} and _SEAT.match(behind) is not None)
    return lost + 0.15 * (_INSTANCE.search(text[: name.start]) is not None)


def _is_in_passing(statement: Statement, name: Name) -> bool:
    """Say whether a date only tells of a word in the sentence, which has a date of its own before it."""
    parse = statement.parse
    inner = parse.chunks[parse.chunks[name.chunk].head].form == "adnominal"
    return inner and any(other.type == "date" and other.end < name.start for other in statement.names)
