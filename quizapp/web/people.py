"""For admins: accounts, invitations, and the record of who did what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.operations import accounts as operations
from quizapp.store import accounts
from quizapp.store.database import db
from quizapp.web import access
from quizapp.web.account_forms import ROLE_WORDS, InvitationForm, PersonForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("people", __name__)
bp.before_request(access.require_admin)

PAGE = 50


@bp.route("/desk/people", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show who has an account, and invite somebody."""
    form = InvitationForm()
    link = ""
    if form.validate_on_submit():
        token = operations.invite(
            db.session(), form.role.data, form.note.data or "", actor=access.me(), now=datetime.now(UTC)
        )
        link = url_for("accounts.invitation", token=token, _external=True)
    return _page(form, link=link, link_is_for=form.note.data or "")


@bp.post("/desk/people/<int(max=999999999999999999):account_id>")
def person(account_id: int) -> ResponseReturnValue:
    """Change somebody's role, close or open their account, or make them a link for a new password."""
    form = PersonForm()
    if not form.validate_on_submit():
        abort(400)
    db_session, me, now = db.session(), access.me(), datetime.now(UTC)
    match form.action.data:
        case "password":
            token = operations.password_link(db_session, account_id, actor=me, now=now)
            name = accounts.get(db_session, account_id).name
            link = url_for("accounts.new_password", token=token, _external=True)
            return _page(InvitationForm(formdata=None), password_link=link, link_is_for=name)
        case "teacher" | "admin" as role:
            operations.set_role(db_session, account_id, role, actor=me, now=now)
        case "close" | "open" as action:
            operations.close_account(db_session, account_id, is_closed=action == "close", actor=me, now=now)
        case _:
            abort(400)
    flash(_("Done."))
    return redirect(url_for(".index"))


@bp.post("/desk/invitations/<digest>")
def invitation(digest: str) -> ResponseReturnValue:
    """Withdraw an invitation."""
    operations.withdraw_invitation(db.session(), digest, actor=access.me(), now=datetime.now(UTC))
    flash(_("The invitation is withdrawn."))
    return redirect(url_for(".index"))


@bp.get("/desk/record")
def record() -> ResponseReturnValue:
    """Show who did what when, newest first."""
    before = next(iter(access.numbers([request.args.get("before", "")], 1)), None)
    entries = accounts.audit_page(db.session(), before=before, most=PAGE + 1)
    return render_template(
        "people/record.html",
        entries=entries[:PAGE],
        next_before=entries[PAGE - 1].id if len(entries) > PAGE else None,
        before=before,
    )


def _page(form: InvitationForm, **values: object) -> str:
    after = request.args.get("after", "")
    found = accounts.list_page(db.session(), after=after, most=PAGE + 1)
    return render_template(
        "people/index.html",
        form=form,
        people=found[:PAGE],
        next_after=found[PAGE - 1].name_key if len(found) > PAGE else "",
        invitations=accounts.open_invitations(db.session(), now=datetime.now(UTC)),
        roles=ROLE_WORDS,
        **values,
    )
