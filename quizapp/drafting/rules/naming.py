"""What is it called: a category with a name in quotes, a clause with a term in quotes, XをYと呼ぶ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.ja.analysis import tokens
from quizapp.drafting.ja.blanks import is_listed
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.8
_DONE = "サ変可能"
_TITLES = re.compile(
    r"(?:映画|小説|漫画|曲|番組|アニメ|ドラマ|楽曲|シングル|アルバム|雑誌|絵画|書籍|論文|著書|作品|戯曲|詩集|童話|随筆|句集)$"
)
_CATEGORY = re.compile(r"[一-鿿ァ-ヴーぁ-ん]{2,15}")
_BAD_CATEGORY = re.compile(
    r"(?:社長|大臣|首相|氏|選手|監督|訳|著|編|作|監修|[一-鿿]版|通称|愛称|略称|別名|通り|同様|以下|上記|名称|名前|言葉|語|意味|意|字|まま|ため|作曲|ひとつ|一つ|一種|一部)$"
)
# AではなくBしたX: the first half belongs to the rest of the sentence.
# 最初に制作した: of whom nobody knows. 遺作の一つ: there are others.
_SHORTEST, _ONE_OF = 8, re.compile(r"の(?:一|ひと|1)[つ人]$")
# …から、…した and 青葉座が豪華な: words of the main clause among those that describe it.
_TORN = re.compile(r"(?<!である)、|[がはを][^、]*(?:な|のまま)$")
_OF_TWO = re.compile(r"^ある[とき日時年]|といった|・$|(?:ではなく|だけでなく|のみならず)、?|(?:し|り|き|ち|い|み|び)、")
# A day with a comma is when the main clause was.
_WHEN = re.compile(r"(?:[0-9](?:年|月|日)(?:[（(][^（()）]*[)）])?|世紀)(?:に|には)?、$")
_LONGEST_TYPED = 15
_LEAD = re.compile(r"^(?:そして|また|さらに|しかし|および|及び|あるいは|または)、?")
# By whom it is called so: 俗に.
_HOW = frozenset({"俗に", "一般に", "通常", "特に", "総称して", "略して"})
_CALLING = frozenset({"呼ぶ", "いう", "言う", "称する", "名付ける", "名づける"})


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield questions for names: 国際機関「X」, 〜する「X」, YをXと呼ぶ."""
    for name in statement.names:
        if name.type in {"quoted", "work"} and not clauses.is_attributed(statement.text):
            yield from _of_category(page, statement, name)
            yield from _of_clause(statement, name)
    yield from _called(statement)


def _of_category(page: Page, statement: Statement, name: Name) -> Iterator[Proposal]:
    parse, category = statement.parse, name.category
    if not _CATEGORY.fullmatch(category) or _BAD_CATEGORY.search(category) or is_listed(parse.text, name):
        return
    description = _modifiers(statement, name) or _as_modifier(statement, name)
    if len(description) < _SHORTEST or _OF_TWO.search(description) or _ONE_OF.search(description + category):
        return
    if _TORN.search(description):
        return
    asked = "題名" if _TITLES.search(category) else "名前"
    stem = f"{description}{category}の{asked}は何ですか。"
    if wording.may_stand(stem, name.text) and parse.text.count(name.text) == 1:
        distractors = page.distractors(name, statement, stem) if len(name.text) > 1 else ()
        if len(name.text) > _LONGEST_TYPED and not distractors:
            return
        yield Proposal(
            kind="single_choice" if distractors else "short_answer",
            stem=stem,
            key=name.text,
            rule="naming",
            weight=_WEIGHT,
            focus=name.text,
            accepted=() if distractors else page.accepted(name, statement),
            distractors=distractors,
        )


def _modifiers(statement: Statement, name: Name) -> str:
    """Return the clause before a category (〜を管理する), "" when there is none."""
    parse = statement.parse
    chunk = parse.chunks[name.chunk]
    # 計画は図書館「北町文庫」であったが: what came of it is told behind.
    if not _has_clause(parse, name.chunk) or (chunk.is_copula and chunk.form == "continued"):
        return ""
    start, own = parse.start(name.chunk), parse.tokens[chunk.first].start
    before = [c for c in parse.chunks[: name.chunk] if parse.tokens[c.first].start >= start]
    # 1963年、…を内包する地区「北町」の構想がまとまった: the year is the構想's.
    if any(
        c.comma and not c.form and _WHEN.search(parse.text[parse.tokens[c.first].start : parse.tokens[c.last - 1].end])
        for c in before
    ):
        return ""
    # 資料は、1901年に出た地誌『北町誌』である: what is the book is no part of what describes it.
    topic = next((c for c in reversed(before) if c.case in {"は", "とは", "には", "では"}), None)
    if topic is None:
        return parse.text[start:own]
    if not (chunk.is_copula and name.chunk == len(parse.chunks) - 1 and topic.case == "は" and topic.has_noun):
        return ""
    behind = parse.text[parse.tokens[topic.last - 1].end : own]
    return parse.text[start : parse.tokens[topic.noun_end - 1].end] + "である、" + behind


def _has_clause(parse: Parse, index: int) -> bool:
    children = [child for child in parse.chunks[index].children if child < index]
    return any(
        (parse.chunks[child].form == "adnominal" and not parse.chunks[child].case)
        or (parse.chunks[child].case == "の" and _has_clause(parse, child))
        for child in children
    )


def _as_modifier(statement: Statement, name: Name) -> str:
    """Return the sentence turned into a clause before the category: 探査機「X」は帰還した gives 帰還した."""
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    last = len(parse.chunks) - 1
    if chunk.case not in {"は", "が"} or chunk.head != last or wording.is_hedged(statement.claim):
        return ""
    if any(predicate < last for predicate in parse.predicates()):
        return ""
    body = clauses.without(parse, last, name.chunk)
    before = parse.text[parse.start(name.chunk) : parse.tokens[chunk.first].start]
    return body + before if body and "が" not in body[:12] else ""


def _of_clause(statement: Statement, name: Name) -> Iterator[Proposal]:
    parse, chunk = statement.parse, statement.parse.chunks[name.chunk]
    if name.category or parse.core(name.chunk) not in {f"「{name.text}」", f"『{name.text}』"} or len(name.text) > 15:
        return
    verb = next(
        (c for c in reversed(chunk.children) if parse.chunks[c].form == "adnominal" and c == name.chunk - 1),
        None,
    )
    if verb is None or parse.chunks[verb].case:
        return
    clause = _LEAD.sub("", parse.text[parse.start(verb) : parse.end(verb)])
    if any(c.case == "は" for c in parse.chunks[:verb] if parse.start(verb) <= parse.tokens[c.first].start):
        return
    # A term is explained by a clause in the present: 〜を防衛する「X」.
    if (
        len(clause) < 12
        or "「" in clause
        or clause.endswith(("た", "ない", "れる", "いう", "なる", "ある", "いる", "行う", "おこなう", "持つ"))
        or not wording.plain(parse, verb)
    ):
        return
    # Of a name that is nothing done, a clause cut off before it seldom tells what that is.
    if tokens(name.text)[-1].pos[2] != _DONE:
        return
    stem = f"{clause}ことを、記事では何と呼んでいますか。"
    if wording.may_stand(stem, name.text):
        yield Proposal(kind="short_answer", stem=stem, key=name.text, rule="naming", weight=_WEIGHT, focus=name.text)
        yield Proposal(
            kind="term",
            stem=stem,
            key=name.text,
            rule="naming",
            weight=_WEIGHT - 0.1,
            focus=name.text,
            meaning=f"{clause}こと",
        )


def _is_either(parse: Parse, index: int) -> bool:
    """Say whether a name is one of two that would both be right: AあるいはBと呼ぶ."""
    before = parse.text[: parse.tokens[parse.chunks[index].first].start].rstrip("、")
    return before.endswith(("あるいは", "または", "もしくは", "や", "とも", "」と"))


def _plain_name(core: str) -> str:
    quoted = re.match(r"[「『]([^「」『』]+)[」』](?:[（(][^（()）]*[)）])?$", core)
    return quoted[1] if quoted else "" if re.search(r"[「」『』（()）]", core) else core


def _called(statement: Statement) -> Iterator[Proposal]:
    parse = statement.parse
    for index, chunk in enumerate(parse.chunks):
        verb = parse.tokens[chunk.first]
        if verb.lemma not in _CALLING or not chunk.form or chunk.has_noun:
            continue
        # By one author's words it is called so: without them others may be right.
        if clauses.is_attributed(statement.text):
            return
        names = [i for i in parse.arguments(index) if parse.chunks[i].case == "と" and i == index - 1]
        if not names or parse.chunks[names[0]].children or _is_either(parse, names[0]):
            continue
        key = _plain_name(parse.core(names[0]))
        passive = any(t.lemma in {"れる", "られる"} for t in parse.tokens[chunk.first : chunk.last])
        wanted = {"は", "が", "も"} if passive else {"を"}
        objects = [i for i in parse.arguments(index) if parse.chunks[i].case in wanted]
        objects = objects or ([i for i, c in enumerate(parse.chunks[:index]) if c.case == "は"] if passive else [])
        if (
            not objects
            or chunk.form == "adnominal"
            or not 2 <= len(key) <= 25
            or (verb.lemma == "言う" and not passive)
        ):
            continue
        what = parse.noun(objects[-1])
        # construction is a word of another tongue, no description; …と呼ばれる、…: what stands behind is called so.
        goes_on = chunk.comma and not parse.text[: parse.end(index)].endswith(("れ", "い", "び", "て"))
        if goes_on or what.isascii() or what.endswith("など") or wording.gives_away(what, key):
            continue
        how = parse.text[parse.end(objects[-1]) : parse.start(names[0])].strip("、")
        how = how if how in _HOW else ""
        is_past = chunk.form == "final" and wording.is_past(parse)
        stem = (
            f"{what}は{how}何と呼ばれてい{'ました' if is_past else 'ます'}か。"
            if passive
            else f"{what}を{how}何といいますか。"
        )
        if (
            any(c.case == "は" for c in parse.chunks[objects[-1] + 1 : index])
            or re.search(r"[、「]", what)
            or len(objects) > 1
        ):
            continue
        if len(what) >= 8 and wording.may_stand(stem, key) and not re.search(r"[。、]$|(?:一つ|一種|もの|こと)$", key):
            yield Proposal(kind="short_answer", stem=stem, key=key, rule="naming", weight=_WEIGHT, focus=key)
