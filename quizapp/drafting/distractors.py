"""Wrong options: names of the key's type from elsewhere in the article.

Nothing is invented. A name is refused when it is the key by another name, contains the key or is
contained in it, stands in the evidence or the stem, or might be right as well.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WANTED = 2
# So many names before and after the evidence are looked at: nearer names are better, and long articles stay cheap.
_WINDOW = 16


@dataclass(slots=True)
class Entry:
    """A name of the article: its type, the first statement it stands in and all the statements it stands in."""

    text: str
    type: str
    first: int
    statements: list[int] = field(default_factory=list)
    folded: str = field(init=False)
    script: str = field(init=False)

    def __post_init__(self) -> None:
        folded = self.text.casefold()
        self.folded = self.text if folded == self.text else folded
        self.script = script(self.text)


class Pool:
    """The names of an article by type, in order of first mention."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._by_type: dict[str, list[Entry]] = {}

    def add(self, text: str, kind: str, statement: int) -> None:
        """Note that ``text`` stands in a statement; statements come in order."""
        entry = self._entries.get(text)
        if entry is None:
            entry = self._entries[text] = Entry(text, kind, statement, [statement])
            self._by_type.setdefault(kind, []).append(entry)
        if entry.statements[-1] != statement:
            entry.statements.append(statement)

    def count(self, text: str) -> int:
        """Return in how many statements a name stands."""
        entry = self._entries.get(text)
        return len(entry.statements) if entry else 0

    def find(self, text: str) -> Entry | None:
        """Return what is known of a name."""
        return self._entries.get(text)

    def near(self, kind: str, statement: int) -> list[Entry]:
        """Return names of a type, those around ``statement`` in the article."""
        entries = self._by_type.get(kind, [])
        at = bisect_left(entries, statement, key=lambda entry: entry.first)
        return entries[max(0, at - _WINDOW) : at + _WINDOW]


def choose(
    key: str,
    entries: Iterable[Entry],
    *,
    statement: int,
    taboo: str,
    is_refused: Callable[[Entry], bool],
    count: int = WANTED,
) -> tuple[str, ...]:
    """Return up to ``count`` names unlike the key but of its shape; ``taboo`` is text they must not stand in."""
    asked = Entry(key, "", statement)
    scored = [
        (-_likeness(asked, entry) + min(abs(entry.first - statement), 50) / 50, entry.first, number, entry)
        for number, entry in enumerate(entries)
        if not _overlap(asked, entry) and entry.text not in taboo
    ]
    chosen: list[Entry] = []
    for *_, entry in sorted(scored):
        if len(chosen) == count:
            break
        if not any(_overlap(entry, other) for other in chosen) and not is_refused(entry):
            chosen.append(entry)
    return tuple(entry.text for entry in chosen)


def tell_as_much(names: frozenset[str], others: Iterable[str]) -> bool:
    """Say whether a statement with ``others`` speaks of what a stem asks, so that its names might be right as well."""
    shared = len(names.intersection(others))
    return shared >= 2 and shared * 5 >= len(names) * 3


def are_alike(one: str, other: str) -> bool:
    """Say whether two phrases share a third of their pairs of signs."""
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}, {other[i : i + 2] for i in range(len(other) - 1)}
    return 3 * len(pairs[0] & pairs[1]) > min(map(len, pairs))


def _overlap(one: Entry, other: Entry) -> bool:
    return one.folded in other.folded or other.folded in one.folded


def _likeness(key: Entry, other: Entry) -> float:
    """Say how alike two names look: length, the same ending, the same script."""
    one, two = len(key.text), len(other.text)
    length = 1 - abs(one - two) / (one if one > two else two)
    return length + (key.text[-1] == other.text[-1]) + (key.script == other.script)


@lru_cache(maxsize=4_000)
def script(text: str) -> str:
    """Return the sorts of signs a name is written with: a phrase in kana is no rival of an acronym."""
    return "".join(sorted({sort_of(sign) for sign in text if sign.isalnum()}))


def sort_of(sign: str) -> str:
    """Return what stands for a sign's sort: figures, hiragana, katakana, kanji, other letters, the rest."""
    if sign.isdigit():
        return "0"
    if "ぁ" <= sign <= "ゟ":
        return "あ"
    if "゠" <= sign <= "ヿ":
        return "ア"
    return "漢" if "㐀" <= sign <= "鿿" or sign == "々" else "a" if sign.isalpha() else "."
