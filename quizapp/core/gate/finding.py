"""Findings: what the gate says of an item."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.items import Item


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    SERIOUS = "serious"  # as it stands, the item gives its answer away or cannot be judged fairly
    WARNING = "warning"  # careful students profit without knowing the answer, or careful readers stumble
    HINT = "hint"  # worth a look


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend in a usable item, or in a whole bank.

    ``code`` never changes; ``message`` is an English template and the key of its translation, as in ``errors``.
    ``path`` leads from the item to the place; a finding about the whole bank has no ``item_id``. ``mends`` are the
    items as they could be instead; empty where a person must find the words.
    """

    code: str
    severity: Severity
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    path: tuple[str | int, ...] = ()
    mends: tuple[Item, ...] = ()
    item_id: str = ""

    def about(self, item: Item) -> Finding:
        """Return the same finding as one about ``item``."""
        return replace(self, item_id=item.id)

    def __str__(self) -> str:
        return self.message % self.values
