"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

import re

# What a spreadsheet would take for the beginning of a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


# What a spreadsheet cannot hold.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def holdable(text: str) -> str:
    """Return ``text`` without the control signs that a spreadsheet refuses."""
    return _UNSEEN.sub("", text)


def safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet refuses or runs it: what begins like a formula gets an apostrophe."""
    text = holdable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
