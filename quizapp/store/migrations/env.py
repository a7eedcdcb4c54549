"""How Alembic runs the steps: on the application's own database, in one transaction."""

from alembic import context
from flask import current_app

_migrate = current_app.extensions["migrate"]

if context.is_offline_mode():
    raise SystemExit("the steps run on a database, not into a file")

with _migrate.db.engine.connect().execution_options(writes=True) as connection:
    context.configure(connection=connection, target_metadata=_migrate.db.metadata, **_migrate.configure_args)
    with context.begin_transaction():
        context.run_migrations()
