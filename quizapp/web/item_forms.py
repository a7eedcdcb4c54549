"""The forms in which items are written by hand, one for each item type, and the way from a form to an item.

A form is a bank file's item in fields: what is checked, and how, is the item type's schema and its ``faults``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.core.answers import FOLDINGS
from quizapp.core.article import Modality
from quizapp.core.errors import Fault
from quizapp.core.items.single_choice import ONE_KEY
from quizapp.translation import FOLDING_LABELS, LABELS, tell
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.core.bank import Fact

MOST_PARTS = 30
_LONGEST = 10_000
_RIGHT_ONE = Fault(("options", 0, "correct"), "Choose which option is right")


class Lines(TextAreaField):  # type: ignore[misc]
    """Several short texts, one a line."""


def _area(label: Any, rows: int = 3) -> TextAreaField:
    return TextAreaField(label, [Length(max=_LONGEST)], render_kw={"rows": rows, "class": "text"})


def _text(label: Any) -> StringField:
    return StringField(label, [Length(max=2000)], render_kw={"class": "text", "autocomplete": "off"})


def _lines(label: Any) -> Lines:
    return Lines(label, [Length(max=_LONGEST)], render_kw={"rows": 2, "class": "text"})


class OptionForm(Form):  # type: ignore[misc]
    """An option, whether it is a key, and why it is right or wrong."""

    text = _text(later("Option"))
    correct = BooleanField(later("right"))
    feedback = _text(later("Why it is right or wrong"))


class GapForm(Form):  # type: ignore[misc]
    """A gap; with distractors it is chosen, else typed."""

    key = _text(later("What belongs there"))
    accepted = _lines(later("Also accepted, one a line"))
    distractors = _lines(later("Wrong choices, one a line (with them the gap is chosen)"))


class ItemForm(FlaskForm):  # type: ignore[misc]
    """What every item has; ``number`` is the version (of a draft: the revision) that the writing began from."""

    number = HiddenField()
    explanation = _area(later("Explanation"), 2)
    tags = StringField(later("Tags, with spaces between"), [Length(max=1000)])
    fact = SelectField(later("Evidence"), validate_choice=False)
    quote = _area(later("The article's words, letter for letter"), 2)
    modality = SelectField(
        later("How sure the article is"),
        choices=[
            SelectChoice("", later("as the quoted sentence reads")),
            *(SelectChoice(modality.value, later(LABELS[modality].word)) for modality in Modality),
        ],
        default="",
    )
    says = StringField(later("Who says it, when it is not the article itself"), [Length(max=200)])


class _Stem(ItemForm):
    stem = _area(later("Question"))


class _Choice(_Stem):
    options = FieldList(FormField(OptionForm), max_entries=MOST_PARTS, label=later("Options"))
    ordered = BooleanField(later("Keep the options in this order (years, amounts)"))


class _TrueFalse(ItemForm):
    stem = _area(later("Statement"))
    holds = RadioField(
        later("The statement is"),
        choices=[SelectChoice("true", later("right")), SelectChoice("false", later("wrong"))],
        default="true",
    )


class _ShortAnswer(_Stem):
    key = _text(later("Right answer"))
    accepted = _lines(later("Also accepted, one a line"))
    strict = SelectMultipleField(
        later("Differences that make an answer wrong"),
        choices=[SelectChoice(name, later(FOLDING_LABELS[name])) for name in FOLDINGS],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class _Cloze(ItemForm):
    stem = _area(later("Text, in which {{1}}, {{2}} … stand for the gaps"), 4)
    gaps = FieldList(FormField(GapForm), max_entries=MOST_PARTS, label=later("Gaps"))


class _Term(ItemForm):
    term = _text(later("Term"))
    reading = _text(later("Reading, in kana"))
    meaning = _area(later("Meaning"))
    accepted = _lines(later("Other names that count as right, one a line"))
    distractors = _lines(later("Wrong meanings, one a line (with them the meaning is asked too)"))


FORMS: dict[str, type[ItemForm]] = {
    "single_choice": _Choice,
    "multiple_response": _Choice,
    "true_false": _TrueFalse,
    "short_answer": _ShortAnswer,
    "cloze": _Cloze,
    "term": _Term,
}
# The fields that are the item's own, in the order in which they are shown.
OWN = {
    "single_choice": ("stem", "options", "ordered"),
    "multiple_response": ("stem", "options", "ordered"),
    "true_false": ("stem", "holds"),
    "short_answer": ("stem", "key", "accepted", "strict"),
    "cloze": ("stem", "gaps"),
    "term": ("term", "reading", "meaning", "accepted", "distractors"),
}
# The fields that few items need: they stand together, out of sight until they are wanted.
SELDOM = ("tags", "ordered", "strict")


def is_seldom_used(form: ItemForm) -> bool:
    """Say whether something stands in one of the fields that few items need, or is wrong there."""
    return any(form[name].data or form[name].errors for name in SELDOM if name in form)


def sent(kind: str, given: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what a form was sent with, where "right" says which option of a single choice is right."""
    right = given.get("right", "")
    if kind != "single_choice" or f"options-{right}-text" not in given:
        return given
    filled = MultiDict(given)
    filled[f"options-{right}-correct"] = "y"
    return filled


def offer_facts(form: ItemForm, facts: Iterable[Fact], *, has_article: bool, has_ground: bool) -> None:
    """Let the form choose among a bank's facts."""
    form.fact.choices = [
        *([SelectChoice("=", later("as it is"))] if has_ground else []),
        SelectChoice("", later("none")),
        *([SelectChoice("+", later("a new fact, from the words below"))] if has_article else []),
        *(SelectChoice(fact.id, fact.statement[:80]) for fact in facts),
    ]


def tell_faults(form: ItemForm, faults: Iterable[Fault]) -> None:
    """Put each fault beside the field it is about."""
    for each in faults:
        fault = _RIGHT_ONE if each.message == ONE_KEY.message else each
        field: Any = form
        for step in fault.path:
            inner = field.form if isinstance(field, FormField) else field
            try:
                field = inner[step]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(field, FlaskForm):
            field = form.explanation
        if isinstance(field, FormField):
            field = next(iter(field))
        field.errors = [*_flat(field.errors), tell(fault, language())]


def _flat(errors: Any) -> list[str]:
    return [error for error in errors if isinstance(error, str)] if not isinstance(errors, dict) else []


def all_errors(form: ItemForm) -> list[tuple[str, str, str]]:
    """Return (id of the field, its label, message) for every error, those inside parts too."""
    found: list[tuple[str, str, str]] = []
    for field in form:
        if isinstance(field, FieldList):
            found += [(field.id, str(field.label.text), error) for error in _flat(field.errors)]
            for at, part in enumerate(field, start=1):
                found += [
                    (inner.id, f"{inner.label.text} {at}", error)
                    for inner in part.form
                    for error in _flat(inner.errors)
                ]
        else:
            found += [(field.id, str(field.label.text), error) for error in _flat(field.errors)]
    return found
