"""What the correction of an article means for its facts: their words only moved, or they changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from quizapp.core.article import Span
from quizapp.core.bank import Evidence, excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizapp.core.article import Article, Claim, Sentence
    from quizapp.core.bank import Fact

# A sentence less like the old one says something else.
_ALIKE = 0.5
# Comparing takes time up to the square of the length.
_MOST_COUNTED, _MOST_COMPARED, _LONGEST_COMPARED = 4000, 5, 400
_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?])|(?<=\.)\s|\n")


def share_alike(one: str, other: str) -> float:
    """Return how much of two texts stands in sentences that both have, from 0 to 1; takes no analysis."""
    sentences = [{each.strip() for each in _SENTENCE_ENDS.split(text)} for text in (one, other)]
    lengths = [sum(map(len, each)) for each in (*sentences, sentences[0] & sentences[1])]
    return 2 * lengths[2] / max(lengths[0] + lengths[1], 1)


@dataclass(frozen=True, slots=True)
class Touched:
    """A fact whose words changed: the sentences that it rested on, and those that come nearest now.

    ``renewed`` is the fact resting on these; None where one of its sentences has nothing like it any more.
    """

    fact: Fact
    before: str
    after: str
    renewed: Fact | None


class Correction:
    """An article before and after, each with its labelled sentences, without the marks of lists before them.

    ``plain`` makes a statement of words of the article.
    """

    def __init__(
        self,
        old: Article,
        was: Sequence[Sentence],
        new: Article,
        now: Sequence[Sentence],
        plain: Callable[[str], str] = str,
    ) -> None:
        self.old, self.new = old, new
        self._was, self._now, self._plain = was, now, plain
        self._nearest: dict[str, Sentence | None] = {}
        self._ends = [sentence.span.end for sentence in was]
        self._kept = {sentence.text for sentence in now}
        known = {sentence.text for sentence in was}
        self.added = [sentence for sentence in now if sentence.text not in known]

    def before(self, old: Article, was: Sequence[Sentence]) -> Correction:
        """Return the correction of another state of the article to the same new one."""
        return Correction(old, was, self.new, self._now, self._plain)

    def changed(self, span: Span) -> list[Sentence]:
        """Return the sentences at a place of the old article that the new one does not have."""
        return [sentence for sentence in self._at(span) if sentence.text not in self._kept]

    def moved(self, fact: Fact) -> Fact | None:
        """Return a fact of the old article with its places in the new one; None where its words changed."""
        evidence = [self.moved_evidence(each) for each in fact.evidence]
        return replace(fact, evidence=tuple(each for each in evidence if each)) if all(evidence) else None

    def moved_evidence(self, evidence: Evidence) -> Evidence | None:
        """Return evidence with its place in the new article; None where its sentence changed."""
        return None if self.changed(evidence.span) else self._moved(evidence)

    def touched(self, fact: Fact) -> Touched:
        """Return what became of a fact that did not only move."""
        before, after, claim = list[str](), list[str](), fact.claim
        evidence: list[Evidence | None] = []
        for each in fact.evidence:
            changed = self.changed(each.span)
            moved = None if changed else self._moved(each)
            evidence.append(moved or self._renewed(each, self._at(each.span)))
            if moved:
                continue
            before += [sentence.text for sentence in changed] or [each.quote]
            for sentence in changed:
                if found := self.nearest(sentence):
                    after.append(found.text)
                    claim = found.claim if sentence.claim == claim else claim
        renewed = self._resting(fact, [each for each in evidence if each], claim) if all(evidence) else None
        return Touched(fact, " ".join(before), " ".join(after), renewed)

    def _resting(self, fact: Fact, evidence: Sequence[Evidence], claim: Claim) -> Fact:
        """Return a fact as this evidence tells it."""
        said = "".join(each.quote for each in evidence)
        first = evidence[0].quote
        return replace(
            fact,
            statement=fact.statement if first == fact.evidence[0].quote else self._plain(first),
            evidence=tuple(evidence),
            claim=claim,
            terms=tuple(term for term in fact.terms if term in said),
        )

    def detached(self, fact: Fact) -> Fact:
        """Return a fact that keeps its words, with the paragraphs of the old article that hold them."""
        paragraphs, inside = excerpt(self.old, fact)
        return replace(inside, article=replace(self.new, text=paragraphs.text))

    def nearest(self, old: Sentence) -> Sentence | None:
        """Return the sentence that came with the correction and is most like one of before."""
        if old.text not in self._nearest:
            self._nearest[old.text] = self._most_like(old)
        return self._nearest[old.text]

    def _most_like(self, old: Sentence) -> Sentence | None:
        # The rare pairs of signs tell most; である stands everywhere.
        together = sorted((self._places[pair] for pair in _pairs(old.text) if pair in self._places), key=len)
        shared = Counter(islice(chain.from_iterable(together), _MOST_COUNTED))
        alike = SequenceMatcher(None, "", old.text[:_LONGEST_COMPARED], autojunk=False)
        best, found = _ALIKE, None
        for place, _ in shared.most_common(_MOST_COMPARED):
            alike.set_seq1(self.added[place].text[:_LONGEST_COMPARED])
            if (share := alike.ratio()) > best:
                best, found = share, self.added[place]
        return found

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where among the added sentences two signs stand together."""
        found = defaultdict(list)
        for place, sentence in enumerate(self.added):
            for pair in _pairs(sentence.text):
                found[pair].append(place)
        return found

    def _at(self, span: Span) -> list[Sentence]:
        """Return the sentences of the old article that a place of it touches."""
        found = []
        for place in range(bisect_right(self._ends, span.start), len(self._was)):
            if not self._was[place].span.overlaps(span):
                break
            found.append(self._was[place])
        return found

    @cached_property
    def _unique(self) -> dict[str, int]:
        """Where sentences begin in the new article that stand once there and once in the old one, by their words."""
        counts = Counter(sentence.text for sentence in (*self._was, *self._now))
        return {sentence.text: sentence.span.start for sentence in self._now if counts[sentence.text] == 2}

    def _shifted(self, evidence: Evidence) -> Evidence | None:
        """Return evidence with its place in the sentence that it stands in, where there is but one like that."""
        around = self._at(evidence.span)[:1]
        if not around or around[0].text not in self._unique:
            return None
        start = evidence.span.start + self._unique[around[0].text] - around[0].span.start
        span = Span(start, start + len(evidence.quote))
        return replace(evidence, span=span) if start >= 0 and self.new.at(span) == evidence.quote else None

    def _moved(self, evidence: Evidence) -> Evidence | None:
        if there := self._shifted(evidence):
            return there  # most are found so; looking through both articles for each takes long
        was, now = self.old.places_of(evidence.quote), self.new.places_of(evidence.quote)
        if not now:
            return None
        if len(was) == len(now) and evidence.span in was:
            return replace(evidence, span=now[was.index(evidence.span)])
        return replace(evidence, span=min(now, key=lambda span: abs(span.start - evidence.span.start)))

    def _renewed(self, evidence: Evidence, sentences: Sequence[Sentence]) -> Evidence | None:
        """Return what these sentences became as evidence; where it still holds the quote, the quote alone."""
        spans: list[Span] = []
        for sentence in sentences:
            near = None if sentence.text in self._kept else self.nearest(sentence)
            spans += [near.span] if near else self.new.places_of(sentence.text)[:1]
        if not spans or len(spans) < len(sentences):
            return None
        span = Span(min(each.start for each in spans), max(each.end for each in spans))
        if span.end - span.start > 2 * sum(each.end - each.start for each in spans):
            return None  # they stand apart now
        said = self.new.at(span)
        at = said.find(evidence.quote)
        if at >= 0:
            return Evidence(Span(span.start + at, span.start + at + len(evidence.quote)), evidence.quote)
        return Evidence(span, said)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
