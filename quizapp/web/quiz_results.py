"""What became of a teacher's quiz: who is where, results, files of them."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2s
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.http import quote_etag

from quizapp.core.quiz_settings import QuizSettings
from quizapp.core.statistics import ENOUGH, item_statistics, median, quiz_statistics
from quizapp.operations import judging, quizzes, result_file
from quizapp.store import namesakes, versions
from quizapp.store import results as store
from quizapp.store import statistics as sums
from quizapp.store.database import db
from quizapp.store.tables import AttemptRow
from quizapp.web import access, charts, moments
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("quiz_results", __name__)
bp.before_request(access.require_teacher)

PAGE = 200
ABSENT = 500
_TENTHS = [f"{tenth * 10}–" for tenth in range(9)] + ["90–100"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/desk/quizzes/<code>/progress")
def progress(code: str) -> ResponseReturnValue:
    """Show who has begun, how far they are, and who has handed in.

    A page that asks again is told "not modified" while nothing has changed.
    """
    quiz = access.quiz(code)
    before = access.number(request.args.get("before"))
    found = store.seats(db.session(), quiz, before=before, most=PAGE + 1)
    counts = store.counts(db.session(), quiz)
    absent = store.absent(db.session(), quiz, most=ABSENT)
    now = datetime.now(UTC)
    seats = [(seat, _state(seat, now)) for seat in sorted(found[:PAGE], key=store.by_name)]
    shown = repr(([(seat.id, seat.name, seat.answered, state) for seat, state in seats], counts, absent))
    tag = quote_etag(blake2s(f"{language()} {shown}".encode(), digest_size=12).hexdigest())
    if request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers={"ETag": tag})
    page = render_template(
        "quiz_results/progress.html",
        quiz=quiz,
        seats=seats,
        namesakes=namesakes.find(db.session(), quiz, found[:PAGE]),
        counts=counts,
        absent=absent,
        before=before,
        next_before=found[PAGE - 1].id if len(found) > PAGE else None,
    )
    return Response(page, headers={"ETag": tag})


def _state(seat: store.Seat, now: datetime) -> str:
    if seat.finished_at:
        return "handed_in"
    return "time_up" if seat.deadline and seat.deadline < now else "working"


@bp.get("/desk/quizzes/<code>/results")
def results(code: str) -> ResponseReturnValue:
    """Show what everybody scored; attempts whose time is up are judged first."""
    quiz = access.quiz(code)
    judging.finish_expired(db.session(), quiz.id, now=datetime.now(UTC))
    before = access.number(request.args.get("before"))
    found = store.seats(db.session(), quiz, before=before, most=PAGE + 1)
    return render_template(
        "quiz_results/results.html",
        quiz=quiz,
        seats=sorted(found[:PAGE], key=store.by_name),
        namesakes=namesakes.find(db.session(), quiz, found[:PAGE]),
        absent=store.absent(db.session(), quiz, most=ABSENT),
        pass_share=QuizSettings.from_data(quiz.settings).pass_share,
        before=before,
        next_before=found[PAGE - 1].id if len(found) > PAGE else None,
    )


@bp.route("/desk/quizzes/<code>/attempts", methods=["GET", "POST"])
def attempts(code: str) -> ResponseReturnValue:
    """Show how many attempts everybody has used, and grant one pupil more."""
    quiz = access.quiz(code)
    after = request.args.get("after", 0, type=int)
    if request.method == "POST":
        chosen = access.numbers([request.form.get("student", ""), request.form.get("more", "")], 2)
        if len(chosen) < 2:
            abort(400)
        quizzes.grant_attempts(db.session(), quiz, *chosen, actor=access.me(), now=datetime.now(UTC))
        flash(_("Done."))
        return redirect(url_for(".attempts", code=code, after=after or None))
    found = store.takers(db.session(), quiz, after=after, most=PAGE + 1)
    return render_template(
        "quiz_results/attempts.html",
        quiz=quiz,
        takers=sorted(found[:PAGE], key=store.by_name),
        namesakes=namesakes.find(db.session(), quiz, found[:PAGE]),
        allowed=QuizSettings.from_data(quiz.settings).attempts_allowed,
        after=after,
        next_after=found[PAGE - 1].student_id if len(found) > PAGE else None,
    )


@bp.get("/desk/quizzes/<code>/statistics")
def statistics(code: str) -> ResponseReturnValue:
    """Show what the attempts tell of the quiz and of its questions; by default first attempts alone."""
    quiz = access.quiz(code)
    all_attempts = request.args.get("all") == "1"
    these = AttemptRow.quiz_id == quiz.id
    counted = these if all_attempts else these & sums.is_first()
    of_quiz, by_version = sums.all_sums(db.session(), counted)
    found = quiz_statistics(of_quiz, by_version.values())
    seconds = sums.answer_seconds(db.session(), counted)
    return render_template(
        "quiz_results/statistics.html",
        quiz=quiz,
        all_attempts=all_attempts,
        of_quiz=found,
        bars=charts.bars(found.histogram, _TENTHS) if found.histogram else [],
        items=[
            (entry, item_statistics(by_version[entry.version_id]), median(seconds.get(entry.version_id, [])))
            for entry in versions.of_ids(db.session(), list(by_version))
        ],
        enough=ENOUGH,
    )


@bp.get("/desk/quizzes/<code>/results.<ending>")
def file(code: str, ending: str) -> ResponseReturnValue:
    """Send the results as a table: csv or xlsx."""
    quiz = access.quiz(code)
    tongue, zone = language(), moments.site_zone()
    match ending:
        case "csv":
            rows = result_file.csv_rows(db.session(), quiz, language=tongue, zone=zone)
            response = Response("".join(rows), mimetype="text/csv")
        case "xlsx":
            response = Response(result_file.xlsx(db.session(), quiz, language=tongue, zone=zone), mimetype=_XLSX)
        case _:
            abort(404)
    response.headers["Content-Disposition"] = f'attachment; filename="results-{code}.{ending}"'
    return response
