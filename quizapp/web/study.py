"""Study with spaced repetition: what is due today, one card after the other, taking back, and how it goes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from quizapp.core import scheduling
from quizapp.operations import exporting, students, studying
from quizapp.store import banks, study
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access, charts, moments, study_cards, visitor
from quizapp.web.forms import PlainForm
from quizapp.web.localisation import language
from quizapp.web.results import day_here

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from flask.typing import ResponseReturnValue

    from quizapp.web.study_cards import CardView

bp = Blueprint("study", __name__)

FORECAST_DAYS = 14


class PlanForm(FlaskForm):  # type: ignore[misc]
    """How to study a bank."""

    new_per_day = IntegerField(
        later("New cards a day"), default=20, validators=[InputRequired(), NumberRange(min=0, max=999)]
    )
    reviews_per_day = IntegerField(later("Most reviews a day"), validators=[Optional(), NumberRange(min=1, max=9999)])
    exam_on = DateField(later("Day of an exam, if there is one"), validators=[Optional()])
    missed_first = BooleanField(later("What I missed in quizzes comes first"), default=True)


class RatingForm(FlaskForm):  # type: ignore[misc]
    """How well a card was remembered; ``operation`` makes sending it again harmless."""

    item = HiddenField(validators=[InputRequired(), Length(max=40)])
    operation = HiddenField(validators=[InputRequired(), Length(max=36)])


@bp.get("/study")
def index() -> ResponseReturnValue:
    """Show what is due today in all banks, what comes, and how much was remembered."""
    student_id = visitor.student_id()
    if student_id is None:
        return render_template("study/index.html", desks=[])
    now, zone = datetime.now(UTC), _zone()
    today = scheduling.study_day(now, zone)
    days = study.recalled_by_day(db.session(), student_id)
    coming = scheduling.forecast(study.coming(db.session(), student_id), today, FORECAST_DAYS)
    return render_template(
        "study/index.html",
        desks=studying.today(db.session(), student_id, now=now, zone=zone),
        forecast=[(today + timedelta(days=ahead), count) for ahead, count in enumerate(coming)],
        most=max(coming),
        days=days,
        chart=charts.line([right / count for _day, count, right in days]) if len(days) > 1 else None,
    )


@bp.route("/study/<name>", methods=["GET", "POST"])
def bank(name: str) -> ResponseReturnValue:
    """Show the next card of a bank; keep how well it was remembered."""
    row = access.bank(name)
    student_id = visitor.student_id()
    now = datetime.now(UTC)
    form = RatingForm()
    if form.validate_on_submit():
        rating = studying.review_of(request.form.get("rating", ""))
        if rating is None or student_id is None:
            abort(400)
        studying.review(
            db.session(), student_id, row.id, form.item.data, rating,
            operation=form.operation.data, at=now, zone=_zone(),
        )  # fmt: skip
        return redirect(url_for(".bank", name=name))
    desk = _desk(student_id, row.id, now)
    if student_id is None or desk is None:
        return redirect(url_for(".plan", name=name))
    found = _next(student_id, desk, now, most=1)
    card = found[0] if found else None
    return render_template(
        "study/card.html",
        bank=row,
        desk=desk,
        card=card,
        is_answered=card is not None and request.args.get("card") == card.identity,
        form=RatingForm(formdata=None, item=card.identity if card else "", operation=str(uuid.uuid4())),
        ratings=study_cards.RATINGS,
        undo=PlainForm(),
    )


@bp.get("/study/<name>/cards")
def cards(name: str) -> ResponseReturnValue:
    """Send the next cards with both their sides, for a page that goes on without a network."""
    row = access.bank(name)
    student_id = visitor.student_id()
    now = datetime.now(UTC)
    desk = _desk(student_id, row.id, now)
    if student_id is None or desk is None:
        abort(403)
    found = _next(student_id, desk, now, most=study_cards.AT_HAND)
    return render_template("study/cards.html", bank=row, desk=desk, cards=found)


@bp.post("/study/<name>/reviews")
def reviews(name: str) -> ResponseReturnValue:
    """Keep reviews that a page's script sends, and say what became of each once all are safe.

    Needs no token: a browser sends JSON to another site only if that site lets it, which this one never does.
    """
    try:
        given = study_cards.given_from(request.get_json(silent=True))
    except study_cards.ReviewError as error:
        return jsonify(error=tell(error, language())), 400
    row = access.bank(name)
    student_id = visitor.student_id()
    if student_id is None:
        abort(403)
    now = datetime.now(UTC)
    return jsonify(outcomes=studying.keep_reviews(db.session(), student_id, row.id, given, now=now, zone=_zone()))


@bp.route("/study/<name>/plan", methods=["GET", "POST"])
def plan(name: str) -> ResponseReturnValue:
    """Take up a bank for study, or change how."""
    row = access.bank(name)
    student_id = visitor.student_id()
    now = datetime.now(UTC)
    found = _desk(student_id, row.id, now)
    form = PlanForm(obj=found.counts if found else None)
    if form.validate_on_submit():
        studying.take_up(
            db.session(), visitor.student(now).id, row.id, new_per_day=form.new_per_day.data,
            reviews_per_day=form.reviews_per_day.data, exam_on=form.exam_on.data, missed_first=form.missed_first.data,
        )  # fmt: skip
        return redirect(url_for(".bank", name=name))
    return render_template("study/plan.html", bank=row, form=form, desk=found), 400 if form.errors else 200


@bp.post("/study/<name>/undo")
def undo(name: str) -> ResponseReturnValue:
    """Take back the last review in a bank and show its card again."""
    row = access.bank(name)
    student_id = visitor.student_id()
    if student_id is None or not PlainForm().validate_on_submit():
        abort(400)
    studying.undo(db.session(), student_id, row.id)
    flash(_("The last review was taken back."))
    return redirect(url_for(".bank", name=name))


@bp.get("/study/<name>/progress.apkg")
def progress(name: str) -> ResponseReturnValue:
    """Send a bank as an Anki package with the visitor's own schedule and review log."""
    row = access.bank(name)
    student_id = visitor.student_id()
    learnt = studying.learnt(db.session(), student_id, row.id) if student_id else {}
    if not learnt:
        return redirect(url_for(".plan", name=name))
    bank = banks.read_whole(db.session(), name)
    response = make_response(exporting.export_progress(bank, learnt, address=request.host_url))
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-progress.apkg"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _desk(student_id: int | None, bank_id: int, now: datetime) -> studying.Desk | None:
    """Return what the visitor has to do in a bank today, None where they do not study it."""
    if student_id is None:
        return None
    return next(iter(studying.today(db.session(), student_id, now=now, zone=_zone(), bank_id=bank_id)), None)


def _next(student_id: int, desk: studying.Desk, now: datetime, *, most: int) -> list[CardView]:
    missed = (
        students.missed_items(db.session(), student_id, now=now, day_of=day_here)
        if desk.counts.missed_first and desk.new and desk.due < most
        else []
    )
    shown = studying.next_cards(db.session(), student_id, desk, now=now, zone=_zone(), missed=missed, most=most)
    return [study_cards.view(each) for each in shown]


def _zone() -> ZoneInfo:
    """Return the zone where the visitor is, as ``study-queue.js`` tells it: study days turn by it."""
    return moments.named_zone(request.cookies.get("zone"))
