"""Reads without a transaction: they come back after the server was restarted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg
import pytest

from quizapp.store import accounts
from quizapp.store.database import reading_engine

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_lost_connection_is_not_asked_twice(session: Session) -> None:
    engine = reading_engine()
    session.rollback()
    now = datetime.now(UTC)
    assert accounts.signed_in(engine, "nobody", now=now) is None
    if engine.dialect.name == "sqlite":
        return
    raw = engine.raw_connection()
    pid = raw.driver_connection.info.backend_pid  # type: ignore[union-attr]
    raw.close()
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])

    with pytest.raises(psycopg.OperationalError):
        accounts.signed_in(engine, "nobody", now=now)
    assert accounts.signed_in(engine, "nobody", now=now) is None
