"""Cloze: a text with gaps, each typed or chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from quizapp.core.errors import Fault
from quizapp.core.inputs import Gaps, OneOf, Option, Question, Typed
from quizapp.core.items.item import PLAIN, PLAIN_LIST, RICH, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GAP_MARK = re.compile(r"\{\{(\d+)\}\}")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: chosen when there are distractors, else typed."""

    key: str
    accepted: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()

    @property
    def input(self) -> OneOf | Typed:
        """The shape of the answer."""
        if self.distractors:
            return OneOf((Option(self.key, correct=True), *map(Option, self.distractors)))
        return Typed((self.key, *self.accepted))


@dataclass(frozen=True, kw_only=True)
class Cloze(Item):
    """A stem in which ``{{1}}``, ``{{2}}`` … stand for the gaps, in the order of ``gaps``."""

    kind: ClassVar[str] = "cloze"
    schema: ClassVar[Mapping[str, object]] = {
        "properties": {
            "stem": {**RICH, "description": "Markdown in which {{1}}, {{2}} … stand for the gaps"},
            "gaps": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "key": PLAIN,
                        "accepted": {
                            **PLAIN_LIST,
                            "description": "Other answers that count as right when typed",
                        },
                        "distractors": {
                            **PLAIN_LIST,
                            "description": "With these the gap is chosen, not typed",
                        },
                    },
                    "required": ["key"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["stem", "gaps"],
    }

    stem: str
    gaps: tuple[Gap, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """One way: fill the gaps."""
        return (Question(self.stem, Gaps(tuple(gap.input for gap in self.gaps))),)

    def faults(self) -> Iterator[Fault]:
        """Yield marks without a gap, gaps without a mark, and distractors that are right."""
        marks = [int(number) for number in GAP_MARK.findall(self.stem)]
        wanted = list(range(1, len(self.gaps) + 1))
        beyond = sorted({number for number in marks if number > len(self.gaps)})
        for number in beyond:
            yield Fault(("gaps",), "gap %(number)d is missing", {"number": number})
        if sorted(set(marks) - set(beyond)) != wanted or len(marks) != len(set(marks)):
            yield Fault(
                ("stem",),
                "the stem must hold each of %(wanted)s exactly once, one for each gap",
                {"wanted": " ".join(f"{{{{{number}}}}}" for number in wanted)},
            )
        for position, gap in enumerate(self.gaps):
            right = {gap.key, *gap.accepted}
            for at, distractor in enumerate(gap.distractors):
                if distractor in right:
                    yield Fault(
                        ("gaps", position, "distractors", at),
                        "'%(text)s' is both a distractor and right",
                        {"text": distractor},
                    )

    @classmethod
    def own_values(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Read the gaps."""
        gaps = tuple(
            Gap(gap["key"], tuple(gap.get("accepted", ())), tuple(gap.get("distractors", ()))) for gap in data["gaps"]
        )
        return super().own_values(data) | {"gaps": gaps}
