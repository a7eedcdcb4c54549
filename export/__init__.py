"""What is sent away.

To add a format: a module here with ``write(bank) -> Exported``, a line in ``FORMATS``, a golden file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from export import anki, anki_text, tab_text, table
from export.exported import Exported

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: dict[str, Callable[..., Exported]] = {
    ".apkg": anki.write,
    ".txt": anki_text.write,
    ".csv": table.write,
    ".tsv": tab_text.write,
}

__all__ = ["FORMATS", "Exported"]
