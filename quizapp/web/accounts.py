"""Signing in and out, making an account, and passwords."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.core.errors import LimitError
from quizapp.operations import accounts as operations
from quizapp.operations import mailing
from quizapp.operations.accounts import NameTakenError, WeakPasswordError
from quizapp.store import accounts
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.account_forms import (
    AskPasswordForm,
    NewAccountForm,
    OwnPasswordForm,
    PasswordForm,
    SignInForm,
    add_error,
    tell_beside,
)
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.settings import Settings

bp = Blueprint("accounts", __name__)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in, and go where one wanted to go."""
    if access.account():
        return redirect(access.home())
    form = SignInForm()
    status = 200
    if request.method == "POST":
        status = 400
        if form.validate():
            try:
                token = operations.sign_in(
                    db.session(), form.name.data, form.password.data, address=request.remote_addr or "",
                    limits=current_app.extensions["limits"], now=datetime.now(UTC),
                )  # fmt: skip
            except LimitError as error:
                add_error(form, "password", tell(error, language()))
                status = 429
            else:
                if token:
                    access.remember_sign_in(token)
                    return redirect(access.own_path(form.back.data, access.home()))
                add_error(form, "password", _("The name or the password is wrong."))
    elif not form.back.data:
        form.back.data = request.args.get("back", "")
    return _page("sign_in", form, can_register=_settings().registration), status


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out; the session ends on the server too."""
    token = access.forget_sign_in()
    if token:
        operations.sign_out(db.session(), token)
    flash(_("You are signed out."))
    return redirect(url_for("home.index"))


@bp.route("/registration", methods=["GET", "POST"])
def registration() -> ResponseReturnValue:
    """Make a teacher's account, where the operator lets everybody do so."""
    if not _settings().registration:
        abort(404)
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            operations.create_account(
                db.session(), form.name.data, form.password.data, role="teacher", email=form.email.data or "",
                now=datetime.now(UTC),
            )  # fmt: skip
        except (NameTakenError, WeakPasswordError) as error:
            tell_beside(form, error)
        else:
            return _welcome(form)
    return _page("registration", form), 400 if request.method == "POST" else 200


@bp.route("/invitations/<token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """Make the account that one was invited to make."""
    accounts.open_link(db.session(), token, "invitation", now=datetime.now(UTC))
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            operations.accept_invitation(
                db.session(), token, form.name.data, form.password.data, email=form.email.data or "",
                now=datetime.now(UTC),
            )  # fmt: skip
        except (NameTakenError, WeakPasswordError) as error:
            tell_beside(form, error)
        else:
            return _welcome(form)
    return _page("registration", form, is_invited=True), 400 if request.method == "POST" else 200


@bp.route("/forgotten-password", methods=["GET", "POST"])
def forgotten_password() -> ResponseReturnValue:
    """Send a link for a new password, if there is a mail server; else say who can make one.

    The answer is the same whether there is such an account or not.
    """
    settings = _settings()
    form = AskPasswordForm()
    is_sent = bool(settings.mail_url) and form.validate_on_submit()
    if is_sent:
        now = datetime.now(UTC)
        limits = current_app.extensions["limits"]
        limits.require_room(accounts.name_key(form.name.data), request.remote_addr or "")
        limits.count_failure(accounts.name_key(form.name.data), request.remote_addr or "")
        row = accounts.find(db.session(), form.name.data)
        if row and row.email and not row.closed_at:
            token = operations.password_link(db.session(), row.id, actor=None, now=now)
            link = settings.site_url + url_for(".new_password", token=token)
            text = _("With this link you choose a new password. It works once, within 24 hours:")
            mailing.post(settings, to=row.email, subject=_("A new password for quizapp"), text=f"{text}\n\n{link}\n")
    return _page("forgotten_password", form, is_sent=is_sent, has_mail=bool(settings.mail_url))


@bp.route("/password-links/<token>", methods=["GET", "POST"])
def new_password(token: str) -> ResponseReturnValue:
    """Choose a new password by a link."""
    accounts.open_link(db.session(), token, "password", now=datetime.now(UTC))
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            operations.reset_password(db.session(), token, form.password.data, now=datetime.now(UTC))
        except WeakPasswordError as error:
            tell_beside(form, error)
        else:
            flash(_("The new password is set. Sign in with it."))
            return redirect(url_for(".sign_in"))
    return _page("new_password", form), 400 if request.method == "POST" else 200


@bp.route("/account", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """Show one's own account, and change its password."""
    led = access.require_account()
    if led is not None:
        return led
    form = OwnPasswordForm()
    if form.validate_on_submit():
        try:
            is_changed = operations.change_password(
                db.session(), access.me(), form.old.data, form.password.data, now=datetime.now(UTC)
            )
        except WeakPasswordError as error:
            tell_beside(form, error)
        else:
            if is_changed:
                access.forget_sign_in()
                flash(_("The new password is set. Sign in with it."))
                return redirect(url_for(".sign_in"))
            add_error(form, "old", _("This is not your present password."))
    return _page("own", form), 400 if request.method == "POST" else 200


def _welcome(form: NewAccountForm) -> ResponseReturnValue:
    """Sign in who has just made an account."""
    token = operations.sign_in(
        db.session(), form.name.data, form.password.data, address=request.remote_addr or "",
        limits=current_app.extensions["limits"], now=datetime.now(UTC),
    )  # fmt: skip
    if token:
        access.remember_sign_in(token)
    flash(_("Welcome. This is your desk."))
    return redirect(url_for("desk.index"))


def _page(name: str, form: object, **values: object) -> str:
    return render_template(f"accounts/{name}.html", form=form, **values)
