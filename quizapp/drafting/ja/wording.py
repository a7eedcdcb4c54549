"""Wording: predicates in the form a question needs, statements without their hedge, explanations.

Every function gives "" or None where the form is not plain enough to be sure of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizapp.core.article import Modality
from quizapp.drafting.ja import conjugation, dates, references

if TYPE_CHECKING:
    from quizapp.core.article import Claim
    from quizapp.drafting.ja.analysis import Token
    from quizapp.drafting.ja.chunks import Parse

LONGEST_STEM = 130
ACCORDING = "記事によると、"
_CERTAINTY = {
    Modality.ASSERTED: "",
    Modality.PLANNED: "これは予定・計画として述べられています。",
    Modality.AIM: "これは目標・ねらいとして述べられています。",
    Modality.REPORTED: "これは伝え聞いたこととして述べられています。",
    Modality.INFERRED: "これは推測として述べられています。",
    Modality.EXPECTED: "これは期待・見通しとして述べられています。",
    Modality.ASSESSMENT: "これは評価として述べられています。",
}
_DATED = re.compile(r"日公開の記事[はに]")
_LOST_START = re.compile(r"(?:記事によると、)?(?:[はがをにでとも][、一-鿿ァ-ヴ0-9]|的な|では[、一-鿿ァ-ヴ0-9])")
_SILENT = frozenset({"補助記号", "空白"})


def explanation(statement: str, claim: Claim) -> str:
    """Return what the article says, and how sure it is of it."""
    certainty = f"これは{claim.says}が述べたこととして伝えられています。" if claim.says else _CERTAINTY[claim.modality]
    said = (
        f"{ACCORDING}{statement}。" if statement.endswith(_POLITE) else f"記事には「{nested(statement)}」とあります。"
    )
    return said + certainty


def nested(text: str) -> str:
    """Return ``text`` as it stands inside 「」: quotation marks within become 『』."""
    return text.replace("「", "『").replace("」", "』")


def is_hedged(claim: Claim) -> bool:
    """Say whether the article does less than state it."""
    return claim.modality is not Modality.ASSERTED


def may_stand(stem: str, key: str) -> bool:
    """Say whether a stem stands alone, is no longer than a reader can hold, and does not give the key away."""
    return (
        len(stem) <= LONGEST_STEM
        and not _LOST_START.match(stem)
        and not references.stands_not_alone(stem)
        and (not dates.is_relative(stem) or _DATED.search(stem) is not None)
        and (not key or key not in stem)
        and stem.count("「") == stem.count("」")
        and stem.count("（") + stem.count("(") == stem.count("）") + stem.count(")")
    )


def gives_away(stem: str, key: str) -> bool:
    """Say whether a stem says most of the key, or both its halves: 直列に接続する方式 of 直列方式."""
    length, half = max(3, -(-len(key) * 3 // 5)), len(key) // 2
    is_said = any(key[start : start + length] in stem for start in range(len(key) - length + 1))
    return is_said or (half > 1 and key[:half] in stem and key[half:] in stem)


def _words(parse: Parse, index: int) -> list[Token]:
    """Return the words of a predicate without the particles that carry the sentence on."""
    chunk = parse.chunks[index]
    words = list(parse.tokens[chunk.first : chunk.last])
    while words and words[-1].pos[0] in _SILENT:
        words.pop()
    while words and words[-1].pos[0] == "助詞" and words[-1].surface not in {"て", "で"}:
        words.pop()
    return words


def is_past(parse: Parse) -> bool:
    """Say whether the sentence ends in the past."""
    return any(t.pos[4] == "助動詞-タ" for t in _words(parse, len(parse.chunks) - 1))


def plain(parse: Parse, index: int, *, past: bool = False) -> str:
    """Return predicate ``index`` as it stands before a noun: 行い gives 行った in a sentence in the past.

    ``past`` says that the clause tells of the past, however the sentence ends.
    """
    words = _words(parse, index)
    if not words or parse.chunks[index].is_copula or words[-1].lemma in {"です", "だ", "である"}:
        return ""
    polite = next((i for i, t in enumerate(words) if t.lemma == "ます"), -1)
    if polite > 0:
        return _plain_from_polite(words, polite)
    if words[-1].surface in {"て", "で"} and words[-1].pos[1] == "接続助詞":
        words = words[:-1]
    if past and words and words[-1].lemma in _BEING:
        return _joined(words[:-1]) + "いた"
    return _plain_ending(words, past=past or is_past(parse)) if words else ""


_BEING = frozenset({"おる", "いる", "居る"})


def _plain_ending(words: list[Token], *, past: bool) -> str:
    last, before = words[-1], words[-2] if len(words) > 1 else None
    if last.surface in {"ず", "ぬ"} and before is not None and before.is_verbal:
        return _joined(words[:-2]) + conjugation.negative(before.lemma, before.pos[4])
    if last.pos[5].startswith("連用形"):
        inflected = _inflected(last, past=past)
        return _joined(words[:-1]) + inflected if inflected else ""
    return _joined(words) if last.pos[5].startswith(("終止形", "連体形")) else ""


def _plain_from_polite(words: list[Token], polite: int) -> str:
    verb, after = words[polite - 1], [t.surface for t in words[polite + 1 :]]
    stem = _joined(words[: polite - 1])
    if not verb.is_verbal:
        return ""
    match after:
        case []:
            return stem + verb.lemma
        case ["た"]:
            return stem + conjugation.past(verb.lemma, verb.pos[4])
        case ["ん"]:
            return stem + conjugation.negative(verb.lemma, verb.pos[4])
        case ["ん", "でし", "た"]:
            return stem + conjugation.negative(verb.lemma, verb.pos[4])[:-1] + "かった"
        case _:
            return ""


def _inflected(verb: Token, *, past: bool) -> str:
    if not verb.is_verbal:
        return ""
    if verb.lemma in _BEING or not past:
        return "いる" if verb.lemma == "おる" else verb.lemma
    return conjugation.past(verb.lemma, verb.pos[4])


def _joined(words: list[Token]) -> str:
    return "".join(t.surface for t in words)


class Reason(NamedTuple):
    """A reason or purpose that a sentence gives behind its topic, up to ``end``: 川の水を守るため."""

    topic: str
    text: str
    end: int
    is_cause: bool


_REASON = re.compile(
    r"^(?P<topic>[^、。はが]{2,24}は)、?(?P<why>[^。は「」（）]{5,40}?ため)(?:に)?、?(?P<rest>(?=[^の、].{4}).*)$"
)


def reason(text: str) -> Reason | None:
    """Return the reason (…たため) or purpose (…るため) that a sentence begins with behind its topic."""
    match = _REASON.match(text)
    if match is None or not re.search(r"[うくすつぬむるぐぶただい]ため$", match["why"]) or "、" in match["why"]:
        return None
    return Reason(
        match["topic"], match["why"], match.start("rest"), re.search(r"(?:[ただ]|ない)ため$", match["why"]) is not None
    )


_POLITE = ("ます", "ました", "ません", "です", "でした", "でしょう")


def as_question(parse: Parse, index: int) -> str:
    """Return predicate ``index`` as the end of a polite question: 一致した gives 一致しましたか."""
    words = _words(parse, index)
    text = _joined(words)
    if text.endswith(_POLITE):
        return text + "か"
    if text.endswith("である"):
        return text[:-3] + "ですか"
    if text.endswith(("であった", "だった")):
        return text.removesuffix("であった").removesuffix("だった") + "でしたか"
    last = words[-1]
    if last.pos[4] == "助動詞-タ" and len(words) > 1 and words[-2].is_verbal:
        verb = words[-2]
        return _joined(words[:-2]) + conjugation.polite_stem(verb.lemma, verb.pos[4]) + "ましたか"
    if last.is_verbal and last.pos[5].startswith(("終止形", "連体形")):
        return _joined(words[:-1]) + conjugation.polite_stem(last.lemma, last.pos[4]) + "ますか"
    return text[:-1] + "ですか" if last.lemma == "だ" and last.surface == "だ" else ""


_HEDGE = re.compile(
    r"(?:こと)?(?:と(?:推測|推定|推察|考え|見|思|言|い)(?:られ|わ|され)(?:てい)?(?:る|ます|ました|た)|とされ(?:てい)?(?:る|ます|ました|た)|とみられ(?:てい)?(?:る|ます)"
    r"|という|といいます|とのこと(?:です|だ)?|(?:する)?予定(?:です|だ|である)?|ことを目指し(?:てい)?(?:る|ます)|ことを目的とし(?:てい)?(?:る|ます)"
    r"|ことが期待され(?:てい)?(?:る|ます)|可能性がある|可能性があります|ことを計画し(?:てい)?(?:る|ます)|計画(?:です|だ|である)?|見込み(?:です|だ|である)?|見通し(?:です|だ|である)?)$"
)
_CLAUSE = re.compile(r"^.*?(?:ませんが|ないが|ておらず|ていないが|ですが|ましたが|たが|るが)、")


def unhedged(statement: str) -> str:
    """Return the plain content of a hedged sentence, "" when it cannot be cut out: …されたと推測されます
    gives …された.
    """
    match = _HEDGE.search(statement)
    if match is None:
        return ""
    content = statement[: match.start()]
    if match[0].startswith("する予定"):
        content += "する"
    content = _CLAUSE.sub("", content)
    if re.search(r"[一-鿿ァ-ヴー]$", content) and match[0].startswith("と"):
        return content + "である"
    return content if re.search(r"(?:[うくすつぬむるぐぶ]|[たい])$", content) else ""
