"""Term: a word and its meaning, asked both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from quizapp.core.errors import Fault
from quizapp.core.inputs import OneOf, Option, Question, Typed
from quizapp.core.items.item import PLAIN, PLAIN_LIST, RICH, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Part of the item, so in the item's language, not the reader's.
_ASK_TERM = {
    "ja": "次の意味を表す用語は何ですか。\n\n> {meaning}",
    "en": "Which term has this meaning?\n\n> {meaning}",
}
_ASK_MEANING = {"ja": "「{term}」の意味はどれですか。", "en": "What does “{term}” mean?"}


@dataclass(frozen=True, kw_only=True)
class Term(Item):
    """A term (plain text), its reading in kana and its meaning (rich text); ``distractors`` are wrong meanings."""

    kind: ClassVar[str] = "term"
    schema: ClassVar[Mapping[str, object]] = {
        "properties": {
            "term": PLAIN,
            "reading": {**PLAIN, "description": "How the term is read, in kana"},
            "meaning": RICH,
            "accepted": {**PLAIN_LIST, "description": "Other names of the term that count as right"},
            "distractors": {
                "type": "array",
                "items": RICH,
                "uniqueItems": True,
                "description": "Wrong meanings; with them the term is also asked for its meaning",
            },
        },
        "required": ["term", "meaning"],
    }

    term: str
    meaning: str
    reading: str = ""
    accepted: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Type the term for its meaning; with distractors also: choose the meaning of the term."""
        names = tuple(name for name in (self.term, self.reading, *self.accepted) if name)
        asks = [Question(_ASK_TERM[self.language].format(meaning=self.meaning), Typed(names))]
        if self.distractors:
            meanings = (Option(self.meaning, correct=True), *map(Option, self.distractors))
            asks.append(Question(_ASK_MEANING[self.language].format(term=self.term), OneOf(meanings)))
        return tuple(asks)

    def faults(self) -> Iterator[Fault]:
        """Yield a distractor that is the meaning, and a meaning that says the term."""
        for position, distractor in enumerate(self.distractors):
            if distractor.strip() == self.meaning.strip():
                yield Fault(
                    ("distractors", position),
                    "'%(text)s' is both a distractor and right",
                    {"text": distractor},
                )
        if self.term.casefold() in self.meaning.casefold():
            yield Fault(
                ("meaning",),
                "the meaning gives the term '%(term)s' away: say it in other words",
                {"term": self.term},
            )
