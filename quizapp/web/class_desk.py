"""A teacher's classes: link and code, pupils, and more time for those who need it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.operations import classes as operations
from quizapp.store import classes, quizzes
from quizapp.store.database import db
from quizapp.web import access, device_links, links
from quizapp.web.forms import ClassForm, PlainForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("class_desk", __name__)
bp.before_request(access.require_teacher)

PAGE = 50
PUPILS = 200
_FACTORS = {"" if factor is None else f"{factor:g}": factor for factor in operations.TIME_FACTORS}


@bp.route("/desk/classes", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show one's classes, and make one."""
    form = ClassForm()
    if form.validate_on_submit():
        code = operations.create(db.session(), form.name.data.strip(), owner=access.me(), now=datetime.now(UTC))
        return redirect(url_for(".room", code=code))
    before = access.number(request.args.get("before"))
    found = classes.desk_page(db.session(), access.me().id, before=before, most=PAGE + 1)
    return render_template(
        "classes/index.html",
        form=form,
        entries=found[:PAGE],
        before=before,
        next_before=found[PAGE - 1].id if len(found) > PAGE else None,
    ), 400 if form.is_submitted() else 200


@bp.get("/desk/classes/<code>")
def room(code: str) -> ResponseReturnValue:
    """Show a class: how to join it, its pupils and its quizzes."""
    row = access.own_class(code)
    at = access.number(request.args.get("after"))
    after = classes.pupil(db.session(), row.id, at) if at else None
    found = classes.pupils(db.session(), row.id, after=after, most=PUPILS + 1)
    link = links.whole("classes.join", code=row.code)
    return render_template(
        "classes/class.html",
        room=row,
        pupils=found[:PUPILS],
        after=after,
        next_after=found[PUPILS - 1].student_id if len(found) > PUPILS else None,
        quizzes=quizzes.of_class(db.session(), row.id),
        link=link,
        code_image=links.qr_code(link, _("QR code of the class's link")),
        factors=_FACTORS,
    )


@bp.post("/desk/classes/<code>/door")
def door(code: str) -> ResponseReturnValue:
    """Let pupils join, or no longer."""
    row = access.own_class(code)
    is_open = request.form.get("open") == "1"
    operations.set_open(db.session(), row, is_open=is_open, actor=access.me(), now=datetime.now(UTC))
    return redirect(url_for(".room", code=code))


@bp.post("/desk/classes/<code>/times")
def times(code: str) -> ResponseReturnValue:
    """Give pupils more time."""
    row = access.own_class(code)
    factors = {}
    for name, value in request.form.items():
        if name.startswith("time-"):
            student_id = access.number(name[5:])
            if value not in _FACTORS or student_id is None:
                abort(400)
            factors[student_id] = _FACTORS[value]
    operations.give_time(db.session(), row, factors, actor=access.me(), now=datetime.now(UTC))
    flash(_("Kept. It holds for the quizzes of this class, also for those being sat now."))
    return redirect(url_for(".room", code=code, after=access.number(request.args.get("after"))))


@bp.route("/desk/classes/<code>/pupils/<int(max=999999999999999999):student_id>", methods=["GET", "POST"])
def pupil(code: str, student_id: int) -> ResponseReturnValue:
    """Rename a pupil, take one out of the class, or make them a link for another device."""
    row = access.own_class(code)
    place = classes.pupil(db.session(), row.id, student_id) or abort(404)
    form = ClassForm(name=place.name)
    if PlainForm().validate_on_submit() and request.form.get("do") == "remove":
        operations.remove(db.session(), row, student_id, actor=access.me(), now=datetime.now(UTC))
        flash(_("%(name)s is no longer in the class. While the class is open they can join again.", name=place.name))
        return redirect(url_for(".room", code=code))
    link = ""
    if PlainForm().validate_on_submit() and request.form.get("do") == "link":
        student = operations.let_in_elsewhere(db.session(), row, student_id, actor=access.me(), now=datetime.now(UTC))
        link = device_links.make(student, device_links.TEACHERS_MINUTES)
    elif form.validate_on_submit():
        operations.rename(db.session(), row, student_id, form.name.data.strip())
        flash(_("Done."))
        return redirect(url_for(".room", code=code))
    status = 400 if form.is_submitted() and not link else 200
    return render_template("classes/pupil.html", room=row, pupil=place, form=form, link=link), status
