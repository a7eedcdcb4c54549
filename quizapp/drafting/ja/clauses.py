"""Clauses turned into questions: a part is taken out and the rest asks for it (〜したのは誰ですか)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import wording
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.statements import Statement

_KINDS_OF_ORGANISATION = {
    "大学": "どの大学",
    "会社": "どの会社",
    "銀行": "どの銀行",
    "省": "どの省庁",
    "庁": "どの省庁",
    "党": "どの政党",
    "政府": "どの政府",
    "軍": "どの軍",
    "学校": "どの学校",
    "病院": "どの病院",
    "球団": "どの球団",
    "クラブ": "どのクラブ",
}
_ATTRIBUTED = re.compile(
    r"によ(?<=[^。、]によ)(?:ると|れば)|は(?<=[^、。]は)、?「[^「」]+」と(?:語|述べ|話し|発言|主張|書)"
)
_LEAD = re.compile(r"^(?:そして|また|さらに|しかし|一方)、?")
# Before the の of a question the topic is no topic.
_TOPICS = {"は": "が", "では": "で", "には": "に", "からは": "から"}


def asked_predicates(parse: Parse) -> list[int]:
    """Return the predicates a question may end in: the first of the main clauses, and the last."""
    main = parse.predicates()
    last = len(parse.chunks) - 1
    first = [i for i in main[:1] if parse.chunks[i].comma and not _leads_on(parse, i)]
    return [*dict.fromkeys([*first, *([last] if parse.chunks[last].form == "final" else [])])]


def _leads_on(parse: Parse, predicate: int) -> bool:
    """Say whether a clause is only the way to the next one: 協力して、…を表明した."""
    chunk = parse.chunks[predicate]
    words = [t for t in parse.tokens[chunk.first : chunk.last] if t.pos[0] not in {"補助記号", "空白"}]
    return words[-1].surface in {"て", "で"} and words[-1].pos[1] == "接続助詞"


def without(parse: Parse, predicate: int, part: int) -> str:
    """Return the clauses up to ``predicate``, plain, without chunk ``part``; "" where they cannot be told
    apart.

    The topic becomes the subject, as it must before の and before a noun.
    """
    ending = wording.plain(parse, predicate)
    if not ending or part >= predicate:
        return ""
    pieces: list[str] = []
    position = 0
    # 攻撃を拒否、…: as headlines end a clause, not questions.
    bare = {i for i in range(predicate) if i != part and _is_bare_deed(parse, i)}
    cut_from, cut_to = parse.start(part), _after(parse, part)
    for index, chunk in enumerate(parse.chunks[:predicate]):
        if index in bare:
            end = parse.tokens[chunk.noun_end - 1].end
            pieces.append(parse.text[position:end] + "し、")
            position = _after(parse, index)
        elif chunk.case in _TOPICS and not chunk.form and index != part and chunk.has_noun:
            end = parse.tokens[chunk.noun_end - 1].end
            pieces.append(
                parse.text[position:end] + _TOPICS[chunk.case] + ("、" if len(chunk.case) > 1 and chunk.comma else "")
            )
            position = _after(parse, index)
    pieces.append(parse.text[position : parse.tokens[parse.chunks[predicate].first].start])
    body = "".join(pieces)
    removed = parse.text[cut_from:cut_to]
    if body.count(removed) != 1 or _has_two_subjects(parse, predicate, part, body.replace(removed, "")):
        return ""
    left = _LEAD.sub("", (body.replace(removed, "") + ending).lstrip("、"))
    # 1940年、日本は9月の…: without the 日本は its month follows the year.
    return re.sub(r"([0-9]年)、(?=[0-9]{1,2}月)", r"\1", left)


def _is_bare_deed(parse: Parse, index: int) -> bool:
    """Say whether a chunk is a noun in the place of a verb: 攻撃を拒否、."""
    chunk = parse.chunks[index]
    return (
        index > 0
        and chunk.comma
        and chunk.has_noun
        and not (chunk.form or chunk.case)
        and parse.tokens[chunk.noun_end - 1].pos[2] == "サ変可能"
        and parse.chunks[index - 1].case in {"を", "へ"}
    )


def _has_two_subjects(parse: Parse, predicate: int, part: int, body: str) -> bool:
    """Say whether a body would have two が that a reader may take for one another's."""
    if re.search(r"[^、]が[^、]{1,30}が(?![、，])|がが", body) is None:
        return False
    own = [
        i
        for i, chunk in enumerate(parse.chunks[:predicate])
        if chunk.case in {"は", "が"} and chunk.has_noun and i != part and parse.chunks[chunk.head].form != "adnominal"
    ]
    # 店が集まる商店街が出来た: the first is the subject of the clause before the second.
    return len(own) != 1 or "がが" in body or parse.chunks[own[0]].case != "が"


def _after(parse: Parse, index: int) -> int:
    """Return where the chunk after ``index`` begins."""
    following = index + 1
    return parse.tokens[parse.chunks[following].first].start if following < len(parse.chunks) else len(parse.text)


# A sentence longer than this is asked for by its first clauses alone, where they can be told apart.
_LONG, _FEWEST, _MOST = 68, 24, 85


def upto(statement: Statement, name: Name, *, is_chronicle: bool = False) -> str:
    """Return a long statement up to the end of the clause that holds ``name``, in the plain form; else all of it.

    ``is_chronicle`` says that what the statement tells in the present was done long ago.
    """
    parse = statement.parse
    last = len(parse.chunks) - 1
    # What is the first, or a part, of something is said of the topic by the last clause alone.
    if len(parse.text) <= _LONG or statement.claim.modality not in _PLAIN or parse.chunks[last].is_copula:
        return parse.text
    for predicate in parse.predicates()[:-1]:
        chunk = parse.chunks[predicate]
        if predicate <= name.chunk or not chunk.comma or not _may_end(parse, predicate):
            continue
        start = parse.text[: parse.tokens[chunk.first].start]
        past = is_chronicle or _is_told_as_past(parse, predicate, start)
        # シェパードは…に招かれ、…の準備をしている: in which tense he was invited is not to be seen.
        if not past and parse.text.endswith("ている") and _acts_somebody(statement, predicate):
            return parse.text
        body = start + wording.plain(parse, predicate, past=past)
        has_subject = any(c.case == "は" and c.has_noun for c in parse.chunks[:predicate]) or any(
            c.case == "が" and c.has_noun and c.head == predicate for c in parse.chunks[:predicate]
        )
        fits = has_subject and _FEWEST <= len(body) <= _MOST and parse.text[: name.end] == body[: name.end]
        return body if fits else parse.text
    return parse.text


# 1968年に町の公園になり、…: a clause with a year tells of the past; since 1968 it may be so today.
_DATED = re.compile(
    r"(?<![0-9])(?:[0-9]{3,4}年(?!間|代|現在|ぶり)|(?:1[0-9]|[0-9])世紀)(?!以|から|[^、]{0,8}以[降来上下])"
)
_WAS = re.compile(r"たが(?=[、一-鿿])")
_LONG_AGO = re.compile(r"(?<![0-9])(?:1[0-8][0-9]{2}年(?!間)|1?[0-9]世紀)")
# There are such tales today.
_KNOWN = words("確認 知る 推定 考える 指摘 推測 評価 伝える 判明 見る 言う")
_TOLD = re.compile(r"(?:記録|説|伝承|伝説|逸話|資料|史料|文献|記述|記載|例)[がも]$")


def _is_told_as_past(parse: Parse, predicate: int, start: str) -> bool:
    """Say whether a clause by itself tells of the past: by its own day, or by what the clause before it tells."""
    said = parse.tokens[parse.chunks[predicate].first : parse.chunks[predicate].last]
    # It is known of a year long past; in that year people knew it.
    is_known_today = said[0].lemma in _KNOWN and any(token.lemma in {"れる", "られる"} for token in said)
    if _TOLD.search(start) or is_known_today:
        return False
    before = max((i for i in parse.predicates() if i < predicate), default=-1)
    own = start[parse.end(before) :] if before >= 0 else start
    return _WAS.search(start) is not None or _DATED.search(start) is not None or _LONG_AGO.search(own) is not None


def _acts_somebody(statement: Statement, predicate: int) -> bool:
    chunks = statement.parse.chunks
    return any(
        name.type == "person" and name.chunk < predicate and chunks[name.chunk].case in {"は", "が"}
        for name in statement.names
    )


_GROUNDS = words(
    "見据える 受ける 踏まえる 基づく 経る 控える 通じる 通ずる 伴う ともなう 際する 反する 限る 含める",
)


def _may_end(parse: Parse, predicate: int) -> bool:
    """Say whether a clause says something by itself: …し、 and …したが、 do, …すると、 and …して、 do not."""
    chunk = parse.chunks[predicate]
    words = [t for t in parse.tokens[chunk.first : chunk.last] if t.pos[0] not in {"補助記号", "空白"}]
    # …を信仰しており、…として非難された: it was only said of him, or leads to what he said.
    if _is_only_said(parse, predicate):
        return False
    # 見直しを見据え、…に合意した: the first says only on what ground.
    if words[0].lemma in _GROUNDS or (words[0].is_noun and len(words) > 1 and words[1].lemma in _GROUNDS):
        return False
    return (
        (words[-1].pos[0] != "助詞" or words[-1].surface == "が")
        and words[-1].surface != "ず"
        and bool(wording.plain(parse, predicate))
    )


_SAID_SO = re.compile(r"[」』]と(?!い|し|も|の|は)|[うくすつぬむるぐぶただい]として(?=[^、]{2,}(?:れ|た))")


# …という説を唱えた, …のうちの一神とする: all before it may be what was said, or only supposed.
_SAID_AT_LAST = re.compile(
    r"という[一-鿿ァ-ヴー]{1,12}[をが][^、]*$|[一-鿿ァ-ヴーうくすつぬむるぐぶただ]と(?:する|して(?:いる|いた)|した|ある|述べ|主張|説明|指摘|考え)[^、]*$"
)


def _is_only_said(parse: Parse, predicate: int) -> bool:
    """Say whether the clauses behind a predicate give it to somebody's words, or go on with what was said."""
    if _SAID_AT_LAST.search(parse.text, parse.end(predicate)):
        return True
    said = _SAID_SO.search(parse.text, parse.end(predicate))
    if said is None:
        return False
    behind = (c for c in parse.chunks[predicate + 1 :] if parse.tokens[c.first].start < said.start())
    return not any(chunk.case in {"は", "が", "では"} and chunk.has_noun for chunk in behind)


def is_attributed(text: str) -> bool:
    """Say whether a sentence gives what it tells to somebody's words (Xによると)."""
    return _ATTRIBUTED.search(text) is not None


def asks(statement: Statement, stem: str) -> str:
    """Return ``stem`` as asked of the article, where the article is not sure or its date counts."""
    if statement.anchor:
        return f"{statement.anchor}によると、{stem}"
    if is_attributed(stem):
        return stem
    return stem if statement.claim.modality in _PLAIN or _was_meant(statement) else wording.ACCORDING + stem


def _was_meant(statement: Statement) -> bool:
    """Say whether a statement tells what was planned long ago (1941年までに占領することが計画されていた)."""
    is_of_old = any(int(year) < _OLD for year in _ANY_YEAR.findall(statement.text))
    return statement.claim.modality in _MEANT and is_of_old and wording.is_past(statement.parse)


_MEANT = {Modality.PLANNED, Modality.AIM, Modality.EXPECTED}
_ANY_YEAR, _OLD = re.compile(r"(?<![0-9])([0-9]{3,4})年(?!間|代)"), 2000


_ACCUSED = re.compile(
    r"逮捕|起訴|容疑|有罪|告訴|提訴|犯罪|殺(?!菌|虫|風景|陣|到)|虐待|差別|ハラスメント|(?:セク|パワ|モラ|マタ|アカ|カス)ハラ|暴行|わいせつ|不倫"
    r"|汚職|賄賂|横領|詐欺|(?<!理性)批判(?!哲学)|抗議|(?:懲戒|免職|停職|停止|行政)処分|処分を(?:受|下)|辞任|スキャンダル"
)


def accuses(text: str) -> bool:
    """Say whether a sentence tells of crimes or scandals: no other's name may be offered in it."""
    return _ACCUSED.search(text) is not None


def keeps_hedge(statement: Statement, predicate: int) -> bool:
    """Say whether a question that ends in ``predicate`` is as unsure as the sentence, whose hedge stands at its end."""
    return statement.claim.modality in _SAID or predicate == len(statement.parse.chunks) - 1


_PLAIN = {Modality.ASSERTED, Modality.ASSESSMENT}
_SAID = {*_PLAIN, Modality.REPORTED}


def question_word(name: Name, kind: str) -> str:
    """Return the word that asks for a name of a type, "" for types that no word asks for."""
    match kind:
        case "person":
            return "誰"
        case "country":
            return "どの国"
        case "organisation":
            return next(
                (word for ending, word in _KINDS_OF_ORGANISATION.items() if name.text.endswith(ending)), "どの組織"
            )
        case "place":
            return "どこ"
        case _:
            return ""


def is_whole(parse: Parse, name: Name) -> bool:
    """Say whether a name is all of its chunk's noun, so that it can be taken out."""
    chunk = parse.chunks[name.chunk]
    return chunk.has_noun and parse.noun(name.chunk) == name.text and not chunk.form


def is_safely_parsed(parse: Parse, predicate: int) -> bool:
    """Say whether the clauses up to ``predicate`` are short and few enough to be cut without a slip."""
    text = parse.text[: parse.end(predicate)]
    return len(text) <= 110 and text.count("、") <= 5 and "・・" not in text
