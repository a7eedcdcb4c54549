"""Passwords: argon2id, a few at a time, and as slow for a name that is not there."""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quizapp.core.errors import Fault

SHORTEST = 10
LONGEST = 200

# OWASP's second choice: 60 to 100 ms and 19 MiB each.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# A class signing in at once must not take the memory of the answers' server.
_TURNS = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _TURNS:
        return _HASHER.hash(_spelled(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Say whether a password fits; without a hash (no such account) False, after the same time."""
    with _TURNS:
        try:
            _HASHER.verify(password_hash or _dummy(), _spelled(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def faults(password: str, name: str) -> list[Fault]:
    """Return what makes a password too weak."""
    if len(password) < SHORTEST:
        return [Fault(("password",), "a password needs at least %(least)d characters", {"least": SHORTEST})]
    if len(password) > LONGEST:
        return [Fault(("password",), "a password has at most %(most)d characters", {"most": LONGEST})]
    folded = password.casefold()
    if len(set(folded)) < 5 or (name and folded == name.casefold()) or folded in _COMMON:
        return [Fault(("password",), "this password is too easy to guess: use several words")]
    return []


# The commonest of ten characters and more; longer lists only matter to who can try without limit.
_COMMON = frozenset(
    [
        "1234567890",
        "12345678910",
        "123456789a",
        "password12",
        "password123",
        "password1234",
        "qwertyuiop",
        "qwerty12345",
        "1q2w3e4r5t",
        "q1w2e3r4t5",
        "1qaz2wsx3edc",
        "iloveyou12",
        "administrator",
        "abcdefghij",
        "abcd123456",
        "asdfghjkl;",
        "letmein123",
        "welcome123",
        "0123456789",
        "9876543210",
        "sakura1234",
        "himitsu123",
        "quizapp123",
        "quizappquizapp",
    ]
)


def _spelled(password: str) -> str:
    """Return the password in one spelling: keyboards differ in how they compose a letter."""
    return unicodedata.normalize("NFC", password)


@lru_cache(maxsize=1)
def _dummy() -> str:
    return _HASHER.hash("nobody has this password")
