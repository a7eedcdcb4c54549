"""Who visits: a student is known by a token in the signed cookie, whose hash alone is in the database."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import current_app, g, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature

from quizapp.operations import students
from quizapp.store.database import db
from quizapp.web import access

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask, Request

    from quizapp.store.tables import StudentRow

_KEY = "student"


class Cookies(SecureCookieSessionInterface):
    """Flask's own signed cookies, but a cookie that comes with many requests is verified once a day, not each time."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie says, nothing where it is not ours or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        known = self._known(app, cookie, date.today().toordinal()) if cookie else None  # noqa: DTZ011 (any day will do)
        return super().open_session(app, request) if known is None else self.session_class(known)

    @lru_cache(maxsize=4096)  # noqa: B019 (there is one for each application)
    def _known(self, app: Flask, cookie: str, _day: int) -> dict[str, Any] | None:
        """Return what a cookie says where nothing in it can be changed by a request; None: it is to be read anew."""
        serializer = self.get_signing_serializer(app)
        try:
            age = int(app.permanent_session_lifetime.total_seconds())
            said = serializer.loads(cookie, max_age=age) if serializer else {}
        except BadSignature:
            return None
        return said if all(isinstance(value, str | int | None) for value in said.values()) else None


def form_token() -> str:
    """Return the token that this visitor's forms send back, signed once for each visitor."""
    token = session.get("csrf_token")
    return _signed(token, current_app.secret_key) if token else str(generate_csrf())


@lru_cache(maxsize=4096)
def _signed(_token: str, _key: str | bytes | None) -> str:
    return str(generate_csrf())


def find_student() -> StudentRow | None:
    """Return the student who visits; None for somebody who has not begun anything here.

    A pupil who is signed in is the same on every device; everybody else is known by the browser.
    """
    if "student" not in g:
        mine = access.account()
        if mine and mine.is_pupil:
            g.student = students.of_account(db.session(), mine.id)
        else:
            g.student = students.find(db.session(), session.get(_KEY, ""))
    return g.student  # type: ignore[no-any-return]


def student_id() -> int | None:
    """Return the id of the student who visits, None as above."""
    found = find_student()
    return found.id if found else None


def arriving(now: datetime, name: str = "") -> tuple[StudentRow, str]:
    """Return the student who visits, and "" where they are known; else a new one, not kept yet, with their token.

    Once they are kept, ``welcome`` them.
    """
    found = find_student()
    if found:
        return found, ""
    mine = access.account()
    return students.arriving(name=name, now=now, account_id=mine.id if mine and mine.is_pupil else None)


def welcome(student: StudentRow, token: str) -> None:
    """Make this browser that of a student who is kept by now; a pupil who is signed in is known without."""
    if token and student.account_id is None:
        remember(token)
    g.student = student


def student(now: datetime, name: str = "") -> StudentRow:
    """Return the student who visits, made known from now on where they were not."""
    found, token = arriving(now, name)
    if token:
        students.keep(db.session(), found)
        welcome(found, token)
    return found


def remember(token: str) -> None:
    """Make this browser the student's who holds ``token``."""
    session.permanent = True
    session[_KEY] = token
    g.pop("student", None)


def forget() -> None:
    """Make this browser nobody's."""
    session.pop(_KEY, None)
    g.pop("student", None)
