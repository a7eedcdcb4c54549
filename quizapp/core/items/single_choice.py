"""Single choice: one of the options is right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from quizapp.core.errors import Fault
from quizapp.core.inputs import OneOf, Option, Question
from quizapp.core.items.item import OPTIONS_SCHEMA, RICH, Item, options_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ONE_KEY = Fault(("options",), "a single choice needs exactly one option with 'correct: true', not %(count)d")


@dataclass(frozen=True, kw_only=True)
class SingleChoice(Item):
    """A stem and options, of which one is the key; ``ordered`` options are not shuffled."""

    kind: ClassVar[str] = "single_choice"
    schema: ClassVar[Mapping[str, object]] = {
        "properties": {
            "stem": RICH,
            "options": OPTIONS_SCHEMA,
            "ordered": {
                "type": "boolean",
                "description": "true keeps the options in this order (years, amounts)",
            },
        },
        "required": ["stem", "options"],
    }

    stem: str
    options: tuple[Option, ...]
    ordered: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """One way: choose the key."""
        return (Question(self.stem, OneOf(self.options, self.ordered)),)

    def faults(self) -> Iterator[Fault]:
        """Yield a missing or second key and options that stand twice."""
        keys = sum(option.correct for option in self.options)
        if keys != 1:
            yield replace(ONE_KEY, values={"count": keys})
        yield from repeated(self.options)

    @classmethod
    def own_values(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read the options."""
        return super().own_values(data) | {"options": options_from(data["options"])}


def repeated(options: tuple[Option, ...]) -> Iterator[Fault]:
    """Yield a fault for every option that says what another says."""
    counts = Counter(option.text.strip() for option in options)
    for position, option in enumerate(options):
        if counts[option.text.strip()] > 1:
            yield Fault(
                ("options", position, "text"),
                "the option '%(text)s' stands more than once",
                {"text": option.text},
            )
