"""How good a proposal is: the rule's record, how sure the article is, what the sentence is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting import ranking
from quizapp.drafting.ja import standing, trifles, wording
from quizapp.drafting.ja.traits import LEARNED, of_proposal, of_statement

if TYPE_CHECKING:
    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement
    from quizapp.drafting.proposals import Proposal

_TABLE = "kept_ja"
_SURE = {Modality.ASSERTED: 1.0, Modality.ASSESSMENT: 0.8, Modality.REPORTED: 0.78, Modality.INFERRED: 0.65}
_LOOSEST = 0.14
# How sure an article is is worth asking where it is often unsure, as news are.
_UNSURE, _CERTAIN = 0.1, 0.3
_LONGEST_TITLE = 24
_CLEAR_TRIFLE, _TRIFLING = 0.3, 0.75
# What the rules that are weighed by hand say of themselves, on the readers' scale.
_BY_HAND = {"definition": 0.9, "certainty": 0.7}
# A list of gaps alone is dull: a question comes first where readers hold it about as good.
_QUESTIONS, _ASKING = frozenset({"single_choice", "short_answer", "term"}), 0.1
# リオ・デ・ジャネイロ is リオデジャネイロ.
_BETWEEN = re.compile(r"[・＝= 　]")
_NAMING = frozenset({"person", "work", "quoted", "country", "place", "organisation", "rule", "event", "term"})
_DEFINING = frozenset({"definition", "naming"})


def _stands_in(title: str, name: str) -> bool:
    """Say whether a title says a name, with other signs between its words or not; 20人 is not said by 120人."""
    title, name = (_BETWEEN.sub("", text) for text in (title, name))
    at = title.find(name)
    return bool(name) and at >= 0 and not (name[0].isdigit() and title[max(0, at - 1) : at].isdigit())


class Weighing:
    """Weighs what is proposed about the statements of a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._losses: dict[int, float] = {}
        self._known: dict[int, float] = {}
        hedged = sum(wording.is_hedged(statement.claim) for statement in page.statements)
        self._is_unsure = hedged >= _UNSURE * len(page.statements)

    def forget(self) -> None:
        """Give up what is known of statements that are not asked about any more."""
        self._losses.clear()
        self._known.clear()

    def of(self, statement: Statement, proposal: Proposal) -> float:
        """Return how likely a reader keeps a proposal as it stands, from 0 to 1: what became of others like it."""
        page = self._page
        worth, trifle = self._weigh(statement, proposal)
        if worth <= 0:
            return 0.0
        if proposal.rule not in LEARNED:
            return worth * _BY_HAND[proposal.rule]
        # What readers found of an article's names is not so of options that a group lends.
        if proposal.distractors and all(text in page.lent for text in proposal.distractors):
            proposal = proposal._replace(distractors=())
        number = page.number(statement)
        if number not in self._known:
            self._known[number] = ranking.total(_TABLE, of_statement(page, statement))
        seen = self._known[number] + ranking.total(_TABLE, of_proposal(page, statement, proposal))
        share = ranking.chance(_TABLE, worth, seen)
        # Of clear trifles too few were read for the weights to know them.
        share *= _TRIFLING if trifle >= _CLEAR_TRIFLE else 1
        return share + _ASKING * (1 - share) if proposal.kind in _QUESTIONS else share

    def by_rule(self, statement: Statement, proposal: Proposal) -> float:
        """Weigh the rule's record, how sure the article is, and how well the sentence stands alone; from 0 to 1."""
        return self._weigh(statement, proposal)[0]

    def _weigh(self, statement: Statement, proposal: Proposal) -> tuple[float, float]:
        """Return how good a proposal is by the rules alone, and what it loses of that for asking for a trifle."""
        page = self._page
        sure = _SURE.get(statement.claim.modality, 0.9 if proposal.focus == "certainty" else 0.85)
        length = max(0, len(proposal.stem) - 65) * 0.004 + max(0, len(proposal.stem) - 95) * 0.006
        # An article without a title is called by its first sentence.
        headline = "" if "。" in page.article.title else page.article.title
        title = page.topic.name or (headline if len(headline) <= _LONGEST_TITLE else "")
        # Whoever asks about an article shows its title; what a term of a headline means may be asked all the same.
        shown = title if proposal.rule in _DEFINING else headline
        if proposal.kind != "true_false" and len(proposal.key) > 1 and _stands_in(shown, proposal.key):
            return 0.0, 0.0
        # What an article on グリム童話 calls グリム童話集 is told by its title.
        if proposal.rule in _DEFINING and len(title) > 2 and title in proposal.key:
            return 0.0, 0.0
        number = page.number(statement)
        if number not in self._losses:
            self._losses[number] = standing.loss(statement, page.article.title, leads=page.may_lead(statement))
        loose = 0.05 * ("relative_date" in statement.flags) + self._losses[number]
        # A definition brings what it speaks of with it.
        if proposal.rule in _DEFINING:
            loose = min(loose, _LOOSEST)
        if proposal.rule == "certainty" and not self._is_unsure:
            return _CERTAIN, 0.0
        # How sure the article is of what nobody can tell is no question.
        if proposal.focus == "certainty" and loose > _LOOSEST:
            return 0.0, 0.0
        if proposal.rule not in _DEFINING and not self._names_something(statement, proposal):
            loose += 0.08
        trifle = trifles.cost(statement, proposal, of_topic=page.is_of_topic(statement))
        loose += trifle + 0.06 * ("resolved" in statement.flags)
        well = 0.02 * (len(statement.names) > 2) + 0.02 * statement.opens + self._salience(statement, proposal)
        return max(0.0, min(1.0, proposal.weight * sure + well - length - loose)), trifle

    def _salience(self, statement: Statement, proposal: Proposal) -> float:
        """Return what it adds that a statement speaks of what the whole article speaks of."""
        page = self._page
        told = sum(page.pool.count(name) - 1 for name in page.names[page.number(statement)] if name != proposal.focus)
        return 0.03 * (told > 2) + 0.03 * page.is_of_topic(statement) - 0.03 * (told == 0)

    def _names_something(self, statement: Statement, proposal: Proposal) -> bool:
        """Say whether a question names what it is about, itself or by the topic before it."""
        page, stem = self._page, proposal.stem
        if page.topic.is_named_in(stem) or page.may_lead(statement):
            return True
        named = (name.text for name in statement.names if name.is_proper or name.type in _NAMING)
        proper = (token.surface for token in statement.parse.tokens if token.pos[1] == "固有名詞")
        return any(text != proposal.key and text in stem for text in (*named, *proper))
