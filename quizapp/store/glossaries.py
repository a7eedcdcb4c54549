"""Questions about glossaries, and about the banks whose options serve beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, cast, select

from quizapp.store import snapshots
from quizapp.store.desk_tables import GlossaryRow
from quizapp.store.tables import BankRow, ItemRow, ItemVersionRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from quizapp.core.items import Item


def text_of(session: Session, account_id: int) -> str:
    """Return somebody's glossary as they wrote it, "" where they keep none."""
    return session.scalar(select(GlossaryRow.text).where(GlossaryRow.account_id == account_id)) or ""


def keep(session: Session, account_id: int, text: str) -> None:
    """Keep a glossary in the place of the one before."""
    session.merge(GlossaryRow(account_id=account_id, text=text))


def items_of(session: Session, account_id: int, language: str, *, most: int) -> Iterator[Item]:
    """Yield up to ``most`` items in use of the banks that somebody owns in a language, the newest first."""
    query = (
        select(cast(ItemVersionRow.content, String))
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .join(BankRow, BankRow.id == ItemRow.bank_id)
        .where(
            BankRow.owner_id == account_id,
            BankRow.language == language,
            ItemRow.is_retired.is_(False),
            ItemVersionRow.number == ItemRow.version_number,
        )
        .order_by(ItemVersionRow.id.desc())
        .limit(most)
    )
    for content in session.scalars(query):
        yield snapshots.parse(content).item
