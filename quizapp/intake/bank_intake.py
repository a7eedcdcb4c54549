"""What reading a file of questions gives: items as a bank file would hold them, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.errors import Fault


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note of a deck that was exported here: its fields by name, and when it last changed, in seconds."""

    note_type: str
    guid: str
    fields: Mapping[str, str]
    changed: int


@dataclass(frozen=True, slots=True)
class Found:
    """An item at its ``place`` (the number of the line or note, from 1), as ``data`` of a bank file.

    ``data`` has an ``id`` where the file tells one. ``own`` is there for notes of decks that were exported here: they
    are compared with the bank, and ``data`` is empty.
    """

    place: int
    data: dict[str, Any]
    own: OwnNote | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line or note that makes no item, and why."""

    place: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class BankIntake:
    """The items of a file; ``columns`` are its headings with what each was taken for ("" where left out).

    ``warnings`` are messages (also keys of the catalogue) on what of the file as a whole was left out. ``first_row``
    are the cells of a table's first row where they were not taken for headings.
    """

    title: str
    language: str
    found: tuple[Found, ...]
    rejected: tuple[Rejected, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = field(default=())
    first_row: tuple[str, ...] = ()
