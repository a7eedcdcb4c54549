"""Which drafts to show, and in what order: every fact once before any fact twice, sections and types in turn."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from quizapp.drafting.duplicates import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quizapp.core.bank import Fact
    from quizapp.drafting.assembly import Told
    from quizapp.drafting.proposals import Proposal

SIBLINGS = 3
_SIBLING_COST = 1.0
_ALIKE = 0.62
# Types that grow dull soon cost more each time.
_KIND_COST = {"true_false": 0.025, "cloze": 0.008, "single_choice": 0.004, "short_answer": 0.004, "term": 0.04}
_RULE_COST = {"certainty": 0.07}
_SECTION_COST = 0.012
# The same answer twice looks like the same question twice.
_AGAIN_COST = 0.15
# So do questions that end alike: that Debian 3, 4 and 5 were released.
_ALIKE_COST, _END = 0.08, 7
# One frame filled in again and again (…が公開された) is one question to a reader.
_FRAME_COST = 0.25
_MOST_COST = 0.3
_LEAST = 0.12
# From what share of readers on a draft is fair, and good. English drafts were read less, so that their shares lie
# nearer the middle: of those said to be kept by half, three in five were.
_BARS = {"ja": (0.5, 0.6), "en": (0.4, 0.5)}
_TYPED = frozenset({"short_answer", "cloze"})
# A false statement that takes a gap's place among the first ten must be as good as this.
_CLEARLY_FALSE = 0.65
_SOME, _MANY = 8, 10
_NAMED = re.compile(r"[0-9０-９A-Za-z.:{}（）() \-年月日]")


class Choice(NamedTuple):
    """A draft that can be had: its id, its item's kind, its fact, what it asks for (``focus``), its rule, its section,
    its place in the article, what its stem has in common with others (``frame_of``), and what it is to be made of.
    """

    id: str
    kind: str
    score: float
    fact: str
    stem: str
    focus: str
    rule: str
    section: str
    position: int
    is_false: bool
    frame: str
    made_of: tuple[Proposal, Told, Fact, tuple[str, ...]]


@dataclass(slots=True)
class _Counts:
    kinds: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    frames: Counter[str] = field(default_factory=Counter)

    def cost(self, choice: Choice) -> float:
        spent = (
            _KIND_COST.get(choice.kind, 0.02) * self.kinds[choice.kind]
            + _RULE_COST.get(choice.rule, 0) * self.rules[choice.rule]
            + _SECTION_COST * self.sections[choice.section]
            + _ALIKE_COST * (choice.rule in _GAPPED) * self.ends[choice.stem[-_END:]]
        )
        again = _FRAME_COST * min(self.frames[choice.frame], 2) + _AGAIN_COST * self.asked[choice.focus]
        return min(spent, _MOST_COST) + again + _SIBLING_COST * self.facts[choice.fact]

    def add(self, choice: Choice) -> None:
        self.kinds[choice.kind] += 1
        self.rules[choice.rule] += 1
        self.sections[choice.section] += 1
        self.facts[choice.fact] += 1
        self.asked[choice.focus] += 1
        self.ends[choice.stem[-_END:]] += 1
        self.frames[choice.frame] += 1


def frame_of(stem: str) -> str:
    """Return what is left of a stem without its names and numbers."""
    return _NAMED.sub("", stem)


def select(
    choices: Iterable[Choice], language: str, *, limit: int | None, are_same: Callable[[str, str], bool]
) -> Iterator[Choice]:
    """Yield the drafts to be had best first, at most ``limit``; no two ask the same thing.

    A list that is to be short is rather shorter than filled up with what a reader would throw away.

    Of eight or more one is a term to learn, and one of the first ten a false statement, where clean ones exist.
    """
    # What scores less hardly anybody would keep; a term may stand for a question all the same.
    offered = [choice for choice in choices if choice.score >= _LEAST or choice.kind == "term"]
    taken = list(_best(offered, limit=None if limit is None else max(limit, _MANY), are_same=are_same))
    _vary(taken, offered)
    if limit is None:
        # Of a long article they take much memory: each goes when its draft is made.
        offered.clear()
        taken.reverse()
        while taken:
            yield taken.pop()
        return
    first = taken[:limit]
    fair, good = _BARS[language]
    # Of an article that gives few good ones, up to half a list may be fair ones.
    spare = max(0, limit // 2 - sum(choice.score >= good for choice in first))
    for choice in first:
        if choice.score >= good:
            yield choice
        elif choice.score >= fair and spare:
            spare -= 1
            yield choice


def _vary(taken: list[Choice], offered: list[Choice]) -> None:
    """Put a term in the place of a question or gap for the same term, and a false statement in the place of a gap."""
    if len(taken) >= _SOME and not any(choice.kind == "term" for choice in taken):
        terms = {_asked(choice): choice for choice in offered if choice.kind == "term"}
        places = [n for n, c in enumerate(taken) if c.kind in _TYPED and _asked(c) in terms]
        if places:
            # Within the shortest list that is to have one.
            place = max((n for n in places if n < _SOME), default=places[0])
            taken[place] = terms[_asked(taken[place])]
    if len(taken) >= _MANY and not any(_is_false(choice) for choice in taken[:_MANY]):
        false = {choice.fact: choice for choice in offered if _is_false(choice)}
        alone = Counter(choice.fact for choice in taken)
        for place in range(_MANY - 1, 2, -1):
            fact = taken[place].fact
            if taken[place].kind == "cloze" and fact in false and alone[fact] == 1:
                taken[place] = false[fact]
                return


def _asked(choice: Choice) -> tuple[str, str]:
    return choice.fact, choice.focus


def _is_false(choice: Choice) -> bool:
    return choice.is_false and choice.score >= _CLEARLY_FALSE


def _best(choices: Iterable[Choice], *, limit: int | None, are_same: Callable[[str, str], bool]) -> Iterator[Choice]:
    """Yield the choices best first.

    The costs only grow, so a draft that is still best after its cost was counted anew is the best of all.
    """
    counts = _Counts()
    heap = [(-choice.score, choice.position, choice.id, choice) for choice in choices if choice.score >= _LEAST]
    heapq.heapify(heap)
    taken: list[Choice] = []
    by_fact: defaultdict[str, list[Choice]] = defaultdict(list)
    by_key: defaultdict[str, list[Choice]] = defaultdict(list)
    while heap and (limit is None or len(taken) < limit):
        _, position, name, choice = heapq.heappop(heap)
        worth = choice.score - counts.cost(choice)
        if heap and -worth > heap[0][0]:
            heapq.heappush(heap, (-worth, position, name, choice))
            continue
        fact = by_fact[choice.fact]
        rivals = (
            [other for key, others in by_key.items() if are_same(key, choice.focus) for other in others]
            if (len(by_key) < 60)
            else by_key[choice.focus]
        )
        if not _fits(choice, fact) or any(likeness(choice.stem, other.stem) > _ALIKE for other in rivals):
            continue
        counts.add(choice)
        taken.append(choice)
        fact.append(choice)
        by_key[choice.focus].append(choice)
        yield choice


def _fits(choice: Choice, siblings: Sequence[Choice]) -> bool:
    """Say whether a draft asks something else, and in another way, than those its fact has already."""
    if len(siblings) >= SIBLINGS:
        return False
    return all(
        choice.focus != other.focus
        and (choice.rule != other.rule or choice.rule in _GAPPED)
        and not (choice.kind == "term" or other.kind == "term")
        and ((choice.rule in _GAPPED and other.rule in _GAPPED) or _hides(choice, other))
        for other in siblings
    )


def _hides(choice: Choice, other: Choice) -> bool:
    """Say whether neither of two drafts shows the answer of the other."""
    both_whole = choice.rule in _WHOLE and other.rule in _WHOLE
    return not both_whole and not (choice.focus in other.stem and other.focus in choice.stem)


# These show the whole sentence: a second one of them shows the answer of the first. Two gaps in one sentence are
# worth having all the same: siblings are not drawn into one quiz.
_WHOLE = frozenset({"cloze", "en_cloze", "true_false", "en_true_false"})
_GAPPED = frozenset({"cloze", "en_cloze"})
