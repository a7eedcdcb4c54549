"""Proposals: what a rule has found to ask, before it becomes an item under a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizapp.drafting.glossary import Group


class Proposal(NamedTuple):
    """A question about one statement.

    ``kind`` is the item type it wants to be; a "single_choice" needs two ``distractors``. ``focus`` is what
    is really asked for, as a name of the article: two proposals with one focus in one fact ask the same.
    ``says`` is the explanation where the fact's own words do not explain enough. ``weight`` is the share of
    such questions that readers found usable as they stand.
    """

    kind: str
    stem: str
    key: str
    rule: str
    weight: float
    focus: str = ""
    accepted: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    says: str = ""
    meaning: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a teacher wants of drafts: a register (of ``core.article.REGISTERS``), and groups of terms that lend wrong
    options where the article has too few.
    """

    register: str = "polite"
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to ask: ``find(page, statement)`` yields proposals; pages and statements are those of the language."""

    name: str
    language: str
    find: Callable[..., Iterator[Proposal]]
