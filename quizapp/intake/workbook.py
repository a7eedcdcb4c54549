"""Workbooks (.xlsx) from strangers: looked through before a library opens them."""

from __future__ import annotations

from quizapp.core.errors import UnreadableError
from quizapp.intake.archive import Archive


def check(content: bytes) -> None:
    """Make sure that a workbook is one, unpacks to little, and declares no entities.

    :raise UnreadableError: it is no workbook, damaged, or made to harm; the message says which.
    """
    if "xl/workbook.xml" not in Archive(content).xml():
        raise UnreadableError("this is not an XLSX file")
