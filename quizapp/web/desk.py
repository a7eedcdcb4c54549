"""The teacher's desk: one's banks, and the articles that are being drafted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from quizapp.store import bank_lists, drafts, mending
from quizapp.store.database import db
from quizapp.web import access

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("desk", __name__)
bp.before_request(access.require_teacher)

PAGE = 50
MOST_COUNTED = 999


@bp.get("/desk")
def index() -> ResponseReturnValue:
    """Show one's banks, and those that others share, newest first."""
    before = access.number(request.args.get("before"))
    entries = bank_lists.desk_page(db.session(), access.me().id, before=before, most=PAGE + 1)
    return render_template(
        "desk/index.html",
        entries=entries[:PAGE],
        next_before=entries[PAGE - 1].id if len(entries) > PAGE else None,
        before=before,
        to_mend=mending.count(db.session(), access.me().id, most=MOST_COUNTED + 1),
        most_counted=MOST_COUNTED,
        unfinished=drafts.unfinished(db.session(), access.me().id),
    )
