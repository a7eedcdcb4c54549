"""Writing items by hand: new ones, new versions, copies, and earlier versions brought back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from quizapp.core.article import Claim, ClaimKind, Modality, Span
from quizapp.core.bank import Evidence, Fact
from quizapp.core.errors import Fault, NotFoundError
from quizapp.core.items import ITEM_TYPES
from quizapp.drafting.assembly import plain_markdown
from quizapp.drafting.claims import content_start
from quizapp.drafting.draft import stable_id
from quizapp.operations import items, reading
from quizapp.operations.accounts import record
from quizapp.operations.authoring import new_identity
from quizapp.store import bank_faults, banks, facts, snapshots
from quizapp.store.tables import FactRow, ItemVersionRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.items import Item
    from quizapp.operations.items import Ground
    from quizapp.store.accounts import Account
    from quizapp.store.tables import BankRow


KEPT_AS_IT_IS = ("", "=")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an item shall rest on.

    ``fact`` names a fact of its bank; "" is none, "=" what it rests on already, "+" a new fact from ``quote``, as sure
    as ``modality`` says; "" is as sure as the quoted sentence reads.
    """

    fact: str = ""
    quote: str = ""
    modality: str = ""
    says: str = ""


def read_item(data: Mapping[str, Any], language: str) -> tuple[Item | None, list[Fault]]:
    """Return the item that ``data`` (as in a bank file) describes, and its faults; None when it has some."""
    faults = bank_faults.find_in_item(data, language)
    return (None if faults else ITEM_TYPES[data["type"]].from_data(data, language=language)), faults


def find_fact(session: Session, bank: BankRow, wish: Wish) -> tuple[Fact | None, list[Fault]]:
    """Return the fact that is meant, and what is wrong with how it is named."""
    if wish.fact in KEPT_AS_IT_IS:
        return None, []
    if wish.fact != "+":
        row = session.scalar(select(FactRow).where(FactRow.bank_id == bank.id, FactRow.name == wish.fact))
        return (facts.value(row), []) if row else (None, [Fault(("fact",), "this bank has no such fact")])
    article = banks.article_value(bank)
    quote = wish.quote.replace("\r\n", "\n").strip()
    places = article.places_of(quote) if article else []
    if article is None or not places:
        return None, [
            Fault(("quote",), "the article does not say this word for word: '%(quote)s'", {"quote": quote[:60]})
        ]
    return _fact(article, quote, places[0], wish), []


def _fact(article: Article, quote: str, span: Span, wish: Wish) -> Fact:
    sentences = reading.sentences_at(article, span)
    # Of several sentences the first that is not plainly asserted tells how sure all of it is.
    claims = [sentence.claim for sentence in sentences] or [Claim()]
    claim = next((claim for claim in claims if claim.modality is not Modality.ASSERTED), claims[0])
    if wish.modality in set(Modality) and wish.modality != claim.modality:
        claim = Claim(modality=Modality(wish.modality))
    stated = article.text[sentences[0].span.start : sentences[-1].span.end] if sentences else quote
    return Fact(
        id=stable_id(article.language, "fact", quote),
        statement=plain_markdown(stated[content_start(stated) :]),
        evidence=(Evidence(span, quote),),
        claim=replace(claim, kind=ClaimKind.FACT, says=wish.says.strip() or claim.says),
    )


def add_item(
    session: Session,
    bank: BankRow,
    item: Item,
    fact: Fact | None,
    *,
    actor: Account,
    now: datetime,
    ground: Ground | None = None,
) -> str:
    """Add a new item to a bank and return its identity."""
    banks.begin_changing(session, bank)
    added = replace(item, id=new_identity())
    items.add(session, bank, added, fact, now=now, ground=ground)
    record(session, actor, mark("wrote a question"), f"{bank.name} {added.id}", now=now)
    session.commit()
    return added.id


def save_item(
    session: Session,
    bank: BankRow,
    item: Item,
    fact: Fact | None,
    *,
    number: int,
    actor: Account,
    now: datetime,
    ground: Ground | None = None,
) -> bool:
    """Give an item a new version; False when nothing differs.

    :raise EditConflictError: somebody else gave it one since version ``number``.
    """
    banks.begin_changing(session, bank)
    is_changed = items.change(session, bank, item, fact, number=number, now=now, ground=ground)
    if is_changed:
        record(session, actor, mark("changed a question"), f"{bank.name} {item.id}", now=now)
    session.commit()
    return is_changed


def copy_item(session: Session, bank: BankRow, identity: str, *, actor: Account, now: datetime) -> str:
    """Add a copy of an item to its bank and return the copy's identity."""
    _, version = items.current(session, bank.id, identity)
    item, ground = snapshots.read(version.content).item, items.ground_of(version.content)
    return add_item(session, bank, item, None, actor=actor, now=now, ground=ground)


def restore_version(
    session: Session, bank: BankRow, identity: str, number: int, *, actor: Account, now: datetime
) -> bool:
    """Make a new version that says what version ``number`` said; False when that is in force.

    :raise NotFoundError: there is no such version.
    """
    row, _ = items.current(session, bank.id, identity)
    content = session.scalar(
        select(ItemVersionRow.content).where(ItemVersionRow.item_id == row.id, ItemVersionRow.number == number)
    )
    if content is None:
        raise NotFoundError("this question has no version %(number)d", number=number)
    item, ground = snapshots.read(content).item, items.ground_of(content)
    return save_item(session, bank, item, None, number=row.version_number, actor=actor, now=now, ground=ground)


def versions(session: Session, bank: BankRow, identity: str, *, most: int = 100) -> Sequence[ItemVersionRow]:
    """Return the versions of an item, newest first.

    :raise NotFoundError: the bank has no such item.
    """
    row, _ = items.current(session, bank.id, identity)
    return session.scalars(
        select(ItemVersionRow)
        .where(ItemVersionRow.item_id == row.id)
        .order_by(ItemVersionRow.number.desc())
        .limit(most)
    ).all()
