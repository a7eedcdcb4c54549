"""The glossary that a teacher keeps: terms that serve as wrong options where an article has too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from quizapp.core.errors import UnreadableError
from quizapp.operations import glossaries as operation
from quizapp.store import glossaries
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.account_forms import add_error
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("glossaries", __name__)
bp.before_request(access.require_teacher)


class GlossaryForm(FlaskForm):  # type: ignore[misc]
    """A glossary, a line for each group of terms."""

    text = TextAreaField(later("Groups of terms"), render_kw={"rows": 16})


@bp.route("/desk/glossary", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """Show the glossary of whoever is signed in, and keep what they write."""
    form = GlossaryForm(data={"text": glossaries.text_of(db.session(), access.me().id)})
    if form.validate_on_submit():
        try:
            operation.keep(db.session(), access.me().id, (form.text.data or "").replace("\r\n", "\n"))
        except UnreadableError as error:
            add_error(form, "text", tell(error, language()))
        else:
            flash(_("The glossary is kept. The next article that you hand in will be drafted with it."))
            return redirect(url_for(".own"))
    return render_template("desk/glossary.html", form=form), 400 if request.method == "POST" else 200
