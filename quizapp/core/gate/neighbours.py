"""What an item's neighbours in its bank give away: found by an index, so that the cost grows with the bank alone."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from quizapp.core.gate.finding import Finding, Severity
from quizapp.core.gate.subject import folded, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizapp.core.gate.subject import Subject

# Words that stand in more stems than this (and in more than a twentieth) are what the bank is about.
_COMMON = 5
_COMMON_SHARE = 0.05
_SHORTEST = {"ja": 4, "en": 6}
_WORD = re.compile(r"[一-鿿々]{2,}|[ァ-ヴー]{3,}|[A-Za-z]{5,}")
# So many stems are looked at for one answer, at most.
_LOOKED_AT = 8


class Neighbours:
    """The stems of a bank, findable by the words that stand in them and by what they ask.

    Made in one pass over the subjects. An answer is looked up by its longest word of the kinds in ``_WORD``: only
    stems that hold this word are read.
    """

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._by_word: defaultdict[str, list[Subject]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[Subject]] = defaultdict(list)
        self._count = 0
        for subject in subjects:
            self._count += 1
            for word in {word for ask in subject.asks for word in words_of(ask.stem)}:
                self._by_word[word].append(subject)
            for stem in {ask.stem for ask in subject.asks}:
                self._by_stem[folded(stem)].append(subject)

    def asking(self, stem: str) -> list[Subject]:
        """Return the items that ask ``stem``, in the order of the bank."""
        return self._by_stem.get(folded(stem), [])

    def saying(self, answer: str) -> list[Subject]:
        """Return items whose stem says ``answer``; none when it is what the bank is about."""
        words = words_of(answer)
        rarest = min(words, key=lambda word: len(self._by_word.get(word, ())), default="")
        if not rarest or self.is_common(rarest):
            return []
        saying = self._by_word.get(rarest, [])[:_LOOKED_AT]
        return [s for s in saying if any(stands_in(answer, ask.stem) for ask in s.asks)]

    def is_common(self, word: str) -> bool:
        """Say whether so many stems hold ``word`` that it tells nothing."""
        return len(self._by_word.get(word, ())) > max(_COMMON, _COMMON_SHARE * self._count)


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` that carry meaning: runs of kanji or katakana, longer Latin words."""
    return [word.casefold() for word in _WORD.findall(text)]


def answer_in_other_item(subject: Subject, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield answers that the stem of another item about the same says; siblings are never asked together."""
    for ask in subject.asks if not subject.is_statement else ():
        for answer in ask.answers:
            if len(answer) < _SHORTEST[subject.item.language] or stands_in(answer, ask.stem):
                continue
            asked = {w for w in words_of(ask.stem) if not neighbours.is_common(w)} - set(words_of(answer))
            for other in neighbours.saying(answer):
                is_sibling = other.item.fact_id == subject.item.fact_id and other.item.fact_id is not None
                shared = asked & {word for other_ask in other.asks for word in words_of(other_ask.stem)}
                if other.item.id != subject.item.id and not is_sibling and len(shared) >= 2:
                    yield Finding(
                        "answer_in_other_item",
                        Severity.HINT,
                        "another question says the answer “%(answer)s”: “%(stem)s” (%(id)s)",
                        {"answer": answer, "stem": other.asks[0].stem, "id": other.item.id},
                    )
                    return


def repeated_question(subject: Subject, neighbours: Neighbours) -> Iterator[Finding]:
    """Yield a question that another item asked before; with another answer, both cannot be right."""
    for ask in subject.asks:
        asking = neighbours.asking(ask.stem)
        first = asking[0] if asking else subject
        if first.item.id == subject.item.id:
            continue
        before = {folded(answer) for a in first.asks if folded(a.stem) == folded(ask.stem) for answer in a.answers}
        if before & {folded(answer) for answer in ask.answers}:
            yield Finding(
                "repeated_question",
                Severity.WARNING,
                "the item %(id)s asks the same",
                {"id": first.item.id},
                ("stem",),
            )
        else:
            yield Finding(
                "several_keys",
                Severity.SERIOUS,
                "the item %(id)s asks the same and takes another answer for right",
                {"id": first.item.id},
                ("stem",),
            )
