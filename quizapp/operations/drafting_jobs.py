"""Articles handed in by teachers become banks with drafts, in the background; whatever is killed is taken up again."""

from __future__ import annotations

import json
import logging
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp import drafting, intake
from quizapp.core.errors import QuizError, UnreadableError
from quizapp.operations.accounts import record
from quizapp.operations.authoring import new_identity
from quizapp.operations.drafting_leases import Job, TakenOverError
from quizapp.operations.drafts import LARGEST_SOURCE, through_gate
from quizapp.operations.glossaries import lent_to
from quizapp.store import banks, drafts, snapshots
from quizapp.store.accounts import Account
from quizapp.store.database import begin_writing
from quizapp.store.desk_tables import CorrectionRow, DraftingRow, DraftRow
from quizapp.store.tables import BankRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.errors import Fault
    from quizapp.drafting import Draft, Wishes

_OURS = mark("the article could not be read because of a fault of ours: paste its text instead")
_OURS_OF_QUOTES = mark(
    "the new sentences could not be drafted because of a fault of ours: select words in the article to draft them"
)
ADDRESS = "address"  # in the place of a file's ending: the content is an address to fetch


def hand_in(
    session: Session,
    content: bytes,
    ending: str,
    source: str,
    *,
    language: str,
    owner: Account,
    now: datetime,
    register: str = "polite",
) -> str:
    """Keep an article to be drafted from in a ``register``, and return its code; the reading itself comes later.

    :raise UnreadableError: no reader knows the ending, or there is nothing in it, or too much.
    """
    ending = ending.casefold()
    if ending == ADDRESS and not intake.is_address(source):
        raise UnreadableError("an address begins with https:// or http://")
    if ending not in {*intake.READERS, ADDRESS}:
        raise UnreadableError(
            "files ending in '%(ending)s' cannot be read; known are %(known)s",
            ending=ending,
            known=", ".join(intake.READERS),
        )
    if not content.strip():
        raise UnreadableError("there is no text in it: paste an article or choose a file")
    if len(content) > LARGEST_SOURCE:
        raise UnreadableError(
            "%(file)s is larger than %(most)d MB: split it", file=source, most=LARGEST_SOURCE // 1024 // 1024
        )
    begin_writing(session)
    code = secrets.token_urlsafe(16)
    session.add(
        DraftingRow(
            code=code, owner_id=owner.id, source=source[:200], ending=ending, language=language, made_at=now,
            content=content, register=register,
        )
    )  # fmt: skip
    session.commit()
    return code


def hand_in_quotes(session: Session, bank: BankRow, quotes: Sequence[str], *, owner: Account, now: datetime) -> str:
    """Let the places of these quotes in a bank's article be drafted, and return the code; the caller commits."""
    code = secrets.token_urlsafe(16)
    register = session.scalar(
        select(DraftingRow.register).where(DraftingRow.bank_id == bank.id).order_by(DraftingRow.id).limit(1)
    )
    session.add(
        DraftingRow(
            code=code, owner_id=owner.id, source=bank.title[:200], ending="", language=bank.language, made_at=now,
            content=json.dumps(quotes).encode(), bank_id=bank.id, register=register or "polite",
        )
    )  # fmt: skip
    return code


def work(
    session: Session,
    code: str,
    *,
    allow_private: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> bool:
    """Read a handed-in article and keep its bank with drafts; False when somebody else is at it or it is done.

    ``allow_private`` lets an address lead into the operator's own network.
    """
    job = Job(session, code, clock)
    if not job.take():
        return False
    row = session.scalars(select(DraftingRow).where(DraftingRow.code == code)).one()
    owner_id, ending, language, register = row.owner_id, row.ending, row.language, row.register
    content, bank_id = row.content, row.bank_id
    session.rollback()
    try:
        if bank_id is not None:
            _draft_quotes(job, bank_id, json.loads(content), owner_id, register)
            return True
        if ending == ADDRESS:
            read = intake.read_address(content.decode(), allow_private=allow_private)
        else:
            read = intake.read(content, ending)
        article = replace(read.article, language=language) if language else read.article
        if not article.text.strip():
            raise UnreadableError("there is no text in it: paste an article or choose a file")
        job.renew(0.0)
        groups = lent_to(session, owner_id, article.language)
        session.rollback()
        drafted = drafting.draft(article, wishes=drafting.Wishes(register, groups), advance=job.advance)
        made = through_gate(article, drafted)
        _keep(job, owner_id, article, made, read.warnings)
    except TakenOverError:
        session.rollback()
        return False
    except QuizError as error:
        values = {name: str(value) for name, value in error.values.items()}
        _fail(job, error.message, values)
    except Exception:  # whatever it was, the teacher must be told; the log has the trace
        logging.getLogger(__name__).exception("drafting failed")
        _fail(job, _OURS if bank_id is None else _OURS_OF_QUOTES, {})
    return True


def _keep(job: Job, owner_id: int, article: Article, made: tuple[Draft, ...], warnings: tuple[Fault, ...]) -> None:
    session, now = job.session, job.clock()
    begin_writing(session)
    told = [[fault.message, {name: str(value) for name, value in fault.values.items()}] for fault in warnings]
    job.change(state="done", share_done=1.0, content=b"", warnings=told)
    row = session.scalars(select(DraftingRow).where(DraftingRow.code == job.code)).one()
    identity = new_identity()
    title = article.title or row.source
    bank = BankRow(
        identity=identity, name=f"bank-{identity.lower()}", title=title, language=article.language, description="",
        deck=title, licence="", changed_at=now, digest="", article_title=title, article_language=article.language,
        article_text=article.text, article_published=article.published, owner_id=owner_id, visibility="private",
        article_sources=snapshots.sources_data(article),
    )  # fmt: skip
    session.add(bank)
    session.flush()
    in_order = sorted(made, key=lambda draft: (draft.fact.evidence[0].span.start, draft.fact.id, -draft.score))
    session.add_all(draft_row(bank.id, draft, position) for position, draft in enumerate(in_order))
    row.bank_id = bank.id
    record(session, None, mark("drafted from an article"), bank.name, now=now, count=len(made))
    session.commit()


def _draft_quotes(job: Job, bank_id: int, quotes: Sequence[str], owner_id: int, register: str) -> None:
    """Add the drafts of what a correction brought; where the article is corrected again meanwhile, draft that."""
    session = job.session
    while True:
        found = session.get(BankRow, bank_id)
        article = banks.article_value(found) if found else None
        groups = lent_to(session, owner_id, article.language) if article else ()
        session.rollback()
        job.renew(0.0)
        made = _drafts_at(article, quotes, drafting.Wishes(register, groups), job) if article else ()
        begin_writing(session)
        locked = select(BankRow).where(BankRow.id == bank_id).with_for_update(key_share=True)
        bank = session.scalar(locked.execution_options(populate_existing=True))
        if bank is None:
            raise TakenOverError  # deleted, and what was to be drafted with it
        if banks.article_value(bank) == article:
            break
    job.change(state="done", share_done=1.0, content=b"")
    rows = {row.name: row for row in session.scalars(select(DraftRow).where(DraftRow.bank_id == bank_id))}
    correction = session.get(CorrectionRow, bank_id)
    for draft in made:
        if row := rows.get(draft.id):
            row.fact = snapshots.fact_data(draft.fact)
            continue
        rows[draft.id] = row = draft_row(bank_id, draft, 0)
        for name, value in (correction.drafts.get(draft.id, {}) if correction else {}).items():
            setattr(row, name, value)
        session.add(row)
    drafts.put_in_order(rows.values())
    record(session, None, mark("drafted from an article"), bank.name, now=job.clock(), count=len(made))
    session.commit()


def _drafts_at(article: Article, quotes: Sequence[str], wishes: Wishes, job: Job) -> tuple[Draft, ...]:
    """Return the drafts of facts that are told where one of the quotes stands."""
    wanted = bytearray(len(article.text))
    for quote in quotes:
        for span in article.places_of(quote):
            wanted[span.start : span.end] = bytes([1]) * (span.end - span.start)
    made = drafting.draft(article, wishes=wishes, advance=job.advance) if any(wanted) else ()
    return through_gate(
        article, [d for d in made if any(any(wanted[e.span.start : e.span.end]) for e in d.fact.evidence)]
    )


def draft_row(bank_id: int, draft: Draft, position: int) -> DraftRow:
    """Return the row of a draft."""
    return DraftRow(
        bank_id=bank_id,
        name=draft.id,
        identity=new_identity(),
        position=position,
        item={**draft.item.to_data(), "language": draft.item.language},
        fact=snapshots.fact_data(draft.fact),
        start=draft.evidence.span.start,
        end=draft.evidence.span.end,
        score=draft.score,
        generator=draft.generator,
        flags=list(draft.flags),
        origins=[origin.to_data() for origin in draft.origins],
    )


def _fail(job: Job, message: str, values: dict[str, str]) -> None:
    begin_writing(job.session)
    with suppress(TakenOverError):
        job.change(state="failed", error=message, error_values=values, leased_until=None)
    job.session.commit()


def discard(session: Session, code: str, owner: Account) -> None:
    """Take a handed-in article that failed, or is not wanted any more, off the desk.

    :raise NotFoundError: there is none with this code.
    """
    begin_writing(session)
    session.delete(drafts.drafting(session, code, owner.id))
    session.commit()
