"""Workbooks (.xlsx) from strangers: looked through before a library opens them."""

from __future__ import annotations

import re

from quizapp.core.errors import UnreadableError
from quizapp.intake import archive


def check(content: bytes) -> None:
    """Make sure that a workbook is one, unpacks to little, and declares no entities.

    :raise UnreadableError: it is no workbook, damaged, or made to harm; the message says which.
    """
    parts = archive.Archive(content)
    if "xl/workbook.xml" not in set(parts.names):
        raise UnreadableError("this is not an XLSX file")
    for name in parts.names:
        if name.endswith((".xml", ".rels")) and re.search(rb"<!(?:DOCTYPE|ENTITY)", parts.read(name)):
            raise UnreadableError("the XLSX file has entities of its own: no spreadsheet writes them")
