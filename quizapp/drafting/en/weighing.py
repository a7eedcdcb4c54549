"""How good an English proposal is: its rule's record, how sure the article is, what is left to the paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting import ranking
from quizapp.drafting.en import standing
from quizapp.drafting.en.traits import LEARNED, traits

if TYPE_CHECKING:
    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement
    from quizapp.drafting.proposals import Proposal

_TABLE = "kept_en"
_SURE = {Modality.ASSERTED: 1.0, Modality.ASSESSMENT: 0.75}
_STREET = re.compile(r"\b(?:Street|Ave|Avenue|Freeway|Highway|Interstate|Route)\b")
_HEAD = 50
# A question asks more of whoever answers than the sentence itself does: of those read, nine in ten were kept.
_ASKED = 0.1
# A gap in so short a sentence leaves too little to know what is missing (In 1994, the club was founded).
_BRIEF = 50
# Nobody remembers numbers of more figures.
_EXACT = 3
_DIGITS = re.compile(r"\D")


def worth(page: Page, statement: Statement, proposal: Proposal) -> float:
    """Return how likely a reader keeps a proposal as it stands, from 0 to 1: what became of others like it."""
    by_rule = worth_by_rule(page, statement, proposal)
    if by_rule <= 0 or proposal.rule == "en_certainty":
        return by_rule
    if proposal.rule not in LEARNED:
        return min(1.0, by_rule + _ASKED)
    share = ranking.chance(_TABLE, by_rule, ranking.total(_TABLE, traits(page, statement, proposal)))
    # Of sentences that lean on their paragraph too few were read for the weights to know them all.
    return share * (1 - min(1.0, standing.cost(statement.text, page.topic)))


def worth_by_rule(page: Page, statement: Statement, proposal: Proposal) -> float:
    """Weigh the rule's record, how sure the article is, and what the sentence leaves to its paragraph."""
    text, key = statement.text, proposal.key
    is_brief = len(text) < _BRIEF and proposal.rule in LEARNED
    lost = 0.15 * is_brief + max(0, len(proposal.stem) - 130) * 0.001 + standing.cost(text, page.topic)
    lost += 0.1 * bool(_STREET.search(text)) + 0.1 * _is_everywhere(page, key)
    # Initials that are spelled out nowhere are learned by heart.
    lost += 0.1 * (key[:3].isupper() and key[:3].isalpha() and key not in page.initials)
    lost += 0.15 * (page.types.get(key) == "quantity" and len(_DIGITS.sub("", key).strip("0")) > _EXACT)
    well = 0.02 * (len(statement.names) > 1) + 0.02 * statement.opens + 0.04 * page.topic.is_in(text[:_HEAD])
    return max(0.0, min(1.0, proposal.weight * _SURE.get(statement.claim.modality, 0.85) + well - lost))


def _is_everywhere(page: Page, name: str) -> bool:
    """Say whether so much is told of a name that it is the first guess in any gap."""
    return page.pool.count(name) > max(3, len(page.statements) // 6)
