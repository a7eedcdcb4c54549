"""Correcting a bank's article: what its questions rest on moves along, and what changed is to be looked at."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from quizapp import drafting
from quizapp.core.article import Article, Span
from quizapp.core.bank import placed
from quizapp.core.correction import Correction
from quizapp.drafting.assembly import plain_markdown
from quizapp.drafting.claims import content_start
from quizapp.operations import authoring, items
from quizapp.operations.accounts import record
from quizapp.operations.drafting_jobs import draft_row
from quizapp.operations.drafts import through_gate
from quizapp.operations.glossaries import lent_to
from quizapp.store import banks, drafts, listing, snapshots
from quizapp.store.database import begin_writing
from quizapp.store.desk_tables import DraftingRow, DraftRow
from quizapp.store.tables import BankRow, FactRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Sentence
    from quizapp.core.bank import Bank, Fact
    from quizapp.core.correction import Touched
    from quizapp.core.items import Item
    from quizapp.drafting import Draft
    from quizapp.store.accounts import Account


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a correction would do: facts whose words change, each with its live items; drafts that go."""

    touched: tuple[tuple[Touched, tuple[Item, ...]], ...]
    drafts_gone: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did: how many items rest on words that changed, and how many drafts came."""

    items_touched: int
    drafts_added: int


def digest(article: Article | None) -> str:
    """Return what is the same as long as an article is."""
    data = json.dumps(snapshots.article_data(article) if article else None)
    return blake2s(data.encode(), digest_size=16).hexdigest()


def outlook(session: Session, bank: BankRow, new: Article) -> Outlook:
    """Return what giving a bank this article would do; nothing is changed. Reads the bank whole."""
    whole = banks.read_whole(session, bank.name)
    correction = _correction(whole.article, new)
    rows = session.scalars(select(DraftRow).where(DraftRow.bank_id == bank.id))
    gone = sum(row.state == "open" and correction.moved(drafts.value(row).fact) is None for row in rows)
    return Outlook(tuple(_touched(whole, correction)), gone)


def correct(
    session: Session, bank: BankRow, new: Article, *, seen: str, renewed: Collection[str], actor: Account, now: datetime
) -> Corrected:
    """Give a bank this article. Sentences that are new are drafted, drafts of those that changed go.

    Facts whose words only moved move along; those named in ``renewed`` rest on what their sentences became; the others
    keep the paragraphs that they were made from, and their items are to be mended. ``seen`` is the digest of the
    article that the correction was made from.

    :raise EditConflictError: somebody else corrected it meanwhile.
    """
    wishes = _wishes(session, bank, actor, new.language)
    old = banks.read_whole(session, bank.name).article
    made = _drafts(old, new, wishes)  # takes its time: not while others wait to write
    begin_writing(session)
    session.execute(select(BankRow.id).where(BankRow.id == bank.id).with_for_update())
    whole = banks.read_whole(session, bank.name)
    if digest(whole.article) != seen:
        raise items.EditConflictError("somebody else corrected the article while you were writing")
    correction = _correction(whole.article, new)
    touched = list(_touched(whole, correction))
    facts = {each.fact.id: each.renewed for each, _ in touched if each.renewed and each.fact.id in renewed}
    asked = {item.fact_id for item in whole.items}
    unasked = {each.fact.id for each, _ in touched} - asked  # nothing would ever ask for them again
    kept = tuple(facts.get(fact.id) or _kept(whole, correction, fact) for fact in whole.facts if fact.id not in unasked)
    corrected = replace(whole, article=new, facts=kept, changed=now.replace(microsecond=0))
    authoring.bring_in(session, corrected, digest="", now=now, owner_id=bank.owner_id)
    added = _redraft(session, bank, correction, made)
    left = sum(len(of_fact) for each, of_fact in touched if each.fact.id not in facts)
    record(session, actor, mark("corrected an article"), bank.name, now=now, count=left)
    session.commit()
    listing.index_missing(session)
    return Corrected(left, added)


def became(session: Session, bank: BankRow, fact_id: int | None) -> Touched | None:
    """Return what the words of a fact that a correction left behind are now; None where it left none behind."""
    row, article = session.get(FactRow, fact_id) if fact_id else None, banks.article_value(bank)
    fact = banks.fact_value(row) if row and row.article else None
    if not (fact and fact.article and article and fact.article.is_edition_of(article)):
        return None
    found = _correction(fact.article, article).touched(fact)
    return found if found.before else None


def _correction(old: Article | None, new: Article) -> Correction:
    old = old or replace(new, text="")
    return Correction(old, _sentences(old), new, _sentences(new), plain_markdown)


def _sentences(article: Article) -> list[Sentence]:
    """Return the labelled sentences of an article without the marks of lists: another number changes nothing."""
    found = []
    for sentence in drafting.label(article):
        start = content_start(sentence.text)
        span = Span(sentence.span.start + start, sentence.span.end)
        found.append(replace(sentence, text=sentence.text[start:], span=span))
    return found


def _touched(whole: Bank, correction: Correction) -> list[tuple[Touched, tuple[Item, ...]]]:
    of_fact: defaultdict[str | None, list[Item]] = defaultdict(list)
    for item in whole.live_items:
        of_fact[item.fact_id].append(item)
    return [
        (correction.touched(fact), tuple(of_fact[fact.id]))
        for fact in whole.facts
        if fact.article is None and correction.moved(fact) is None
    ]


def _kept(whole: Bank, correction: Correction, fact: Fact) -> Fact:
    """Return a fact of the bank as it stands beside the new article, its words unchanged."""
    if fact.article is None:
        return correction.moved(fact) or correction.detached(fact)
    if whole.article is None or not fact.article.is_edition_of(whole.article):
        return fact
    # It was left behind by a correction before: where its sentences are back, it is in its place again.
    is_back = correction.before(fact.article, _sentences(fact.article)).moved(fact)
    there = placed(correction.new, fact) if is_back else None
    return there or replace(fact, article=replace(correction.new, text=fact.article.text))


def _wishes(session: Session, bank: BankRow, actor: Account, language: str) -> drafting.Wishes:
    """Return what the bank's drafts were like from the beginning."""
    register = session.scalar(select(DraftingRow.register).where(DraftingRow.bank_id == bank.id).limit(1))
    groups = lent_to(session, bank.owner_id or actor.id, language)
    return drafting.Wishes(register, groups) if register else drafting.Wishes(groups=groups)


def _drafts(old: Article | None, new: Article, wishes: drafting.Wishes) -> tuple[Draft, ...]:
    """Return the drafts of sentences that the old article does not have."""
    added = [sentence.span for sentence in _correction(old, new).added]
    made = drafting.draft(new, wishes=wishes) if added else ()
    return through_gate(new, [d for d in made if any(span.overlaps(d.evidence.span) for span in added)])


def _redraft(session: Session, bank: BankRow, correction: Correction, made: tuple[Draft, ...]) -> int:
    """Put drafts in their places of the new article, add those that are new, and return how many these are."""
    rows = []
    for row in session.scalars(select(DraftRow).where(DraftRow.bank_id == bank.id).with_for_update()):
        fact = correction.moved(drafts.value(row).fact)
        if fact is None:
            session.execute(delete(DraftRow).where(DraftRow.id == row.id))
            session.expunge(row)
            continue
        shift = fact.evidence[0].span.start - drafts.value(row).fact.evidence[0].span.start
        row.fact, row.start, row.end = snapshots.fact_data(fact), row.start + shift, row.end + shift
        rows.append(row)
    known = {row.name for row in rows}
    fresh = [draft_row(bank.id, draft, 0) for draft in made if draft.id not in known]
    session.add_all(fresh)
    in_order = sorted([*rows, *fresh], key=lambda row: (row.start, row.fact["id"], -row.score))
    for position, row in enumerate(in_order):
        row.position = position
    return len(fresh)
