"""Files of questions on the desk: what is understood, what is not, differences to accept or refuse."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from quizapp.core.errors import ConflictError, UnreadableError
from quizapp.operations import question_files, transfer
from quizapp.store import bank_lists
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.differences import difference
from quizapp.web.localisation import language
from quizapp.web.transfer import UploadForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.datastructures import MultiDict

bp = Blueprint("question_files", __name__)
bp.before_request(access.require_teacher)

MOST_SHOWN = 200
# What a column of a table or a field of a note may stand for.
MEANINGS = {
    "": later("left out"),
    "question": later("question"),
    "key": later("right answer"),
    "distractors": later("wrong answers"),
    "accepted": later("also accepted"),
    "explanation": later("explanation"),
    "tags": later("tags"),
    "type": later("type of question"),
    "feedback": later("feedback"),
    "ordered": later("fixed order of options"),
    "language": later("language"),
    "id": later("id"),
}


@bp.route("/desk/uploads/<code>/questions", methods=["GET", "POST"])
def preview(code: str) -> ResponseReturnValue:
    """Show what a file would bring in; bring in what was accepted of it."""
    upload = transfer.get_upload(db.session(), code, access.me())
    now = datetime.now(UTC)
    columns = _columns(request.values)
    into = request.values.get("into")
    error = ""
    if request.method == "POST":
        try:
            name, done = question_files.confirm(
                db.session(), upload, access.me(), into=into or "", columns=columns,
                accepted=set(access.numbers(request.form.getlist("accept"), 20_000)),
                digest=request.form.get("digest", ""), now=now,
            )  # fmt: skip
        except ConflictError as conflict:
            error = tell(conflict, language())
        else:
            flash(_("%(added)d new, %(changed)d changed", added=done.added, changed=done.changed))
            return redirect(url_for("bank_desk.items", name=name))
    try:
        found = question_files.look(db.session(), upload, access.me(), into=into, columns=columns, now=now)
    except UnreadableError as fault:
        form = UploadForm(formdata=None)
        form.file.errors = [tell(fault, language())]
        return render_template("desk/upload.html", form=form, faults=[]), 400
    shown = [
        (number, each, difference(each.ours, each.theirs)) for number, each in enumerate(found.preview.differences)
    ]
    return render_template(
        "desk/questions.html",
        upload=upload,
        look=found,
        found=found.preview,
        differences=shown[:MOST_SHOWN],
        rejected=[(each.place, tell(each.fault, language())) for each in found.preview.rejected[:MOST_SHOWN]],
        columns=found.preview.columns or [(cell, "") for cell in found.preview.first_row],
        meanings=MEANINGS,
        choices=bank_lists.desk_page(db.session(), access.me().id, most=MOST_SHOWN, may="edit"),
        most=MOST_SHOWN,
        error=error,
    ), 409 if error else 200


def _columns(values: MultiDict[str, str]) -> dict[str, str]:
    """Return what headings stand for, as the form says: ``h0`` is the first heading, ``m0`` its meaning."""
    told: dict[str, str] = {}
    for number in range(200):
        heading = values.get(f"h{number}")
        if heading is None:
            break
        meaning = values.get(f"m{number}", "")
        if meaning in MEANINGS:
            told[heading] = meaning
    return told
