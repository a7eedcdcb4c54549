"""Multiple response: any number of the options is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from quizapp.core.errors import Fault
from quizapp.core.inputs import Option, Question, SomeOf
from quizapp.core.items.item import Item, options_from
from quizapp.core.items.single_choice import SingleChoice, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class MultipleResponse(Item):
    """A stem and options, of which at least one is a key; scored right minus wrong."""

    kind: ClassVar[str] = "multiple_response"
    schema: ClassVar[Mapping[str, object]] = SingleChoice.schema

    stem: str
    options: tuple[Option, ...]
    ordered: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """One way: choose all keys."""
        return (Question(self.stem, SomeOf(self.options, self.ordered)),)

    def faults(self) -> Iterator[Fault]:
        """Yield missing keys or distractors and options that stand twice."""
        keys = sum(option.correct for option in self.options)
        if not keys:
            yield Fault(("options",), "a multiple response needs at least one option with 'correct: true'")
        if keys == len(self.options):
            yield Fault(("options",), "a multiple response needs at least one wrong option")
        yield from repeated(self.options)

    @classmethod
    def own_values(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read the options."""
        return super().own_values(data) | {"options": options_from(data["options"])}
