"""The migration steps and the tables give one and the same database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from quizapp.store.database import db, is_migrated, is_ours
from quizapp.store.tables import Base, ItemRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from quizapp.core.bank import Bank


def test_the_steps_lead_to_the_tables(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=opts)

        assert compare_metadata(context, Base.metadata) == []


def test_steps_back_and_forth_keep_what_is_stored(app: Flask, keep: Callable[..., Bank]) -> None:
    keep()
    with app.app_context():
        db.session.remove()
        flask_migrate.downgrade(revision="0001")
        flask_migrate.upgrade()

        assert db.session.scalar(select(func.count()).select_from(ItemRow)) == 2


def test_a_migrated_database_is_known_as_one(app: Flask) -> None:
    with app.app_context():
        assert is_migrated(db.session())
