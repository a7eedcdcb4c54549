"""True or false: the statement itself, or with one value changed, a denial dropped, or a hedge made a certainty."""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import TYPE_CHECKING

from quizapp.core.article import Claim, Modality
from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.ja.amounts import NOT_ASKED, is_bound, is_more_than
from quizapp.drafting.ja.blanks import OF_GAMES, OF_JAPAN, is_listed, is_one_of_many, may_ask_amount
from quizapp.drafting.ja.dates import is_told
from quizapp.drafting.ja.names import QUANTITY
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_LONGEST = 95
# Whether it was 1926 or 1927 is a poorer thing to judge than who it was.
_NAME, _NUMBER = 0.58, 0.45
_SWAPPED = ("date", "person", "country", "place", "organisation", "event", "rule", "quantity")
# Common nouns are among these; one in the place of another makes nonsense.
_COMMON_TOO = frozenset({"organisation", "place", "event", "rule"})
_DENIABLE = "されて"
_DENIALS = (
    (re.compile(r"されていません(?=$|が、)"), "されています", "されていない"),
    (re.compile(r"されておらず、"), "されており、", "されていない"),
    (re.compile(r"されていない(?=$|が、)"), "されている", "されていない"),
)
# 来年までにすでに建設しました contradicts itself.
_AHEAD = re.compile(r"まで|今後|将来|来年|来月|翌")
_FIRMER = (
    (
        Modality.PLANNED,
        re.compile(r"(?P<verb>[一-鿿]{2})する予定(?:です|だ|である)?$"),
        r"すでに\g<verb>しました",
    ),
    (
        Modality.INFERRED,
        re.compile(r"と(?:推測|推定|考え)(?:られ|され)(?:てい)?(?:る|ます)$"),
        "と発表されています",
    ),
    (
        Modality.AIM,
        re.compile(r"(?P<verb>[一-鿿]{2})することを目指し(?:てい)?(?:る|ます)$"),
        r"すでに\g<verb>しました",
    ),
)


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield one judgement of the statement: false where it can be made plainly false, else (or by lot) true."""
    # A headline's end (…を発表, …へ移籍) states nothing plainly.
    if not statement.parse.chunks[-1].form:
        return
    is_short = len(statement.text) <= _LONGEST
    lot = blake2s(statement.evidence.quote.encode("utf-8", "surrogatepass"), digest_size=1).digest()[0] % 2
    if not lot and not is_short:
        return
    false = next(_firmer(statement), None) or next(_undenied(statement), None) if is_short else None
    false = false or next(_swapped(page, statement), None)
    false = false or (next(_weaker(page, statement), None) if is_short else None)
    if false is not None and lot:
        yield false
    elif false is not None:
        stem = _told(statement, statement.text)
        if wording.may_stand(stem, ""):
            yield Proposal(kind="true_false", stem=stem, key="true", rule="true_false", weight=0.55, focus=false.focus)


def _told(statement: Statement, text: str) -> str:
    return clauses.asks(statement, text + "。")


def _false(statement: Statement, text: str, focus: str, weight: float, says: str = "") -> Iterator[Proposal]:
    stem = _told(statement, text)
    if wording.may_stand(stem, ""):
        really = f"正しくは{says}です。" if says else ""
        said = wording.explanation(statement.text, Claim() if focus == "denial" else statement.claim)
        yield Proposal(
            kind="true_false",
            stem=stem,
            key="false",
            rule="true_false",
            weight=weight,
            focus=focus,
            says=really + said,
        )


def _swapped(page: Page, statement: Statement) -> Iterator[Proposal]:
    ranked = sorted(
        statement.names, key=lambda name: (_rank(page.type_of(name)), page.pool.count(name.text), name.start)
    )
    for name in ranked:
        kind = page.type_of(name)
        if not _may_swap(page, statement, name):
            continue
        is_seen = (
            is_listed(statement.text, name)
            or is_one_of_many(statement, name)
            or (kind == "quantity" and not may_ask_amount(statement, name))
            or (kind == "date" and is_told(statement.text, name))
        )
        wrong = () if is_seen else page.distractors(name, statement)
        if wrong:
            told = clauses.upto(statement, name, is_chronicle=page.is_chronicle(statement))
            if len(told) > _LONGEST:
                continue
            text = told[: name.start] + wrong[0] + told[name.end :]
            weight = _NUMBER if kind in _NUMBERS else _NAME
            yield from _false(statement, text, name.text, weight, f"「{wording.nested(name.text)}」")


def _may_swap(page: Page, statement: Statement, name: Name) -> bool:
    kind, case = page.type_of(name), statement.parse.chunks[name.chunk].case
    if kind not in _SWAPPED or statement.text.count(name.text) != 1 or len(statement.names) < 2:
        return False
    # A year that its line gave a sentence is none of its words; brackets behind a name tell of it.
    is_told = statement.text.startswith(("（", "(", "』（", "」（"), name.end)
    if is_told or page.is_title(name.text) or name.text not in statement.evidence.quote:
        return False
    # What was so about 1949 or in the sixties was so in other years as well.
    # By 1854 it had happened as well if it had by 1850.
    if kind == "date" and (_WIDE.search(name.text) or case in {"の", "まで", "までに", "までには"}):
        return False
    if kind in _NUMBERS or name.chunk == 0 or _is_told_by_the_rest(statement, name):
        # ドイツにおいて: of that the article says nothing.
        return kind == "date" or (kind == "quantity" and _is_worth_knowing(statement, name))
    # Nobody is said to have done what another is accused of.
    if kind == "person":
        return not clauses.accuses(statement.text)
    # What is told of one thing is seldom thought to be told of another.
    # What is denied of one country may be denied of another.
    is_foreign = kind == "country" and (case in {"の", "における"} or statement.text.endswith(_DENIES))
    return (name.is_proper or kind not in _COMMON_TOO) and case != "は" and not is_foreign


_WIDE = re.compile(r"頃|ごろ|年代|年度|^[^年]*世紀$")
_DENIES = ("ない", "なかった", "ません", "ませんでした")
_NUMBERS = frozenset({"date", "quantity"})
_FEW = 10


def _is_worth_knowing(statement: Statement, name: Name) -> bool:
    """Say whether an amount is exact and more than a few (2つの都市), and none of a game."""
    amount = QUANTITY.fullmatch(name.text)
    if amount is None or amount["unit"] in NOT_ASKED or not is_more_than(_FEW, amount["number"]):
        return False
    return not is_bound(statement.text, name) and not OF_GAMES.search(name.text)


def _is_told_by_the_rest(statement: Statement, name: Name) -> bool:
    """Say whether the sentence shows which name belongs into it: by 平成 and 県, or what describes it."""
    return (name.text == "日本" and OF_JAPAN.search(statement.text) is not None) or _is_described(statement, name)


def _is_described(statement: Statement, name: Name) -> bool:
    parse = statement.parse
    return any(
        parse.chunks[child].form == "adnominal" or parse.chunks[child].case == "の"
        for child in parse.chunks[name.chunk].children
        if child < name.chunk
    )


def _rank(kind: str) -> int:
    return _SWAPPED.index(kind) if kind in _SWAPPED else len(_SWAPPED)


# どこにも記されている and まだ改善されている say nothing.
_DENIED_OF_ALL = re.compile(
    r"(?:どこ|誰|だれ|何|いずれ|一[つ人度切])[にからへをの]*も|まだ|いまだ|未だ|ほとんど|あまり|全く|まったく|決して|必ずしも|しか"
)
_BECAUSE = re.compile(r"(?:ため|ので|から|により|によって)[、に]|も、|ば、")


_OF_NOTHING = re.compile(r"(?:もの|こと|者|人|例)[はも][一-鿿]{0,3}$")


def _undenied(statement: Statement) -> Iterator[Proposal]:
    if _DENIABLE not in statement.text:
        return
    # What is denied for a reason is no longer so without the denial: the reason gives it away.
    if _BECAUSE.search(statement.text) or _DENIED_OF_ALL.search(statement.text):
        return
    for denial, positive, _ in _DENIALS:
        if len(denial.findall(statement.text)) == 1:
            clause = denial.search(statement.text)
            # 残されたものはない: with things that there are not, it says the same without the denial.
            if clause and _OF_NOTHING.search(statement.text, 0, clause.start()):
                continue
            ends = clause.end() if clause else 0
            text = statement.text[: clause.start()] + positive if clause else ""
            text = re.sub(r"、$", "", text)
            text = text[:-2] + "います" if text.endswith("おり") else text
            if ends and len(text) >= 12:
                yield from _false(statement, text, "denial", 0.55)


_DONE = re.compile(r"(?P<verb>[一-鿿]{2})(?P<voice>し|され)(?:た|ました)$")
_YEAR = re.compile(r"(?<![0-9])[0-9]{3,4}(?=年)")


def _weaker(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield news of what was done as only planned; of what was done long ago nobody would believe it."""
    done, published = _DONE.search(statement.text), page.article.published
    if done is None or published is None or statement.claim.modality is not Modality.ASSERTED:
        return
    if any(int(year) < published.year - 1 for year in _YEAR.findall(statement.text)):
        return
    if done["verb"] in _NOT_PLANNED or "relative_date" in statement.flags:
        return
    planned = done["verb"] + ("する" if done["voice"] == "し" else "される") + "予定です"
    text = statement.text[: done.start()] + planned
    really = f"すでに{done['verb']}{done['voice']}たこと"
    yield from _false(statement, text, "certainty", 0.6, really)


# Nobody plans these.
_NOT_PLANNED = words("発生 死亡 負傷 倒壊 崩壊 被害 減少 増加 上昇 下落 説明 指摘 強調 判明 発見 確認 発表 回答 批判")


def _firmer(statement: Statement) -> Iterator[Proposal]:
    for modality, hedge, firm in _FIRMER:
        if statement.claim.modality is modality and hedge.search(statement.text):
            if any(name.type == "date" for name in statement.names) or _AHEAD.search(statement.text):
                return
            text = hedge.sub(firm, statement.text)
            yield from _false(statement, text, "certainty", 0.66)
