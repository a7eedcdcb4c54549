"""What a check looks at: an item in plain words, with what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizapp.core.answers import FOLDINGS
from quizapp.core.inputs import Gaps, OneOf, SomeOf, Typed
from quizapp.core.items.cloze import GAP_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizapp.core.article import Article
    from quizapp.core.bank import Fact
    from quizapp.core.inputs import Input
    from quizapp.core.items import Item

_RUBY = re.compile(r"\{([^{}|\n]{1,40})\|[^{}|\n]{1,80}\}")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")
_MARKS = re.compile(r"(?<!\\)[*`]+|^[#>]+\s*", re.MULTILINE)
_ESCAPED = re.compile(r"\\(?=[^\w\s])")
_MARKED = re.compile(r"[{\[*`#>\\\n]")
# Fields that no student reads before answering.
_BEHIND = frozenset({"id", "language", "fact_id", "explanation", "tags", "changed", "retired", "feedback"})
BLANK = "＿"


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of one question or gap, in plain words; ``given`` are they as the item writes them."""

    texts: tuple[str, ...]
    correct: tuple[bool, ...]
    given: tuple[str, ...]
    ordered: bool
    is_single: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The right options."""
        return tuple(text for text, right in zip(self.texts, self.correct, strict=True) if right)

    @property
    def distractors(self) -> tuple[str, ...]:
        """The wrong options."""
        return tuple(text for text, right in zip(self.texts, self.correct, strict=True) if not right)


@dataclass(frozen=True, slots=True)
class Ask:
    """One way of asking: the stem in plain words, gaps blank, and the answers that count as right."""

    stem: str
    answers: tuple[str, ...]
    choices: tuple[Choice, ...]
    gap_count: int


@dataclass(frozen=True, slots=True)
class Subject:
    """An item under the checks; ``fact`` and ``article`` are None where it rests on none.

    ``is_statement`` says that it is a statement to be judged: its options are no words of its own.
    """

    item: Item
    fact: Fact | None
    article: Article | None
    asks: tuple[Ask, ...]
    is_statement: bool

    @property
    def stem(self) -> str:
        """The stem as the item writes it; "" where the item makes its stems itself."""
        return getattr(self.item, "stem", "")

    @property
    def choices(self) -> Iterator[Choice]:
        """The sets of options that the item writes itself."""
        if not self.is_statement:
            for ask in self.asks:
                yield from ask.choices


def subject_of(item: Item, fact: Fact | None, article: Article | None) -> Subject:
    """Return ``item`` made ready for the checks."""
    asks = []
    for question in item.questions:
        gaps = question.input.gaps if isinstance(question.input, Gaps) else ()
        parts: tuple[Input, ...] = gaps or (question.input,)
        asks.append(
            Ask(
                stem=plain(GAP_MARK.sub(BLANK, question.stem)),
                answers=tuple(plain(answer) for part in parts for answer in _answers(part)),
                choices=tuple(_choice(part) for part in parts if isinstance(part, OneOf | SomeOf)),
                gap_count=len(gaps),
            )
        )
    choices = asks[0].choices
    is_statement = bool(choices) and place_of(item, choices[0].given[0]) is None
    return Subject(item, fact, article, tuple(asks), is_statement)


def _answers(shape: Input) -> tuple[str, ...]:
    return shape.accepted if isinstance(shape, Typed) else shape.keys


def _choice(shape: OneOf | SomeOf) -> Choice:
    return Choice(
        texts=tuple(plain(option.text) for option in shape.options),
        correct=tuple(option.correct for option in shape.options),
        given=tuple(option.text for option in shape.options),
        ordered=shape.ordered,
        is_single=isinstance(shape, OneOf),
    )


def plain(text: str) -> str:
    """Return rich text as it is read aloud: without furigana, marks and links.

    A light reading that suffices for looking at words; what pages show is made by ``rich_text``.
    """
    if not _MARKED.search(text):
        return text
    text = _LINK.sub(r"\1", _RUBY.sub(r"\1", text))
    return " ".join(_ESCAPED.sub("", _MARKS.sub("", text)).split())


@lru_cache(maxsize=4096)  # every check of an item folds the same words
def folded(text: str) -> str:
    """Return ``text`` without the differences that a typed answer is forgiven."""
    for fold in FOLDINGS.values():
        text = fold(text)
    return text


def stands_in(words: str, text: str) -> bool:
    """Say whether ``words`` stand in ``text`` whole, whatever the case: no part of a Latin word or of a number."""
    words, text = words.casefold(), text.casefold()
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_joins(text[start - 1 : start], words[0]) or _joins(words[-1], text[end : end + 1])):
            return True
        start = text.find(words, start + 1)
    return False


def _joins(left: str, right: str) -> bool:
    return (left.isdigit() and right.isdigit()) or (
        left.isalpha() and right.isalpha() and max(left, right) < "\u0250"  # Latin letters; kana and kanji run on
    )


def place_of(item: Item, text: str) -> tuple[str | int, ...] | None:
    """Return the path to the place where ``item`` writes ``text``, or None where it does not."""
    return next((path for path, found in texts_of(item) if found == text), None)


def texts_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text of an item that a student reads before answering, and the path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for position, part in enumerate(value):
            yield from texts_of(part, (*path, position))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _BEHIND:
                yield from texts_of(getattr(value, field.name), (*path, field.name))


def rewritten(item: Item, change: Callable[[str], str | None]) -> Item:
    """Return ``item`` with every text that a student reads changed; None drops it from its list."""
    return replace(item, **_changed(item, change))


def _changed(value: Any, change: Callable[[str], str | None]) -> dict[str, Any]:
    return {
        field.name: _changed_value(getattr(value, field.name), change)
        for field in fields(value)
        if field.name not in _BEHIND
    }


def _changed_value(value: Any, change: Callable[[str], str | None]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        changed = (_changed_value(part, change) for part in value)
        return tuple(part for part in changed if part is not None)
    if is_dataclass(value) and not isinstance(value, type):
        parts = _changed(value, change)
        return None if None in parts.values() else replace(value, **parts)
    return value
