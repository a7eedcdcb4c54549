"""How a note asks: the fields that differ from one note type to the next.

An item is asked by the shape of its answer, so that a new item type needs nothing here; ``_OWN`` and
``_OWN_CHOICE`` name the kinds that have a note type of their own.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never
from zlib import crc32

from export.anki import losses, markup, note_types
from quizapp.core.inputs import Gaps, OneOf, Option, SomeOf, Typed
from quizapp.core.items import Term, TrueFalse
from quizapp.translation import translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from export.anki.note_types import NoteType
    from quizapp.core.inputs import Question
    from quizapp.core.items import Item

_GAP = re.compile(r"&#123;&#123;(\d{1,4})&#125;&#125;")
_BETWEEN = " / "
_POINTS_AT_OPTIONS = re.compile(
    "次の|以下の|下の|上の|選択肢|のうち|どれ|いずれ|適切|正しい|誤って|当てはまる"
    "|which (?:one )?of|(?:the|these) following|choose|select|option|statement|best describes|correct|(?:not )?true",
    re.IGNORECASE,
)


class Asked(NamedTuple):
    """A note type with its own fields filled in, and the cards that come of it.

    ``keys`` are words to mark in the evidence, ``losses`` what of the item the note cannot carry.
    """

    note_type: NoteType
    fields: dict[str, str]
    cards: tuple[int, ...]
    keys: tuple[str, ...]
    losses: tuple[str, ...]

    @property
    def is_recalled(self) -> bool:
        """Whether a choice is asked without its options."""
        return bool(self.fields.get("Recall"))


def of(item: Item, *, recall: bool = False, words: str = "") -> Asked:
    """Return how ``item`` is asked; of several ways of asking the first.

    With ``recall`` the answer of a choice is to be remembered without options, where the stem makes sense alone.
    ``words`` is the language of instructions and verdicts, the item's own by default.
    """
    words = words or item.language
    if item.kind in _OWN:
        return _OWN[item.kind](item, words)
    question, *others = item.questions
    asked = _first(item, question, words)
    if recall and asked.note_type is note_types.CHOICE and isinstance(question.input, OneOf):
        asked = _recalled(asked, question.stem)
    return asked._replace(losses=(*asked.losses, losses.OTHER_WAYS)) if others else asked


def _first(item: Item, question: Question, words: str) -> Asked:
    match question.input:
        case OneOf() as choice:
            return _OWN_CHOICE.get(item.kind, _choice)(item, question.stem, choice, words)
        case SomeOf() as choice:
            return _choice(item, question.stem, choice, words)
        case Typed() as typed:
            return _typed(question.stem, typed, words)
        case Gaps() as gaps:
            return _cloze(item, question.stem, gaps)
        case unknown:
            assert_never(unknown)


def _choice(item: Item, stem: str, choice: OneOf | SomeOf, words: str) -> Asked:
    _ = translator(words)
    options = choice.options if choice.ordered else _fair(item.id, choice.options)
    attributes = 'class="options lettered"' if choice.ordered else 'class="options lettered" data-shuffle="1"'
    shown, answered, keys = _listed(options, attributes, _("Correct"))
    fields = {
        "Stem": markup.blocks(stem),
        "Options": shown,
        "Options answered": answered,
        "Key": keys[0] if len(keys) == 1 else "<ul>" + "".join(f"<li>{key}</li>" for key in keys) + "</ul>",
        "Instruction": _("Choose all that apply.") if isinstance(choice, SomeOf) else "",
    }
    # Only evidence is marked.
    return _asked(note_types.CHOICE, fields, tuple(map(markup.words, choice.keys)) if item.fact_id else ())


def _recalled(asked: Asked, stem: str) -> Asked:
    """Return a choice as a card that shows no options; its stem must not point at them."""
    if _POINTS_AT_OPTIONS.search(stem):
        return asked
    fields = asked.fields | {"Recall": asked.fields["Stem"], "Options": "", "Options answered": ""}
    return _asked(note_types.CHOICE, fields, asked.keys, (losses.RECALL,))


def _true_false(_item: Item, stem: str, choice: OneOf, words: str) -> Asked:
    _ = translator(words)
    shown, answered, keys = _listed(choice.options, 'class="options"', _("Correct"))
    fields = {
        "Stem": markup.blocks(stem),
        "Options": shown,
        "Options answered": answered,
        "Key": "".join(keys),
        "Instruction": _("Is this statement true or false?"),
    }
    # "True" and "False" are not the article's words: nothing to mark.
    return _asked(note_types.TRUE_FALSE, fields)


def _typed(stem: str, typed: Typed, words: str) -> Asked:
    _ = translator(words)
    fields = {
        "Stem": markup.blocks(stem),
        "Key": markup.plain(typed.keys[0]),
        "Accepted": markup.plain(_BETWEEN.join(typed.accepted[1:])),
        "Instruction": _("Type the answer."),
    }
    return _asked(note_types.TYPED, fields, typed.accepted, (losses.TYPED,))


def _cloze(item: Item, stem: str, gaps: Gaps) -> Asked:
    """Return one cloze a gap. A retired item has none: only so do Anki's Empty Cards find its cards."""
    numbers: list[int] = []

    def fill(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if not 1 <= number <= len(gaps.gaps):
            return mark[0]
        gap = gaps.gaps[number - 1]
        if item.retired:
            return markup.plain(gap.keys[0])
        numbers.append(number)
        return _cloze_mark(item.id, number, gap)

    fields = {"Text": _GAP.sub(fill, markup.blocks(stem)), "Accepted": _accepted_in(gaps)}
    cards = tuple(sorted({number - 1 for number in numbers}))
    return Asked(note_types.CLOZE, fields, cards, gaps.keys, (losses.GAPS,))


def _cloze_mark(item_id: str, number: int, gap: OneOf | Typed) -> str:
    parts = [gap.keys[0]]
    if isinstance(gap, OneOf):
        parts.append(_BETWEEN.join(option.text for option in _fair(f"{item_id}/{number}", gap.options)))
    # "::" would end the answer and begin the hint.
    return "{{c" + "::".join([str(number), *(markup.plain(part).replace(":", "&#58;") for part in parts)]) + "}}"


def _accepted_in(gaps: Gaps) -> str:
    accepted = [gap.accepted for gap in gaps.gaps if isinstance(gap, Typed) and len(gap.accepted) > 1]
    if len(gaps.gaps) == 1:
        return "".join(markup.plain(_BETWEEN.join(others[1:])) for others in accepted)
    return "; ".join(markup.plain(f"{key} = {_BETWEEN.join(others)}") for key, *others in accepted)


def _term(item: Term, words: str) -> Asked:
    _ = translator(words)
    fields = {
        "Term": markup.plain(item.term),
        "Reading": markup.plain(item.reading),
        "Meaning": markup.blocks(item.meaning),
        "Accepted": markup.plain(_BETWEEN.join(item.accepted)),
        "Ask meaning": _("What does this term mean?"),
        "Ask term": _("Which term has this meaning?"),
    }
    lost = (losses.MEANINGS,) if item.distractors else ()
    return _asked(note_types.TERM, fields, (item.term, *item.accepted), lost)


_OWN: dict[str, Callable[[Any, str], Asked]] = {Term.kind: _term}
_OWN_CHOICE: dict[str, Callable[[Item, str, OneOf, str], Asked]] = {TrueFalse.kind: _true_false}


def _asked(
    note_type: NoteType, fields: dict[str, str], keys: tuple[str, ...] = (), lost: tuple[str, ...] = ()
) -> Asked:
    return Asked(note_type, fields, note_type.cards(fields), keys, lost)


def _fair(seed: str, options: tuple[Option, ...]) -> list[Option]:
    """Return the options in an order that never changes and tells nothing about the key."""
    by_text = sorted(options, key=attrgetter("text"))
    first = crc32(seed.encode()) % len(by_text)
    return by_text[first:] + by_text[:first]


def _listed(options: Iterable[Option], attributes: str, verdict: str) -> tuple[str, str, list[str]]:
    """Return the options as a list that tells nothing about the keys, as one that marks them, and the keys alone.

    In the second the keys bear ``verdict``, and each option its feedback.
    """
    shown, answered, keys = f"<ol {attributes}>", f"<ol {attributes}>", []
    for option in options:
        text = markup.line(option.text)
        shown += f"<li><div>{text}</div></li>"
        if option.correct:
            keys.append(text)
            answered += f'<li class="key"><div>{text}</div><strong class="verdict">✓ {verdict}</strong>'
        else:
            answered += f"<li><div>{text}</div>"
        if option.feedback:
            answered += f'<div class="feedback">{markup.line(option.feedback)}</div>'
        answered += "</li>"
    return shown + "</ol>", answered + "</ol>", keys
