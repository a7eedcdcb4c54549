"""An article that came as a new bank, though it corrects one that is there: which, and what becomes of the new bank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete

from quizapp.core.correction import share_alike
from quizapp.operations.accounts import record
from quizapp.store import banks, editions
from quizapp.store.tables import BankRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.store.accounts import Account
    from quizapp.store.editions import OtherArticle

_MOST_OF_IT = 0.5


@dataclass(frozen=True, slots=True)
class Earlier:
    """An article that a bank's may correct, and how much of both is the same, from 0 to 1."""

    article: OtherArticle
    share: float

    @property
    def is_likely(self) -> bool:
        """Whether most of both is the same, but not all."""
        return _MOST_OF_IT < self.share < 1


def earlier(session: Session, bank: BankRow, account: Account) -> list[Earlier]:
    """Return the articles of somebody's other banks, those that are most like a bank's article first."""
    found = [_beside(bank, other) for other in editions.others(session, bank, account.id)]
    return sorted(found, key=lambda each: -each.share if each.is_likely else 0)


def is_likely_correction(session: Session, bank: BankRow, account: Account) -> bool:
    """Say whether a bank's article likely corrects that of an older one; no longer once the bank has questions."""
    if editions.has_items(session, bank.id):
        return False
    return any(_beside(bank, other).is_likely for other in editions.others(session, bank, account.id, are_older=True))


def _beside(bank: BankRow, other: OtherArticle) -> Earlier:
    return Earlier(other, share_alike(other.text, bank.article_text or ""))


def as_correction(of: BankRow, by: BankRow) -> Article | None:
    """Return the article of a bank as it corrects another's; what it does not say of day and sources stays."""
    old, new = banks.article_value(of), banks.article_value(by)
    if old is None or new is None:
        return new
    return replace(new, published=new.published or old.published, sources=new.sources or old.sources)


def let_go(session: Session, bank: BankRow, *, actor: Account, now: datetime) -> bool:
    """Take a bank with its drafts away whose article is that of another by now; False if it has questions."""
    banks.begin_changing(session, bank)
    is_empty = not editions.has_items(session, bank.id)
    if is_empty:
        record(session, actor, mark("took a correction's own bank away"), bank.name, now=now)
        session.execute(delete(BankRow).where(BankRow.id == bank.id))
    session.commit()
    return is_empty
