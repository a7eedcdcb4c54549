"""The glossary that a teacher keeps, and what it and their banks lend to drafts as wrong options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import UnreadableError
from quizapp.drafting import glossary
from quizapp.store import glossaries
from quizapp.store.database import begin_writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.drafting.glossary import Group

LONGEST = 100_000
# So many items of a teacher's banks are looked at, the newest.
_MOST_ITEMS = 1_000


def keep(session: Session, account_id: int, text: str) -> None:
    """Keep a glossary in the place of the one before.

    :raise UnreadableError: it is too long, or holds something that is no term.
    """
    if len(text) > LONGEST:
        raise UnreadableError("the glossary is longer than %(most)d characters", most=LONGEST)
    glossary.parse(text)
    begin_writing(session)
    glossaries.keep(session, account_id, text)
    session.commit()


def lent_to(session: Session, account_id: int, language: str) -> tuple[Group, ...]:
    """Return the groups of terms that a teacher's banks of a language, then their glossary, lend."""
    items = glossaries.items_of(session, account_id, language, most=_MOST_ITEMS)
    return (*glossary.of_items(items), *glossary.parse(glossaries.text_of(session, account_id)))
