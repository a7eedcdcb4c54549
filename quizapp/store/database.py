"""The connection: SQLite made durable and safe for several processes, PostgreSQL as it comes."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from typing import TYPE_CHECKING, Any, TypeVar

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError

from quizapp.core.errors import ConflictError
from quizapp.paths import migrations_folder

# Their tables belong to the schema.
from quizapp.store import account_tables, class_tables, desk_tables, study_tables, tables  # noqa: F401
from quizapp.store.columns import Base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flask import Flask
    from sqlalchemy.orm import Session

Key = TypeVar("Key")

_LONGEST_WAIT = 10.0
_LOOK_EVERY = 0.002
PLAIN = "plain"

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
    write lock at its beginning waits its turn instead. PostgreSQL has no such lock: whoever decides by a row that
    somebody else may be changing reads it ``with_for_update`` right after this.
    """
    session.rollback()
    session.connection(execution_options={"writes": True})


def plain() -> Connection:
    """Return a connection, to be closed, on which each statement stands for itself, with nothing around it.

    On PostgreSQL that spares three of four trips to the server.
    """
    return plain_engine().connect()


def plain_engine() -> Engine:
    """Return the engine of such connections; what a transaction that is still open has written is not seen by them."""
    return db.engines[PLAIN]


def engines_of(url: str) -> dict[str, dict[str, Any]]:
    """Return what Flask-SQLAlchemy is to know of the engine behind ``plain``."""
    options: dict[str, Any] = {"url": url, "pool_reset_on_return": None}
    return {PLAIN: options if url.startswith("sqlite") else options | {"isolation_level": "AUTOCOMMIT"}}


def init_app(app: Flask) -> None:
    """Give the application its database."""
    db.init_app(app)
    migrate.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "begin", _begin)


def dispose() -> None:
    """Close the connections that nobody uses just now, of the application at hand."""
    for engine in db.engines.values():
        engine.dispose()


def batched(keys: Sequence[Key], most: int = 10_000) -> Iterator[Sequence[Key]]:
    """Yield keys in parts that a statement can hold: PostgreSQL takes at most 65,535 bound values."""
    for start in range(0, len(keys), most):
        yield keys[start : start + most]


def is_migrated(session: Session) -> bool:
    """Say whether the tables are those of this release."""
    head = ScriptDirectory(str(migrations_folder())).get_current_head()
    return MigrationContext.configure(session.connection()).get_current_revision() == head


# A key that is there already, or what a row refers to and is gone: as the two databases call it.
_OVERTAKEN = {
    "23505", "23503", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY",
}  # fmt: skip


@event.listens_for(Engine, "handle_error")
def _tell_who_was_faster(context: Any) -> None:
    """Make a conflict of what two did at once and only one of them could."""
    error = context.sqlalchemy_exception
    name = getattr(error and error.orig, "sqlstate", None) or getattr(error and error.orig, "sqlite_errorname", None)
    if isinstance(error, IntegrityError) and name in _OVERTAKEN:
        raise ConflictError("somebody else did something that this does not go together with: try again") from error


class InTurn(sqlite3.Connection):
    """A connection that waits its turn to write at a lock file before it asks SQLite for the lock.

    SQLite lets those who wait sleep for up to a tenth of a second between two looks, so that under load one may find
    the lock taken again and again. Here they look every other millisecond; the kernel frees the turn of a process that
    was killed. Past ``_LONGEST_WAIT`` seconds SQLite's own waiting decides.
    """

    _turn: int | None = None
    _holds = False

    def begin_writing(self) -> None:
        """Wait until no other connection writes, and begin."""
        self._take_turn()
        self.execute("BEGIN IMMEDIATE")

    def _take_turn(self) -> None:
        if self._turn is None:
            (path,) = (row[2] for row in self.execute("PRAGMA database_list") if row[1] == "main")
            self._turn = os.open(f"{path}-turn" if path else os.devnull, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + _LONGEST_WAIT
        while not self._holds and time.monotonic() < until:
            try:
                fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._holds = True
            except BlockingIOError:
                time.sleep(_LOOK_EVERY)

    def commit(self) -> None:
        """Commit, and let the next one write."""
        try:
            super().commit()
        finally:
            self._end_turn()

    def rollback(self) -> None:
        """Roll back, and let the next one write."""
        try:
            super().rollback()
        finally:
            self._end_turn()

    def close(self) -> None:
        """Close, and let the next one write."""
        super().close()
        if self._turn is not None:
            os.close(self._turn)
            self._turn, self._holds = None, False

    def _end_turn(self) -> None:
        if self._holds and self._turn is not None:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
            self._holds = False


@event.listens_for(Engine, "do_connect")
def _connect_in_turn(dialect: Any, _record: object, _arguments: object, options: dict[str, Any]) -> None:
    if dialect.name == "sqlite":
        options["factory"] = InTurn


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in ("foreign_keys=ON", "busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    own = connection.connection.dbapi_connection
    if isinstance(own, InTurn):
        if connection.get_execution_options().get("writes"):
            own.begin_writing()
        else:
            own.execute("BEGIN")
