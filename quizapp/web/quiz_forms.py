"""The forms of a teacher's quizzes: settings, times, points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from quizapp.core.quiz import MOST_ITEMS
from quizapp.core.quiz_settings import Entry, Feedback, QuizSettings, Review
from quizapp.web.moments import in_zone, moment_field, zone_field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from quizapp.store.bank_lists import BankChoice
    from quizapp.store.classes import ClassEntry

_CLASS = "class-"


def _number(label: Any, least: int, most: int, default: int | None = None) -> IntegerField:
    between = NumberRange(least, most, later("Give a number from %(least)d to %(most)d.", least=least, most=most))
    needs = InputRequired(later("Give a number.")) if default is not None else Optional()
    return IntegerField(label, [needs, between], default=default, render_kw={"min": least, "max": most})


def _some(_form: FlaskForm, field: SelectMultipleField) -> None:
    """Ask for one bank at least; WTForms' own rule would have browsers ask for every box to be checked."""
    if not field.data:
        raise ValidationError(_("Choose at least one question bank."))


class TimesForm(FlaskForm):  # type: ignore[misc]
    """When a quiz opens and closes."""

    opens_at = moment_field(later("Opens"))
    closes_at = moment_field(later("Closes"))
    zone = zone_field()

    @property
    def moments(self) -> dict[str, datetime | None]:
        """The moments of opening and closing, None where left open."""
        return {
            "opens_at": in_zone(self.opens_at.data, self.zone.data),
            "closes_at": in_zone(self.closes_at.data, self.zone.data),
        }

    def validate_closes_at(self, field: Any) -> None:
        """Refuse to close before opening."""
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_("The quiz would close before it opens: choose a later closing time."))


class QuizForm(TimesForm):
    """All settings of a new quiz."""

    title = StringField(
        later("Title"),
        [InputRequired(later("Give the quiz a title.")), Length(max=200)],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )
    banks = SelectMultipleField(
        later("Question banks"),
        [_some],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    tags = StringField(later("Only questions with one of these tags, with spaces between"), [Length(max=1000)])
    count = _number(later("Number of questions"), 1, MOST_ITEMS)
    with_siblings = BooleanField(later("Several questions about one fact are allowed"))
    same_items = BooleanField(later("The same questions for everybody the first time"), default=True)
    shuffle_items = BooleanField(later("Questions in a different order for everybody"), default=True)
    shuffle_options = BooleanField(later("Options in a different order for everybody"), default=True)
    page_size = _number(later("Questions on a page"), 1, MOST_ITEMS, 5)
    feedback = SelectField(
        later("Right or wrong"),
        choices=[
            SelectChoice(Feedback.AT_END.value, later("shown at the end")),
            SelectChoice(Feedback.EACH_PAGE.value, later("shown after each page")),
            SelectChoice(Feedback.AT_ONCE.value, later("shown after each answer")),
        ],
    )
    review = SelectField(
        later("Right answers and evidence"),
        choices=[
            SelectChoice(Review.AT_ONCE.value, later("shown as soon as the quiz is handed in")),
            SelectChoice(Review.AFTER_CLOSING.value, later("shown once the quiz is closed")),
            SelectChoice(Review.NEVER.value, later("never shown")),
        ],
    )
    attempts_allowed = _number(later("Attempts for each pupil"), 1, 1000)
    time_limit = _number(later("Time limit in minutes"), 1, 7 * 24 * 60)
    grace = _number(later("Grace for slow networks in seconds"), 0, 3600, 30)
    pass_percent = _number(later("To pass, in percent"), 0, 100)
    entry = SelectField(later("Who may sit it"))

    def offer(self, banks: Sequence[BankChoice], classes: Sequence[ClassEntry]) -> QuizForm:
        """Offer the banks and classes that the teacher may use."""
        self.banks.choices = [SelectChoice(bank.identity, bank.title) for bank in banks]
        self.entry.choices = [
            SelectChoice(Entry.NAME.value, _("Whoever has the link and gives a name")),
            SelectChoice(Entry.LINK.value, _("Whoever has the link, without a name")),
            *(SelectChoice(f"{_CLASS}{each.id}", _("The class %(name)s", name=each.name)) for each in classes),
            SelectChoice(Entry.ACCOUNT.value, _("Whoever has an account here")),
        ]
        return self

    @property
    def class_id(self) -> int | None:
        """The class that the quiz is for; None is no class."""
        chosen = str(self.entry.data)
        return int(chosen.removeprefix(_CLASS)) if chosen.startswith(_CLASS) else None

    @property
    def settings(self) -> QuizSettings:
        """The settings that were chosen.

        :raise QuizSettingError: some of them cannot be.
        """
        return QuizSettings(
            banks=tuple(self.banks.data or ()),
            tags=tuple((self.tags.data or "").split()),
            count=self.count.data,
            with_siblings=self.with_siblings.data,
            same_items=self.same_items.data,
            shuffle_items=self.shuffle_items.data,
            shuffle_options=self.shuffle_options.data,
            page_size=self.page_size.data,
            feedback=Feedback(self.feedback.data),
            review=Review(self.review.data),
            attempts_allowed=self.attempts_allowed.data,
            time_limit=self.time_limit.data and self.time_limit.data * 60,
            grace=self.grace.data,
            pass_share=None if self.pass_percent.data is None else self.pass_percent.data / 100,
            # Pupils of a class are known by the name that the class knows them by.
            entry=Entry.LINK if self.class_id else Entry(self.entry.data),
        )
