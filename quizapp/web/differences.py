"""Two texts shown as one, with what was taken out and what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from quizapp.translation import FOLDING_LABELS, TYPE_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Numbers whole, with what stands for zeros: 8億4000万. Else runs of one script: in Japanese a change of script is the
# nearest thing to a space.
_WORDS = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+|[兆億万千百十]+[0-9０-９]*)*"
    r"|[一-鿿々]+|[ぁ-ん]+|[ァ-ヶー]+|[A-Za-z][A-Za-z0-9]*|(.)\1*",
    re.DOTALL,
)
# Comparing takes time up to the cube of this.
_MOST_COMPARED = 1_000


_UNSHOWN = {"id", "language", "changed"}
_LABELS = {
    "type": later("Type"),
    "stem": later("Question"),
    "options": later("Options"),
    "ordered": later("Keep the options in this order (years, amounts)"),
    "key": later("Right answer"),
    "accepted": later("Also accepted"),
    "strict": later("Differences that make an answer wrong"),
    "distractors": later("Wrong options"),
    "gaps": later("Gaps"),
    "holds": later("The statement is"),
    "term": later("Term"),
    "reading": later("Reading, in kana"),
    "meaning": later("Meaning"),
    "explanation": later("Explanation"),
    "tags": later("Tags"),
    "retired": later("retired"),
}


def described(item: Mapping[str, Any]) -> str:
    """Return an item's data as lines for people, to be compared: a line for each part of it."""
    return "\n".join(line for name, value in item.items() if name not in _UNSHOWN for line in _lines(name, value))


def _lines(name: str, value: Any) -> Iterator[str]:
    label = _LABELS.get(name, name)
    match name:
        case "type":
            yield f"{label}: {_(TYPE_LABELS[value])}"
        case "holds":
            yield f"{label}: {_('right') if value else _('wrong')}"
        case "strict":
            yield f"{label}: {' / '.join(_(FOLDING_LABELS[each]) for each in value)}"
        case "options":
            yield f"{label}:"
            for option in value:
                yield f"{'✓' if option.get('correct') else '✗'} {option['text']}"
                yield from [f"    → {option['feedback']}"] if "feedback" in option else []
        case "gaps":
            for number, gap in enumerate(value, 1):
                yield _("Gap %(number)d", number=number)
                yield from (f"    {line}" for part in gap.items() for line in _lines(*part))
        case _:
            yield (
                f"✓ {label}" if value is True else f"{label}: {' / '.join(value) if isinstance(value, list) else value}"
            )


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
