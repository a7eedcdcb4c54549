"""The first page, and the visitor's switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from quizapp.store import bank_lists, history
from quizapp.store.database import db
from quizapp.web import access, visitor
from quizapp.web.forms import PreferencesForm
from quizapp.web.localisation import LANGUAGE_NAMES, language, remember

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)

PAGE = 50


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show the banks, those in the visitor's language first, and quizzes that were begun."""
    after = request.args.get("after", "")
    chosen = request.args.get("language", "")
    entries = bank_lists.public_page(
        db.session(), after=after, language=chosen if chosen in LANGUAGE_NAMES else "", most=PAGE + 1
    )
    order = sorted(LANGUAGE_NAMES, key=lambda code: code != language())
    shelves = {code: [entry for entry in entries[:PAGE] if entry.language == code] for code in order}
    student_id = visitor.student_id()
    return render_template(
        "home/index.html",
        shelves={code: shelf for code, shelf in shelves.items() if shelf},
        next_after=entries[PAGE - 1].name if len(entries) > PAGE else "",
        chosen=chosen,
        after=after,
        open_attempts=history.past_attempts(db.session(), student_id, is_open=True, most=10) if student_id else [],
    )


@bp.get("/service-worker.js")
def service_worker() -> ResponseReturnValue:
    """Send the script that keeps pages for offline use; it must lie at the top to reach every attempt."""
    response = current_app.send_static_file("service-worker.js")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/offline")
def offline() -> ResponseReturnValue:
    """Show what the browser shows when a page is asked for that it did not keep."""
    return render_template("home/offline.html")


@bp.post("/preferences")
def preferences() -> ResponseReturnValue:
    """Keep the language or look that was chosen, and go back to the page it was chosen on."""
    form = PreferencesForm()
    if not form.validate_on_submit():
        abort(400)
    for name in ("language", "theme", "furigana"):
        if form[name].data:
            remember(name, form[name].data)
    return redirect(access.own_path(form.back.data, url_for(".index")))
