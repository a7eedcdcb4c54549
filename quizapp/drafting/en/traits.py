"""What is to be seen of a proposal about an English sentence: how a reader came to keep or drop others like it.

How much each trait counts stands in ``weights/kept_en.tsv``, fitted on drafts that were read
(``benchmarks/keeping.py``).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from quizapp.drafting.distractors import sort_of
from quizapp.drafting.en import standing
from quizapp.drafting.en.word_classes import class_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.en.names import Name
    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement
    from quizapp.drafting.proposals import Proposal

_YEARS = re.compile(r"\b\d{3,4}\b")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_TOKENS = re.compile(r"\{\{1\}\}|[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_CAPITALS = re.compile(r"\b[A-Z][A-Z]+\b")
_GAP = "{{1}}"
_SIGNS = '(“",:;—–'
# The rules whose drafts were read often enough to learn from: those that show the whole of a sentence.
LEARNED = frozenset({"en_cloze", "en_true_false"})


def traits(page: Page, statement: Statement, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield what is to be seen: names with values, such as ("type", "date")."""
    stem, focus = proposal.stem, proposal.focus or proposal.key
    name = next((name for name in statement.names if name.text == focus), None)
    kind = page.type_of(name) if name else "none"
    how = f"{proposal.rule} {proposal.key if proposal.kind == 'true_false' else ''} {len(proposal.distractors)}"
    yield "rule", how
    yield "type", kind
    yield "rule, type", f"{how} {kind}"
    yield "rule, stem length", f"{proposal.rule} {min(len(stem) // 40, 5)}"
    yield "modality", statement.claim.modality.value
    yield from _of_options(proposal, kind)
    yield from _of_sentence(page, statement, proposal, kind)
    if name is not None:
        yield from _of_name(page, statement, name, kind)


def _of_sentence(page: Page, statement: Statement, proposal: Proposal, kind: str) -> Iterator[tuple[str, str]]:
    text, stem = statement.text, proposal.stem
    number, focus = page.number(statement), proposal.focus or proposal.key
    begins = next((back for back in range(6) if page.statements[max(0, number - back)].opens or number < back), 6)
    yield "in paragraph", str(begins)
    yield "in article", str(min(number, 3))
    yield "of the whole", str(min(5 * number // len(page.statements), 4))
    yield "stem length", str(min(len(stem) // 20, 9))
    yield "left to the paragraph", str(min(int(standing.cost(text, page.topic) * 10), 5))
    for sign in _SIGNS:
        yield "sign", f"{sign} {min(stem.count(sign), 3)}"
    yield "numbers", str(min(len(_NUMBERS.findall(stem.replace(_GAP, ""))), 4))
    yield "years in stem", f"{kind} {min(len(_YEARS.findall(stem)), 3)}"
    yield "percent", f"{kind} {'%' in text or 'percent' in text}"
    yield "initials", str(min(len(_CAPITALS.findall(stem)), 3))
    yield "names", str(min(len(statement.names), 6))
    found = [word.casefold() for word in _WORDS.findall(text)]
    for word in dict.fromkeys(found):
        yield "word", word
    for one, two in pairwise(found):
        yield "two words", f"{one} {two}"
    yield "first word", found[0]
    yield "first two", " ".join(found[:2])
    yield "first class", f"{class_of(found[0])} {class_of(found[1] if len(found) > 1 else '')}"
    yield "last word", found[-1]
    subject, verb = standing.subject_of(text)
    yield "verb", verb
    yield "subject's words", f"{min(len(subject.split()), 6)} {subject.startswith('The ')}"
    yield "subject named", str(standing.is_named(subject, page.topic))
    yield "topic", f"{page.topic.is_in(subject)} {page.topic.is_in(stem)}"
    others = [other.text for other in statement.names if other.text != focus and other.text in stem]
    entries = [entry for other in others if (entry := page.pool.find(other))]
    yield "others told", str(min(sum(len(entry.statements) - 1 for entry in entries), 6))
    yield "others", f"{kind} {' '.join(sorted({page.types[other] for other in others}))}"
    shared = page.names_of(number - 1) & page.names_of(number) if number else ()
    yield "shared before", str(min(len(shared), 2))


def _of_name(page: Page, statement: Statement, name: Name, kind: str) -> Iterator[tuple[str, str]]:
    text, key = statement.text, name.text
    ahead = [token.casefold() for token in _TOKENS.findall(text[: name.start])]
    behind = [token.casefold() for token in _TOKENS.findall(text[name.end :])]
    words = key.split()
    yield "key", key
    for word in words:
        yield "key's word", word
    yield "key's words", f"{kind} {min(len(words), 5)}"
    yield "key length", f"{kind} {min(len(key) // 3, 8)}"
    yield "key's script", f"{kind} {''.join(dict.fromkeys(map(sort_of, key)))[:4]}"
    yield "key's initials", f"{key[:2].isupper()} {kind}"
    yield "told", f"{kind} {min(page.pool.count(key), 4)}"
    yield "key in topic", f"{kind} {page.topic.is_in(key)}"
    yield "ahead", f"{ahead[-1]}" if ahead else "nothing"
    yield "two ahead", " ".join(ahead[-2:])
    yield "type, ahead", f"{kind} {ahead[-1] if ahead else 'nothing'}"
    yield "class ahead", f"{kind} {class_of(ahead[-1]) if ahead else 'nothing'}"
    yield "behind", behind[0] if behind else "nothing"
    yield "two behind", " ".join(behind[:2])
    yield "type, behind", f"{kind} {behind[0] if behind else 'nothing'}"
    yield "class behind", f"{kind} {class_of(behind[0]) if behind else 'nothing'}"
    yield "key's place", f"{kind} {min(5 * name.start // len(text), 4)}"
    same = sum(page.type_of(other) == kind for other in statement.names)
    yield "of its type", f"{kind} {min(same, 4)}"
    before = sum(page.type_of(other) == kind for other in statement.names if other.start < name.start)
    yield "nth of its type", f"{kind} {min(before, 3)}"


def _of_options(proposal: Proposal, kind: str) -> Iterator[tuple[str, str]]:
    wrong, key = proposal.distractors, proposal.key
    if not wrong:
        yield "accepted", f"{kind} {min(len(proposal.accepted), 2)}"
        return
    numbers = [_NUMBERS.findall(text) for text in (key, *wrong)]
    if not all(numbers):
        yield "options' last words", f"{kind} {sum(text.split()[-1] == key.split()[-1] for text in wrong)}"
        return
    values = [found[-1].replace(",", "") for found in numbers]
    if not all(value.count(".") <= 1 for value in values):
        return
    right, *others = map(float, values)
    gaps = sorted(abs(other - right) for other in others)
    yield "side", f"{kind} {sum(other < right for other in others)}"
    yield "gap", f"{kind} {_step(gaps[0])}"
    yield "width", f"{kind} {_step(gaps[-1])}"
    # 3 May 1902 beside 3 May 1905.
    yield "only years differ", f"{len(numbers[0]) > 1} {len({text[:4] for text in (key, *wrong)})}"
    yield "share of key", f"{kind} {_step(100 * gaps[0] / max(1.0, right))}"


def _step(number: float) -> str:
    return next((f"≤{step}" for step in (0, 1, 2, 3, 5, 8, 12, 20, 40, 100, 400) if number <= step), "more")
