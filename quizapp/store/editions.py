"""Questions about articles of which a bank's article may be another edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from quizapp.store.mending import may_edit
from quizapp.store.tables import BankRow, ItemRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class OtherArticle:
    """The article of a bank, and how many questions the bank has."""

    bank_id: int
    bank_name: str
    title: str
    text: str
    item_count: int


def others(
    session: Session, bank: BankRow, account_id: int, *, are_older: bool = False, most: int = 100
) -> list[OtherArticle]:
    """Return the articles in a bank's language of other banks that an account may edit, the newest bank first.

    With ``are_older`` only those that came before the bank. Reads the articles whole.
    """
    items = select(func.count()).where(ItemRow.bank_id == BankRow.id, ItemRow.is_retired.is_(False)).scalar_subquery()
    query = select(BankRow.id, BankRow.name, BankRow.article_title, BankRow.article_text, items).where(
        may_edit(account_id),
        BankRow.id < bank.id if are_older else BankRow.id != bank.id,
        BankRow.article_language == bank.article_language,
    )
    rows = session.execute(query.order_by(BankRow.id.desc()).limit(most))
    return [OtherArticle(bank_id, name, title or "", text or "", count) for bank_id, name, title, text, count in rows]


def has_items(session: Session, bank_id: int) -> bool:
    """Say whether a bank has any item, retired ones too."""
    return bool(session.scalar(select(exists().where(ItemRow.bank_id == bank_id))))
