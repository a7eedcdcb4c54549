"""The way into a class, for pupils: by its link, or by its code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.operations import classes as operations
from quizapp.store import classes, quizzes
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access, visitor
from quizapp.web.account_forms import add_error
from quizapp.web.forms import ClassCodeForm, PlainForm, PupilForm
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("classes", __name__)


@bp.route("/join", methods=["GET", "POST"])
def door() -> ResponseReturnValue:
    """Ask for a class's code."""
    form = ClassCodeForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for(".join", code=classes.get(db.session(), form.code.data).code))
        except NotFoundError as error:
            add_error(form, "code", tell(error, language()))
    return render_template("classes/door.html", form=form), 400 if form.is_submitted() else 200


@bp.route("/join/<code>", methods=["GET", "POST"])
def join(code: str) -> ResponseReturnValue:
    """Put a pupil into a class under a name, and show its quizzes."""
    now = datetime.now(UTC)
    row = classes.get(db.session(), code)
    found = visitor.find_student()
    place = classes.pupil(db.session(), row.id, found.id) if found else None
    form = PupilForm(name=place.name if place else (found.name if found else ""))
    back = access.own_path(request.args.get("back"), "")
    if PlainForm().validate_on_submit() and request.form.get("do") == "leave":
        visitor.forget()  # another pupil at the same machine
        return redirect(request.full_path.rstrip("?"))
    if form.validate_on_submit():
        name = form.name.data.strip()
        student = visitor.student(now, name)
        try:
            operations.join(db.session(), row, student.id, name, now=now)
        except ConflictError as error:
            add_error(form, "name", tell(error, language()))
        else:
            flash(_("You are in the class %(name)s.", name=row.name))
            return redirect(back or url_for(".join", code=row.code))
    return render_template(
        "classes/join.html",
        room=row,
        form=form,
        place=place,
        quizzes=quizzes.of_class(db.session(), row.id) if place else [],
        now=now,
    ), 400 if form.is_submitted() else 200
