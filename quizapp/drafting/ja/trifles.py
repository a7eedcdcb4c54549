"""Trifles: what nobody need know though a sentence says it, such as the year of a statistic or the source of a figure.

Drafts that ask for these come last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.statements import Statement
    from quizapp.drafting.proposals import Proposal

# What a statistic counts, in figures.
_FIGURE = re.compile(
    r"[0-9０-９][0-9０-９,.]*[万億兆]?(?:円|ドル|ユーロ|人|名|%|％|パーセント|割|歳|冊|件|点|軒|戸|世帯|km2|平方キロ)"
)
# It is so, not: it happened.
_IS_SO = re.compile(
    r"(?:である|です|だ|であった|でした|だった|となっている|となっています|に達し(?:た|ている)|に(?:も)?上った|[0-9%％円人歳]|推計されている|占め(?:る|た|ている))$"
)
_AS_OF = re.compile(
    r"(?:末?[のに]?時点|末までの|現在|度(?:の|予算|決算|末|では|は)|(?:末|の)[^、]{0,8}(?:調査|人口|面積|国勢|統計|GDP|価格|推計))"
)
_STATISTICS = re.compile(
    r"統計|GDP|予算|平均値|国勢調査|国勢局|面積|人口|公示|地価|寿命|貿易額|税収|来館者|利用者数|貸出|蔵書数|商店数|感染率|論文が発表"
)
_MATTERS_OF_OFFICE = re.compile(
    r"指定管理|記念プレート|記念碑|銘板|キャンペーン|道路元標|市民団体|開庁|大型店|ショッピング|サポーターズ|郵便番号|[0-9]番地|標識|駐車場|販促|主催"
    r"|(?:小|中|高等|分|女)学?校[はがを].{0,12}(?:開校|閉校|統合|移転|設置)|分室|展示(?:が|を)?(?:終了|開始)"
)
_BY = re.compile(r"によ(?:ると|れば)")
# 1602年のある観察者
_OF_SOMEBODY = re.compile(r"のある(?=[一-鿿])")
_YEAR_OF_LAW = re.compile(r"[一-鿿]{2,}法")


def cost(statement: Statement, proposal: Proposal) -> float:
    """Return what a proposal loses for asking for a trifle: 0 for none."""
    text, key = statement.text, proposal.focus or proposal.key
    name = next((name for name in statement.names if name.text == key), None)
    lost = 0.2 * (_MATTERS_OF_OFFICE.search(text) is not None)
    if name is None:
        return lost
    behind = text[name.end :]
    match name.type:
        case "date":
            is_figure = _FIGURE.search(text) is not None and _IS_SO.search(text) is not None
            if _AS_OF.match(behind) or is_figure or (_STATISTICS.search(text) and _FIGURE.search(text)):
                lost += 0.45
            elif _YEAR_OF_LAW.match(behind) or _OF_SOMEBODY.match(behind) or text.endswith("同年", 0, name.start):
                lost += 0.3
            # Nearly all that an article tells is of that century.
            lost += 0.15 * (key == "20世紀") + 0.15 * _is_in_passing(statement, name)
        case "quantity":
            lost += 0.1 * (_STATISTICS.search(text) is not None) + 0.25 * key.endswith("歳")
        case _:
            # Who counted is not what was counted.
            lost += 0.4 * (_BY.match(behind) is not None and _FIGURE.search(behind) is not None)
    return lost


def _is_in_passing(statement: Statement, name: Name) -> bool:
    """Say whether a date only tells of a word in the sentence, which has a date of its own before it."""
    parse = statement.parse
    inner = parse.chunks[parse.chunks[name.chunk].head].form == "adnominal"
    return inner and any(other.type == "date" and other.end < name.start for other in statement.names)
