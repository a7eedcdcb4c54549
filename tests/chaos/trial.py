"""A trial: students on a bad network while the server is killed, again and again, and an audit of what is left."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.cluster import Cluster
from benchmarks.site import SERVE, Site, a_port, with_quiz
from quizapp.application import build
from quizapp.operations import quizzing
from quizapp.settings import Settings
from quizapp.store import attempts
from quizapp.store.database import db, dispose
from tests.builders import a_large_bank
from tests.chaos import audit
from tests.chaos.network import Network
from tests.chaos.students import Book, sit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

QUESTIONS = 40
STUDENTS = 16
_ACKNOWLEDGED_A_BOOK = 80  # at the least, usually: so many attempts are made ready


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial came to."""

    faults: audit.Faults
    acknowledged: int
    put_aside: int
    handed_in: int
    server_kills: int
    database_kills: int
    requests_lost: int
    requests_doubled: int
    log: str


def try_out(
    database: str,
    *,
    answers: int,
    kills: int,
    database_kills: int = 0,
    mutant: str = "",
    seed: int = 1,
    tell: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Let students answer until ``answers`` changes are acknowledged, the server killed ``kills`` times meanwhile.

    ``database`` is "sqlite" or "postgresql", whose own server is killed ``database_kills`` times; ``mutant`` names a
    factory of ``mutants`` to serve instead of the site.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="chaos", ignore_cleanup_errors=True)))
        cluster, url = None, f"sqlite:///{folder / 'quizapp.sqlite'}"
        if database == "postgresql":
            cluster = Cluster(folder / "pg")
            stack.callback(cluster.stop)
            url = cluster.url
        books, keys = _prepare(folder, url, max(STUDENTS, answers // _ACKNOWLEDGED_A_BOOK))
        site = Site(folder, url, stack.enter_context(a_port()), _granian(mutant) if mutant else SERVE)
        site.start()
        stack.callback(site.kill)
        trial = _Trial(site, cluster, url, books, Random(seed), tell)
        # In a thread of its own: a browser of another test may hold this one's event loop.
        pool = stack.enter_context(ThreadPoolExecutor(1))
        return pool.submit(lambda: asyncio.run(trial.run(answers, kills, database_kills, keys))).result()


def _granian(mutant: str) -> tuple[str, ...]:
    options = "--interface wsgi --factory --workers 2 --blocking-threads 4 --respawn-failed-workers --log-level warning"
    return ("-m", "granian", *options.split(), "--port", "{port}", f"tests.chaos.mutants:{mutant}")


def _prepare(folder: Path, url: str, count: int) -> tuple[list[Book], dict[str, list[str]]]:
    """Return ``count`` attempts that were begun, and their keys."""
    now = datetime.now(UTC)
    with_quiz(folder, url, a_large_bank(QUESTIONS), count=QUESTIONS, page_size=4, now=now)
    audit.watch(url)
    app = build(Settings(instance=folder, database_url=url))
    books, keys = [], {}
    with app.app_context():
        session = db.session()
        for _ in range(count):
            code = quizzing.start_practice(session, "bridge", count=QUESTIONS, page_size=4, now=now)
            choices = [each.snapshot.item.options for each in attempts.asked(session, attempts.get(session, code).id)]  # type: ignore[attr-defined]
            keys[code] = [next(option.id for option in options if option.correct) for options in choices]
            books.append(Book(code, [[option.id for option in options] for options in choices]))
        db.session.remove()
        dispose()
    return books, keys


class _Trial:
    def __init__(
        self, site: Site, cluster: Cluster | None, url: str, books: Sequence[Book], dice: Random,
        tell: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._site, self._cluster, self._url, self._books = site, cluster, url, books
        self._dice, self._tell = dice, tell
        self._network = Network(site.port, dice)
        self._lost = 0
        self._is_over = False

    async def run(self, answers: int, kills: int, database_kills: int, keys: dict[str, list[str]]) -> Outcome:
        await self._network.open()
        waiting = iter(self._books)
        students = [asyncio.create_task(self._sit_all(waiting)) for _ in range(STUDENTS)]
        for is_of_database, due in self._calamities(answers, kills, database_kills):
            await self._until(due)
            await self._strike(is_of_database)
        await self._until(answers)
        self._is_over = True
        await asyncio.gather(*students)
        await self._network.close()
        faults = audit.audit(self._url, self._books, keys)
        return Outcome(
            faults=replace(faults, lost=faults.lost + self._lost),
            acknowledged=self._acknowledged(),
            put_aside=sum(len(book.put_aside) for book in self._books),
            handed_in=sum(book.is_handed_in for book in self._books),
            server_kills=kills,
            database_kills=database_kills,
            requests_lost=self._network.lost,
            requests_doubled=self._network.doubled,
            log=self._site.log,
        )

    def _calamities(self, answers: int, kills: int, database_kills: int) -> list[tuple[bool, int]]:
        """Return in order what is killed, and at how many acknowledged answers."""
        struck = [False] * kills + [True] * database_kills
        self._dice.shuffle(struck)
        step = answers / (len(struck) + 1)
        return [(each, int((n + self._dice.random()) * step)) for n, each in enumerate(struck)]

    async def _sit_all(self, waiting: Iterator[Book]) -> None:
        for book in waiting:
            if self._is_over:
                return
            await sit(book, self._network.port, self._dice)

    async def _until(self, acknowledged: int) -> None:
        while self._acknowledged() < acknowledged and not all(book.is_handed_in for book in self._books):
            await asyncio.sleep(0.02)

    def _acknowledged(self) -> int:
        return sum(book.acknowledged for book in self._books)

    async def _strike(self, is_of_database: bool) -> None:
        struck = self._cluster if is_of_database else self._site
        assert struck
        await asyncio.to_thread(struck.kill)
        if is_of_database:
            await asyncio.to_thread(struck.start)
        promised = {book.code: book.newest_saved() for book in self._books if book.saved}
        self._lost += await asyncio.to_thread(audit.lost, self._url, promised)
        if not is_of_database:
            await asyncio.to_thread(struck.start)
        name = "PostgreSQL" if is_of_database else "server"
        self._tell(f"{name} killed at {self._acknowledged()} acknowledged, {self._lost} lost so far")
