"""Words: lists of them written as text, and overlong sentences cut for patterns."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """Return the words of ``lines``, which stand apart by white space."""
    return frozenset(word for line in lines for word in line.split())


def shortened(text: str, *, longest: int = 600) -> str:
    """Return a sentence that is too long for patterns as its beginning and its end."""
    return text if len(text) <= longest else text[: longest // 2] + text[-longest // 2 :]
