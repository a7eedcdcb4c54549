"""The note types of the decks: their fields and templates, for ever in this order.

Anki takes a note type whose fields or templates were added, removed or moved for another one, and never again
updates the notes of the first. So nothing is added to these lists: new uses take a spare field. A field or
template may be *renamed*: Anki knows it by its id. The texts in ``cards/`` may change, together with
``TEMPLATES_CHANGED``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# When a text in ``cards/`` last changed, in seconds since 1970: Anki takes over only what is newer.
TEMPLATES_CHANGED = 1_795_737_600  # 2026-11-27

_CARDS = Path(__file__).resolve().parent / "cards"
_PART = re.compile(r"^%\((?!card\))(\w+)\)s\n", re.MULTILINE)

# What every note has after its own fields. The words are here because the templates serve every language.
_SHARED = (
    "Instruction", "Hint", "Front media", "Back media", "Accepted", "Explanation", "Fact",
    "Evidence", "Claim", "Article", "Date", "Sources", "Link", "Language", "Item", "Retired",
    "Answer word", "Accepted word", "Explanation word", "Evidence word", "Sources word", "Link word",
    "Hint word", "Furigana word",
    "Extra1", "Extra2", "Extra3", "Extra4", "Extra5", "Extra6", "Extra7", "Extra8",
)  # fmt: skip
# Shown folded up in Anki's editor, and not searched: a learner who looks for a word wants questions about it.
_BEHIND = frozenset(name for name in _SHARED if name.endswith("word") or name in {"Language", "Item", "Retired"})


@dataclass(frozen=True, slots=True)
class Template:
    """A way of asking: the files of its two sides, and the fields without which there is no such card."""

    name: str
    file: str
    needs: tuple[str, ...]

    def side(self, side: str) -> str:
        """Return the text of the ``front`` or ``back``.

        A front is empty without the fields that it needs: else Anki makes a blank card of it as soon as a learner edits
        or tags the note, or the note type is updated.
        """
        text = _read(f"frame_{side}").replace("%(card)s\n", _read(f"{self.file}_{side}"))
        if side == "back":
            return text
        for name in reversed(self.needs):
            text = f"{{{{#{name}}}}}\n{text}{{{{/{name}}}}}\n"
        return text


@dataclass(frozen=True, slots=True, eq=False)
class NoteType:
    """A note type; ``own`` are the fields that only it has, the first one being what Anki's browser shows.

    ``fronts`` are those of them with rich text that a front shows. ``mark`` tells the notes of an item apart that
    changed its type. ``first`` is the template that asks as the site does, where an item can be asked in several ways.
    """

    id: int
    mark: str
    name: str
    own: tuple[str, ...]
    fronts: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    first: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all fields, in their order."""
        return self.own + _SHARED

    @property
    def css(self) -> str:
        """The style of the cards."""
        return (_CARDS / "card.css").read_text(encoding="utf-8")

    def needs(self) -> list[list[Any]]:
        """Return for each template the positions of the fields that it needs, as Anki stores it."""
        return [
            [ordinal, "all", [self.fields.index(name) for name in template.needs]]
            for ordinal, template in enumerate(self.templates)
        ]

    def cards(self, fields: dict[str, str]) -> tuple[int, ...]:
        """Return which templates make a card of ``fields``."""
        return tuple(
            [ordinal for ordinal, template in enumerate(self.templates) if all(map(fields.get, template.needs))]
        )

    def as_studied(self, cards: tuple[int, ...]) -> tuple[int, ...]:
        """Return those of ``cards`` that the site asks as one: every gap, or the first way of asking."""
        return cards if self.is_cloze else tuple(card for card in cards if card == self.first)

    def field_data(self) -> list[dict[str, Any]]:
        """Return the fields as Anki stores them, each with an id that a new name leaves alone."""
        return [
            {
                "name": name,
                "id": self.id * 1000 + position,
                "font": "Noto Sans JP",
                "size": 16,
                "collapsed": name in _BEHIND or name.startswith("Extra"),
                "excludeFromSearch": name in _BEHIND - {"Item"},
            }
            for position, name in enumerate(self.fields, start=1)
        ]

    def template_data(self) -> list[dict[str, Any]]:
        """Return the templates as Anki stores them, each with an id that a new name leaves alone."""
        return [
            {
                "name": template.name,
                "id": self.id * 1000 + 500 + position,
                "qfmt": template.side("front"),
                "afmt": template.side("back"),
            }
            for position, template in enumerate(self.templates, start=1)
        ]


def _read(name: str) -> str:
    """Return a text for the cards; a line ``%(name)s`` in it stands for the text of that name."""
    text = (_CARDS / f"{name}.html").read_text(encoding="utf-8")
    return _PART.sub(lambda part: _read(part[1]), text)


CHOICE = NoteType(
    1_764_209_831_447,
    "choice",
    "quizapp choice",
    ("Stem", "Options", "Options answered", "Key", "Recall"),
    ("Stem", "Options"),
    # Recall asks without options. No item says yet how: the field is empty and there is no such card.
    (Template("Choice", "choice", ("Stem", "Options")), Template("Recall", "recall", ("Recall", "Key"))),
)
TRUE_FALSE = NoteType(
    1_764_318_562_093,
    "judge",
    "quizapp true or false",
    ("Stem", "Options", "Options answered", "Key", "Recall"),
    ("Stem", "Options"),
    (
        Template("True or false", "choice", ("Stem", "Options")),
        Template("Recall", "recall", ("Recall", "Key")),
    ),
)
TYPED = NoteType(
    1_764_427_190_716,
    "typed",
    "quizapp typed answer",
    ("Stem", "Key"),
    ("Stem",),
    (Template("Typed answer", "typed", ("Stem", "Key")),),
)
CLOZE = NoteType(
    1_764_535_948_325,
    "cloze",
    "quizapp cloze",
    ("Text",),
    ("Text",),
    (Template("Cloze", "cloze", ("Text",)),),
    is_cloze=True,
)
TERM = NoteType(
    1_764_644_703_588,
    "term",
    "quizapp term",
    ("Term", "Reading", "Meaning", "Ask meaning", "Ask term", "Ask reading"),
    ("Meaning",),
    # Asking for the reading waits for items that want it: the field is empty and there is no such card.
    (
        Template("Meaning of the term", "term_meaning", ("Term", "Meaning")),
        Template("Term of the meaning", "meaning_term", ("Term", "Meaning")),
        Template("Reading of the term", "term_reading", ("Term", "Reading", "Ask reading")),
    ),
    first=1,
)

NOTE_TYPES = (CHOICE, TRUE_FALSE, TYPED, CLOZE, TERM)
