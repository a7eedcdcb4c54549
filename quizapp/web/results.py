"""What comes after a quiz: the result, practice of what was missed, and reports about questions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.operations import reporting, students
from quizapp.store import attempts, facts, regrades
from quizapp.store.database import db
from quizapp.web import questions, visitor
from quizapp.web.attempts import sheet
from quizapp.web.forms import ReportForm
from quizapp.web.localisation import language
from quizapp.web.views import verdict_of

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

bp = Blueprint("results", __name__)


@bp.get("/attempts/<code>/result")
def result(code: str) -> ResponseReturnValue:
    """Show the score, then, where keys may be shown, each question with the answer, the key, why, and the evidence."""
    now = datetime.now(UTC)
    sitting, asked = sheet(code, now, whole=True)
    if not sitting.finished_at:
        return redirect(url_for("attempts.attempt", code=code))
    shows_keys = sitting.shows_keys(now)
    words = language()
    notes = regrades.of_attempt(db.session(), sitting.id)
    is_own = sitting.student_id is not None and sitting.student_id == visitor.student_id()
    missed = [each for each in asked if (each.score or 0) < 1 or each.is_flagged]
    return render_template(
        "attempts/result.html",
        sitting=sitting,
        shows_keys=shows_keys,
        reviews=[
            (
                each.position + 1,
                verdict_of(each.score, is_given=each.is_answered),
                questions.reviewed(each, sitting, words, notes.get(each.position + 1, ())),
            )
            for each in asked
        ]
        if shows_keys
        else [],
        points=sum(each.weight * (each.score or 0) for each in asked),
        most_points=sum(each.weight for each in asked),
        has_passed=None if sitting.rules.pass_share is None else (sitting.score or 0) >= sitting.rules.pass_share,
        missed_count=len(missed) if shows_keys and is_own else 0,
        is_own=is_own,
        facts={each.snapshot.fact.id for each in asked if each.snapshot.fact},
        fact_count=facts.count_of(db.session(), sitting.bank_name) if sitting.bank_name else 0,
    )  # fmt: skip


@bp.post("/attempts/<code>/practice")
def practise(code: str) -> ResponseReturnValue:
    """Begin to practise what was missed in this attempt."""
    return redirect(url_for("attempts.attempt", code=begin_practice(code)))


def begin_practice(code: str = "") -> str:
    """Begin an attempt of what the visitor missed, in the attempt ``code`` or everywhere, and return its code.

    :raise ConflictError: there is nothing to practise.
    """
    now = datetime.now(UTC)
    return students.practise_missed(
        db.session(),
        visitor.student_id() or abort(404),
        title=_("What I missed"),
        language=language(),
        now=now,
        day_of=day_here,
        code=code,
    )


def day_here(moment: datetime) -> date:
    """Return the day that a moment falls on where the site is."""
    return moment.astimezone(ZoneInfo(current_app.config["SETTINGS"].timezone)).date()


@bp.route("/attempts/<code>/questions/<int:number>/report", methods=["GET", "POST"])
def report(code: str, number: int) -> ResponseReturnValue:
    """Ask what is wrong with a question, and keep it for whoever keeps the bank."""
    sitting = attempts.get(db.session(), code)
    if not 1 <= number <= sitting.item_count:
        abort(404)
    form = ReportForm()
    asked = attempts.asked(db.session(), sitting.id, range(number - 1, number))[number - 1]
    back = url_for("results.result", code=code) if sitting.finished_at else url_for(
        "attempts.page", code=code, page=(number - 1) // sitting.page_size + 1
    )  # fmt: skip
    if form.validate_on_submit():
        reporting.report_item(
            db.session(), sitting.id, number - 1, reason=form.reason.data, words=form.words.data or "",
            now=datetime.now(UTC),
        )  # fmt: skip
        return redirect(url_for(".report", code=code, number=number, sent=1))
    status = 400 if request.method == "POST" else 200
    return render_template(
        "attempts/report.html",
        form=form,
        number=number,
        stem=asked.question.stem,
        language_of_stem=asked.snapshot.item.language,
        back=f"{back}#q{number}",
        is_sent="sent" in request.args,
    ), status
