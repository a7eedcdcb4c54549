"""The migration steps and the tables give one and the same database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from quizapp.store.database import db, is_migrated
from quizapp.store.tables import Base

if TYPE_CHECKING:
    from flask import Flask


def test_the_steps_lead_to_the_tables(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_known_as_one(app: Flask) -> None:
    with app.app_context():
        assert is_migrated(db.session())
