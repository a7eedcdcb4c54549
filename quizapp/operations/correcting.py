"""Correcting a bank's article: what its questions rest on moves along, and what changed is to be looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from quizapp.core.correction import Correction
from quizapp.operations import authoring, correction_plan, drafting_jobs, items
from quizapp.operations.accounts import record
from quizapp.store import banks, drafts, listing, snapshots
from quizapp.store import facts as facts_stored
from quizapp.store.database import batched
from quizapp.store.desk_tables import CorrectionRow, DraftRow
from quizapp.store.tables import BankRow, FactRow, ItemRow, ItemVersionRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.bank import Fact
    from quizapp.core.correction import Touched
    from quizapp.core.items import Item
    from quizapp.operations.correction_plan import Plan
    from quizapp.store.accounts import Account


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a correction would do.

    ``touched`` are facts whose words change, each with its live items, ``versions`` how many items get a new version
    for the article's title, day or sources alone, ``drafts_gone`` how many open drafts go.
    """

    touched: tuple[tuple[Touched, tuple[Item, ...]], ...]
    versions: int
    drafts_gone: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did: how many items rest on words that changed; the ``code`` of the drafting that it calls for.

    The code is "" where no sentence is new.
    """

    items_touched: int
    code: str


def digest(article: Article | None) -> str:
    """Return what is the same as long as an article is."""
    data = json.dumps(snapshots.article_data(article) if article else None)
    return blake2s(data.encode(), digest_size=16).hexdigest()


def outlook(session: Session, bank: BankRow, new: Article) -> Outlook:
    """Return what giving a bank this article would do; nothing is changed. Reads every fact of the bank."""
    plan = correction_plan.make(session, correction_plan.as_it_is(session, bank.id, bank.name), new, ())
    gone = sum(
        row.state == "open" and _moved(plan.correction, drafts.value(row))[0] is None
        for row in session.scalars(select(DraftRow).where(DraftRow.bank_id == bank.id))
    )
    items_of = _items(session, bank, [name for _fact, names in plan.touched for name in names])
    touched = tuple(
        (change, tuple(items_of[name] for name in names if name in items_of)) for change, names in plan.touched
    )
    return Outlook(touched, sum(name in plan.live for _fact, names in plan.retold for name in names), gone)


def correct(
    session: Session, bank: BankRow, new: Article, *, seen: str, renewed: Collection[str], actor: Account, now: datetime
) -> Corrected:
    """Give a bank this article. Drafts of sentences that changed go; those that are new are to be drafted.

    Facts whose words only moved move along; those named in ``renewed`` rest on what their sentences became; the others
    keep the paragraphs that they were made from, and their items are to be mended. ``seen`` is the digest of the
    article that the correction was made from. ``former`` tells what it replaced.

    :raise EditConflictError: somebody else corrected it meanwhile.
    :raise NotFoundError: somebody deleted the bank meanwhile.
    """
    bank_id, name = bank.id, bank.name
    while True:
        bank = correction_plan.as_it_is(session, bank_id, name)
        plan = correction_plan.make(session, bank, new, renewed)  # takes its time: not while others wait to write
        contents = _contents(session, bank, new, plan.retold)
        banks.begin_changing(session, bank)
        old = banks.article_value(bank)
        if digest(old) != seen:
            raise items.EditConflictError("somebody else corrected the article while you were writing")
        if bank.changed_at == plan.bank_changed_at:
            break
        session.rollback()  # somebody wrote questions meanwhile
    authoring.set_article(bank, new)
    items.touch(bank, now)
    _keep_facts(session, bank, plan)
    _keep_versions(session, bank, contents, plan.reworded, now)
    gone, quotes = _move_drafts(session, bank, plan.correction)
    if old:
        before = session.get(CorrectionRow, bank.id)
        session.merge(
            CorrectionRow(
                bank_id=bank.id, made_at=now, article=snapshots.article_data(old),
                renewed=sorted({change.fact.id for change, _items in plan.touched} & set(renewed)),
                drafts={**(before.drafts if before else {}), **gone},
            )
        )  # fmt: skip
    code = drafting_jobs.hand_in_quotes(session, bank, quotes, owner=actor, now=now) if quotes else ""
    record(session, actor, mark("corrected an article"), bank.name, now=now, count=plan.left)
    session.commit()
    listing.index_missing(session)
    return Corrected(plan.left, code)


@dataclass(frozen=True, slots=True)
class Former:
    """What the last correction of an article replaced, when, and the names of the facts that took the new words."""

    article: Article
    made_at: datetime
    renewed: tuple[str, ...]


def former(session: Session, bank: BankRow) -> Former | None:
    """Return what a bank's article was before its last correction."""
    row = session.get(CorrectionRow, bank.id)
    return Former(snapshots.article_from(row.article), row.made_at, tuple(row.renewed)) if row else None


def became(session: Session, bank: BankRow, fact_id: int | None) -> Touched | None:
    """Return what the words of a fact that a correction left behind are now; None where it left none behind."""
    row, article = session.get(FactRow, fact_id) if fact_id else None, banks.article_value(bank)
    fact = facts_stored.value(row) if row and row.article else None
    if not (fact and fact.article and article and fact.article.is_edition_of(article)):
        return None
    found = correction_plan.between(fact.article, article).touched(fact)
    return found if found.before else None


def _items(session: Session, bank: BankRow, identities: Sequence[str]) -> dict[str, Item]:
    rows = banks.contents(session, bank.id, identities)
    return {name: snapshots.read(content).item for name, content in rows.items()}


@dataclass(frozen=True, slots=True)
class Renewed:
    """Items that rest on new words: the numbers of their new versions, by identity, and how many are not retired."""

    numbers: dict[str, int]
    live: int


def renew(session: Session, bank: BankRow, fact_id: int, fact: Fact, *, now: datetime) -> Renewed:
    """Let a fact that a correction left behind rest on words of the article, and with it all its items.

    The caller commits.
    """
    row = session.get_one(FactRow, fact_id)
    resting = session.scalars(select(ItemRow).where(ItemRow.fact_id == fact_id).order_by(ItemRow.position)).all()
    numbers = {each.identity: each.version_number + 1 for each in resting}
    live = sum(not each.is_retired for each in resting)
    alike = select(FactRow).where(FactRow.bank_id == bank.id, FactRow.statement == fact.statement, FactRow.id != row.id)
    found = ((each, facts_stored.value(each)) for each in session.scalars(alike))
    there = next((each for each, value in found if not value.article and items.told(value) == items.told(fact)), None)
    if there is None:
        session.execute(update(FactRow), [{"id": row.id, **facts_stored.columns(fact)}])
    else:  # a question was moved to the new words by hand
        session.execute(update(ItemRow).where(ItemRow.fact_id == row.id).values(fact_id=there.id))
        session.execute(delete(FactRow).where(FactRow.id == row.id))
        fact = facts_stored.value(there)
    items.touch(bank, now)
    retold = [(fact, list(numbers))]
    _keep_versions(session, bank, _contents(session, bank, banks.article_value(bank), retold), set(numbers), now)
    return Renewed(numbers, live)


def _contents(
    session: Session, bank: BankRow, article: Article | None, retold: Sequence[tuple[Fact, list[str]]]
) -> dict[str, dict[str, Any]]:
    """Return what the new versions of items say, by identity: what they said, of facts as they are told now."""
    grounds = [(snapshots.ground(fact, article), names) for fact, names in retold]
    said = banks.contents(session, bank.id, [name for _ground, names in grounds for name in names])
    # What is no longer said was taken out meanwhile.
    return {name: {"item": said[name]["item"], **ground} for ground, names in grounds for name in names if name in said}


def _keep_facts(session: Session, bank: BankRow, plan: Plan) -> None:
    for names in batched(list(plan.facts)):
        rows = session.execute(
            select(FactRow.id, FactRow.name).where(FactRow.bank_id == bank.id, FactRow.name.in_(names))
        )
        values = [{"id": row_id, **facts_stored.columns(plan.facts[name])} for row_id, name in rows]
        session.execute(update(FactRow), values)
    for names in batched(list(plan.unasked)):
        session.execute(delete(FactRow).where(FactRow.bank_id == bank.id, FactRow.name.in_(names)))


def _keep_versions(
    session: Session, bank: BankRow, contents: dict[str, dict[str, Any]], reworded: set[str], now: datetime
) -> None:
    """Give items new versions, in few statements: students' answers wait meanwhile."""
    for identities in batched(list(contents)):
        in_force = (ItemVersionRow.item_id == ItemRow.id) & (ItemVersionRow.number == ItemRow.version_number)
        rows = session.execute(
            select(ItemRow.id, ItemRow.identity, ItemVersionRow.number, ItemVersionRow.kind, ItemVersionRow.changed_at)
            .join(ItemVersionRow, in_force)
            .where(ItemRow.bank_id == bank.id, ItemRow.identity.in_(identities))
        ).all()
        # Learners' decks take a change only when it is newer than what they have.
        versions = [
            {
                "item_id": row.id, "number": row.number + 1, "kind": row.kind, "content": contents[row.identity],
                "changed_at": max(now, row.changed_at + timedelta(seconds=1)),
            }
            for row in rows
        ]  # fmt: skip
        session.execute(insert(ItemVersionRow), versions)
        is_one = ItemRow.id.in_([row.id for row in rows])
        session.execute(update(ItemRow).where(is_one).values(version_number=ItemRow.version_number + 1))
        # What is found by words and findings is found as before where only the article's title, day or sources changed.
        anew = ItemRow.id.in_([row.id for row in rows if row.identity in reworded])
        session.execute(update(ItemRow).where(anew).values(words=None))


def _move_drafts(session: Session, bank: BankRow, correction: Correction) -> tuple[dict[str, Any], list[str]]:
    """Put drafts in their places of the new article; those whose sentence changed go.

    Return what is to be known of these, by name, and what is to be drafted: sentences that are new, and where drafts
    that go were told as well.
    """
    gone: dict[str, Any] = {}
    stay: list[DraftRow] = []
    quotes = dict.fromkeys(sentence.text for sentence in correction.added)
    for row in session.scalars(select(DraftRow).where(DraftRow.bank_id == bank.id)):
        fact, shift = _moved(correction, found := drafts.value(row))
        if fact is None:
            gone[row.name] = {name: getattr(row, name) for name in ("identity", "state", "item", "revision")}
            quotes |= dict.fromkeys(e.quote for e in found.fact.evidence if correction.moved_evidence(e))
            session.expunge(row)
            continue
        row.fact, row.start, row.end = snapshots.fact_data(fact), row.start + shift, row.end + shift
        stay.append(row)
    for names in batched(list(gone)):
        session.execute(delete(DraftRow).where(DraftRow.bank_id == bank.id, DraftRow.name.in_(names)))
    drafts.put_in_order(stay)
    return gone, list(quotes)


def _moved(correction: Correction, draft: drafts.StoredDraft) -> tuple[Fact | None, int]:
    """Return the fact of a draft with its places in the new article, and how far the draft's own place moved.

    Where it was told as well, it may no longer be; None where its own sentence changed.
    """
    fact = draft.fact
    own = next((each for each in fact.evidence if each.span.overlaps(draft.span)), fact.evidence[0])
    there = correction.moved_evidence(own)
    if there is None:
        return None, 0
    evidence = [correction.moved_evidence(each) for each in fact.evidence]
    return replace(fact, evidence=tuple(each for each in evidence if each)), there.span.start - own.span.start
