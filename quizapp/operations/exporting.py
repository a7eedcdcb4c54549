"""Sending a bank away in one of the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from export import FORMATS, Exported
from quizapp.core.errors import NotFoundError
from quizapp.store import bank_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.bank import Bank

BANK_FILE_ENDINGS = (".yaml", ".yml")
ENDINGS = (*FORMATS, *BANK_FILE_ENDINGS)


def export_bank(
    bank: Bank, ending: str, *, address: str = "", advance: Callable[[float], None] = lambda _share: None
) -> Exported:
    """Return ``bank`` in the format of a file ending; ``address`` is the site that links lead to.

    :raise NotFoundError: there is no such format; the message lists those there are.
    """
    require_format(ending)
    if ending in BANK_FILE_ENDINGS:
        return Exported(bank_files.serialize(bank).encode())
    return FORMATS[ending](bank, address=address, advance=advance)


def require_format(ending: str) -> None:
    """Make sure that there is a format for a file ending.

    :raise NotFoundError: there is none; the message lists those there are.
    """
    if ending not in ENDINGS:
        raise NotFoundError(
            "no format for '%(ending)s'; there are: %(known)s",
            ending=ending,
            known=", ".join(ENDINGS),
        )
