"""The errors raised on purpose, and the faults that a check collects.

A message is an English template with ``%(name)s`` places. It is also the key under which the
translation is found, so whoever shows it (a page, the command line) can show it in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class QuizError(Exception):
    """Base of every error this package raises on purpose; ``place`` names the file it is about, "" when it says so."""

    place = ""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values


class NotFoundError(QuizError):
    """What was asked for by name is not there."""


class UnreadableError(QuizError):
    """A text or file that was handed in cannot be read."""


class SettingError(QuizError):
    """A setting is missing, or says something that cannot be."""


class ConflictError(QuizError):
    """What is asked for does not fit what is already kept."""


class ForbiddenError(QuizError):
    """Whoever asks may not do this."""


class LimitError(QuizError):
    """Something was tried too often."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place inside a value.

    ``path`` leads from the value to the place: attribute names and positions from 0.
    """

    path: tuple[str | int, ...]
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def below(self, *path: str | int) -> Fault:
        """Return the same fault as seen from further up."""
        return Fault((*path, *self.path), self.message, self.values)

    def __str__(self) -> str:
        return self.message % self.values


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like ``word``, or "" when none comes near."""
    return next(iter(get_close_matches(word, list(known), n=1)), "")
