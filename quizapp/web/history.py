"""A student's own pages: attempts and scores, what to practise, their answers as a file, other devices, deletion."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer

from quizapp.operations import answer_file, students
from quizapp.store import history
from quizapp.store.database import db
from quizapp.web import charts, visitor
from quizapp.web.forms import PlainForm
from quizapp.web.localisation import language
from quizapp.web.results import begin_practice, day_here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("history", __name__)

PAGE = 50
DEVICE_LINK_SECONDS = 15 * 60


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
        student_id = _student_of(signed)
        if form.validate_on_submit():
            visitor.remember(students.sign_in_elsewhere(db.session(), student_id))
            return redirect(url_for(".index"))
        return render_template("history/arrive.html", form=form)
    student = visitor.find_student()
    if student is None:
        return redirect(url_for(".index"))
    link = ""
    if form.validate_on_submit():
        link = url_for(".devices", link=_signer().dumps([student.id, student.token_hash[:12]]), _external=True)
    return render_template("history/devices.html", form=form, link=link, minutes=DEVICE_LINK_SECONDS // 60)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="another device")


def _student_of(signed: str) -> int:
    """Return the student whom a link carries; it works once, as the token changes when it is used."""
    try:
        student_id, begins = _signer().loads(signed, max_age=DEVICE_LINK_SECONDS)
    except BadSignature:
        abort(403, _("This link has been used or is too old. Make a new one on the device where your history is."))
    if not students.holds(db.session(), student_id, begins):
        abort(403, _("This link has been used or is too old. Make a new one on the device where your history is."))
    return int(student_id)


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
        return redirect(url_for(".index", deleted=1))
    count = len(history.past_attempts(db.session(), student_id, most=1000))
    return render_template("history/deletion.html", form=form, count=count)
