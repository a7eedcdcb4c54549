"""True or false: a statement is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from quizapp.core.inputs import OneOf, Option, Question
from quizapp.core.items.item import RICH, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.core.errors import Fault

# Part of the item, so in the item's language, not the reader's.
_WORDS = {"ja": ("正しい", "誤り"), "en": ("True", "False")}


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Item):
    """A statement (the stem), and whether it holds."""

    kind: ClassVar[str] = "true_false"
    schema: ClassVar[Mapping[str, object]] = {
        "properties": {
            "stem": RICH,
            "holds": {"type": "boolean", "description": "true when the statement is right"},
        },
        "required": ["stem", "holds"],
    }

    stem: str
    holds: bool

    @property
    def questions(self) -> tuple[Question, ...]:
        """One way: judge the statement."""
        true, false = _WORDS[self.language]
        options = (Option(true, correct=self.holds), Option(false, correct=not self.holds))
        return (Question(self.stem, OneOf(options, ordered=True)),)

    def faults(self) -> Iterator[Fault]:
        """Yield nothing: whatever the schema lets through can be asked."""
        yield from ()
