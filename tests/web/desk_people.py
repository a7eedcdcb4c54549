"""Teachers and admins for tests, signed in without the cost of hashing where that is not what is tested."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from quizapp.store import accounts
from quizapp.store.account_tables import AccountRow, AccountSessionRow
from quizapp.store.database import db

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

TOKEN = "a token of {}"  # noqa: S105 (for tests)


def add_account(app: Flask, name: str, role: str = "teacher") -> int:
    """Keep an account whose password nobody knows."""
    now = datetime.now(UTC)
    with app.app_context():
        row = AccountRow(name=name, name_key=accounts.name_key(name), role=role, password_hash="", created_at=now)
        db.session.add(row)
        db.session.flush()
        db.session.add(
            AccountSessionRow(
                token_digest=accounts.digest(TOKEN.format(name)),
                account_id=row.id,
                created_at=now,
                expires_at=now + timedelta(days=1),
            )
        )
        db.session.commit()
        return row.id


def browser_of(app: Flask, name: str) -> FlaskClient:
    """Return a browser that speaks English, signed in as ``name``."""
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    with browser.session_transaction() as kept:
        kept["account"] = TOKEN.format(name)
    return browser


def a_teacher(app: Flask, name: str = "Mori", role: str = "teacher") -> FlaskClient:
    """Return the browser of a new teacher."""
    add_account(app, name, role)
    return browser_of(app, name)
