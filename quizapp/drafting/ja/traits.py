"""What is to be seen of a proposal about a Japanese sentence: how a reader came to keep or drop others like it.

How much each trait counts stands in ``weights/kept_ja.tsv``, fitted on drafts that were read
(``benchmarks/keeping.py``).
"""

from __future__ import annotations

import re
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

from quizapp.drafting.distractors import sort_of
from quizapp.drafting.ja import standing
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement
    from quizapp.drafting.proposals import Proposal

_YEARS = re.compile(r"\d{3,4}(?=年)")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
# 1.2.3 is no number.
_NUMBER = re.compile(r"(?<![\d.])\d+(?:,\d+)*(?:\.\d+)?(?!\.?\d)")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_WORDS = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接続詞", "連体詞", "代名詞"})
_SIGNS = frozenset({"補助記号", "空白"})
_CASES = frozenset({"は", "が", "を", "に", "で", "と", "へ", "から", "も", "まで", "より"})
_POLITE = frozenset({"です", "ます"})
_GAP = "{{1}}"
# The rules whose drafts were read. How sure an article is was always found of no use, and what makes a definition good
# is not to be seen of the words: these are weighed by hand.
LEARNED = words(
    "cloze true_false date naming agreement quantity cleft property partner reason comparison agent change",
    "membership",
)


def traits(page: Page, statement: Statement, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield what is to be seen: names with values, such as ("type", "date")."""
    yield from of_statement(page, statement)
    yield from of_proposal(page, statement, proposal)


def of_statement(page: Page, statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield what is to be seen of a statement, whatever is asked about it."""
    parse, tokens = statement.parse, statement.parse.tokens
    number = page.number(statement)
    begins = next((back for back in range(6) if page.statements[max(0, number - back)].opens or number < back), 6)
    yield "in line", str(begins)
    yield "in article", str(min(number, 3))
    yield "of the whole", str(min(10 * number // len(page.statements), 9))
    yield "names", str(min(len(statement.names), 7))
    yield "proper names", str(min(sum(other.is_proper for other in statement.names), 4))
    yield "chronicle", str(page.is_chronicle(statement))
    lemmas = [token.lemma for token in tokens if token.pos[0] not in _SIGNS]
    yield from zip(repeat("two words"), map(" ".join, pairwise(lemmas)), strict=False)
    first, second = tokens[0], tokens[min(1, len(tokens) - 1)]
    yield "first word", first.lemma
    yield "first two", first.surface + second.surface
    yield "first three", "".join(token.surface for token in tokens[:3])
    yield "first sort", f"{first.pos[0]} {first.pos[1]} {second.pos[0]}"
    verbs = (t.lemma for t in reversed(tokens) if t.pos[0] in {"動詞", "形容詞"} and t.pos[1] != "非自立可能")
    yield "last verb", next(verbs, "")
    yield "verbs", str(min(sum(token.is_verb for token in tokens), 6))
    yield "predicates", str(min(len(parse.predicates()), 4))
    yield "may lead", f"{page.may_lead(statement)} {page.is_of_topic(statement)}"
    at = standing.topic_at(parse)
    if at >= 0:
        topic, core = parse.chunks[at], parse.core(at)
        named = next((other for other in statement.names if other.chunk == at), None)
        yield "topic's type", page.type_of(named) if named else "word"
        yield "topic's head", tokens[topic.noun_end - 1].lemma
        yield "topic's place", str(min(tokens[topic.first].start // 10, 4))
        yield "topic's length", str(min(len(core), 12))
        yield "topic in title", str(core in page.article.title)
        proper = bool(named and named.is_proper)
        yield "topic bare", f"{bool(topic.children)} {proper} {min(len(core), 5)}"
        yield "topic again", f"{proper} {page.times_topic(core)}"
        # …したのは田口である: of what, has to stand before のは.
        if tokens[topic.noun_end - 1].pos[1] == "準体助詞":
            yield "cleft", str(min(sum(name.chunk < at and name.is_proper for name in statement.names), 2))
    yield from _of_last(parse, page, number, begins)
    shared = sum(text in page.names[number - 1] for text in page.names[number]) if number else 0
    yield "shared before", str(min(shared, 2))


def _of_last(parse: Parse, page: Page, number: int, begins: int) -> Iterator[tuple[str, str]]:
    """Yield what the last verb has beside it, and whether the statement before says of whom it is told."""
    last = len(parse.chunks) - 1
    cases = "".join(sorted({parse.chunks[i].case for i in parse.arguments(last)} & _CASES))
    yield "cases", cases
    yield "last verb, cases", f"{parse.tokens[parse.chunks[last].first].lemma} {cases}"
    at, polite = standing.topic_at(parse), parse.tokens[-1].lemma in _POLITE or parse.tokens[-2:][0].lemma in _POLITE
    case = parse.chunks[at].case if at >= 0 else ""
    yield "polite, in line", f"{polite} {begins}"
    yield "topic, in line", f"{case} {begins}"
    before = max(0, number - 1)
    follows = page.statements[before].position + 1 == page.statements[number].position
    yield "goes on", f"{case} {follows} {bool(page.topic_of(before))}"


def of_proposal(page: Page, statement: Statement, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield what is to be seen of a proposal, beside what is to be seen of its statement."""
    stem, focus = proposal.stem, proposal.focus or proposal.key
    name = next((name for name in statement.names if name.text == focus), None)
    kind = page.type_of(name) if name else "none"
    how = f"{proposal.rule} {proposal.kind} {len(proposal.distractors)}"
    yield "rule", how
    yield "type", kind
    yield "rule, type", f"{how} {kind}"
    yield "rule, stem length", f"{proposal.rule} {min(len(stem) // 25, 5)}"
    yield "rule, modality", f"{proposal.rule} {statement.claim.modality.value}"
    for flag in statement.flags:
        yield "rule, flag", f"{proposal.rule} {flag}"
    yield from _of_options(proposal, kind)
    yield from _of_stem(page, statement, proposal, kind)
    if name is not None:
        yield from _of_name(page, statement, proposal, name, kind)


def _of_stem(page: Page, statement: Statement, proposal: Proposal, kind: str) -> Iterator[tuple[str, str]]:
    stem, focus, parse = proposal.stem, proposal.focus or proposal.key, statement.parse
    yield "stem length", str(min(len(stem) // 12, 9))
    yield "commas", str(min(stem.count("、"), 5))
    yield "numbers", str(min(len(_NUMBERS.findall(stem.replace(_GAP, ""))), 4))
    yield "years in stem", f"{proposal.rule} {kind} {min(len(_YEARS.findall(stem)), 3)}"
    yield "latin", str(min(len(_LATIN.findall(stem)), 3))
    yield "brackets", f"{'（' in stem or '(' in stem} {'「' in stem} {'『' in stem}"
    told = [token.lemma for token in parse.tokens if token.pos[0] in _WORDS and token.surface in stem]
    yield from zip(repeat("word"), told, strict=False)
    yield "ending", stem.rstrip("。か？")[-4:]
    is_led, at = stem.startswith("【"), standing.topic_at(parse)
    case = parse.chunks[at].case if at >= 0 else ""
    yield "topic", f"{is_led} {page.topic.is_named_in(statement.text)}"
    yield "of topic", f"{page.is_of_topic(statement)} {is_led}"
    yield "has topic", f"{case} {proposal.rule}"
    yield "label", f"{is_led} {bool(page.topic.name)} {bool(page.topic.label)}"
    yield "topic, title", f"{case} {is_led} {bool(page.topic.name)} {page.may_lead(statement)}"
    others = [other.text for other in statement.names if other.text != focus and other.text in stem]
    entries = [entry for text in others if (entry := page.pool.find(text))]
    yield "others told", str(min(sum(len(entry.statements) - 1 for entry in entries), 8))
    yield "others first told", str(min(sum(entry.first == page.number(statement) for entry in entries), 4))
    yield "others", f"{kind} {' '.join(sorted({page.types[text] for text in others}))}"


def _of_name(page: Page, statement: Statement, proposal: Proposal, name: Name, kind: str) -> Iterator[tuple[str, str]]:
    parse, rule, text = statement.parse, proposal.rule, name.text
    chunk = parse.chunks[name.chunk]
    behind, ahead = parse.text[name.end : name.end + 3], parse.text[max(0, name.start - 2) : name.start]
    yield "key length", f"{kind} {min(len(text), 12)}"
    yield "key's script", f"{kind} {''.join(dict.fromkeys(map(sort_of, text)))[:4]}"
    yield "told", f"{kind} {min(page.pool.count(text), 4)}"
    yield "case", f"{rule} {chunk.case}"
    yield "type, case", f"{kind} {chunk.case}"
    yield "behind", behind[:1]
    yield "two behind", behind[:2]
    yield "three behind", behind
    yield "type, behind", f"{kind} {behind[:2]}"
    yield "ahead", ahead[-1:]
    yield "two ahead", ahead
    yield "type, ahead", f"{kind} {ahead[-1:]}"
    yield "key's place", f"{kind} {min(name.start // 10, 6)}"
    yield "left after key", f"{kind} {min((len(parse.text) - name.end) // 10, 6)}"
    head = parse.chunks[chunk.head]
    yield "leans on", f"{kind} {head.form}"
    yield "verb", parse.tokens[head.first].lemma if head.form else ""
    yield "case, verb", f"{chunk.case} {parse.tokens[head.first].lemma}"
    yield "inside", f"{kind} {parse.is_inside(name.chunk)}"
    yield "in topic", f"{kind} {name.chunk == standing.topic_at(parse)}"
    if chunk.case == "の":
        yield "of what", f"{kind} {parse.tokens[max(head.first, head.noun_end - 1)].lemma}"
    yield "key's head", parse.tokens[max(0, chunk.noun_end - 1)].lemma
    yield "key's end", text[-1:]
    yield "key's end two", text[-2:]
    same = [other for other in statement.names if page.type_of(other) == kind]
    yield "of its type", f"{kind} {min(len(same), 4)}"
    yield "nth of its type", f"{kind} {min(sum(other.start < name.start for other in same), 3)}"
    yield "proper", f"{kind} {name.is_proper}"
    yield "hint", str("}}（" in proposal.stem)


def _of_options(proposal: Proposal, kind: str) -> Iterator[tuple[str, str]]:
    wrong = proposal.distractors
    if not wrong:
        yield "accepted", f"{kind} {min(len(proposal.accepted), 3)}"
        return
    longer = [len(text) - len(proposal.key) for text in wrong]
    yield "option lengths", f"{kind} {min(max(longer), 4)} {max(min(longer), -4)}"
    same_end = sum(text[-1:] == proposal.key[-1:] for text in wrong)
    yield "options' ends", f"{kind} {same_end}"
    numbers = [_NUMBER.search(text) for text in (proposal.key, *wrong)]
    if all(numbers):
        key, *others = (float(found[0].replace(",", "")) for found in numbers if found)
        side = sum(other < key for other in others)
        gap = min((abs(other - key) for other in others), default=0)
        wide = max((abs(other - key) for other in others), default=0)
        yield "side", f"{kind} {side}"
        yield "gap", f"{kind} {_step(gap)}"
        yield "width", f"{kind} {_step(wide)}"
        yield "gap of time", f"{kind} {_step(gap / max(1, abs(2020 - key)) * 100)}"
        years = [int(y) for y in _YEARS.findall(proposal.stem)]
        if years and kind == "date":
            inside = sum(min(years) <= other <= max(years) for other in others) if len(years) > 1 else -1
            order = sum(other < years[0] for other in others)
            yield "against stem's years", f"{key < years[0]} {order} {inside}"


def _step(number: float) -> str:
    return next((f"≤{step}" for step in (0, 1, 2, 3, 5, 8, 12, 20, 40, 100, 400) if number <= step), "more")
