"""Headers that keep pages from being framed, sniffed, cached for others, or made to run foreign code."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2s
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import abort, current_app, request, session
from flask_babel import gettext as _

if TYPE_CHECKING:
    from flask import Flask, Response

# Every script and style is a file of ours, so that no inline code needs to be let through.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_YEAR = 60 * 60 * 24 * 365
_HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


def init_app(app: Flask) -> None:
    """Guard every request and dress every answer."""
    app.before_request(_refuse_foreign_posts)
    app.after_request(_add_headers)
    app.url_defaults(_version_static)


def _refuse_foreign_posts() -> None:
    """Refuse what another site makes a browser send, before any token is looked at."""
    if request.method not in {"GET", "HEAD", "OPTIONS"} and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403, _("This was sent from another site. Open the page here and send it again."))


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.extend(_HEADERS)
    if current_app.config["SETTINGS"].https:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    if request.endpoint == "static":
        if response.status_code < 400 and request.args.get("v") == _digest((request.view_args or {})["filename"]):
            headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    elif session.accessed or session.modified:
        headers.setdefault("Cache-Control", "private, no-store")
    return response


def _version_static(endpoint: str, values: dict[str, Any]) -> None:
    """Put the file's digest into its address, so that browsers may keep it for good."""
    if endpoint == "static" and "v" not in values:
        values["v"] = _digest(values["filename"])


def _digest(filename: str) -> str:
    path = Path(current_app.static_folder or "") / filename
    return _digest_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _digest_of(path: Path, _changed: int) -> str:
    return blake2s(path.read_bytes(), digest_size=6).hexdigest()
