"""How often somebody may fail to sign in, or report a question without an attempt, counted in memory or in Redis."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar, cast

from limits import RateLimitItemPerDay, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from quizapp.core.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from limits.storage import Storage

# A classroom shares one address: a name fails by itself, an address only when a whole class does.
_BY_NAME_AND_ADDRESS = RateLimitItemPerMinute(8, 10)
_BY_ADDRESS = RateLimitItemPerMinute(200, 10)
MINUTES = 10
_REPORTS_OF_ITEM = RateLimitItemPerDay(5)
_REPORTS = RateLimitItemPerDay(100)

T = TypeVar("T")


class Limits:
    """Counts by address, and with it by name or question.

    When Redis does not answer, each process counts for itself: sign-in goes on.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._shared = self._own
        if redis_url:
            storage = storage_from_string(redis_url, wrap_exceptions=True)
            self._shared = FixedWindowRateLimiter(cast("Storage", storage))

    def require_room(self, name: str, address: str) -> None:
        """Refuse who has failed too often.

        :raise LimitError: too many failures; wait.
        """
        if not self._ask(
            lambda limiter: (
                limiter.test(_BY_NAME_AND_ADDRESS, "sign-in", address, name)
                and limiter.test(_BY_ADDRESS, "sign-in", address)
            )
        ):
            raise LimitError(
                "too many attempts to sign in failed: wait %(minutes)d minutes and try again", minutes=MINUTES
            )

    def count_failure(self, name: str, address: str) -> None:
        """Count a wrong name or password."""
        self._ask(
            lambda limiter: (
                limiter.hit(_BY_NAME_AND_ADDRESS, "sign-in", address, name),
                limiter.hit(_BY_ADDRESS, "sign-in", address),
            )
        )

    def count_report(self, item: str, address: str) -> None:
        """Count a report, and refuse it where there were enough from this address.

        :raise LimitError: enough for today.
        """
        if not self._ask(
            lambda limiter: (
                limiter.hit(_REPORTS, "report", address) and limiter.hit(_REPORTS_OF_ITEM, "report", address, item)
            )
        ):
            raise LimitError("enough reports came from where you are today; this one was not kept")

    def _ask(self, ask: Callable[[FixedWindowRateLimiter], T]) -> T:
        try:
            return ask(self._shared)
        except StorageError:
            logging.getLogger(__name__).exception("Redis does not answer: each process counts for itself")
            return ask(self._own)
