"""A teacher's quizzes: making one, trying it, publishing, opening and closing, points, and the same on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.core.errors import QuizError
from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations import quizzes as operations
from quizapp.store import bank_lists, classes, quizzes, snapshots
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access, links, moments, questions
from quizapp.web.account_forms import add_error
from quizapp.web.localisation import language
from quizapp.web.quiz_forms import QuizForm, TimesForm
from quizapp.web.views import evidence_of, item_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

bp = Blueprint("quiz_desk", __name__)
bp.before_request(access.require_teacher)

PAGE = 50
PAPERS = ("A", "B", "C", "D")


@bp.get("/desk/quizzes")
def index() -> ResponseReturnValue:
    """Show one's quizzes, newest first."""
    before = access.number(request.args.get("before"))
    found = quizzes.desk_page(db.session(), access.me().id, before=before, most=PAGE + 1)
    return render_template(
        "quiz_desk/index.html",
        entries=found[:PAGE],
        before=before,
        next_before=found[PAGE - 1].id if len(found) > PAGE else None,
        now=datetime.now(UTC),
    )


@bp.route("/desk/quizzes/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Make a quiz from one or more banks."""
    me, now = access.me(), datetime.now(UTC)
    wanted = request.args.getlist("bank")
    choices = bank_lists.choices(db.session(), me, named=wanted)
    form = QuizForm().offer(choices, classes.desk_page(db.session(), me.id, most=200))
    if not form.is_submitted():
        chosen = [bank for bank in choices if bank.name in wanted]
        form.banks.data = [bank.identity for bank in chosen]
        form.title.data = chosen[0].title[:200] if chosen else ""
    if form.validate_on_submit():
        tongue = next(bank.language for bank in choices if bank.identity in form.banks.data)
        try:
            code = operations.create(
                db.session(), form.title.data.strip(), tongue, form.settings, now=now, owner=me,
                class_id=form.class_id, **form.moments,
            )  # fmt: skip
        except QuizError as error:
            add_error(form, "banks", tell(error, language()))
        else:
            flash(_("The quiz is ready. Hand its link to your pupils."))
            return redirect(url_for(".quiz", code=code))
    status = 400 if form.is_submitted() else 200
    return render_template(
        "quiz_desk/new.html", form=form, choices={bank.identity: bank for bank in choices}, zone=moments.site_zone().key
    ), status


@bp.route("/desk/quizzes/<code>", methods=["GET", "POST"])
def quiz(code: str) -> ResponseReturnValue:
    """Show a quiz with its link, and open or close it, now or at set times."""
    row, now = access.quiz(code), datetime.now(UTC)
    form = TimesForm(opens_at=moments.as_entered(row.opens_at), closes_at=moments.as_entered(row.closes_at))
    if form.validate_on_submit():
        times = {
            "close": {"opens_at": row.opens_at, "closes_at": now},
            "open": {
                "opens_at": row.opens_at and min(row.opens_at, now),
                "closes_at": row.closes_at if row.closes_at and row.closes_at > now else None,
            },
        }.get(request.form.get("do", ""), form.moments)
        if times["opens_at"] and times["closes_at"] and times["opens_at"] >= times["closes_at"]:
            times["opens_at"] = None  # closed before it ever opened
        operations.reschedule(db.session(), code, **times, actor=access.me(), now=now)
        flash(_("Done."))
        return redirect(url_for(".quiz", code=code))
    link, settings = links.whole("quizzes.join", code=code), QuizSettings.from_data(row.settings)
    return render_template(
        "quiz_desk/quiz.html",
        quiz=row,
        form=form,
        settings=settings,
        bank_names=quizzes.bank_names(db.session(), row),
        question_count=quizzes.question_count(db.session(), settings),
        room=classes.of_quiz(db.session(), row, None),
        link=link,
        code_image=links.qr_code(link, _("QR code of the quiz's link")),
        is_closed=row.closes_at is not None and row.closes_at <= now,
        is_waiting=row.opens_at is not None and row.opens_at > now,
        zone=moments.site_zone().key,
        papers=PAPERS,
    ), 400 if form.is_submitted() else 200


@bp.get("/desk/quizzes/<code>/preview")
def preview(code: str) -> ResponseReturnValue:
    """Show a page of the quiz as a pupil sees it."""
    row = access.quiz(code)
    settings = QuizSettings.from_data(row.settings)
    drawn = operations.drawn(db.session(), row, code)
    page_count = max(1, -(-len(drawn) // settings.page_size))
    page = min(max(request.args.get("page", 1, type=int), 1), page_count)
    first = (page - 1) * settings.page_size
    seed = code if settings.shuffle_options else ""
    return render_template(
        "quiz_desk/preview.html",
        quiz=row,
        questions=[
            questions.preview(first + place, each, language(), seed)
            for place, each in enumerate(drawn[first : first + settings.page_size], 1)
        ],
        page=page,
        page_count=page_count,
        item_count=len(drawn),
    )


@bp.route("/desk/quizzes/<code>/points", methods=["GET", "POST"])
def points(code: str) -> ResponseReturnValue:
    """Show what questions are worth, and change it."""
    row = access.quiz(code)
    settings = QuizSettings.from_data(row.settings)
    if request.method == "POST":
        given = _points(request.form)
        allowed = {identity for identity, _fact in quizzes.drawable_items(db.session(), settings)}
        if not set(given) <= allowed:
            abort(400)
        operations.change_points(db.session(), code, given, actor=access.me(), now=datetime.now(UTC))
        flash(_("The points are kept. Attempts that have begun keep theirs."))
        return redirect(url_for(".points", code=code, start=access.number(request.form.get("start")) or 0))
    start = access.number(request.args.get("start")) or 0
    found, total = operations.askable(db.session(), row, range(start, start + PAGE))
    return render_template(
        "quiz_desk/points.html",
        quiz=row,
        entries=[(each, snapshots.parse(each.content).item) for each in found],
        start=start,
        next_start=start + PAGE if start + PAGE < total else None,
    )


def _points(sent: Mapping[str, str]) -> dict[str, float]:
    """Return the points that a form was sent with, by identity; what is no number is refused.

    :raise QuizSettingError: a number of points cannot be.
    """
    given = {name.removeprefix("points-"): value for name, value in sent.items() if name.startswith("points-")}
    try:
        return {name: float(value.replace(",", ".")) for name, value in given.items()}
    except ValueError:
        abort(400)


@bp.get("/desk/quizzes/<code>/paper")
def paper(code: str) -> ResponseReturnValue:
    """Show the quiz as it is printed for pupils."""
    return _on_paper(code, "quiz_desk/paper.html")


@bp.get("/desk/quizzes/<code>/key")
def key(code: str) -> ResponseReturnValue:
    """Show the key to a printed quiz."""
    return _on_paper(code, "quiz_desk/key.html")


def _on_paper(code: str, template: str) -> str:
    row = access.quiz(code)
    version = request.args.get("version", PAPERS[0])
    if version not in PAPERS:
        version = PAPERS[0]
    seed = f"{code} {version}"
    option_seed = seed if QuizSettings.from_data(row.settings).shuffle_options else ""
    shown = []
    for number, each in enumerate(operations.drawn(db.session(), row, seed), 1):
        snapshot = snapshots.parse(each.content)
        view = item_view(snapshot.item, each.form, number, option_seed)
        shown.append((view, each.weight, evidence_of(snapshot, snapshots.question(each.content, each.form))))
    return render_template(
        template,
        quiz=row,
        version=version,
        papers=PAPERS,
        questions=shown,
        total=sum(weight for _view, weight, _evidence in shown),
        letters="ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    )
