"""What the correction of an article means for a bank, worked out before anything is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import undefer

from quizapp import drafting
from quizapp.core.article import Span
from quizapp.core.bank import placed
from quizapp.core.correction import Correction
from quizapp.core.errors import NotFoundError
from quizapp.drafting.assembly import plain_markdown
from quizapp.drafting.claims import content_start
from quizapp.operations.items import told
from quizapp.store import banks, facts
from quizapp.store.tables import BankRow, ItemRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article, Sentence
    from quizapp.core.bank import Fact
    from quizapp.core.correction import Touched


@dataclass(frozen=True, slots=True)
class Plan:
    """What a correction means for a bank as it was read: facts that differ, those that go, and who must know.

    ``touched`` are facts with the identities of their live items, ``retold`` those of all items of facts that are told
    otherwise by now, ``reworded`` whether by more than the article's title, day or sources. ``left`` counts the live
    items whose words changed without their fact being renewed.
    """

    bank_changed_at: datetime
    correction: Correction
    touched: list[tuple[Touched, list[str]]]
    facts: dict[str, Fact]
    unasked: set[str]
    retold: list[tuple[Fact, list[str]]]
    reworded: set[str]
    live: set[str]
    left: int


def as_it_is(session: Session, bank_id: int, name: str) -> BankRow:
    """Return a bank with its article as the database has them now.

    :raise NotFoundError: it was deleted meanwhile.
    """
    query = select(BankRow).where(BankRow.id == bank_id).options(undefer(BankRow.article_text))
    bank = session.scalar(query.execution_options(populate_existing=True))
    if bank is None:
        raise NotFoundError("no bank named '%(name)s'", name=name)
    return bank


def make(session: Session, bank: BankRow, new: Article, renewed: Collection[str]) -> Plan:
    """Return what giving a bank this article means; facts named in ``renewed`` rest on what their sentences became."""
    old = banks.article_value(bank)
    correction = between(old, new)
    of_fact, live = _asked(session, bank)
    plan = Plan(bank.changed_at, correction, [], {}, set(), [], set(), live, 0)
    left = 0
    for row_id, fact in facts.of_bank(session, bank.id).items():
        names = of_fact[row_id]
        moved = _kept(old, correction, fact) if fact.article else correction.moved(fact)
        if moved is None:
            change = correction.touched(fact)
            still_asked = [name for name in names if name in live]
            plan.touched.append((change, still_asked))
            if not names:
                plan.unasked.add(fact.id)  # nothing would ever ask for it again
                continue
            if fact.id in renewed and change.renewed:
                moved = change.renewed
            else:
                moved, left = correction.detached(fact), left + len(still_asked)
        if moved != fact:
            plan.facts[fact.id] = moved
        is_reworded = told(moved) != told(fact)
        if is_reworded or _head(moved.article or new) != _head(fact.article or old):
            plan.retold.append((moved, names))
            plan.reworded.update(names if is_reworded else ())
    return replace(plan, left=left)


def _head(article: Article | None) -> Article | None:
    return replace(article, text="") if article else None


def _asked(session: Session, bank: BankRow) -> tuple[defaultdict[int | None, list[str]], set[str]]:
    """Return the identities of the items of each fact's row, and of all that are not retired."""
    of_fact: defaultdict[int | None, list[str]] = defaultdict(list)
    live = set[str]()
    query = select(ItemRow.fact_id, ItemRow.identity, ItemRow.is_retired).where(ItemRow.bank_id == bank.id)
    for fact_id, name, is_retired in session.execute(query.order_by(ItemRow.position)):
        of_fact[fact_id].append(name)
        if not is_retired:
            live.add(name)
    return of_fact, live


def _kept(old: Article | None, correction: Correction, fact: Fact) -> Fact:
    """Return a fact with paragraphs of its own as it stands beside the new article."""
    if fact.article is None or old is None or not fact.article.is_edition_of(old):
        return fact
    # It was left behind by a correction before: where its sentences are back, it is in its place again.
    is_back = correction.before(fact.article, _sentences(fact.article)).moved(fact)
    there = placed(correction.new, fact) if is_back else None
    return there or replace(fact, article=replace(correction.new, text=fact.article.text))


def between(old: Article | None, new: Article) -> Correction:
    """Return the correction of an article, or of none at all, to a new one."""
    old = old or replace(new, text="")
    return Correction(old, _sentences(old), new, _sentences(new), plain_markdown)


@lru_cache(maxsize=8)  # whoever looks at a correction makes it next
def _sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the labelled sentences of an article without the marks of lists: another number changes nothing."""
    found = []
    for sentence in drafting.label(article):
        start = content_start(sentence.text)
        span = Span(sentence.span.start + start, sentence.span.end)
        found.append(replace(sentence, text=sentence.text[start:], span=span))
    return tuple(found)
