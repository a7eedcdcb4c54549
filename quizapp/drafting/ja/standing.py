"""How well a statement stands alone: whether a reader who has only this sentence knows of what and when it speaks.

What a sentence leaves to its paragraph cannot always be restored. Each sign of that costs; drafts from such sentences
come last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import wording
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.statements import Statement

_YEAR = re.compile(
    r"[0-9０-９]{3,4}年(?!間)|世紀|[0-9０-９]{3,4}年代|(?:明治|大正|昭和|平成|令和)[元0-9０-９]|(?:時代|王朝|戦争|大戦|革命)"
)
_YEARLESS = re.compile(r"(?<![年0-9０-９])[0-9０-９]{1,2}月(?!間)|(?<![月0-9０-９])[0-9０-９]{1,2}日(?!間|本|目)")
# What happens every year or often: without a date nobody knows which time is meant.
_RECURS = re.compile(
    r"(?:選手権|シリーズ|シーズン|リーグ(?:優勝|戦)|ペナント|優勝|準優勝|連敗|連勝|勝利|[0-9]勝|[0-9]敗|[0-9]冠|[0-9]位|打率|本塁打|防御率|最多勝|トレード|移籍|ドラフト"
    r"|決勝|開幕|就任|退任|引退|総選挙|得票|初優勝|年ぶり|連覇|名誉会長)"
)
# What begins so speaks of the sentence before, whatever else it names.
_GOES_ON = re.compile(
    r"^(?:[0-9０-９一二三四五六七八九十数]+(?:年|[かヶカ]月|日|週間|時間)後|第[0-9０-９一二三四五六七八九十]+(?:[条項章編巻番回部次作期]|段階)(?!国会|世界)[はがにのでを]|最大の(?:柱|理由|特徴|目的|課題)は|(?:夫妻|一行|半数|残り)[のはが]|[一-鿿ァ-ヴー]{1,6}たち[はがの]|いずれも|(?:もう)?(?:一つ|ひとつ|1つ|片方)[はが]|[^、は]{1,12}のほうは|[^、はが]{1,8}のものでは|やむをえず|いずれにして?も|あるとき|ある日|直近に|(?:著|作|筆)者である|同時期|同時代|同調査|後任|前任|オフ(?=[はにの、])|[前後]期(?=[はにの、])|記事では|作中|劇中|一説に|すなわち|ここ|[^、は]{0,12}(?<![のに一-鿿])(?:異母|義|養)?(?:次男|長男|三男|長女|次女|妻|夫|父親?|母親?|実?弟|実?兄|息子|娘)[の・]|(?:生家|実家|両親|遺族|生母)(?:の|は|が|を|である)"
    r"|[^、は]{2,10}に(?:あたり|際し)、|(?:取締役|社員|従業員|議員|会員)[0-9])"
)
_SAME_SORT = re.compile(
    r"(?:いずれか|これら|それら)?に該当する|[0-9]年前の|同種の|^[^は]*に次いで|同様の|同じ[一-鿿]|(?:どちら|いずれ)も"
)
# 北側は約12万人（80％）であり: of what is counted only the paragraph tells.
_BARE_COUNT = re.compile(r"[はが](?:約|およそ)?[0-9０-９.,]+[万億]?(?:人|円|件|[%％])(?:[（(]|であり|で、|となり)")
# 2016年にも, 元々は: of what is told before.
_ALSO_THEN = re.compile(
    r"^[^、は]{0,20}(?:[年月日]|世紀|年代)(?:に|から)?も|^(?:元々|もともと|[^、は]{1,10}の(?:もの|方))では?は?"
)
# 弟子を務めながら、『青葉』が入選した: who does it stands in the sentence before.
_WHILE = re.compile(r"^[^はがも]{4,40}[りしきいちみけせてねべめれ]ながら、?")
_COMPARES = re.compile(r"さらに[東西南北]|再度")
# 見送りを決定: of what?
_BARE_DEED = re.compile(
    r"(?:^|[、はが])(?:見送り|実施|導入|廃止|中止|延期|開催|採用|参加|承認|否決|撤回|容認|拒否|再開|継続|賛成|反対)を?(?:決定|決め|表明|発表|求め|承認|決断|要請)"
)
# Words that count from what was told just before.
_LOOSE = re.compile(
    r"^(?:[^、はが]{1,12}(?:と同様に?|と異なり|と違い|とは別に|に加えて?|の場合と)、|奇しくも|現在|結局|今では|その後|通常|一般に|主に|なお|別名|正式|愛称|略称|当初|以降|以後|やがて|後に|のちに|次第に|同時に|一時|前半|後半|序盤|中盤|終盤"
    r"|開幕|最終|試合|シーズン|オフ(?=[はにの、]|シーズン)|途中|直後|直前|最後|最初|まず|さらに|更に|しかも|むしろ|かえって|例外的|結果的|最終的|また|中には|なかには"
    r"|[^、は]{1,8}[前後]、|[^、は]{1,10}(?:の場合|場合)(?:は|に|、|だと)|[^、は]{2,12}自身は)"
)
_AGAIN = re.compile(
    r"(?:今度は|再び|ふたたび|同様に|逆に|引き続き|相次いで|他の|別の|残りの|ほかの|以上の|以下の|上記|前述|後述|もう一[つ方]|他[局社店校県国]では|いずれか[にのが]|そのいずれ)"
)
# Nouns that belong to something: without its name nobody knows whose.
_OWNED = words(
    "条約 協定 宣言 声明 合意 取り決め 構想 首脳 政府 柱 港 ",
    "人口 面積 全長 長さ 高さ 幅 深さ 所要時間 構造 性格 外観 内部 外部 形状 名称 名前 由来 起源",
    "語源 役割 目的 特徴 内容 結果 原因 理由 影響 背景 効果 利点 欠点 問題 問題点 規模 価格 費用",
    "収入 売上 予算 定員 営業時間 時間 距離 速度 重量 寿命 気候 地形 歴史 制度 組織 本部 本社 支社",
    "首都 国王 王 皇帝 首相 大統領 監督 選手 投手 打者 打線 チーム 球団 会社 同社 学校 軍 軍隊",
    "国民 住民 市民 人々 人物 作品 番組 企画 曲 映画 小説 漫画 主人公 物語 事件 事故 戦争 戦い",
    "試合 大会 会議 計画 事業 工事 建物 施設 店 店舗 駅 路線 道路 橋 城 寺 神社 島 川 山 湖",
    "地域 地方 周辺 付近 中心 中心部 北部 南部 東部 西部 沿岸 内陸 版 記事 項目 表 図 種類 一部",
    "多く 大半 割合 比率 順位 成績 打率 記録 得票 議席 経済 政治 文化 産業 農業 工業 教育 宗教",
    "言語 交通 機能 性能 装備 設備 方式 方法 手法 対象 条件 規定 規則 法律 決定 判決 改正 改革",
    "反乱 攻撃 軍勢 母 父 妻 夫 兄 弟 姉 妹 息子 娘 子 両親 家族 祖父 祖母 本人 艦 船 機体",
    "創業 設立 創立 資本金 取締役 従業員 会員 社員 株主 売上高 サービス 北岸 南岸 東岸 西岸 範囲 デザイン 一種 部署",
    "車両 エンジン ソフト ソフトウェア 開発 運営 経営 放送 出版 発行 部数",
)

_MAKES = words(
    "設立 創業 創設 創立 結成 編纂 開設 制定 発行 出版 発売 開発 建設 設計 発明 発見 買収 建てる 作る 造る 開く",
    "始める 資本参加 出資 運営 経営 所有 保有 管理 制作 製作 発表 公開 採用 導入 廃止",
)
_STATES = words("ある いる なる できる 存在 異なる 含む 言う いう 呼ぶ れる られる 持つ もつ 属する 示す 意味 指す")
_MEASURE = re.compile(
    r"(?:数|率|額|量|費|年収|月収|給料?|初任給|料金|賃金|人口|面積|時間|距離|速度|割合|価格|日数|期間|寿命|身長|体重)$"
)


_NAMED = frozenset({"person", "work", "country"})
_NAMEABLE = _NAMED | {"place", "organisation"}
# What is left of a cost when the topic stands before the question.
_LED = 0.35


def is_about_a_name(statement: Statement) -> bool:
    """Say whether the main clause is about something with a name of its own (田口英一は…)."""
    parse = statement.parse
    subject = _subject(parse)
    if subject < 0:
        return False
    start, end = parse.noun_span(subject)
    named = any(n.type in _NAMED for n in statement.names if start <= n.start < end)
    return named or any(t.pos[1] == "固有名詞" for t in parse.tokens if start <= t.start < end)


def topic_at(parse: Parse) -> int:
    """Return the chunk that says first what a sentence is about, by は or も; -1 for none."""
    return next((i for i, chunk in enumerate(parse.chunks) if chunk.case in _TOPICS and chunk.has_noun), -1)


_TOPICS = frozenset({"は", "とは", "も", "では", "には"})


def has_topic(statement: Statement) -> bool:
    """Say whether a statement says what it is about, by は or も."""
    return topic_at(statement.parse) >= 0


def named_topic(statement: Statement) -> str:
    """Return what a statement is about, where that has a name of its own, else ""."""
    parse = statement.parse
    subject = next((i for i, chunk in enumerate(parse.chunks) if chunk.case in {"は", "とは"} and chunk.has_noun), -1)
    if subject < 0:
        return ""
    own = parse.tokens[parse.chunks[subject].first : parse.chunks[subject].noun_end]
    named = any(name.chunk == subject and name.type in _NAMEABLE for name in statement.names)
    return parse.noun(subject) if named or any(t.pos[1] == "固有名詞" for t in own) else ""


def loss(statement: Statement, title: str, *, leads: bool = False) -> float:
    """Return what a statement loses for leaving things to its paragraph: 0 for nothing, beyond 0.3 for much.

    ``leads`` says that the article's topic is put before it.
    """
    text, parse = statement.text, statement.parse
    dated = _YEAR.search(text) is not None
    subject = _subject(parse)
    known = subject >= 0 and _is_known(statement, subject, title)
    cost = 0.12 * bool(_LOOSE.match(text)) + 0.06 * bool(_AGAIN.search(text))
    # 1971年に山田太郎が設立した: of what is left to the title.
    cost += 0.35 * _lacks_object(parse)
    cost += (
        0.25 * bool(_GOES_ON.match(text)) + 0.2 * bool(_SAME_SORT.search(text)) + 0.3 * bool(_BARE_COUNT.search(text))
    )
    cost += (
        0.25 * bool(_BARE_DEED.search(text)) + 0.3 * bool(_ALSO_THEN.search(text)) + 0.25 * bool(_COMPARES.search(text))
    )
    cost += _without_time(statement, dated=dated, known=known) + 0.25 * bool(_WHILE.match(text))
    if not known:
        cost += (0.13 if dated or _has_proper(parse, 0, len(parse.tokens)) else 0.2) * (_LED if leads else 1)
    if subject < 0:
        cost += 0.15
    else:
        cost += 0.22 * _is_owned(parse, subject) * (_LED if leads else 1) + 0.2 * _is_with(parse, subject)
        cost += 0.15 * (parse.chunks[subject].case == "も")
        cost += 0.12 * _only_tells_how(parse, subject)
    cost += 0.25 * (_lacks_place(parse) or _lacks_what_is(parse))
    # といわれている is said of nobody's deed.
    cost += 0.25 * (statement.claim.modality is Modality.ASSERTED and _lacks_done(parse))
    if _lacks_topic(parse) or any(predicate < subject for predicate in parse.predicates()):
        cost += 0.2
    return cost


def _without_time(statement: Statement, *, dated: bool, known: bool) -> float:
    """Return what a statement loses for not saying when."""
    text = statement.text
    cost = 0.0
    if _YEARLESS.match(text) or (_YEARLESS.search(text) and not re.search(r"[0-9０-９]{4}年", text)):
        cost += 0.35
    if not dated:
        cost += 0.35 * bool(_RECURS.search(text))
        if wording.is_past(statement.parse) or _is_chronicle(statement):
            cost += 0.05 if known and len(statement.names) > 2 else 0.14
    return cost


def _verb(parse: Parse, index: int) -> str:
    """Return what a chunk says is done, as a dictionary has it: 建てる, 設立."""
    word = parse.tokens[parse.chunks[index].first]
    return word.surface if word.pos[0] == "名詞" else word.lemma


def _lacks_object(parse: Parse) -> bool:
    """Say whether somebody makes or changes what the sentence does not name."""
    last = len(parse.chunks) - 1
    if _verb(parse, last) not in _MAKES:
        return False
    chunk = parse.chunks[last]
    passive = any(t.lemma in {"れる", "られる"} for t in parse.tokens[chunk.first : chunk.last])
    named = any(c.case in {"は", "を", "も", "とは", "では", "の"} and c.has_noun for c in parse.chunks[:last])
    return not passive and not named


def _is_chronicle(statement: Statement) -> bool:
    """Say whether a sentence tells what somebody did without ending in the past: 優勝を果たす, 最優秀選手賞を受賞."""
    last = statement.parse.tokens[-1]
    deed = last.pos[2] == "サ変可能" or (last.is_verb and last.lemma not in _STATES)
    return deed and any(name.type == "person" for name in statement.names)


_PLACED = words("ある いる 寄港 上陸 到着 位置 存在 開館 停泊 滞在 鎮座 生息")
_FORMAL = re.compile(r"(?:こと|場合|必要|恐れ|おそれ|可能性|効果|影響|特徴|意味|説|例|もの|力|傾向|関係)$")


def _lacks_place(parse: Parse) -> bool:
    """Say whether something is said to be there, or to have come there, without where: 調査船が寄港した."""
    last = len(parse.chunks) - 1
    if _verb(parse, last) not in _PLACED or not parse.chunks[last].form:
        return False
    if any(c.has_noun and c.case.startswith(("に", "で", "へ", "から", "まで")) for c in parse.chunks[:last]):
        return False
    there = next((i for i in range(last - 1, -1, -1) if parse.chunks[i].case in {"が", "も"}), -1)
    return there < 0 or _FORMAL.search(parse.core(there)) is None


def _lacks_what_is(parse: Parse) -> bool:
    """Say whether a sentence tells what something is without saying of what: …までは国の首都であった."""
    last = len(parse.chunks) - 1
    chunk = parse.chunks[last]
    if not (chunk.is_copula or (chunk.has_noun and not chunk.form)):
        return False
    return not any(
        c.has_noun and (c.case in {"は", "とは", "も"} or (c.case == "が" and c.head == last))
        for c in parse.chunks[:last]
        if c is not chunk and not _NO_TOPIC.search(parse.text[: parse.tokens[c.last - 1].end])
    )


def _lacks_done(parse: Parse) -> bool:
    """Say whether what was done to something, or is said of it, has no subject: …が編纂し、漢文で書かれた."""
    last = len(parse.chunks) - 1
    if any(c.case in {"は", "とは", "も", "では", "には"} and c.has_noun for c in parse.chunks[:last]):
        return False
    chunk = parse.chunks[last]
    passive = any(t.lemma in {"れる", "られる"} for t in parse.tokens[chunk.first : chunk.last])
    subjects = [i for i, c in enumerate(parse.chunks[:last]) if c.case == "が" and c.has_noun]
    if passive and subjects and all(parse.chunks[i].head != last for i in subjects):
        return True
    return bool(subjects) and _FORMAL.search(parse.core(subjects[-1])) is not None


_NO_TOPIC = re.compile(r"(?:まで|から|とき|時|際|頃|後|前)(?:に|で)?は、?$")


def _only_tells_how(parse: Parse, subject: int) -> bool:
    """Say whether a sentence without a topic only says how something of it is: …の影響が強い."""
    last = parse.tokens[-1]
    return parse.chunks[subject].case == "が" and last.pos[0] == "形容詞" and "は" not in {c.case for c in parse.chunks}


def _subject(parse: Parse) -> int:
    """Return the chunk that the main clause is about, -1 for none."""
    for case in ("は", "とは", "が", "も"):
        for index, chunk in enumerate(parse.chunks):
            if chunk.case == case and chunk.has_noun and not parse.is_inside(index):
                return index
    return -1


def _is_with(parse: Parse, subject: int) -> bool:
    """Tell Xとは親しかった from Xとは…である: only the second is about X."""
    return parse.chunks[subject].case == "とは" and _SAYS_WHAT.search(parse.text) is None


_SAYS_WHAT = re.compile(r"(?:である|です|だ|という|をいう|指す|指します|意味する|こと|[一-鿿ァ-ヴ）」])$")


def _lacks_topic(parse: Parse) -> bool:
    """Say whether a copula (…であり) has no subject before it: the sentence goes on with the topic before."""
    chunks = parse.chunks
    first = next((i for i, c in enumerate(chunks) if c.case in {"は", "が", "も", "とは"} and c.has_noun), len(chunks))
    return any(chunks[i].is_copula and i <= first for i in parse.predicates())


def _is_known(statement: Statement, subject: int, title: str) -> bool:
    """Say whether a subject is named: by a proper name, a term, the article's title or what stands before it."""
    parse = statement.parse
    chunk = parse.chunks[subject]
    phrase = parse.noun(subject)
    first = next((i for i, token in enumerate(parse.tokens) if token.start >= parse.start(subject)), chunk.first)
    if _has_proper(parse, first, chunk.noun_end) or (title and title in phrase):
        return True
    core = parse.core(subject)
    return len(core) >= 4 and core not in _OWNED and any(name.chunk == subject for name in statement.names)


def _is_owned(parse: Parse, subject: int) -> bool:
    core = parse.core(subject)
    return (core in _OWNED or _MEASURE.search(core) is not None) and parse.start(subject) == parse.tokens[
        parse.chunks[subject].first
    ].start


def _has_proper(parse: Parse, first: int, last: int) -> bool:
    return any(
        token.pos[1] in {"固有名詞", "括弧"} or (token.surface.isascii() and token.surface.isalpha())
        for token in parse.tokens[first:last]
    )
