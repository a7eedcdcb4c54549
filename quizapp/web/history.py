"""A student's own pages: attempts and scores, what to practise, their answers as a file, other devices, deletion."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from quizapp.operations import accounts, answer_file, students
from quizapp.operations.accounts import NameTakenError, WeakPasswordError
from quizapp.store import classes, history
from quizapp.store.database import db
from quizapp.web import access, charts, device_links, visitor
from quizapp.web.account_forms import NewAccountForm, tell_beside
from quizapp.web.forms import PlainForm
from quizapp.web.localisation import language
from quizapp.web.results import begin_practice, day_here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("history", __name__)

PAGE = 50


@bp.get("/history")
def index() -> ResponseReturnValue:
    """Show a student's attempts, their scores over time, and how much is to practise."""
    student = visitor.find_student()
    if student is None:
        return render_template("history/index.html", student=None, form=PlainForm())
    now = datetime.now(UTC)
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
    attempts = history.past_attempts(db.session(), student.id, before=before, most=PAGE + 1)
    scored = [each for each in reversed(attempts[:PAGE]) if each.finished_at and each.score is not None]
    return render_template(
        "history/index.html",
        student=student,
        form=PlainForm(),
        attempts=attempts[:PAGE],
        next_before=attempts[PAGE - 1].id if len(attempts) > PAGE else None,
        chart=charts.line([each.score or 0 for each in scored]) if len(scored) > 1 else None,
        may_have_account=not access.account() and bool(classes.owners(db.session(), student.id)),
        missed_count=len(students.missed_items(db.session(), student.id, now=now, day_of=day_here)),
    )


@bp.post("/history/practice")
def practise() -> ResponseReturnValue:
    """Begin to practise what was missed in all attempts."""
    return redirect(url_for("attempts.attempt", code=begin_practice()))


@bp.get("/history/answers.csv")
def answers() -> ResponseReturnValue:
    """Send every answer of the student as a table."""
    student_id = visitor.student_id() or abort(404)
    rows = answer_file.rows(db.session(), student_id, language=language(), now=datetime.now(UTC))
    response = Response("".join(rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="quizapp-answers.csv"'
    return response


@bp.route("/history/devices", methods=["GET", "POST"])
def devices() -> ResponseReturnValue:
    """Make a link that carries the history to another device, and take it there."""
    signed = request.args.get("link", "")
    form = PlainForm()
    if signed:
        student_id = device_links.student_of(signed)
        if form.validate_on_submit():
            visitor.remember(students.sign_in_elsewhere(db.session(), student_id))
            return redirect(url_for(".index"))
        return render_template("history/arrive.html", form=form)
    student = visitor.find_student()
    if student is None:
        return redirect(url_for(".index"))
    link = ""
    if form.validate_on_submit():
        link = device_links.make(student, device_links.OWN_MINUTES)
    return render_template("history/devices.html", form=form, link=link, minutes=device_links.OWN_MINUTES)


@bp.route("/history/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Let a pupil of a class make an account that carries their history to every device."""
    student = visitor.find_student()
    if access.account() or student is None or not classes.owners(db.session(), student.id):
        return redirect(url_for(".index"))
    form = NewAccountForm(name=student.name)
    if form.validate_on_submit():
        now = datetime.now(UTC)
        try:
            made = accounts.create_account(
                db.session(), form.name.data, form.password.data, role="pupil", email=form.email.data or "", now=now
            )
        except (NameTakenError, WeakPasswordError) as error:
            tell_beside(form, error)
        else:
            students.attach(db.session(), student.id, made.id)
            visitor.forget()
            access.remember_sign_in(accounts.begin_session(db.session(), made.id, now=now))
            flash(_("Your account is made. Sign in with it on any device: your history is there."))
            return redirect(url_for(".index"))
    return render_template("history/account.html", form=form), 400 if form.is_submitted() else 200


@bp.route("/history/deletion", methods=["GET", "POST"])
def deletion() -> ResponseReturnValue:
    """Ask once, then delete everything that is kept of the student."""
    student_id = visitor.student_id()
    if student_id is None:
        return redirect(url_for(".index"))
    form = PlainForm()
    if form.validate_on_submit():
        students.forget(db.session(), student_id)
        visitor.forget()
        response = redirect(url_for(".index", deleted=1))
        # Pages, cards and reviews that this device kept for offline use.
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
    count = len(history.past_attempts(db.session(), student_id, most=1000))
    return render_template("history/deletion.html", form=form, count=count)
