"""Types of noun compounds: by their last word (…大臣, …省, …条約), else by the word classes of their parts."""

# ruff: noqa: E501 (the tables of endings read best as one line a type)

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp.drafting.ja import dates
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.ja.analysis import Token

_TITLES = (
    "大臣|首相|総理大臣|総理|大統領|副大統領|長官|会長|社長|教授|博士|監督|選手|知事|市長|町長|村長|議員|議長|総裁|総長|委員長|書記長|主席|天皇|国王|女王|皇帝|"
    "将軍|元帥|大将|司令官|報道官|外相|防衛相|財務相|国防相|経産相|法相|文科相|厚労相|官房長官|官房副長官|幹事長|代表|理事長|所長|館長|院長|学長|校長|"
    "首席|牧師|神父|さん|氏|先生|上人|法師|公|卿|妃|王子|王女|親王"
)
PERSON_END = re.compile(rf"(?:{_TITLES})$")
_OFFICE = re.compile(
    rf"(?:(?:米|英|仏|独|露|韓|中|元|前|新|現|国防|防衛|財務|外務|副|名誉|同国|内閣)*(?:国防長官|{_TITLES}))+$"
)
_TYPE_ENDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("event", r"(?:会談|会議|戦争|大会|事件|革命|の乱|の変|運動会|オリンピック|五輪|大震災|地震|サミット|合戦|博覧会|選挙|内戦|戦役|祭り|祭|飢饉|紛争|海戦|総会)$"),
        ("rule", r"(?:条約|協定|大綱|ガイドライン|憲法|基本計画|宣言|憲章|指針|法案|条例|議定書|制度|基本法|特別法|法律|民法|刑法|[一-鿿]{2,}法)$"),
        ("organisation", r"(?:省|庁|司令部|機関|グループ|委員会|会社|大学|大学院|銀行|[^一-鿿]党|[一-鿿]{2,}党|軍|自衛隊|協会|研究所|裁判所|連合|連盟|学校|高校|病院|新聞|新聞社|放送|クラブ|財団|組合|協議会|学会|教会|国連|政府|内閣|議会|国会|ホールディングス|製作所|製薬|電機|鉄道|交響楽団|楽団|劇団|球団|チーム|センター|事務所|出版|書店|書房|図書館|博物館|美術館|水族館|動物園|公社|機構|本部|部隊|局)$"),
        ("place", r"(?:都|道|府|県|市|区|町|村|郡|島|諸島|列島|半島|山|岳|川|湖|海峡|湾|海|地方|平野|盆地|山脈|砂漠|駅|空港|港|公園|寺|神社|城|大陸|大橋|橋|温泉|高原|渓谷|街道|地域|圏|アジア|ヨーロッパ|アフリカ|欧州|中東)$"),
    )
)  # fmt: skip
_OFFICIAL = re.compile(r"(?:省|庁|自衛隊|政府|憲法|条約|基本法|民法|刑法)$")
_NOT_PLACES = re.compile(
    r"^(?:都市|地域|地方|市町村|都道府県|海|山|川|島|町|村|市|県|国|駅|港|寺|城|橋|公園|神社|空港|半島|大陸|首都|同.|当.|各.|全.|両.|他.|人道|鉄道|報道|水道|軌道|柔道|剣道|茶道|街道|上海)$"
)
VAGUE = words(
    "こと もの ため とき 場合 方 点 上 中 際 他 ほか 以上 以下 以前 以後 以降 一部 一方 多く 多数 大半 全体 各地 場所 時代 時期 当時 現在 今後 今日 ",
    "結果 理由 原因 目的 内容 問題 課題 影響 効果 状態 状況 環境 方法 方針 必要 重要 可能 必要性 重要性 可能性 役割 特徴 意味 名前 名称 言葉 表現 存在 関係 関連 ",
    "変化 増加 減少 発展 進化 強化 実施 開始 終了 設立 発足 創設 作成 策定 合意 確認 協議 議論 連携 協力 対応 期待 推測 予定 計画 準備 内部 外部 周辺 付近 ",
    "前者 後者 両者 両氏 両国 自分 自身 自ら 人 人々 人間 人物 者 男 女 子供 子ども 国 日 年 月 時 時間 間 部分 種類 例 説 記事 本 数 形 力 手 目 心 声 話 ",
    "一つ 二つ 三つ 一人 二人 最初 最後 最大 最高 最終 初 元 前 後 次 今 先 下 内 外 側 面 我 彼 彼女 それ これ ここ そこ 何 誰 今年 昨年 来年 今年度 前年 翌年 ",
    "同年 同日 同時 同様 同じ 以外 程度 割合 合計 平均 大部分 ほとんど すべて 全て 世界 社会 地域 情勢 活動 事業 運営 経営 生活 文化 歴史 経済 政治 科学 技術 研究 仕事",
)
_VAGUE_STARTS = ("うち", "旨", "数", "両", "同", "各", "本", "当", "全", "毎", *"0123456789０１２３４５６７８９")
_VAGUE_ENDS = ("最大", "最多", "最初", "最古", "最高", "最小", "唯一", "以外", "以上", "全体", "各地", "同士")
KINSHIP = words(
    "子 嫁 妻 夫 姑 父 母 兄 弟 姉 妹 孫 娘 息子 長男 次男 長女 次女 侍従",
)
_KANJI = re.compile(r"[一-鿿]+")
_KATAKANA = re.compile(r"[ァ-ヴー・=＝]+")


def type_of(text: str, run: list[Token]) -> str:
    """Return the type of a noun compound, "" for one that nobody should be asked for."""
    if _is_vague(text, run):
        return ""
    if _is_person(text, run):
        return "person"
    if len(run) == 1 and run[0].pos[2] == "地名":
        return "country" if run[0].pos[3] == "国" else "place"
    if "・" in text and not _KATAKANA.fullmatch(text) and not text.isascii():
        return ""
    ended = _by_ending(text, run)
    return ended and _checked(ended, text, run) if ended is not None else _by_words(text, run)


def _checked(kind: str, text: str, run: list[Token]) -> str:
    """Return the type that an ending gives once more: a common word before it makes a common word of the whole."""
    if kind == "place" and len(run) > 1 and run[0].pos[1] == "普通名詞" and len(run[0].surface) > 1:
        return ""
    # 静岡テレビ開局 is something done.
    if kind == "organisation" and len(run) > 1 and run[-1].pos[2] == "サ変可能" and _is_named(run):
        return ""
    if kind in {"organisation", "rule"} and not _is_named(run) and not _OFFICIAL.search(text):
        return "term" * _is_term(text, run)
    return kind


def _is_named(run: list[Token]) -> bool:
    """Tell 防衛省 and 北条約 from 内燃機関 and 奴隷制度: a name is in it."""
    return any(token.pos[1] == "固有名詞" or token.surface.isascii() for token in run)


def _by_words(text: str, run: list[Token]) -> str:
    listed = "・" in text and "固有名詞" not in {run[0].pos[1], run[-1].pos[1]}
    done = len(run) > 1 and run[-1].pos[2] == "サ変可能" and _is_named(run)
    if run[-1].pos[1] == "数詞" or listed or done:
        return ""
    # The dictionary takes many common words for titles of works.
    if len(run) == 1 and run[0].pos[1:3] == ("固有名詞", "一般") and len(text) < 4 and _KANJI.fullmatch(text):
        return ""
    # 近世大坂: a common word before a name.
    if run[-1].pos[2] == "地名" and run[0].pos[1] == "普通名詞" and len(run) == 2 and len(run[0].surface) > 1:
        return ""
    if all(token.pos[2] == "地名" for token in run):
        return "place"
    return "proper" if run[-1].pos[1] == "固有名詞" else "term" * _is_term(text, run)


def _is_vague(text: str, run: list[Token]) -> bool:
    adverbial = run[-1].pos[2] in {"副詞可能", "助数詞可能"} and len(run) < 3
    return (
        text in VAGUE
        or adverbial
        or len(text) < 2
        or run[0].pos[0] == "代名詞"
        or run[-1].pos[0] == "形状詞"
        or text.startswith(_VAGUE_STARTS)
        or text.endswith(_VAGUE_ENDS)
        or "何" in text
        or "各" in text
        or dates.RELATIVE.match(text) is not None
    )


def _is_person(text: str, run: list[Token]) -> bool:
    people = sum(token.pos[2] == "人名" for token in run)
    has_title = PERSON_END.search(text) is not None
    if people and (has_title or people == len(run) or (run[-1].pos[2] == "人名" and len(run) < 4)):
        return True
    return (
        has_title
        and len(run) > 1
        and run[0].pos[2] != "地名"
        and bool(_KATAKANA.match(text))
        and bool(_OFFICE.search(text))
    )


def _by_ending(text: str, run: list[Token]) -> str | None:
    for kind, ending in _TYPE_ENDS:
        if ending.search(text) and not (kind == "place" and (_NOT_PLACES.match(text) or not _is_place(run))):
            return kind if len(text) > 2 or run[0].pos[1] == "固有名詞" else ""
    return None


def _is_place(run: list[Token]) -> bool:
    return any(token.pos[2] == "地名" or token.pos[1] == "固有名詞" for token in run)


def _is_term(text: str, run: list[Token]) -> bool:
    if any(token.pos[2] in {"副詞可能", "助数詞可能"} or token.pos[1] == "数詞" for token in run) or "・" in text:
        return False
    if _KATAKANA.fullmatch(text) and len(run) < 2:
        return False
    return (len(run) >= 2 and len(text) >= 3) or len(text) >= 4


@lru_cache(maxsize=2_000)
def person_core(text: str) -> str:
    """Return a person's name without offices and titles: 中谷 for 中谷防衛大臣; "" where nothing is left."""
    latin = _KATAKANA.match(text)
    if latin and len(latin[0]) >= 2:
        return latin[0].strip("・ー") if latin[0].endswith("・") else latin[0]
    core = _OFFICE.sub("", text)
    # 山中さん and 田中首相 are no 山 and 田: 中 is a country's before offices alone.
    return PERSON_END.sub("", text) if len(core) == 1 else core
