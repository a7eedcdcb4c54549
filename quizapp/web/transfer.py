"""Banks in and out as files, with a look at the difference before anything changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField

from quizapp.core.errors import ForbiddenError, UnreadableError
from quizapp.operations import exporting, question_files, transfer
from quizapp.operations.drafts import LARGEST_SOURCE
from quizapp.store import bank_sheets, banks
from quizapp.store.bank_files import BankFormatError
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.account_forms import add_error
from quizapp.web.differences import described, difference
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("transfer", __name__)
bp.before_request(access.require_teacher)

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A file of a bank or of questions; ``into`` is the bank for the latter."""

    file = FileField(
        later("File"),
        render_kw={"accept": ",".join(dict.fromkeys((*transfer.ENDINGS, *question_files.ENDINGS)))},
    )
    into = HiddenField()


@bp.get("/desk/banks/<name>/files/<extension>")
def bank_file(name: str, extension: str) -> ResponseReturnValue:
    """Send a bank as its file or as a spreadsheet."""
    bank = access.bank(name, "view")
    whole = banks.read_whole(db.session(), bank.name)
    if extension == "xlsx":
        response = make_response(bank_sheets.write(whole))
        response.headers["Content-Type"] = _SHEET
    elif extension == "yaml":
        response = make_response(exporting.export_bank(whole, ".yaml").content)
        response.headers["Content-Type"] = "application/yaml; charset=utf-8"
    else:
        abort(404)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


@bp.route("/desk/uploads", methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    """Take a file of a bank or of questions in; what it would change is shown next."""
    form = UploadForm(into=request.args.get("into", ""))
    faults: list[tuple[str, str]] = []
    if form.validate_on_submit():
        file = form.file.data
        name = PurePosixPath(file.filename.replace("\\", "/")).name if file and file.filename else ""
        content = file.read(LARGEST_SOURCE + 1) if name else b""
        try:
            if not content or len(content) > LARGEST_SOURCE:
                raise UnreadableError("choose a file of at most %(most)d MB", most=LARGEST_SOURCE // 1024 // 1024)
            now = datetime.now(UTC)
            if question_files.holds_questions(content, name):
                code = transfer.keep_waiting(db.session(), content, name, owner=access.me(), now=now)
                return redirect(url_for("question_files.preview", code=code, into=form.into.data or None))
            code = transfer.keep_upload(db.session(), content, name, owner=access.me(), now=now)
        except BankFormatError as error:
            faults = [(place.where, tell(place.fault, language())) for place in error.places]
        except (UnreadableError, ForbiddenError) as error:
            add_error(form, "file", tell(error, language()))
        else:
            return redirect(url_for(".preview", code=code))
    status = 400 if request.method == "POST" else 200
    return render_template("desk/upload.html", form=form, faults=faults), status


@bp.get("/desk/uploads/<code>")
def preview(code: str) -> ResponseReturnValue:
    """Show what a file would change."""
    waiting = transfer.get_upload(db.session(), code, access.me())
    found = transfer.difference(db.session(), waiting, access.me())
    shown = [
        (after, difference(*(described(item.to_data()) for item in (before, after))))
        for before, after in found.changed[: transfer.MOST_SHOWN]
    ]
    return render_template(
        "desk/upload_preview.html", upload=waiting, found=found, changed=shown, most=transfer.MOST_SHOWN
    )


@bp.post("/desk/uploads/<code>")
def confirmation(code: str) -> ResponseReturnValue:
    """Bring the file in."""
    name, done = transfer.confirm(db.session(), code, owner=access.me(), now=datetime.now(UTC))
    flash(
        _("%(added)d new, %(changed)d changed, %(retired)d retired, %(unchanged)d unchanged", added=done.added,
          changed=done.changed, retired=done.retired, unchanged=done.unchanged)
    )  # fmt: skip
    return redirect(url_for("bank_desk.items", name=name))
