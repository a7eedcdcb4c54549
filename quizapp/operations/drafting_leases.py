"""Who works on an article that was handed in: one process holds it, until it is done or its lease runs out."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, update

from quizapp.store.database import begin_writing
from quizapp.store.desk_tables import DraftingRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

# Reading cannot say that it goes on; what comes after it can.
READING_LEASE, LEASE = timedelta(seconds=180), timedelta(seconds=60)
_TELL_EVERY_SECONDS = 0.5
_READ_SHARE = 0.1


class TakenOverError(Exception):
    """The lease ran out and somebody else took the work, or it was discarded."""


class Job:
    """An article that this process works on as long as nobody else took it; the end of its own lease is its token."""

    def __init__(self, session: Session, code: str, clock: Callable[[], datetime]) -> None:
        self.session = session
        self.code = code
        self.clock = clock
        self._until: datetime | None = None
        self._told_at = 0.0

    def take(self) -> bool:
        """Take the article if nobody works on it."""
        begin_writing(self.session)
        now = self.clock()
        is_free = or_(DraftingRow.leased_until.is_(None), DraftingRow.leased_until < now)
        is_taken = self._update(is_free, leased_until=now + READING_LEASE)
        self._until = now + READING_LEASE
        self.session.commit()
        return is_taken

    def change(self, **values: object) -> None:
        """Change the article's row, in the transaction of the caller.

        :raise TakenOverError: it is no longer this process's.
        """
        if not self._update(DraftingRow.leased_until == self._until, **values):
            raise TakenOverError

    def renew(self, share: float) -> None:
        """Say that the work goes on, and how much of the drafting is done.

        :raise TakenOverError: it is no longer this process's.
        """
        begin_writing(self.session)
        until = self.clock() + LEASE
        self.change(share_done=_READ_SHARE + (1 - _READ_SHARE) * share, leased_until=until)
        self._until = until
        self.session.commit()

    def advance(self, share: float) -> None:
        """Renew the lease now and then."""
        if time.monotonic() - self._told_at >= _TELL_EVERY_SECONDS:
            self._told_at = time.monotonic()
            self.renew(share)

    def _update(self, condition: ColumnElement[bool], **values: object) -> bool:
        changed = self.session.execute(
            update(DraftingRow)
            .where(DraftingRow.code == self.code, DraftingRow.state == "waiting", condition)
            .values(**values)
            .returning(DraftingRow.id)
        ).all()
        return bool(changed)
