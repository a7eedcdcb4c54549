"""Sitting a quiz: its pages, saving, the look back before handing in. The result is in ``results``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for

from quizapp.core.errors import ConflictError
from quizapp.core.quiz_settings import Feedback
from quizapp.operations import judging, saving
from quizapp.store import attempts
from quizapp.store.database import db, plain_engine
from quizapp.translation import tell
from quizapp.web import access, attempt_page
from quizapp.web.forms import AnswerError, answers_from, changes_from
from quizapp.web.localisation import language, remember

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.store.attempts import Asked, Sitting

bp = Blueprint("attempts", __name__)

_THEN = re.compile(r"(?P<verb>q|judge)?(?P<number>\d{1,4})")


def sheet(code: str, now: datetime, page: int | None = None, *, whole: bool = False) -> tuple[Sitting, list[Asked]]:
    """Return what ``store.attempts.sheet`` does of an attempt, handed in by itself if its time is up.

    :raise NotFoundError: there is none.
    """
    found = attempts.sheet(plain_engine(), code, page, whole=whole)
    if found[0].is_expired(now):
        judging.finish_attempt(db.session(), code, now=now)
        found = attempts.sheet(plain_engine(), code, page, whole=whole)
    return found


@bp.get("/attempts/<code>")
def attempt(code: str) -> ResponseReturnValue:
    """Lead to where the attempt stands: its first unanswered question, or its result."""
    sitting, asked = sheet(code, datetime.now(UTC))
    if sitting.finished_at:
        return redirect(url_for("results.result", code=code))
    blank = next((each.position for each in asked if not each.is_answered), 0)
    return redirect(url_for(".page", code=code, page=blank // sitting.page_size + 1))


@bp.get("/attempts/<code>/pages/<int:page>")
def page(code: str, page: int) -> ResponseReturnValue:
    """Show a page of questions with what was answered so far."""
    now = datetime.now(UTC)
    sitting, asked = sheet(code, now, page)
    if sitting.finished_at:
        return redirect(url_for("results.result", code=code))
    if not 1 <= page <= sitting.page_count:
        abort(404)
    return attempt_page.html(sitting, page, asked, now, missed=access.number(request.args.get("missed")))


@bp.post("/attempts/<code>/pages/<int:page>")
def save(code: str, page: int) -> ResponseReturnValue:
    """Keep the answers of a page, and go where the pressed button leads."""
    now = datetime.now(UTC)
    sitting = attempts.find(plain_engine(), code)
    positions = sitting.page_of(page)
    changes = answers_from(request.form, positions)
    try:
        if changes or sitting.finished_at or sitting.is_expired(now):
            saving.save_page(code, changes, now=now)
    except ConflictError:  # handed in elsewhere: the result tells what was put aside
        return redirect(url_for(".attempt", code=code))
    then = request.form.get("then", "")
    if then == "check":
        return redirect(url_for(".check", code=code))
    if then == "judge":
        if not judging.check_answers(db.session(), code, positions, now=now):
            return _at_question(sitting, positions[0] + 1, is_missed=True)
    elif match := _THEN.fullmatch(then):
        number = int(match["number"])
        if match["verb"] is None and 1 <= number <= sitting.page_count:
            return redirect(url_for(".page", code=code, page=number))
        if match["verb"] and 1 <= number <= sitting.item_count:
            judges = match["verb"] == "judge"
            judged = judging.check_answers(db.session(), code, range(number - 1, number), now=now) if judges else 0
            return _at_question(sitting, number, is_missed=judges and not judged)
    remember(*then.partition("=")[::2])
    return redirect(url_for(".page", code=code, page=page))


def _at_question(sitting: Sitting, number: int, *, is_missed: bool) -> ResponseReturnValue:
    there = (number - 1) // sitting.page_size + 1
    missed = number if is_missed else None
    return redirect(url_for(".page", code=sitting.code, page=there, missed=missed, _anchor=f"q{number}"))


@bp.post("/attempts/<code>/answers")
def answers(code: str) -> ResponseReturnValue:
    """Keep changes that a page's script sends while a person answers, and say what became of each.

    Needs no token: a browser sends JSON to another site only if that site lets it, which this one never does.
    """
    try:
        device, changes = changes_from(request.get_json(silent=True))
    except AnswerError as error:
        return jsonify(error=tell(error, language())), 400
    now = datetime.now(UTC)
    outcomes = saving.save_changes(code, changes, device=device, now=now)
    deadline = outcomes[-1].deadline if outcomes else None
    return jsonify(
        outcomes=[each.word for each in outcomes],
        sequences=[each.sequence for each in outcomes],
        left=(deadline - now).total_seconds() if deadline else None,
    )


@bp.get("/attempts/<code>/check")
def check(code: str) -> ResponseReturnValue:
    """Show what is still unanswered, before handing in."""
    now = datetime.now(UTC)
    sitting, asked = sheet(code, now)
    if sitting.finished_at:
        return redirect(url_for("results.result", code=code))
    places = [(each.position + 1, each.position // sitting.page_size + 1, each) for each in asked]
    return render_template(
        "attempts/check.html",
        sitting=sitting,
        left=attempt_page.seconds_left(sitting, now),
        answered_count=sum(each.is_answered for each in asked),
        unanswered=[(number, page) for number, page, each in places if not each.is_answered],
        flagged=[(number, page) for number, page, each in places if each.is_flagged],
        may_be_judged=sitting.rules.feedback is not Feedback.AT_END,
    )


@bp.post("/attempts/<code>/completion")
def completion(code: str) -> ResponseReturnValue:
    """Hand the attempt in; doing it again changes nothing."""
    judging.finish_attempt(db.session(), code, now=datetime.now(UTC))
    return redirect(url_for("results.result", code=code))
