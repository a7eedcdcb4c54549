"""Checking drafts: keeping, dropping and undoing, and drafts of words that a teacher selects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp import drafting
from quizapp.core.article import ClaimKind, Span
from quizapp.core.bank import Evidence, Fact
from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.core.items import Cloze, Gap
from quizapp.drafting.assembly import plain_markdown
from quizapp.drafting.draft import Draft, stable_id
from quizapp.operations import items
from quizapp.operations.accounts import record
from quizapp.operations.drafting_jobs import draft_row
from quizapp.store import banks, drafts
from quizapp.store.desk_tables import DraftRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article, Sentence
    from quizapp.core.items import Item
    from quizapp.store.accounts import Account
    from quizapp.store.tables import BankRow

_ACTIONS = {
    "kept": mark("kept drafts"),
    "dropped": mark("dropped drafts"),
    "open": mark("put drafts back"),
}


def set_state(
    session: Session, bank: BankRow, draft_ids: Sequence[int], state: str, *, actor: Account, now: datetime
) -> dict[int, str]:
    """Keep ("kept"), drop ("dropped") or put back ("open") drafts; return the state that each had before.

    A kept draft is an item of the bank at once. Putting it back takes the item out again; once somebody was asked it
    or it was edited, it is retired instead, and keeping it again takes it back into use.
    """
    banks.begin_changing(session, bank)
    before: dict[int, str] = {}
    for row in drafts.among(session, bank.id, draft_ids):
        if row.state == state:
            continue
        before[row.id] = row.state
        if state == "kept":
            _put_in(session, bank, row, now)
        elif row.state == "kept":
            _take_out(session, bank, row, now)
        row.state = state
    if before:
        record(session, actor, _ACTIONS[state], bank.name, now=now, count=len(before))
    session.commit()
    return before


def _put_in(session: Session, bank: BankRow, row: DraftRow, now: datetime) -> None:
    draft = drafts.value(row)
    try:
        item, _ = items.current(session, bank.id, row.identity)
    except NotFoundError:
        items.add(session, bank, replace(draft.item, id=row.identity), draft.fact, now=now)
    else:
        items.set_retired(session, bank, item, is_retired=False, now=now)


def _take_out(session: Session, bank: BankRow, row: DraftRow, now: datetime) -> None:
    try:
        items.remove_unused(session, bank, row.identity, now=now)
    except NotFoundError:
        return  # it was moved to another bank meanwhile, and stays there


def edit(session: Session, bank: BankRow, draft_id: int, item: Item, *, revision: int) -> None:
    """Give a draft other words; it stays a draft.

    :raise EditConflictError: somebody else changed it meanwhile, or kept it.
    """
    banks.begin_changing(session, bank)
    row = drafts.get(session, bank.id, draft_id)
    if row.revision != revision or row.state == "kept":
        raise items.EditConflictError("somebody else changed this question while you were writing")
    row.item = {**replace(item, id=row.name).to_data(), "language": item.language}
    row.revision += 1
    row.state = "open"
    session.commit()


def draft_words(session: Session, bank: BankRow, span: Span | None, words: str) -> int:
    """Return the id of a draft whose key are the words at ``span`` of the article (or the first ``words`` in it).

    A draft with this key of this sentence that is there already is put forward; else a gap is made in the sentence.

    :raise ConflictError: the words are not there, or reach over the end of a sentence.
    """
    banks.begin_changing(session, bank)
    article = banks.article_value(bank)
    if article is None:
        raise ConflictError("this bank has no article to choose words from")
    span = _trimmed(article, span) if span else next(iter(article.places_of(words.strip())), None)
    if span is None:
        raise ConflictError("these words do not stand in the article: copy them letter for letter", words=words)
    sentence = next((s for s in drafting.label(article) if s.span.contains(span)), None)
    if sentence is None:
        raise ConflictError("choose words within one sentence")
    draft = _gap_draft(article, sentence, span)
    key = article.at(span)
    rows = session.scalars(
        select(DraftRow).where(
            DraftRow.bank_id == bank.id, DraftRow.start < sentence.span.end, DraftRow.end > sentence.span.start
        )
    ).all()
    for row in rows:
        if row.name == draft.id or key in drafts.value(row).item.questions[0].input.keys:
            if row.state == "dropped":
                row.state = "open"
            session.commit()
            return row.id
    # Beside the other drafts of its sentence, under their fact.
    beside = next((row for row in rows if row.start == draft.evidence.span.start), None)
    if beside:
        fact = drafts.value(beside).fact
        draft = replace(draft, fact=fact, item=replace(draft.item, fact_id=fact.id))
    row = draft_row(bank.id, draft, beside.position if beside else _position(session, bank.id, span))
    session.add(row)
    session.commit()
    return row.id


def _position(session: Session, bank_id: int, span: Span) -> int:
    """Return the place of the last draft that stands before ``span`` in the article."""
    before = session.scalar(
        select(DraftRow.position)
        .where(DraftRow.bank_id == bank_id, DraftRow.start <= span.start)
        .order_by(DraftRow.start.desc(), DraftRow.position.desc())
        .limit(1)
    )
    return 0 if before is None else before


def _trimmed(article: Article, span: Span) -> Span | None:
    """Return a span without the white space around its words; None when nothing is left or it ends after the text."""
    text = article.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip())) if text.strip() and span.end <= len(article.text) else None


def _gap_draft(article: Article, sentence: Sentence, span: Span) -> Draft:
    key = article.at(span)
    before = article.text[sentence.span.start : span.start]
    after = article.text[span.end : sentence.span.end]
    quote = article.at(sentence.span)
    name = stable_id("selected", str(span.start), key, quote)
    fact = Fact(
        id=stable_id(article.language, "fact", quote),
        statement=plain_markdown(quote),
        evidence=(Evidence(sentence.span, quote),),
        claim=replace(sentence.claim, kind=ClaimKind.FACT),
        terms=(key,),
    )
    stem = plain_markdown(before.lstrip("#-*> ")) + "{{1}}" + plain_markdown(after)
    item = Cloze(id=name, language=article.language, fact_id=fact.id, stem=stem, gaps=(Gap(key),))
    return Draft(name, item, fact, fact.evidence[0], 1.0, "selected", ())
