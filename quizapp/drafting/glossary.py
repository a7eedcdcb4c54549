"""A glossary: groups of terms that may stand in each other's place, as wrong options where an article has too few.

As text it is one group a line, its terms apart by commas or 、; lines that begin with # say nothing. The options of a
bank's items are such groups too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.errors import UnreadableError
from quizapp.core.items.cloze import Cloze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quizapp.core.items import Item

MOST_TERMS, LONGEST_TERM = 2_000, 60
_BETWEEN = re.compile(r"[、，,\t]+")
_MARKS = re.compile(r"[*_`\[\]<>#|\\{}\n]")


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of one sort; ``origin`` is "glossary" or "bank"."""

    terms: tuple[str, ...]
    origin: str


def parse(text: str) -> tuple[Group, ...]:
    """Return the groups of a glossary.

    :raise UnreadableError: a term is too long, or there are too many.
    """
    groups: list[Group] = []
    count = 0
    for number, line in enumerate(text.splitlines(), 1):
        terms = tuple(dict.fromkeys(term.strip() for term in _BETWEEN.split(line.strip().lstrip("\ufeff"))))
        terms = tuple(term for term in terms if term)
        if not terms or terms[0].startswith("#"):
            continue
        long = next((term for term in terms if len(term) > LONGEST_TERM), "")
        if long:
            raise UnreadableError(
                "line %(line)d of the glossary: “%(term)s…” is no term: put commas between terms of at most %(most)d "
                "characters",
                line=number, term=long[:20], most=LONGEST_TERM,
            )  # fmt: skip
        count += len(terms)
        groups.append(Group(terms, "glossary"))
    if count > MOST_TERMS:
        raise UnreadableError("the glossary has %(count)d terms: keep at most %(most)d", count=count, most=MOST_TERMS)
    return tuple(groups)


def of_items(items: Iterable[Item]) -> tuple[Group, ...]:
    """Return the options of a bank's questions and gaps as groups, and each answer that has none by itself."""
    groups: dict[tuple[str, ...], Group] = {}
    for item in items:
        for terms in _terms(item):
            plain = tuple(term for term in terms if 1 < len(term) <= LONGEST_TERM and not _MARKS.search(term))
            if plain:
                groups.setdefault(plain, Group(plain, "bank"))
    return tuple(groups.values())


def _terms(item: Item) -> Iterator[tuple[str, ...]]:
    if isinstance(item, Cloze):
        yield from ((gap.key, *gap.distractors) for gap in item.gaps)
        return
    for question in item.questions:
        options = getattr(question.input, "options", ())
        # A statement's options are no words of its own.
        if item.kind != "true_false":
            yield tuple(option.text for option in options) or question.input.keys[:1]


class Shelf:
    """The terms of groups by what they may stand for; ``type_of`` names a term's type, "" where it cannot be told."""

    def __init__(self, groups: Sequence[Group], type_of: Callable[[str], str]) -> None:
        self.origins: dict[str, str] = {}
        self._beside: defaultdict[str, list[str]] = defaultdict(list)
        self._of_type: defaultdict[str, list[str]] = defaultdict(list)
        # The bank comes first, then the glossary.
        for group in sorted(groups, key=lambda group: group.origin):
            for term in group.terms:
                if term not in self.origins:
                    self.origins[term] = group.origin
                    self._of_type[type_of(term)].append(term)
                self._beside[term] += [other for other in group.terms if other != term]

    def beside(self, *names: str) -> Iterator[str]:
        """Yield the terms that stand in a group with one of ``names``."""
        for name in names:
            yield from self._beside.get(name, ())

    def of_type(self, kind: str) -> Iterator[str]:
        """Yield the terms of a type."""
        yield from self._of_type.get(kind, ()) if kind else ()
