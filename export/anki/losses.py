"""What of a bank does not reach an Anki deck, told before anybody misses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.core.bank import Bank

TYPED = mark(
    "Anki compares a typed answer letter by letter with the first accepted answer; "
    "the others stand on the back of the card."
)
GAPS = mark("Gaps become one card each, with the options as a hint where there are any; nothing is typed or chosen.")
MEANINGS = mark("The wrong meanings of terms are left out: the card asks for the meaning without options.")
OTHER_WAYS = mark("Of a question that can be asked in several ways, only the first way is in the deck.")
RECALL = mark("Choices are asked without their options: the feedback on the wrong ones is left out.")
_SCORES = mark("Anki gives no scores and no partial credit: learners judge their answers themselves.")
_ARTICLE = mark("The article is not in the deck, only the sentences that the questions rest on.")
_FACTS = mark("Facts that no question asks for are not in the deck.")
_RETIRED = mark("Retired questions stay in a learner's deck, without text, until Tools > Empty Cards is used in Anki.")


def of(bank: Bank, lost: Iterable[str]) -> tuple[str, ...]:
    """Return each loss once: ``lost`` by single items, then what the deck of ``bank`` lacks as a whole."""
    found = dict.fromkeys(lost)
    asked = {item.fact_id for item in bank.live_items}
    holds = {
        _SCORES: bool(bank.live_items),
        _ARTICLE: bank.article is not None,
        _FACTS: any(fact.id not in asked for fact in bank.facts),
        _RETIRED: len(bank.live_items) < len(bank.items),
    }
    return (*found, *(loss for loss, is_lost in holds.items() if is_lost))
