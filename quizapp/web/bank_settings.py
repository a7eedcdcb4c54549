"""What a bank says of itself, who may see it, and new and copied banks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from quizapp.core.errors import NotFoundError
from quizapp.operations import bank_keeping, sharing, transfer
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.account_forms import add_error
from quizapp.web.localisation import LANGUAGE_NAMES, language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.store.tables import BankRow

bp = Blueprint("bank_settings", __name__)
bp.before_request(access.require_teacher)


class NewBankForm(FlaskForm):  # type: ignore[misc]
    """An empty bank."""

    title = StringField(later("Title"), [InputRequired(later("Write a title.")), Length(max=200)])
    language = SelectField(
        later("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )


class AboutForm(FlaskForm):  # type: ignore[misc]
    """What a bank says of itself."""

    title = StringField(later("Title"), [InputRequired(later("Write a title.")), Length(max=200)])
    description = TextAreaField(later("Description"), [Length(max=5000)], render_kw={"rows": 4})
    licence = StringField(later("Licence"), [Length(max=200)])


class ShareForm(FlaskForm):  # type: ignore[misc]
    """Another teacher, and what they may do."""

    teacher = StringField(later("Teacher's name"), [InputRequired(later("Write a name.")), Length(max=60)])
    may = SelectField(
        later("May"),
        choices=[SelectChoice("view", later("see it")), SelectChoice("edit", later("edit it"))],
        validate_choice=False,
        validators=[AnyOf(["view", "edit", ""])],
    )


class VisibilityForm(FlaskForm):  # type: ignore[misc]
    """Whether everybody sees a bank."""

    visibility = StringField(validators=[AnyOf(["public", "private"])])


@bp.route("/desk/banks", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make an empty bank."""
    form = NewBankForm()
    if form.validate_on_submit():
        name = bank_keeping.make_bank(
            db.session(), form.title.data.strip(), form.language.data, owner=access.me(), now=datetime.now(UTC)
        )
        return redirect(url_for("bank_desk.items", name=name))
    return render_template("desk/new_bank.html", form=form), 400 if request.method == "POST" else 200


@bp.route("/desk/banks/<name>/settings", methods=["GET", "POST"])
def about(name: str) -> ResponseReturnValue:
    """Change what a bank says of itself."""
    bank = access.bank(name, "edit")
    form = AboutForm(obj=bank)
    if form.validate_on_submit():
        bank_keeping.describe(
            db.session(), bank, title=form.title.data.strip(), description=form.description.data or "",
            licence=form.licence.data or "", actor=access.me(), now=datetime.now(UTC),
        )  # fmt: skip
        flash(_("Saved."))
        return redirect(url_for(".about", name=name))
    return _page(bank, form, ShareForm(formdata=None)), 400 if request.method == "POST" else 200


@bp.post("/desk/banks/<name>/shares")
def share(name: str) -> ResponseReturnValue:
    """Share a bank with another teacher, or stop sharing it."""
    bank = access.bank(name, "own")
    form = ShareForm()
    if form.validate():
        try:
            sharing.share(
                db.session(), bank, form.teacher.data, form.may.data or "", actor=access.me(), now=datetime.now(UTC)
            )
        except NotFoundError as error:
            db.session.rollback()
            add_error(form, "teacher", tell(error, language()))
        else:
            return redirect(url_for(".about", name=name, _anchor="shares"))
    return _page(bank, AboutForm(formdata=None, obj=bank), form), 400


@bp.post("/desk/banks/<name>/visibility")
def visibility(name: str) -> ResponseReturnValue:
    """Make a bank public or private."""
    bank = access.bank(name, "own")
    form = VisibilityForm()
    if not form.validate():
        abort(400)
    sharing.publish(db.session(), bank, form.visibility.data, actor=access.me(), now=datetime.now(UTC))
    return redirect(url_for(".about", name=name, _anchor="visibility"))


@bp.post("/desk/banks/<name>/copies")
def copy(name: str) -> ResponseReturnValue:
    """Copy a bank that may be seen to one's own desk, to change it there."""
    bank = access.bank(name)
    made = transfer.copy_bank(db.session(), bank.name, owner=access.me(), now=datetime.now(UTC))
    flash(_("This is your own copy. What you change here changes nothing there."))
    return redirect(url_for("bank_desk.items", name=made))


def _page(bank: BankRow, form: AboutForm, share_form: ShareForm) -> str:
    is_owner = sharing.may(db.session(), bank, access.me(), "own")
    return render_template(
        "desk/bank_settings.html",
        bank=bank,
        form=form,
        share_form=share_form,
        is_owner=is_owner,
        shares=sharing.shares(db.session(), bank.id) if is_owner else [],
    )
