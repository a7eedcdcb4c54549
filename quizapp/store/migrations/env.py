"""How Alembic runs the steps: on the application's own database, in one transaction."""

from alembic import context
from flask import current_app

_migrate = current_app.extensions["migrate"]

if context.is_offline_mode():
    raise SystemExit("the steps run on a database, not into a file")

with _migrate.db.engine.connect().execution_options(writes=True) as connection:
    raw = connection.connection.driver_connection
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # A batch step makes a table anew and drops the old one; dropping it would take along all that points at it.
        raw.execute("PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=_migrate.db.metadata, **_migrate.configure_args)
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite:
        raw.execute("PRAGMA foreign_keys=ON")
