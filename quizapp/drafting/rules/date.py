"""When: a date that a clause has for itself (〜したのはいつですか), asked only where the clause names its subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.ja.dates import is_told
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.82
_ALONE = words(
    "発足 開業 開館 開校 開通 開園 開局 誕生 死去 即位 就任 終結 始まっ 始まり 始まる 終わっ 起こっ",
    "起き 生まれ 死ん 亡くなっ 開幕 閉幕 成立 完成 独立 崩壊 滅亡 発生 発効 勃発 登場 出現 普及",
    "来島 来日 訪日 上陸 到着 出発 撤退 移住 渡米 渡英 渡仏 進出 侵攻 侵入 参戦 降伏 敗北 失脚",
    "亡命 戴冠 退位 没 没し 没する 入学 卒業 退学 留学 復帰 分裂 消滅 開催 移転 遷都 開戦 停戦 終戦",
    "敗戦 病死 戦死 急死 逝去 崩御 出家 変わっ なっ でき 出来 現れ 広まっ",
    "解散 結婚 引退 閉館 閉校 廃止 倒産 施行 終了 帰国 帰還 噴火 優勝",
)
_CASES = frozenset({"に", "には", "より", "から", "まで", "", "は", "において", "で"})


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for the only date of a sentence."""
    dates = [name for name in statement.names if name.type == "date"]
    if len(dates) != 1:
        return
    name = dates[0]
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    if parse.core(name.chunk) != name.text or chunk.case not in _CASES or chunk.form:
        return
    if not _is_one_doer(page, statement, chunk.head):
        return
    body = _of_event(statement, name) or _without_what_it_is(statement, _of_clause(statement, name))
    begins = chunk.case in {"から", "より"} and not (chunk.case == "より" and body.endswith("た"))
    ending = "から" if begins and not _STARTS.search(body) else "まで" if chunk.case == "まで" else ""
    word = _question_word(name.text) + ending
    stem = clauses.asks(statement, f"{body}のは{word}ですか。")
    if (
        len(body) < 8
        or _is_told_as_present(statement, body, ending)
        or is_told(statement.text, name)
        or not _says_whose(statement, body)
        or "も" in _SUBJECTS.findall(body)
        or _SHARED.search(body)
        # 就役していたのはいつ asks for a day of what lasted.
        or (not ending and body.endswith(("ていた", "でいた")) and word != "何世紀")
        or not wording.may_stand(stem, name.text)
    ):
        return
    distractors = page.distractors(name, statement, stem)
    yield Proposal(
        kind="single_choice" if distractors else "short_answer",
        stem=stem,
        key=name.text,
        rule="date",
        weight=(_WEIGHT if "年" in name.text or "世紀" in name.text else _WEIGHT - 0.1) - _LONG_COST * _is_long(body),
        focus=name.text,
        distractors=distractors,
        ordered=True,
    )


_LONG, _LONG_COST = 60, 0.2
_LONG_SPEECH = re.compile(r"「[^「」]{20,}」")


def _is_long(body: str) -> bool:
    """Say whether a clause before のは何年ですか is too much to read: the gap in its sentence reads better."""
    return len(body) > _LONG or _LONG_SPEECH.search(body) is not None


# 2011年から巡回を開始した is asked with いつ alone.
_STARTS = re.compile(
    r"(?:開始|スタート|発足|始動|追加|導入|設置|施行|就任|着手)(?:し|され)た$|始(?:め|ま)(?:られ|っ)?た$"
)
# AがB、CがDといずれも: too much for one question.
_SHARED = re.compile(r"が、?.*が.*(?:どちらも|いずれも|それぞれ)")
# There were many of these: which one is meant stands in the rest of the sentence.
_ANY_EVENT = re.compile(
    r"ワールドカップ|オリンピック|五輪|万博|(?:総|地方|統一地方)?選挙|(?:全国|国際)?(?:大会|会議|会談|総会|戦争|地震|事件|事故)"
)
_SUBJECTS = re.compile(r"[一-鿿ァ-ヴー」で](も)(?=[、一-鿿ァ-ヴ])")


def _says_whose(statement: Statement, body: str) -> bool:
    """Say whether a question about the past names something of its own: 株価が達した is everybody's."""
    parse = statement.parse
    subjects = [i for i, chunk in enumerate(parse.chunks) if chunk.case in {"は", "が"} and chunk.children]
    if any(parse.core(i) and parse.core(i) in body for i in subjects):
        return True
    named = [n.text for n in statement.names if n.is_proper or n.type in {"quoted", "work"}]
    named += [t.surface for t in parse.tokens if t.pos[1] == "固有名詞"]
    return any(text in body for text in named)


def _is_told_as_present(statement: Statement, body: str, ending: str) -> bool:
    """Say whether what a date is given for is told in the present, as chronicles do; a question needs the past."""
    ahead = {Modality.PLANNED, Modality.EXPECTED, Modality.AIM}
    # 1992年から行われている is plain as it is.
    if ending == "から" and body.endswith("ている"):
        return False
    return statement.claim.modality not in ahead and not body.endswith(("た", "だ"))


def _question_word(date: str) -> str:
    if date.endswith("世紀"):
        return "何世紀"
    return "何年" if date.endswith("年") else "いつ"


def _of_event(statement: Statement, name: Name) -> str:
    """Return the event when the date stands in a clause before it: Dに行われたX gives Xが行われた."""
    parse = statement.parse
    predicate = parse.chunks[name.chunk].head
    verb = parse.chunks[predicate]
    if (
        verb.form != "adnominal"
        or verb.case
        or parse.arguments(predicate) != [name.chunk]
        or predicate != name.chunk + 1
    ):
        return ""
    passive = any(t.lemma in {"れる", "られる"} for t in parse.tokens[verb.first : verb.last])
    event = parse.core(verb.head)
    # 放送されたNHKの番組 and 反北町および反青葉運動: what is named goes on.
    if not parse.chunks[verb.head].case or parse.chunks[verb.head].case.endswith("の"):
        return ""
    ending = wording.plain(parse, predicate)
    is_named = any(
        n.text == event and n.type in {"event", "rule", "organisation", "term", "proper"} for n in statement.names
    ) and not _ANY_EVENT.fullmatch(event)
    return f"{event}が{ending}" if passive and is_named and ending and verb.head == predicate + 1 else ""


def _of_clause(statement: Statement, name: Name) -> str:
    parse = statement.parse
    predicate = parse.chunks[name.chunk].head
    chunk = parse.chunks[name.chunk]
    if predicate not in clauses.asked_predicates(parse) or not clauses.keeps_hedge(statement, predicate):
        return ""
    if chunk.children or not clauses.is_safely_parsed(parse, predicate):
        return ""
    # 町で、鉱山が見つかった: by で a topic is told what it is.
    before = [c for c in parse.chunks[: name.chunk] if c.has_noun and c.comma]
    if any(parse.text[: parse.tokens[c.last - 1].end].rstrip("、").endswith("で") for c in before):
        return ""
    # The clause must be the first, or the sentence short: else the date may be another clause's.
    clauses_before = [i for i in parse.predicates() if i < predicate]
    if any(i > name.chunk for i in clauses_before) or len(clauses_before) > 1:
        return ""
    # What the clause before says on the other hand is not asked.
    if any(parse.text[parse.start(i) : parse.end(i)].endswith("が") for i in clauses_before):
        return ""
    subjects = [
        i
        for i, c in enumerate(parse.chunks[:predicate])
        if c.case in {"は", "が", "も"} and i != name.chunk and (c.case != "が" or c.head == predicate)
    ]
    return (
        clauses.without(parse, predicate, name.chunk) if subjects and _is_complete(statement, predicate, name) else ""
    )


_OF_PEOPLE = words(
    "就任 辞任 入学 卒業 留学 結婚 離婚 当選 入社 入団 引退 渡米 渡英 渡仏 即位 生まれる 亡くなる 死去 病死"
)
_IS_SOMEBODY = re.compile(r"(?:人|者|家|氏|員|長|士|師|王|帝|妃|子|郎|親|父|母|妻|夫|兄|弟|姉|妹|世)$")


def _is_one_doer(page: Page, statement: Statement, predicate: int) -> bool:
    """Say whether the clause of a date is of the subject told before it.

    XはYに調査を依頼し、1921年に測定された, and 共同研究は終了し、1936年に就任した, are of two.
    """
    parse = statement.parse
    before = max((i for i in parse.predicates() if i < predicate), default=-1)
    subjects = [i for i, c in enumerate(parse.chunks[:predicate]) if c.case in {"は", "が", "も"} and c.has_noun]
    if not subjects or subjects[-1] > before:
        return True
    # 毎週火曜日に出ており、1873年から刊行されている: the first is not of that year.
    if parse.tokens[parse.chunks[before].last - 1].lemma == "おる" or parse.text[: parse.end(before)].endswith("おり"):
        return False
    done, done_before = _is_passive(parse, predicate), _is_passive(parse, before)
    if (done and not done_before and _has_object(parse, before)) or (
        done_before and not done and _has_object(parse, predicate)
    ):
        return False
    if parse.tokens[parse.chunks[predicate].first].lemma not in _OF_PEOPLE:
        return True
    who = subjects[-1]
    named = any(name.chunk == who and page.type_of(name) == "person" for name in statement.names)
    return named or page.is_title(parse.core(who)) or _IS_SOMEBODY.search(parse.core(who)) is not None


def _is_passive(parse: Parse, predicate: int) -> bool:
    chunk = parse.chunks[predicate]
    return any(token.lemma in {"れる", "られる"} for token in parse.tokens[chunk.first : chunk.last])


def _has_object(parse: Parse, predicate: int) -> bool:
    return any(parse.chunks[i].case == "を" for i in parse.arguments(predicate))


def _without_what_it_is(statement: Statement, body: str) -> str:
    """Return a clause without what it says in passing: Xが民間会社であり、設立された gives Xが設立された."""
    parse = statement.parse
    passing = next((i for i in parse.predicates() if parse.chunks[i].is_copula and parse.chunks[i].comma), -1)
    topic = next((i for i, chunk in enumerate(parse.chunks[:passing]) if chunk.case == "は" and chunk.has_noun), -1)
    if passing < 0 or topic < 0 or parse.start(topic) != 0:
        return body
    said = parse.text[parse.tokens[parse.chunks[topic + 1].first].start : parse.end(passing)] + "、"
    return body.replace(said, "") if body.count(said) == 1 else ""


def _is_complete(statement: Statement, predicate: int, name: Name) -> bool:
    """Say whether a clause has what its verb needs: an object or place, or a verb that needs none."""
    parse, verb = statement.parse, statement.parse.chunks[predicate]
    passive = _is_passive(parse, predicate)
    others = {parse.chunks[i].case for i in parse.arguments(predicate) if i != name.chunk}
    return passive or bool(others & {"を", "に", "と", "へ", "で"}) or parse.tokens[verb.first].surface in _ALONE
