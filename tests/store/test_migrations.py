"""The migration steps and the tables give one and the same database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from quizapp.core import names
from quizapp.operations import accounts, classes
from quizapp.store import classes as rooms
from quizapp.store.class_tables import PupilRow
from quizapp.store.columns import Base
from quizapp.store.database import db, is_migrated, is_ours
from quizapp.store.tables import ItemRow
from tests.builders import NOW, arrived_student

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
        owner = accounts.create_account(db.session(), "T", "correct horse battery", role="teacher", now=NOW)
        code = classes.create(db.session(), "4B", owner=owner, now=NOW)
        student, _token = arrived_student(db.session())
        classes.join(db.session(), rooms.get(db.session(), code), student.id, "２番 Aki", now=NOW)
        db.session.remove()
        flask_migrate.downgrade(revision="0019")
        flask_migrate.upgrade()
        assert db.session.scalars(select(PupilRow.list_key)).all() == [names.list_key("2番 Aki")]

        db.session.remove()
        flask_migrate.downgrade(revision="0001")
        flask_migrate.upgrade()

        assert db.session.scalar(select(func.count()).select_from(ItemRow)) == 2


def test_a_migrated_database_is_known_as_one(app: Flask) -> None:
    with app.app_context():
        assert is_migrated(db.session())
