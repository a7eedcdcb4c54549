"""English fact sentences made to stand alone: those that lean on the sentence before are given up."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.article import ClaimKind, Span
from quizapp.core.bank import Evidence
from quizapp.drafting.claims import bare, content_start
from quizapp.drafting.en.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.core.article import Article, Claim, Sentence
    from quizapp.drafting.en.names import Name

_LEAD = re.compile(
    r"^(?:However|In addition|Moreover|Furthermore|For example|For instance|In fact|Also|Additionally|Meanwhile|As a result|Therefore|Thus|"
    r"Nevertheless|In contrast|On the other hand|Similarly|Besides|Finally|Indeed|Of course|In other words|Consequently|Significantly|Notably|Importantly|Interestingly|Overall|Generally|By contrast|Again), ",
)
_LEANS = re.compile(
    r"^(?:He|She|It|They|This|That|These|Those|Such|Here|There|His|Her|Its|Their|One|Another|Others|Both|Some|Most|Many|Each|But|And|Or|So|"
    r"Then|Later|Afterwards?|Instead|Both|Neither|Either|Unlike|Like)\b"
    r"|\b(?:this|these|those|the former|the latter|the above|the following|as follows|aforementioned|respectively|such an?|(?<!^)here|(?<!^)there(?! (?:is|are|was|were))|figure \d|table \d)\b"
    r"|\b(?:last|this|next) (?:year|month|week|season)\b|\b(?:yesterday|today|tomorrow|recently|currently|nowadays|so far)\b|\bthe same (?:year|day|month)\b"
    r"|^(?:the|a) (?:team|company|group|man|woman|book|film|city|game|song|album|series|author|latter|former|project|organisation|organization|term|name)\b",
    re.IGNORECASE,
)
# A pronoun before any name refers to someone outside the sentence.
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|them|his|hers?|its|their)\b")
# Its populations: of what stands outside the sentence.
_OPENED = re.compile(r"^(?:[A-Z][a-z]+) [^,]{3,60}, (?:he|she|it|they|his|hers?|its|their)\b")
_ALSO = re.compile(r"(?<!but) also(?! (?:called|known|named|referred))")
_ALSO_FIRST = re.compile(r"^Also (?=[a-z])")
_BARE_NOUN = re.compile(r"^The (?P<one>[a-z]+) (?P<two>[a-z]+)")
_PAIR = re.compile(
    r"\b(?:the two|both) (?:\w+ )?(?:governments|countries|nations|leaders|sides|companies|teams|states|parties|ministers|chiefs|presidents|"
    r"cities|groups)\b",
    re.IGNORECASE,
)
_TWO = re.compile(r"[A-Z]\w+ and (?:the )?[A-Z]")
_LONGEST, _SHORTEST = 230, 30
# Stops that end no sentence: what stands before them and behind them are halves.
_HALVED = re.compile(
    r"\b(?:v|ca|cf|al|pp|op|ed|St|Mt|Ft|Rep|Sen|Messrs|Nos?|Lt|Col|Gen|Sgt)\.$|\b(?!U\.S|U\.K|D\.C|B\.C|A\.D)[A-Z]\.[A-Z]\.$"
)
_RESIDUE = re.compile(r"\[(?:update|note \d+|nb \d+|\d+|[a-z])\]")
# Citations, formulas, and commas and words that stand where none should: Pollack & Shen 1998; The market itself, was opened.
_FAULTY = re.compile(
    r"\bet al\b|[A-Z]\w+ (?:& [A-Z]\w+ )?\d{4}, [A-Z]\w+ (?:& [A-Z]\w+ )?\d{4}|\([A-Z][\w ]+,? \d{4}(?:[,:] ?\d+)?\)|[\[=≈∞×\u3000-\u9fff]|[\"”] [–—] |"
    r"^\d{1,4},|^[^,]*, (?:was|were|is|are|has|have|had) |\bbetween \d{4} to |\.\.|,,| ,| \.|^[a-z]|"
    r"\b(?:the|of|an?) (?:was|were|is|are|has|had|and|created|of|by|to)\b"
)
# What goes on from the sentence before, or whose subject stands there: In 1911, it was opened.
_GOES_ON = re.compile(
    r"^(?:Otherwise|Alternatively|Hence|Accordingly|Conversely|Nonetheless|Rather|Separately|Soon after|Shortly after|In another|In turn|In return|In the process|"
    r"In response|In particular|At first|At the same time|As such|Within a|Specifically|Likewise|In comparison|Examples|For example:|In cases? of|However|Thus|Nearly an?|According to (?:it|him|her|them))\b"
    r"|^(?:In|On|At|By|During|Since|From|For|With|Under)(?:\b[^,]*,| \w+| \w+ \w+) (?:it|he|she|they|his|her|its|their)\b"
)
# During that time: which one stands before.
_THAT_TIME = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Aa]t|[Ff]or|[Ss]ince|[Bb]y|[Aa]fter|[Bb]efore|[Ff]rom|[Uu]nder|[Oo]n|[Oo]f|[Tt]o|[Ww]ith) that [a-z]+\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact sentence that stands alone, on one line and with its stop."""

    text: str
    evidence: Evidence
    claim: Claim
    section: str
    names: tuple[Name, ...]
    position: int
    opens: bool


def statements(article: Article, sentences: Iterable[Sentence]) -> list[Statement]:
    """Return what can be asked about, in the order of the article."""
    found: list[Statement] = []
    before: list[tuple[str, str]] = []
    told: list[tuple[str, str]] = []
    halved = False
    for position, sentence in enumerate(sentences):
        goes_on, halved = halved, _HALVED.search(sentence.text) is not None
        if sentence.claim.kind is not ClaimKind.FACT or goes_on or halved:
            continue
        text = _RESIDUE.sub("", " ".join(bare(sentence.text).split()))
        before, told = told, [*told[-8:], (sentence.section, text)]
        text = _LEAD.sub("", text)
        text = _ALSO_FIRST.sub("", _ALSO.sub("", text))
        text = text[:1].upper() + text[1:]
        if not _stands_alone(text) or _is_short_for(text, sentence.section, before):
            continue
        span = Span(sentence.span.start + content_start(sentence.text), sentence.span.end)
        evidence = Evidence(span, article.at(span))
        opens = article.text[max(0, sentence.span.start - 1) : sentence.span.start] in {"", "\n"}
        found.append(Statement(text, evidence, sentence.claim, sentence.section, names_of(text), position, opens))
    return found


def _is_short_for(text: str, section: str, before: list[tuple[str, str]]) -> bool:
    """Say whether a sentence begins with a bare name for what was named more fully just before (The page takes …)."""
    match = _BARE_NOUN.match(text)
    if match is None:
        return False
    return any(
        re.search(rf"(?:\b{noun} (?:of|on|for|between) |(?!The )[A-Z][\w]+(?:['’]s)? {noun}\b)", words) is not None
        for noun in {match["one"], f"{match['one']} {match['two']}"}
        for under, words in before
        if under == section
    )


def _stands_alone(text: str) -> bool:
    if (
        not _SHORTEST <= len(text) <= _LONGEST
        or not text.endswith(".")
        or "citation needed" in text
        or _LEANS.search(text)
        or _FAULTY.search(text)
        or _GOES_ON.match(text)
        or _THAT_TIME.search(text)
        or text.count('"') % 2
    ):
        return False
    if text.count("(") != text.count(")") or (re.search(r"[“”]", text) and text.count("“") != text.count("”")):
        return False
    pair = _PAIR.search(text)
    if _OPENED.match(text) or (pair and not _TWO.search(text[: pair.start()])):
        return False
    pronoun = _PRONOUN.search(text)
    return pronoun is None or re.search(r"\b[A-Z][a-z]+", text[1 : pronoun.start()]) is not None or pronoun.start() > 40
