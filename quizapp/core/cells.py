"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

# What a spreadsheet would take for the beginning of a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it: what begins like a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text
