"""How often somebody may fail to sign in, counted in memory or in Redis."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from quizapp.core.errors import LimitError

if TYPE_CHECKING:
    from limits.storage import Storage

# A classroom shares one address: a name fails by itself, an address only when a whole class does.
_BY_NAME_AND_ADDRESS = RateLimitItemPerMinute(8, 10)
_BY_ADDRESS = RateLimitItemPerMinute(200, 10)
MINUTES = 10


class SignInLimits:
    """Counts failures by name and address together, and by address.

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
        try:
            has_room = self._has_room(self._shared, name, address)
        except StorageError:
            logging.getLogger(__name__).exception("Redis does not answer: failures are counted in memory")
            has_room = self._has_room(self._own, name, address)
        if not has_room:
            raise LimitError(
                "too many attempts to sign in failed: wait %(minutes)d minutes and try again", minutes=MINUTES
            )

    def count_failure(self, name: str, address: str) -> None:
        """Count a wrong name or password."""
        for limiter in (self._shared, self._own):
            try:
                limiter.hit(_BY_NAME_AND_ADDRESS, "sign-in", address, name)
                limiter.hit(_BY_ADDRESS, "sign-in", address)
            except StorageError:
                continue
            break

    @staticmethod
    def _has_room(limiter: FixedWindowRateLimiter, name: str, address: str) -> bool:
        return limiter.test(_BY_NAME_AND_ADDRESS, "sign-in", address, name) and limiter.test(
            _BY_ADDRESS, "sign-in", address
        )
