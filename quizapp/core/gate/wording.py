"""Checks of stems: they stand alone, keep their answer to themselves, and carry how sure the article is."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.core.gate.finding import Finding, Severity
from quizapp.core.gate.subject import plain, rewritten, stands_in, texts_of
from quizapp.core.items.cloze import GAP_MARK, Cloze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.gate.subject import Ask, Subject
    from quizapp.core.items import Item

MOST_GAPS = 3
# Shorter answers stand in many words by chance.
_SHORTEST_ANSWER = {"ja": 2, "en": 3}


def answer_in_stem(subject: Subject) -> Iterator[Finding]:
    """Yield stems that say their answer; where the stem names every option, nothing is given away."""
    for ask in subject.asks:
        offered = [text for choice in ask.choices for text in choice.texts]
        if subject.is_statement or (offered and all(stands_in(text, ask.stem) for text in offered)):
            continue
        for answer in ask.answers:
            if len(answer) >= _SHORTEST_ANSWER[subject.item.language] and stands_in(answer, ask.stem):
                yield Finding(
                    "answer_in_stem",
                    Severity.SERIOUS,
                    "the question says its answer, “%(answer)s”: ask in other words",
                    {"answer": answer},
                    ("stem",) if subject.stem else _source_of(ask, subject.item),
                )
                break


_ATTRIBUTED = re.compile(
    r"記事|によると|によれば|番組|解説|報道|新聞|と(?:述べ|説明|評価|位置づけ|訴え|伝え|報じ|指摘|主張)"
    r"|\b(?:according to|article|said|says|say|described|stressed|told|reported|reports|commentary|newspaper)\b",
    re.IGNORECASE,
)
_HEDGES = {
    Modality.PLANNED: r"予定|計画|方針|見込み|見通し|つもり|\b(?:plan\w*|due to|scheduled?|will|to be|intend\w*)\b",
    Modality.AIM: r"目的|目指|目標|ねらい|狙い|ために|意向|たいと|しようと|\b(?:aims?|aimed|purpose|goal|meant|intend\w*|want\w*|in order)\b",
    Modality.REPORTED: r"とされ|という|といわれ|と言われ|伝え|挙げられ|\b(?:reported\w*|said to|named as|reportedly)\b",
    Modality.INFERRED: r"推測|推定|とみられ|と見られ|可能性|らしい|だろう|\b(?:presum\w*|infer\w*|probably|likely|appears?|seems?|may|might)\b",
    Modality.EXPECTED: r"期待|見込|見通し|予想|望|\b(?:expect\w*|hope\w*|anticipat\w*)\b",
    Modality.ASSESSMENT: r"評価|位置づけ|見方|考え|とみ|と見|重要|\b(?:assess\w*|judg\w*|view\w*|regard\w*|seen as|consider\w*)\b",
}  # fmt: skip
_HEDGE = {modality: re.compile(words, re.IGNORECASE) for modality, words in _HEDGES.items()}
_ENGLISH_OPENINGS = frozenset(
    [
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "why",
        "how",
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "for",
        "to",
        "is",
        "are",
        "was",
        "were",
    ]
)


def hedged_as_fact(subject: Subject) -> Iterator[Finding]:
    """Yield items that ask as a fact what the article only plans, passes on, infers, expects or judges."""
    fact, item = subject.fact, subject.item
    stem = subject.stem
    if fact is None or not stem.strip() or fact.claim.modality is Modality.ASSERTED:
        return
    asked = subject.asks[0].stem
    words = " ".join((asked, *subject.asks[0].answers)) if subject.asks[0].gap_count else asked
    if _ATTRIBUTED.search(words) or _HEDGE[fact.claim.modality].search(words):
        return
    if item.language == "ja":
        mended = f"記事によると、{stem}"
    else:
        first = stem.split(maxsplit=1)[0]
        rest = stem[0].lower() + stem[1:] if first.casefold() in _ENGLISH_OPENINGS else stem
        mended = f"According to the article, {rest}"
    is_open = fact.claim.modality in {Modality.PLANNED, Modality.AIM}
    yield Finding(
        "hedged_as_fact",
        Severity.WARNING if is_open else Severity.SERIOUS,
        "the article does not state this outright (%(modality)s), but the question does: say “according to the "
        "article”, or ask what is planned, expected or presumed",
        {"modality": fact.claim.modality},
        ("stem",),
        (rewritten(item, lambda text: mended if text == stem else text),),
    )


_LEAD = r"(?:(?:[^、。\n]{0,20}(?:記事|報道|解説)[^、。\n]{0,12}|[^、。\n]{1,30}に(?:よると|よれば))、)?(?:\d{1,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:には?、?|、))?"
_POINTS_BACK = re.compile(
    rf"{_LEAD}(?:この(?!記事|中|なか|うち)|その(?!他)|あの|これ(?!らのうち)|それ(?!ぞれ)|あれ|彼[らがはのを女]|ここ[でには]|そこ[でには]|"
    r"同(?:社|氏|省|国|年|月|日|法|地|校|市|町|県)|両(?:氏|者|国|首脳|社|大臣)|当時(?:は|の)|前者|後者)"
    r"|(?:According to [^,\n]{1,40}, )?(?:this(?! article)|these|those|that(?= \w+ (?:is|was|has))|it(?! (?:is|was)[^.?!]{3,80}\bthat\b)|they|he|she"
    r"|his|her|their|its)\b",
    re.IGNORECASE,
)  # fmt: skip
_POINTS_AWAY = re.compile(
    r"上記|下記|前述|後述|上の文|次の図|下線|本文中|前の問|\b(?:the above|the following (?:figure|passage)|mentioned above|the previous question)\b",
    re.IGNORECASE,
)


def pronoun_in_stem(subject: Subject) -> Iterator[Finding]:
    """Yield stems that begin with a word for something named elsewhere, or point outside themselves."""
    stem = subject.asks[0].stem
    match = _POINTS_BACK.match(stem) or _POINTS_AWAY.search(stem)
    if match and subject.stem:
        yield Finding(
            "pronoun_in_stem",
            Severity.WARNING,
            "“%(words)s” points to something that the question does not name: name it",
            {"words": match[0]},
            ("stem",),
        )


def too_many_gaps(subject: Subject) -> Iterator[Finding]:
    """Yield texts with more gaps than can be asked at once."""
    count = subject.asks[0].gap_count
    if count > MOST_GAPS:
        yield Finding(
            "too_many_gaps",
            Severity.WARNING,
            "%(count)d gaps are too many to see what is asked: leave at most %(most)d",
            {"count": count, "most": MOST_GAPS},
            ("gaps",),
            _with_fewer_gaps(subject.item),
        )


def _with_fewer_gaps(item: Item) -> tuple[Item, ...]:
    if not isinstance(item, Cloze):
        return ()
    kept, dropped = item.gaps[:MOST_GAPS], item.gaps[MOST_GAPS:]
    stem = item.stem
    for number, gap in enumerate(dropped, start=MOST_GAPS + 1):
        stem = stem.replace(f"{{{{{number}}}}}", gap.key)
    return (replace(item, stem=stem, gaps=kept),) if len(GAP_MARK.findall(stem)) == MOST_GAPS else ()


def _source_of(ask: Ask, item: Item) -> tuple[str | int, ...]:
    """Return the field that a stem is made from: a term's is its meaning, or the term."""
    return next((path for path, text in texts_of(item) if plain(text) in ask.stem), ())
