"""Writing together: writers that wait for one another share one commit.

SQLite lets one transaction write at a time, and each commit waits for the disk. Whoever gets to write first also
writes what others brought meanwhile, commits once, and only then does any of them hear that theirs is kept.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import WeakKeyDictionary

from quizapp.store.database import PLAIN, db

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from quizapp.store.database import InTurn

Result = TypeVar("Result")
MOST_TOGETHER = 64


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[Connection], Any]
    is_done: bool = False
    result: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class _Writer:
    turn: threading.Lock = field(default_factory=threading.Lock)
    waiting: deque[_Job] = field(default_factory=deque)


_writers: WeakKeyDictionary[Engine, _Writer] = WeakKeyDictionary()


def write(work: Callable[[Connection], Result]) -> Result:
    """Run ``work`` in a transaction that takes the write lock first, and return its result once it is committed.

    What ``work`` raises comes back, and nothing it did is kept; what others brought is kept all the same.
    """
    if db.engine.dialect.name != "sqlite":
        with db.engine.begin() as connection:
            return work(connection)
    engine = db.engines[PLAIN]
    writer = _writers.setdefault(engine, _Writer())
    job = _Job(work)
    writer.waiting.append(job)
    with writer.turn:
        while not job.is_done:
            _write_all(engine, [writer.waiting.popleft() for _ in range(min(len(writer.waiting), MOST_TOGETHER))])
    if job.error:
        raise job.error
    return job.result  # type: ignore[no-any-return]


def _write_all(engine: Engine, jobs: list[_Job]) -> None:
    try:
        _commit(engine, jobs)
    except BaseException as error:  # noqa: BLE001 - it is raised where the work came from
        if len(jobs) > 1 and isinstance(error, Exception):
            for job in jobs:
                _write_all(engine, [job])
        for job in jobs:
            job.error = job.error or (None if job.is_done else error)
    for job in jobs:
        job.is_done = True


def _commit(engine: Engine, jobs: list[_Job]) -> None:
    with engine.connect() as connection:
        own = cast("InTurn", connection.connection.dbapi_connection)
        try:
            own.begin_writing()
            for job in jobs:
                job.result = job.work(connection)
            own.commit()
        except BaseException:
            own.rollback()
            raise
