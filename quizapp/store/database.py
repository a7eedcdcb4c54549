"""The connection: SQLite made durable and safe for several processes, PostgreSQL as it comes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from quizapp.paths import migrations_folder

# Their tables belong to the schema.
from quizapp.store import account_tables, class_tables, desk_tables, study_tables  # noqa: F401
from quizapp.store.tables import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# What was written is still known after the commit: reading it again would only cost a statement.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Say whether a thing in the database is described by the tables; the index of words is by its step alone."""
    return not (kind == "table" and name and name.startswith("item_search"))


migrate = Migrate(
    db=db,
    directory=str(migrations_folder()),
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="tables.",
    include_name=is_ours,
)


def begin_writing(session: Session) -> None:
    """Begin a transaction that will write; what was read before is read anew.

    SQLite refuses a transaction that read first when another process wrote in between; one that takes the
    write lock at its beginning waits its turn instead. PostgreSQL needs no such care.
    """
    session.rollback()
    session.connection(execution_options={"writes": True})


def is_migrated(session: Session) -> bool:
    """Say whether the tables are those of this release."""
    head = ScriptDirectory(str(migrations_folder())).get_current_head()
    return MigrationContext.configure(session.connection()).get_current_revision() == head


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("foreign_keys=ON", "busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
