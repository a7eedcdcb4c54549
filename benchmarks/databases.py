"""A PostgreSQL server for a benchmark."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of an empty database: QUIZAPP_TEST_POSTGRESQL_URL's, or that of a server of our own."""
    given = os.environ.get("QUIZAPP_TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder))
        yield cluster.url
        cluster.stop()
