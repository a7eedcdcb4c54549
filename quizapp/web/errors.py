"""Errors in the site's own dress, in the visitor's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from quizapp.core.errors import ConflictError, ForbiddenError, LimitError, NotFoundError, QuizError
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

_TITLES = {
    400: later("This could not be understood"),
    403: later("This is not allowed"),
    404: later("This page is not here"),
    405: later("This is not allowed"),
    409: later("This does not fit any more"),
    413: later("This is too large"),
    429: later("Please wait a little"),
    500: later("Something went wrong here"),
    503: later("Not ready yet"),
}
_STATUSES: dict[type[QuizError], int] = {NotFoundError: 404, ConflictError: 409, ForbiddenError: 403, LimitError: 429}
_CURES = {
    404: later("Check the address, or go back to the first page."),
    405: later("Go back and use the buttons on the page."),
    413: later("Send less at once."),
    500: later("It is not your fault, and what was saved is safe. Please try again in a moment."),
}


def init_app(app: Flask) -> None:
    """Show errors as pages."""
    app.register_error_handler(QuizError, _quiz_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)


def _quiz_error(error: QuizError) -> ResponseReturnValue:
    db.session.rollback()  # what failed in the middle of a transaction must not fail the page that tells of it
    status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 400)
    return _page(status, _sentence(tell(error, language())))


def _sentence(said: str) -> str:
    """Return what an error says in a line of a terminal as a sentence of a page."""
    end = "" if said.endswith((".", "?", "!", "。", "？")) else "。" if language() == "ja" else "."
    return f"{said[:1].upper()}{said[1:]}{end}"


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        _("The page had been open for too long, or cookies are off. Go back, reload the page and send it again."),
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if isinstance(error, InternalServerError):
        g.is_failing = True  # the page of a failure asks the database nothing
        current_app.logger.error("%s %s failed", request.method, request.path)
    # What the framework says of a refusal by itself is not in the reader's language.
    is_told = status == 403 and error.description != type(error).description
    own_words = error.description if is_told and error.description else ""
    return _page(status, own_words or str(_CURES.get(status, "")))


def _page(status: int, message: str) -> ResponseReturnValue:
    title = str(_TITLES.get(status, _TITLES[400] if status < 500 else _TITLES[500]))
    return render_template("errors/error.html", status=status, title=title, message=message), status
