"""Sitting a quiz: its pages, the look back before handing in, and the result."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for

from quizapp.operations import quizzing
from quizapp.store import attempts, banks
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web.forms import LONGEST_ANSWER, AnswerError, answers_from, changes_from
from quizapp.web.localisation import language, remember
from quizapp.web.views import question_view

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("attempts", __name__)


@bp.get("/attempts/<code>")
def attempt(code: str) -> ResponseReturnValue:
    """Lead to where the attempt stands: its first unanswered question, or its result."""
    sitting = attempts.get(db.session(), code)
    if sitting.attempt.finished_at:
        return redirect(url_for(".result", code=code))
    blank = attempts.unanswered(db.session(), sitting.attempt.id)
    return redirect(url_for(".page", code=code, page=(blank[0] // sitting.attempt.page_size + 1) if blank else 1))


@bp.get("/attempts/<code>/pages/<int:page>")
def page(code: str, page: int) -> ResponseReturnValue:
    """Show a page of questions with what was answered so far."""
    sitting = attempts.get(db.session(), code)
    if sitting.attempt.finished_at:
        return redirect(url_for(".result", code=code))
    if not 1 <= page <= sitting.page_count:
        abort(404)
    asked = attempts.asked(db.session(), sitting, attempts.page_of(sitting, page))
    return render_template(
        "attempts/page.html",
        sitting=sitting,
        page=page,
        questions=[question_view(each, sitting) for each in asked],
        longest_answer=LONGEST_ANSWER,
    )


@bp.post("/attempts/<code>/pages/<int:page>")
def save(code: str, page: int) -> ResponseReturnValue:
    """Keep the answers of a page, and go where the pressed button leads."""
    sitting = attempts.get(db.session(), code)
    page_count = sitting.page_count
    answers = answers_from(request.form, attempts.page_of(sitting, page))
    quizzing.save_page(db.session(), code, answers.values(), now=datetime.now(UTC))
    then = request.form.get("then", "")
    if then == "check":
        return redirect(url_for(".check", code=code))
    if len(then) <= 4 and then.isascii() and then.isdigit() and 1 <= int(then) <= page_count:
        return redirect(url_for(".page", code=code, page=int(then)))
    remember(*then.partition("=")[::2])
    return redirect(url_for(".page", code=code, page=page))


@bp.post("/attempts/<code>/answers")
def answers(code: str) -> ResponseReturnValue:
    """Keep changes that a page's script sends while a person answers, and say what became of each."""
    sitting = attempts.get(db.session(), code)
    try:
        device, changes = changes_from(request.get_json(silent=True), sitting.attempt.item_count)
    except AnswerError as error:
        return jsonify(error=tell(error, language())), 400
    outcomes = quizzing.save_changes(db.session(), code, changes, device=device, now=datetime.now(UTC))
    return jsonify(outcomes=[each.word for each in outcomes], sequences=[each.sequence for each in outcomes])


@bp.get("/attempts/<code>/check")
def check(code: str) -> ResponseReturnValue:
    """Show what is still unanswered, before handing in."""
    sitting = attempts.get(db.session(), code)
    if sitting.attempt.finished_at:
        return redirect(url_for(".result", code=code))
    blank = attempts.unanswered(db.session(), sitting.attempt.id)
    size = sitting.attempt.page_size
    return render_template(
        "attempts/check.html",
        sitting=sitting,
        unanswered=[(position + 1, position // size + 1) for position in blank],
    )


@bp.post("/attempts/<code>/completion")
def completion(code: str) -> ResponseReturnValue:
    """Hand the attempt in; doing it again changes nothing."""
    quizzing.finish_attempt(db.session(), code, now=datetime.now(UTC))
    return redirect(url_for(".result", code=code))


@bp.get("/attempts/<code>/result")
def result(code: str) -> ResponseReturnValue:
    """Show the score, then each question with the answer, the key, why, and the evidence."""
    sitting = attempts.get(db.session(), code)
    if not sitting.attempt.finished_at:
        return redirect(url_for(".attempt", code=code))
    questions = [question_view(asked, sitting) for asked in attempts.asked(db.session(), sitting)]
    facts = {question.evidence.fact.id for question in questions if question.evidence}
    return render_template(
        "attempts/result.html",
        asked_count=len(facts),
        fact_count=banks.fact_count(db.session(), sitting.attempt.bank_id),
        sitting=sitting,
        questions=questions,
        points=sum(question.score or 0 for question in questions),
    )
