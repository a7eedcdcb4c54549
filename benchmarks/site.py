"""The site really served, in processes of its own, for a benchmark or a trial of what it survives."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate
import psycopg

from quizapp.application import build
from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations import authoring, quizzes
from quizapp.settings import Settings
from quizapp.store.database import db, dispose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from quizapp.core.bank import Bank

_TICK = os.sysconf("SC_CLK_TCK")
SERVE = ("-m", "quizapp", "serve")


class Site:
    """A server with two workers; ``command`` are Python's arguments, by default what ``make run`` runs."""

    def __init__(self, instance: Path, database_url: str, port: int, command: Sequence[str] = SERVE) -> None:
        self.port = port
        self._command = [word.format(port=self.port) for word in command]
        self._log = instance / "server.log"
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "QUIZAPP_WORKERS": "2",
            "QUIZAPP_INSTANCE": str(instance),
            "QUIZAPP_DATABASE_URL": database_url,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What the server wrote since its first start."""
        return self._log.read_text("utf-8", "replace")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._command], env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f"the server did not start: {self.log}")

    def kill(self) -> None:
        """End the server with all its workers at once, as a power cut would."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def cpu_seconds(self) -> float:
        """Return the CPU time that the server and its workers have used since it started."""
        assert self._process
        return tree_cpu_seconds(self._process.pid)


@contextmanager
def a_port() -> Iterator[int]:
    """Hold a port that only the site may listen on, also before its start and between two."""
    with socket.socket() as held:
        for shared in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):  # as the site's own sockets have it
            held.setsockopt(socket.SOL_SOCKET, shared, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextmanager
def served(instance: Path, database_url: str) -> Iterator[Site]:
    """Serve while the block runs."""
    with a_port() as port:
        site = Site(instance, database_url, port)
        site.start()
        try:
            yield site
        finally:
            site.kill()


def with_quiz(instance: Path, database_url: str, bank: Bank, *, count: int, page_size: int, now: datetime) -> str:
    """Make the database ready, with a quiz of ``count`` questions from ``bank``, and return the quiz's code."""
    app = build(Settings(instance=instance, database_url=database_url))
    with app.app_context():
        flask_migrate.upgrade()
        authoring.import_bank(db.session(), bank, digest="bench", now=now)
        settings = QuizSettings(banks=(bank.id,), count=count, page_size=page_size)
        code = quizzes.create(db.session(), bank.title, bank.language, settings, now=now)
        db.session.remove()
        dispose()
    return code


def postmaster(database_url: str) -> int | None:
    """Return the process that a PostgreSQL server on this machine descends from; None on SQLite."""
    if database_url.startswith("sqlite"):
        return None
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert row
    return _parent(int(row[0]))


def tree_cpu_seconds(root: int) -> float:
    """Return the CPU time of a process and its descendants, those that ended and were waited for too."""
    return sum(_ticks(process) for process in family(root)) / _TICK


def family(root: int) -> set[int]:
    """Return a process with its descendants."""
    parents = {int(path.name): _parent(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found = {root}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def _stat(process: int) -> list[str]:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return []


def _parent(process: int) -> int:
    return int(next(iter(_stat(process)[1:2]), 0))


def _ticks(process: int) -> int:
    return sum(map(int, _stat(process)[11:15]))
