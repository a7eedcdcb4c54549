"""Two texts shown as one, with what was taken out and what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

# Runs of one script: in Japanese a change of script is the nearest thing to a space.
_WORDS = re.compile(r"[一-鿿々]+|[ぁ-ん]+|[ァ-ヶー]+|[A-Za-z0-9]+|(.)\1*", re.DOTALL)
# Comparing takes time up to the cube of this.
_MOST_COMPARED = 1_000


def difference(old: str, new: str) -> list[tuple[str, str]]:
    """Return two texts as one: pieces with "" (both have it), "del" (only the old) or "ins" (only the new)."""
    pieces: list[tuple[str, str]] = []
    left, right = ([match[0] for match in _WORDS.finditer(text)] for text in (old, new))
    if len(left) + len(right) > _MOST_COMPARED:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(left) + len(right) > _MOST_COMPARED:
        left, right = [old], [new]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("", "".join(left[i1:i2])))
            continue
        pieces += [("del", "".join(left[i1:i2]))] if i2 > i1 else []
        pieces += [("ins", "".join(right[j1:j2]))] if j2 > j1 else []
    return pieces
