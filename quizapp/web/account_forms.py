"""Forms for signing in, for making accounts and for passwords."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp

from quizapp.operations.accounts import NameTakenError, WeakPasswordError
from quizapp.operations.passwords import LONGEST, SHORTEST
from quizapp.translation import tell
from quizapp.web.localisation import language

_MAIL = r"[^@\s<>\"]+@[^@\s<>\"]+\Z"
ROLE_WORDS = {"teacher": later("Teacher"), "admin": later("Admin"), "pupil": later("Pupil")}
_INVITED = ("teacher", "admin")


def _name() -> StringField:
    return StringField(
        later("Name"),
        [InputRequired(later("Write a name.")), Length(max=60, message=later("A name has at most 60 characters."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


def _email() -> EmailField:
    return EmailField(
        later("Mail address (optional)"),
        [
            Optional(),
            Length(max=254),
            Regexp(
                r"[^@\s<>\"]+@[^@\s<>\"]+\Z", message=later("This is no mail address; write it like name@example.jp.")
            ),
        ],
        render_kw={"autocomplete": "email"},
    )


def _new_password() -> PasswordField:
    return PasswordField(
        later("Password (at least %(least)d characters)", least=SHORTEST),
        [InputRequired(later("Write a password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "new-password", "minlength": SHORTEST},
    )


def _again() -> PasswordField:
    return PasswordField(
        later("The same password again"),
        [EqualTo("password", message=later("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password."""

    name = _name()
    password = PasswordField(
        later("Password"),
        [InputRequired(later("Write your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    back = HiddenField()


class NewAccountForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    name = _name()
    email = _email()
    password = _new_password()
    again = _again()


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, by a link."""

    password = _new_password()
    again = _again()


class OwnPasswordForm(PasswordForm):
    """A new password, by the old one."""

    old = PasswordField(
        later("Your present password"),
        [InputRequired(later("Write your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class AskPasswordForm(FlaskForm):  # type: ignore[misc]
    """The name of who forgot a password."""

    name = _name()


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """Whom to invite."""

    role = SelectField(later("As"), choices=[SelectChoice(role, ROLE_WORDS[role]) for role in _INVITED])
    note = StringField(later("For whom (only you see this)"), [Optional(), Length(max=200)])


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What an admin does with an account."""

    action = StringField(validators=[InputRequired()])


def add_error(form: Any, name: str, message: str) -> None:
    """Put a message that only the operation could give beside the field it is about."""
    form[name].errors = [*form[name].errors, message]


def tell_beside(form: Any, error: NameTakenError | WeakPasswordError) -> None:
    """Put what is wrong with a new account beside its name or its password."""
    add_error(form, "name" if isinstance(error, NameTakenError) else "password", tell(error, language()))
