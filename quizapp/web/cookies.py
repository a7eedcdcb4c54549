"""Cookies of sessions. A cookie that was found genuine once is not checked by its signature again for a while."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask, Request

_MOST = 10_000
_LONGEST = 600.0


class RememberedCookies(SecureCookieSessionInterface):
    """Flask's signed cookies, of which the genuine ones are remembered: checking costs as much as a small page."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, dict[str, Any]]] = {}

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request, empty where the cookie is none of ours or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        until, values = self._known.get(cookie, (0.0, {}))
        if time.monotonic() < until:
            return self.session_class(values)
        session = super().open_session(app, request)
        # What is kept must not change: only plain values, which a session copies.
        if session and all(isinstance(value, str | int | float) for value in session.values()):
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[cookie] = (time.monotonic() + _LONGEST, dict(session))
        return session
