"""Forms, and the answers of a page of questions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from quizapp.core.article import LANGUAGES
from quizapp.core.errors import QuizError
from quizapp.core.quiz import MOST_ITEMS
from quizapp.core.quiz_settings import Feedback
from quizapp.operations.saving import Change
from quizapp.translation import mark
from quizapp.web.localisation import FURIGANA, THEMES

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

LONGEST_ANSWER = 2000
_TOO_LONG = mark("the answer to question %(number)d is longer than %(most)d characters: shorten it, nothing was lost")
_DEVICE = re.compile(r"[a-z0-9]{1,32}")
_FIELD = re.compile(r"q([1-9]\d{0,3})(?:\.([1-9]\d?))?")


class PreferencesForm(FlaskForm):  # type: ignore[misc]
    """The visitor's language or look, and the page to come back to."""

    language = StringField(validators=[Optional(), AnyOf(LANGUAGES)])
    theme = StringField(validators=[Optional(), AnyOf(THEMES)])
    furigana = StringField(validators=[Optional(), AnyOf(FURIGANA)])
    back = HiddenField()


class PlainForm(FlaskForm):  # type: ignore[misc]
    """A button that must be meant: nothing but the token."""


class JoinForm(FlaskForm):  # type: ignore[misc]
    """The way into a quiz, with a name where the quiz asks for one."""

    name = StringField(later("Your name, as your class knows it"), validators=[Length(max=80)])
    needs_name = False
    has_namesake = False

    def validate_name(self, field: StringField) -> None:
        """Ask for a name where one is needed."""
        if self.needs_name and not (field.data or "").strip():
            raise ValidationError(_("Give a name, so that your teacher knows whose answers these are."))


def _filled(form: FlaskForm, field: StringField) -> None:  # noqa: ARG001 (WTForms calls it so)
    if not (field.data or "").strip():
        raise ValidationError(_("Write a name."))


class ClassForm(FlaskForm):  # type: ignore[misc]
    """The name of a class, or of somebody in it."""

    name = StringField(later("Name"), validators=[_filled, Length(max=80)], render_kw={"autocomplete": "off"})


class PupilForm(FlaskForm):  # type: ignore[misc]
    """The name under which a pupil joins a class."""

    name = StringField(
        later("Your name, as your class knows it"),
        validators=[_filled, Length(max=80)],
        render_kw={"autocomplete": "nickname", "maxlength": 80},
    )


class ClassCodeForm(FlaskForm):  # type: ignore[misc]
    """A class's code, as it stands on the blackboard."""

    code = StringField(
        later("Code of the class"),
        validators=[DataRequired(later("Write the code.")), Length(max=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class StartForm(FlaskForm):  # type: ignore[misc]
    """How many questions to draw, and how many to show on a page."""

    count = SelectField(later("Number of questions"))
    page_size = SelectField(later("Questions on a page"), default="5")
    feedback = SelectField(
        later("Right or wrong"),
        choices=[
            SelectChoice(Feedback.AT_END.value, later("shown at the end")),
            SelectChoice(Feedback.EACH_PAGE.value, later("shown after each page")),
            SelectChoice(Feedback.AT_ONCE.value, later("shown after each answer")),
        ],
        default=Feedback.AT_END.value,
    )

    def offer(self, item_count: int, fact_count: int) -> StartForm:
        """Offer the numbers that a bank with so many items, asking so many different facts, can fill."""
        counts = [number for number in (5, 10, 20, 50, MOST_ITEMS) if number < fact_count]
        self.count.choices = {
            str(number): ngettext("%(num)d question", "%(num)d questions", number) for number in counts
        }
        if fact_count <= MOST_ITEMS:
            self.count.choices["each"] = ngettext(
                "%(num)d question (each fact once)", "%(num)d questions (each fact once)", fact_count
            )
        if fact_count < item_count <= MOST_ITEMS:
            self.count.choices["all"] = ngettext(
                "%(num)d question (all of them)", "%(num)d questions (all of them)", item_count
            )
        self.page_size.choices = {
            str(number): ngettext("%(num)d a page", "%(num)d a page", number) for number in (1, 5, 10)
        }
        if self.count.data is None:
            self.count.data = next(iter(self.count.choices))
        return self


REPORT_REASONS = [
    SelectChoice("wrong_key", later("The right answer is wrong")),
    SelectChoice("unclear", later("I do not understand the question")),
    SelectChoice("several_right", later("More than one answer is right")),
    SelectChoice("spelling", later("There is a slip in the text")),
    SelectChoice("evidence", later("The evidence does not say this")),
    SelectChoice("other", later("Something else")),
]


class ReportForm(FlaskForm):  # type: ignore[misc]
    """What a student finds wrong with a question."""

    reason = RadioField(later("What is wrong?"), choices=REPORT_REASONS, validators=[DataRequired()])
    words = TextAreaField(later("In your own words (optional)"), validators=[Length(max=2000)])


class RegradeForm(FlaskForm):  # type: ignore[misc]
    """Why answers are judged again; students read it beside their score."""

    reason = StringField(
        later("Why, for the pupils"), validators=[Length(max=500)], render_kw={"autocomplete": "off", "maxlength": 500}
    )


class AnswerError(QuizError):
    """An answer that cannot be kept."""


def changes_from(data: object) -> tuple[str, list[Change]]:
    """Return the device and the changes that a page's script sent.

    :raise AnswerError: this is not what the script sends, or an answer is longer than any that is asked for.
    """
    match data:
        case {"device": str(device), "changes": list(entries)} if (
            _DEVICE.fullmatch(device) and len(entries) <= MOST_ITEMS
        ):
            return device, [_change(entry) for entry in entries]
    raise AnswerError("this is not how answers are sent: reload the page, what was saved is safe")


def _change(entry: object) -> Change:
    match entry:
        case {"number": int(number), "sequence": int(sequence), "answer": list(answer), "flagged": bool(flagged)} if (
            1 <= number <= MOST_ITEMS and 0 < sequence < 2**53 and len(answer) <= 100
        ):
            if any(not isinstance(text, str) or len(text) > LONGEST_ANSWER for text in answer):
                raise AnswerError(_TOO_LONG, number=number, most=LONGEST_ANSWER)
            texts = tuple(map(_storable, answer))
            return Change(number - 1, sequence, texts if any(text.strip() for text in texts) else (), flagged)
    raise AnswerError("this is not how answers are sent: reload the page, what was saved is safe")


def answers_from(form: MultiDict[str, str], positions: range) -> list[Change]:
    """Return the answers that differ from those the page was shown with; () takes an answer back.

    An answer that was not touched is left out: a page that stood open for long must not undo what was answered
    elsewhere meanwhile.

    :raise AnswerError: an answer is longer than any that is asked for.
    """
    given: dict[int, list[str]] = {position: [] for position in positions}
    named: set[int] = set()
    for name, values in form.lists():
        match = _FIELD.fullmatch(name)
        position = int(match[1]) - 1 if match else -1
        if match is None or position not in given:
            continue
        named.add(position)
        if any(len(value) > LONGEST_ANSWER for value in values):
            raise AnswerError(_TOO_LONG, number=position + 1, most=LONGEST_ANSWER)
        texts = list(map(_storable, values))
        if match[2] is None:
            given[position] = [text for text in texts if text.strip()]
        else:
            gap = int(match[2])
            given[position] += [""] * (gap - len(given[position]))
            given[position][gap - 1] = texts[0]
    changes = []
    for position, texts in given.items():
        number = position + 1
        answer = tuple(texts) if any(texts) else ()
        is_flagged = f"f{number}" in form
        # A question that was checked stands on the page without its fields.
        is_asked = position in named or f"s{number}" in form
        if is_asked and json.dumps([*answer, is_flagged]) != form.get(f"w{number}"):
            changes.append(Change(position, _number(form.get(f"s{number}", "")), answer, is_flagged))
    return changes


def _storable(text: str) -> str:
    """Return ``text`` without what no database or page can hold: halves of characters, and NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
