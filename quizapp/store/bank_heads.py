"""What the pages of a bank need to know of it before anything else: what it is called, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, select

from quizapp.store import accounts
from quizapp.store.account_tables import AccountRow, BankShareRow
from quizapp.store.accounts import Account
from quizapp.store.reads import Read
from quizapp.store.tables import BankRow, ItemRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

_SIGNED_IN_AT = Read(
    accounts.SIGNED_IN.outerjoin(BankRow, BankRow.name == bindparam("name"))
    .outerjoin(BankShareRow, and_(BankShareRow.bank_id == BankRow.id, BankShareRow.account_id == AccountRow.id))
    .add_columns(
        BankRow.id,
        BankRow.name,
        BankRow.title,
        BankRow.language,
        BankRow.article_title.is_not(None),
        BankRow.visibility,
        BankRow.owner_id,
        BankShareRow.may,
        select(func.min(ItemRow.id)).where(ItemRow.bank_id == BankRow.id).scalar_subquery(),
    )
)


@dataclass(frozen=True, slots=True)
class BankHead:
    """A bank's name and owner; ``share`` is what somebody else may do with it: "view", "edit", or None.

    ``first_item`` is its first row, so that a list need not look at what came before.
    """

    id: int
    name: str
    title: str
    language: str
    has_article: bool
    visibility: str
    owner_id: int | None
    share: str | None
    first_item: int | None = None


def of(row: BankRow) -> BankHead:
    """Return the head of a bank that was read whole."""
    has_article = row.article_title is not None
    return BankHead(row.id, row.name, row.title, row.language, has_article, row.visibility, row.owner_id, None)


def signed_in_at(engine: Engine, token: str, name: str, *, now: datetime) -> tuple[Account | None, BankHead | None]:
    """Return who is signed in with a session token, and the bank called ``name`` with what is shared of it with them.

    Without anybody there is no bank either.
    """
    rows = _SIGNED_IN_AT.rows(engine, {"digest": accounts.digest(token), "now": now, "name": name})
    if not rows:
        return None, None
    row = rows[0]
    return Account(*row[:3]), BankHead(*row[3:]) if row[3] else None
