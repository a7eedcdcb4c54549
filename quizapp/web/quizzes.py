"""The page that a quiz's link opens: what awaits a student, and the way in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from quizapp.core.quiz_settings import Entry, QuizSettings
from quizapp.operations import quizzing, students
from quizapp.store import classes, quizzes
from quizapp.store.database import db
from quizapp.web import access, visitor
from quizapp.web.forms import JoinForm, PlainForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.store.tables import QuizRow, StudentRow

bp = Blueprint("quizzes", __name__)


@bp.route("/quizzes/<code>", methods=["GET", "POST"])
def join(code: str) -> ResponseReturnValue:
    """Show what a quiz asks of a student; begin an attempt, or go on with the one that is open."""
    now = datetime.now(UTC)
    quiz = quizzes.get(db.session(), code)
    settings = QuizSettings.from_data(quiz.settings)
    if PlainForm().validate_on_submit() and request.form.get("do") == "leave":
        visitor.forget()  # another pupil at the same machine
        return redirect(url_for(".join", code=code))
    found = visitor.find_student()
    form = JoinForm(name=found.name if found else "")
    form.needs_name = settings.entry is Entry.NAME
    mine = access.account() if settings.entry is Entry.ACCOUNT else None
    if settings.entry is Entry.ACCOUNT and not mine and request.method == "POST":
        return redirect(url_for("accounts.sign_in", back=url_for(".join", code=code)))
    if form.validate_on_submit() and not _has_namesake(form, quiz, found):
        name = mine.name if mine else (form.name.data or "").strip()
        if form.needs_name and found and found.name and found.name != name:
            visitor.forget()  # another pupil at the same machine
        student, token = visitor.arriving(now, name)
        if not token and name and student.name != name:
            students.rename(db.session(), student.id, name)
        attempt = quizzing.start_quiz(db.session(), code, student=student, name=name, now=now)
        visitor.welcome(student, token)
        return redirect(url_for("attempts.attempt", code=attempt))
    room = classes.of_quiz(db.session(), quiz, found.id if found else None)
    past = quizzes.attempts_of(db.session(), quiz.id, found.id) if found else []
    allowance = quizzes.allowance(db.session(), quiz.id, found.id) if past and found else 0
    allowed = settings.attempts_allowed
    return render_template(
        "quizzes/join.html",
        quiz=quiz,
        settings=settings,
        form=form,
        room=room,
        past=[attempt for attempt in past if attempt.finished_at],
        open_attempt=next((a for a in past if a.finished_at is None), None),
        attempts_left=None if allowed is None else max(0, allowed + allowance - len(past)),
        has_opened=quiz.opens_at is None or quiz.opens_at <= now,
        has_closed=quiz.closes_at is not None and quiz.closes_at <= now,
    ), 400 if request.method == "POST" and not form.has_namesake else 200


def _has_namesake(form: JoinForm, quiz: QuizRow, student: StudentRow | None) -> bool:
    """Say whether somebody else has begun the quiz under the name that was given, until they say they are another."""
    name = (form.name.data or "").strip()
    if not form.needs_name or request.form.get("do") == "another":
        return False
    mine = student.id if student and student.name == name else None
    form.has_namesake = quizzes.has_begun(db.session(), quiz.id, name, besides=mine)
    return form.has_namesake
