"""A gap: the statement as it stands, without one name that it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = {
    "quoted": 0.7,
    "work": 0.7,
    "person": 0.66,
    "quantity": 0.66,
    "organisation": 0.66,
    "date": 0.64,
    "rule": 0.62,
    "place": 0.62,
    "proper": 0.62,
    "event": 0.6,
    "country": 0.58,
    "term": 0.55,
}
_TYPED = frozenset({"quoted", "work", "person", "date"})
_TYPED_IF_PROPER = frozenset({"organisation", "place", "proper", "rule", "event"})
# What is quoted as a phrase cannot be typed word for word.
_PHRASE = re.compile(r"[をがはにでと、]|の.*の|な[一-鿿]")
_EITHER = ("あるいは", "または", "もしくは")
_LONGEST, _SHORTEST = 95, 22
_GAPS = 2


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield gaps for the names that tell most, best first; a gap without wrong options needs a name that is fixed."""
    if not _SHORTEST <= len(statement.text) <= _LONGEST:
        return
    given = 0
    for name in sorted(statement.names, key=lambda name: -_worth(page, statement, name)):
        if given == _GAPS:
            return
        for proposal in _gap(page, statement, name):
            given += 1
            yield proposal


def _worth(page: Page, statement: Statement, name: Name) -> float:
    kind = page.type_of(name)
    # Rare names are what this sentence tells; the topic is what it tells it of.
    rare = 0.1 / page.pool.count(name.text)
    topic = 0.12 if statement.parse.chunks[name.chunk].case == "は" else 0
    return _WEIGHT.get(kind, 0) + rare - topic


def is_listed(text: str, name: Name) -> bool:
    """Say whether a name stands among others of a list: which of them is missing cannot be known."""
    if text[: name.start].rstrip("「『").endswith(("そして", "および", "及び", "ならびに")):
        return True
    around = text[: name.start].rstrip("、「『"), text[name.end :].lstrip("、」』")
    if around[0].endswith(_EITHER) or around[1].startswith(_EITHER):
        return True
    before, after = text[: name.start].rstrip("「『")[-1:], text[name.end :].lstrip("」』")
    if before in {"」", "』"} or after.startswith(("「", "『")):
        return True
    if before == "・" or after.startswith("・"):
        return True
    return before in {"、", "や"} and after.startswith(("、", "や", "など", "・", "等", "と"))


def _fit(name: Name, kind: str, distractors: tuple[str, ...]) -> float:
    """Weigh how well the options of a common term go with it: those of one last sign are of one sort."""
    if kind != "term":
        return 0.0
    return 0.05 if any(text[-1] == name.text[-1] for text in distractors) else -0.1


def _gap(page: Page, statement: Statement, name: Name) -> Iterator[Proposal]:
    kind = page.type_of(name)
    if kind not in _WEIGHT or statement.text.count(name.text) != 1 or len(name.text) < 2:
        return
    if any(page.are_same(name.text, other.text) for other in statement.names if other.text != name.text):
        return
    stem = clauses.asks(statement, statement.text[: name.start] + "{{1}}" + statement.text[name.end :] + "。")
    # A name with its reading behind it is what the sentence explains, not what it tells.
    if (
        name.reading
        or statement.text.startswith(("（", "("), name.end)
        or is_listed(statement.text, name)
        or not wording.may_stand(stem, name.text)
    ):
        return
    distractors = page.distractors(name, statement)
    may_type = kind in _TYPED or (kind in _TYPED_IF_PROPER and name.is_proper)
    if not distractors and (not may_type or len(name.text) > 12 or _PHRASE.search(name.text)):
        return
    yield Proposal(
        kind="cloze",
        stem=stem,
        key=name.text,
        rule="cloze",
        weight=min(0.75, _worth(page, statement, name) + _fit(name, kind, distractors)),
        focus=name.text,
        accepted=page.other_names(name),
        distractors=distractors,
    )
