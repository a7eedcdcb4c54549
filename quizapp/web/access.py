"""Who is asking, and what they may see and do. Visitors without a session cost no statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from flask import abort, g, redirect, request, session, url_for

from quizapp.core.errors import ForbiddenError, NotFoundError
from quizapp.operations import sharing
from quizapp.operations.limits import Limits
from quizapp.store import accounts, bank_heads, banks, classes, quizzes
from quizapp.store.database import db, plain_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask
    from flask.typing import ResponseReturnValue

    from quizapp.store.accounts import Account
    from quizapp.store.bank_heads import BankHead
    from quizapp.store.class_tables import ClassRow
    from quizapp.store.tables import BankRow, QuizRow

_TOKEN = "account"  # noqa: S105 (the name of the place, not a token)


def init_app(app: Flask) -> None:
    """Tell every page who is signed in, and count failed sign-ins."""
    app.extensions["limits"] = Limits(app.config["SETTINGS"].redis_url)
    app.context_processor(lambda: {"account": g.get("account") if g.get("is_failing") else account()})


def account() -> Account | None:
    """Return who is signed in; None is a visitor."""
    if "account" not in g:
        token = session.get(_TOKEN)
        g.account = accounts.signed_in(plain_engine(), token, now=datetime.now(UTC)) if token else None
    found: Account | None = g.account
    return found


def me() -> Account:
    """Return who is signed in, on a page that only they can see."""
    return account() or abort(403)


def remember_sign_in(token: str) -> None:
    """Make this browser signed in; what a visitor had (quizzes begun, language) stays, the old token does not."""
    session.pop("csrf_token", None)
    session.permanent = True
    session[_TOKEN] = token
    g.pop("account", None)
    g.pop("student", None)


def forget_sign_in() -> str:
    """Make this browser a visitor's and return the token it had, "" for none."""
    session.pop("csrf_token", None)
    g.pop("account", None)
    return str(session.pop(_TOKEN, ""))


def require_teacher() -> ResponseReturnValue | None:
    """Lead whoever is not signed in to the sign-in page.

    :raise ForbiddenError: it is a pupil.
    """
    led = require_account()
    if led is None and me().is_pupil:
        raise ForbiddenError("this page is for teachers")
    return led


def home() -> str:
    """Return the address of the page that is one's own: a teacher's desk, a pupil's history."""
    return url_for("history.index" if me().is_pupil else "desk.index")


def require_account() -> ResponseReturnValue | None:
    """Lead whoever is not signed in to the sign-in page."""
    if account() is None:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", back=back))
    return None


def require_admin() -> ResponseReturnValue | None:
    """Refuse whoever does not look after the installation.

    :raise ForbiddenError: it is a teacher.
    """
    led = require_teacher()
    if led is None and not me().is_admin:
        raise ForbiddenError("only an admin may see this page")
    return led


def bank(name: str, need: Literal["view", "edit", "own"] = "view") -> BankRow:
    """Return a bank that whoever asks may view, edit or own.

    :raise NotFoundError: there is none, or it is another's and private.
    :raise ForbiddenError: it may be viewed, but not what is needed.
    """
    try:
        row = banks.get(db.session(), name, may_see=lambda row: sharing.may(db.session(), row, account(), "view"))
    except NotFoundError as error:
        if "near" in error.values:
            raise
        raise NotFoundError("there is no such bank, or it is not shared with you: ask your teacher") from error
    if need != "view" and not sharing.may(db.session(), row, account(), need):
        if row.owner_id is None:
            raise ForbiddenError("this bank came with the installation: copy it to your desk to change it")
        raise ForbiddenError("this bank belongs to somebody else: ask its owner to let you edit it")
    return row


def look_up_with_bank(name: str) -> None:
    """Find out in one statement who is signed in and which bank they ask for, so that ``bank_head`` need not ask."""
    token = session.get(_TOKEN)
    found = bank_heads.signed_in_at(plain_engine(), token, name, now=datetime.now(UTC)) if token else (None, None)
    g.account, g.bank_head = found


def require_teacher_looking_up_banks_of(*endpoints: str) -> Callable[[], ResponseReturnValue | None]:
    """Return ``require_teacher`` for an area in which some pages ask for ``bank_head``."""

    def require() -> ResponseReturnValue | None:
        if request.endpoint in endpoints:
            look_up_with_bank(str((request.view_args or {}).get("name")))
        return require_teacher()

    return require


def bank_head(name: str, need: Literal["view", "edit", "own"] = "view") -> BankHead:
    """Return the head of the bank that was looked up, where ``bank`` would return it whole."""
    head: BankHead | None = g.bank_head
    if head and sharing.allows(head, account(), need, lambda: head.share):
        return head
    return bank_heads.of(bank(name, need))  # tells why not


def quiz(code: str) -> QuizRow:
    """Return a quiz of whoever is signed in; admins may see every quiz.

    :raise NotFoundError: there is none, or it is another's.
    """
    row = quizzes.get(db.session(), code)
    if row.owner_id != me().id and not me().is_admin:
        raise NotFoundError("there is no quiz with this address: check that the link is whole")
    return row


def own_class(code: str) -> ClassRow:
    """Return a class of whoever is signed in; admins may see every class.

    :raise NotFoundError: there is none, or it is another's.
    """
    row = classes.get(db.session(), code)
    if row.owner_id != me().id and not me().is_admin:
        raise NotFoundError("there is no class with the code '%(code)s': check it letter by letter", code=code[:20])
    return row


def numbers(words: Iterable[str], most: int) -> list[int]:
    """Return the first ``most`` of ``words`` as row numbers, without those that no row can have."""
    return [int(word) for word in list(words)[:most] if word.isascii() and word.isdigit() and len(word) <= 18]


def number(word: str | None) -> int | None:
    """Return ``word`` as the number of a row; None is one that no row can have."""
    return next(iter(numbers([word or ""], 1)), None)


def own_path(address: str | None, default: str) -> str:
    """Return ``address`` when it is a path of this site, else ``default``."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return default
    return address if not urlsplit(address).netloc else default
