"""Short answer: a word or phrase is typed and compared fairly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from quizapp.core.answers import FOLDINGS
from quizapp.core.inputs import Question, Typed
from quizapp.core.items.item import PLAIN, PLAIN_LIST, RICH, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.core.errors import Fault


@dataclass(frozen=True, kw_only=True)
class ShortAnswer(Item):
    """A stem, its key and what else is accepted; ``strict`` names foldings that are off (see ``answers``)."""

    kind: ClassVar[str] = "short_answer"
    schema: ClassVar[Mapping[str, object]] = {
        "properties": {
            "stem": RICH,
            "key": PLAIN,
            "accepted": {**PLAIN_LIST, "description": "Other answers that count as right"},
            "strict": {
                "type": "array",
                "items": {"enum": list(FOLDINGS)},
                "description": "Differences that count for this item: width, case, spaces, kana, punctuation",
            },
        },
        "required": ["stem", "key"],
    }

    stem: str
    key: str
    accepted: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """One way: type the answer."""
        return (Question(self.stem, Typed((self.key, *self.accepted), self.strict)),)

    def faults(self) -> Iterator[Fault]:
        """Yield nothing: whatever the schema lets through can be asked."""
        yield from ()
