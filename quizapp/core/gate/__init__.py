"""The gate: what a careful teacher would object to in an item or a bank, with a mend where one can be made.

Every draft and every hand-written item passes here. Nothing is refused; ``faults`` of an item say what makes it
unusable. To add a check: a function that yields findings, named in one of the lists below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.gate import balance, grounds, neighbours, options, wording
from quizapp.core.gate.finding import Finding, Severity
from quizapp.core.gate.neighbours import Neighbours
from quizapp.core.gate.subject import Subject, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quizapp.core.article import Article
    from quizapp.core.bank import Bank, Fact
    from quizapp.core.items import Item

__all__ = ["BANK_CHECKS", "ITEM_CHECKS", "NEIGHBOUR_CHECKS", "Finding", "Severity", "lint", "lint_bank"]

# What can be seen in an item and what it rests on.
ITEM_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    wording.hedged_as_fact,
    wording.answer_in_stem,
    wording.pronoun_in_stem,
    wording.too_many_gaps,
    options.key_is_longest,
    options.absolutes,
    options.unequal_options,
    options.duplicate_options,
    options.overlapping_options,
    grounds.several_keys,
    grounds.evidence_missing,
    grounds.evidence_not_verbatim,
)
# What only shows beside the other items of the bank.
NEIGHBOUR_CHECKS: tuple[Callable[[Subject, Neighbours], Iterator[Finding]], ...] = (
    neighbours.answer_in_other_item,
    neighbours.repeated_question,
)
# What only a whole bank shows.
BANK_CHECKS: tuple[Callable[[Sequence[Subject]], Iterator[Finding]], ...] = (
    balance.key_is_often_longest,
    balance.key_position,
    balance.statements_lean,
)
_TOLD_EVERY = 1000


def lint(
    item: Item, fact: Fact | None = None, article: Article | None = None, others: Iterable[Item] = ()
) -> tuple[Finding, ...]:
    """Return the findings of one item, worst first.

    ``fact`` and ``article`` are what it rests on; ``others`` are the items beside it in its bank, as many as shall be
    compared (the cost grows with them).
    """
    subject = subject_of(item, fact, article)
    beside = Neighbours(subject_of(other, None, None) for other in others if other.id != item.id)
    return _findings(subject, beside)


def lint_together(
    items: Iterable[tuple[Item, Fact | None, Article | None]],
) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of each item, worst first, those too that only show beside the others."""
    subjects = [subject_of(item, fact, article) for item, fact, article in items]
    beside = Neighbours(subjects)
    for subject in subjects:
        yield _findings(subject, beside)


def lint_bank(bank: Bank, advance: Callable[[float], None] = lambda _share: None) -> tuple[Finding, ...]:
    """Return the findings of a bank: those of the whole first, then item by item, worst first.

    The time grows with the number of items alone. ``advance`` is told the share that is done, from 0 to 1. Retired
    items are left out.
    """
    asked = [(item, bank.fact_of(item)) for item in bank.live_items]
    subjects = [subject_of(item, fact, (fact and fact.article) or bank.article) for item, fact in asked]
    beside = Neighbours(subjects)
    found = [finding for check in BANK_CHECKS for finding in check(subjects)]
    for position, subject in enumerate(subjects):
        found += _findings(subject, beside)
        if position % _TOLD_EVERY == 0:
            advance(position / len(subjects))
    return tuple(found)


def _findings(subject: Subject, beside: Neighbours) -> tuple[Finding, ...]:
    found = [finding for check in ITEM_CHECKS for finding in check(subject)]
    found += [finding for check in NEIGHBOUR_CHECKS for finding in check(subject, beside)]
    order = list(Severity)
    return tuple(
        sorted((finding.about(subject.item) for finding in found), key=lambda finding: order.index(finding.severity))
    )
