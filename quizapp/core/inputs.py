"""The shapes in which an answer is given, and how each is judged.

An item says which shape it needs; it knows no forms, pages or tables. A response is a tuple of strings
in every shape: the ids of the chosen options, or what was typed, one entry a gap. No answer is ``()``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from typing import TYPE_CHECKING, TypeAlias

from quizapp.core import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

Response: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a response is worth: ``score`` from 0 to 1; ``parts`` the same for each gap of a cloze.

    ``rules`` names, part by part, the comparison that matched a typed answer ("" where none did).
    """

    score: float
    parts: tuple[float, ...] = ()
    rules: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def _option_id(text: str) -> str:
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


@dataclass(frozen=True, slots=True)
class Option:
    """A choice; ``feedback`` tells why it is right or wrong."""

    text: str
    correct: bool = False
    feedback: str = ""

    @property
    def id(self) -> str:
        """A short name made from the text alone, so that it tells nothing about the key."""
        return _option_id(self.text)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one of the options is chosen; ``ordered`` options keep their order when shown."""

    options: tuple[Option, ...]
    ordered: bool = False

    def judge(self, response: Response) -> Judgement:
        """Give 1 for the key, else 0."""
        chosen = set(response)
        return Judgement(float(len(chosen) == 1 and any(o.id in chosen and o.correct for o in self.options)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The texts of the right options."""
        return tuple(option.text for option in self.options if option.correct)


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Any number of the options is chosen."""

    options: tuple[Option, ...]
    ordered: bool = False

    def judge(self, response: Response) -> Judgement:
        """Give right minus wrong choices as a share of the right ones, never below zero."""
        chosen = set(response)
        right = sum(option.correct for option in self.options)
        hits = sum(option.correct for option in self.options if option.id in chosen)
        misses = sum(not option.correct for option in self.options if option.id in chosen)
        return Judgement(max(0.0, (hits - misses) / right))

    @property
    def keys(self) -> tuple[str, ...]:
        """The texts of the right options."""
        return tuple(option.text for option in self.options if option.correct)


@dataclass(frozen=True, slots=True)
class Typed:
    """A short text is typed; ``strict`` names the foldings that are off (see ``answers``)."""

    accepted: tuple[str, ...]
    strict: tuple[str, ...] = ()

    def judge(self, response: Response) -> Judgement:
        """Give 1 for an accepted answer, compared fairly."""
        match = answers.find_match(response[0], self.accepted, self.strict) if response else None
        return Judgement(float(match is not None), rules=(match.rule if match else "",))

    @property
    def keys(self) -> tuple[str, ...]:
        """The answer to show; the others are only accepted."""
        return self.accepted[:1]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Several gaps in a text, ``{{1}}``, ``{{2}}`` … in the stem, each typed or chosen."""

    gaps: tuple[OneOf | Typed, ...]

    def judge(self, response: Response) -> Judgement:
        """Give the share of gaps filled rightly."""
        given = (*response, *[""] * (len(self.gaps) - len(response)))
        parts = [gap.judge((text,) if text else ()) for gap, text in zip(self.gaps, given, strict=False)]
        return Judgement(
            sum(part.score for part in parts) / len(parts),
            parts=tuple(part.score for part in parts),
            rules=tuple("".join(part.rules) for part in parts),
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The right filling of each gap."""
        return tuple(gap.keys[0] for gap in self.gaps)


Input: TypeAlias = OneOf | SomeOf | Typed | Gaps


def is_typed(shape: Input) -> bool:
    """Say whether any words of whoever answers are among the answer."""
    return isinstance(shape, Typed) or (isinstance(shape, Gaps) and any(isinstance(gap, Typed) for gap in shape.gaps))


def wrong_options(shape: Input) -> Iterator[Option]:
    """Yield the options that are wrong, those of gaps too."""
    for each in shape.gaps if isinstance(shape, Gaps) else (shape,):
        if isinstance(each, OneOf | SomeOf):
            yield from (option for option in each.options if not option.correct)


@dataclass(frozen=True, slots=True)
class Question:
    """One way of asking an item: the stem (rich text) and the shape of the answer."""

    stem: str
    input: Input
