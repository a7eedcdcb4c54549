"""A new bank from an article: handing it in, and waiting for its drafts."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from pathlib import PurePosixPath
from queue import Queue
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import FileField, SelectField, TextAreaField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from quizapp import intake
from quizapp.core.errors import UnreadableError
from quizapp.intake import markdown
from quizapp.intake.text import NO_DATE, title_of
from quizapp.operations import drafting_jobs, editions
from quizapp.operations.drafts import LARGEST_SOURCE
from quizapp.store import drafts
from quizapp.store.database import db
from quizapp.store.tables import BankRow
from quizapp.translation import tell, translator
from quizapp.web import access
from quizapp.web.account_forms import add_error
from quizapp.web.localisation import LANGUAGE_NAMES, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

bp = Blueprint("articles", __name__)
bp.before_request(access.require_teacher)

# Articles are drafted one at a time: students who sit a quiz come first.
waiting: Queue[tuple[Flask, str]] = Queue()
_at_work: set[str] = set()
_WORKER = "drafting"
_starting = threading.Lock()


class ArticleForm(FlaskForm):  # type: ignore[misc]
    """An article as text, as a file or by its address."""

    text = TextAreaField(later("The article's text"), render_kw={"rows": 12, "class": "long"})
    file = FileField(later("Or a file"), render_kw={"accept": ",".join(intake.READERS)})
    address = URLField(later("Or its address"), [Length(max=2000)], render_kw={"placeholder": "https://"})
    language = SelectField(
        later("Language"),
        choices=[
            SelectChoice("", later("detect it")),
            *(SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()),
        ],
    )
    register = SelectField(
        later("Register"),
        choices=[SelectChoice("polite", later("です・ます")), SelectChoice("plain", later("だ・である"))],
        default="polite",
    )


@bp.route("/desk/articles", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Take an article in."""
    form = ArticleForm()
    if form.validate_on_submit():
        content, ending, source, field = _given(form)
        try:
            code = drafting_jobs.hand_in(
                db.session(), content, ending, source, language=form.language.data or "", owner=access.me(),
                now=datetime.now(UTC), register=form.register.data,
            )  # fmt: skip
        except UnreadableError as error:
            add_error(form, field, tell(error, language()))
        else:
            return redirect(url_for(".progress_page", code=code))
    status = 400 if request.method == "POST" else 200
    return render_template("desk/article.html", form=form, endings=" ".join(intake.READERS)), status


def _given(form: ArticleForm) -> tuple[bytes, str, str, str]:
    """Return the article's bytes, how its name ends, what to call it, and the field it came by."""
    file = form.file.data
    if file and file.filename:
        name = PurePosixPath(file.filename.replace("\\", "/")).name
        return file.read(LARGEST_SOURCE + 1), PurePosixPath(name).suffix, name, "file"
    address = (form.address.data or "").strip()
    if address:
        return address.encode(), drafting_jobs.ADDRESS, address, "address"
    text = (form.text.data or "").replace("\r\n", "\n")
    return text.encode(), ".md" if markdown.is_likely(text) else ".txt", title_of(text)[:60], "text"


@bp.get("/desk/articles/<code>")
def progress_page(code: str) -> ResponseReturnValue:
    """Show how far the drafts are; once they are there, lead to them."""
    job = drafts.drafting(db.session(), code, access.me().id)
    if job.bank_id and job.state == "done":
        bank = db.session().get_one(BankRow, job.bank_id)
        for message, values in job.warnings:
            flash(_warned(bank, message, values), "hint")
        asks_first = editions.is_likely_correction(db.session(), bank, access.me())
        return redirect(url_for("corrections.earlier" if asks_first else "drafts.review", name=bank.name))
    _see_to(code, job.state)
    said = translator(language())(job.error) % job.error_values if job.error else ""
    response = current_app.make_response(render_template("desk/progress.html", job=job, error=said))
    if job.state == "waiting":
        response.headers["Refresh"] = "5"  # for browsers without scripts
    return response


def _warned(bank: BankRow, message: str, values: Mapping[str, Any]) -> str:
    if message != NO_DATE.message:
        return translator(language())(message) % values
    return Markup('{} <a href="{}">{}</a>').format(
        _("No day of publication was found, so the year that “this year” means is not known."),
        url_for("corrections.correct", name=bank.name, _anchor="published"),
        _("Set the day"),
    )


@bp.get("/desk/articles/<code>/progress")
def progress(code: str) -> ResponseReturnValue:
    """Tell a page's script how far the drafts are."""
    job = drafts.drafting(db.session(), code, access.me().id)
    _see_to(code, job.state)
    return jsonify(state=job.state, percent=round(job.share_done * 100))


@bp.post("/desk/articles/<code>/removal")
def removal(code: str) -> ResponseReturnValue:
    """Take an article that could not be read off the desk."""
    drafting_jobs.discard(db.session(), code, access.me())
    return redirect(url_for("desk.index"))


def _see_to(code: str, state: str) -> None:
    """Have somebody work on it: after a restart nobody does until its teacher looks."""
    if state == "waiting" and code not in _at_work:
        _at_work.add(code)
        waiting.put((current_app._get_current_object(), code))  # type: ignore[attr-defined]
        with _starting:
            if not any(thread.name == _WORKER for thread in threading.enumerate()):
                threading.Thread(target=_work, daemon=True, name=_WORKER).start()


def _work() -> None:
    while True:
        app, code = waiting.get()
        try:
            with app.app_context():
                drafting_jobs.work(db.session(), code, allow_private=app.config["SETTINGS"].private_addresses)
        except Exception:
            # The next article has its turn; this one is taken up again when its teacher looks.
            logging.getLogger(__name__).exception("drafting failed")
        finally:
            _at_work.discard(code)
            waiting.task_done()
