"""Writers that wait for one another share a commit, and none hears of it before it is safe."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from quizapp.store import group_commit
from quizapp.store.database import PLAIN, db

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy import Connection, Engine


def add(name: str) -> object:
    def work(connection: Connection) -> str:
        if name == "bad":
            connection.execute(text("INSERT INTO note VALUES ('half done')"))
            raise ValueError("bad")
        connection.execute(text("INSERT INTO note VALUES (:name)"), {"name": name})
        return name

    return work


def a_table(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (name TEXT)"))


def names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT name FROM note")))


def test_what_fails_takes_nobody_else_with_it(app: Flask) -> None:
    with app.app_context():
        engine = db.engine
    a_table(engine)
    started = threading.Barrier(9)
    results: dict[str, object] = {}

    def write(name: str) -> None:
        started.wait()
        try:
            with app.app_context():
                results[name] = group_commit.write(add(name))  # type: ignore[arg-type]
        except ValueError as error:
            results[name] = str(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in (*"abcdefgh", "bad")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert results == {**{name: name for name in "abcdefgh"}, "bad": "bad"}
    assert names(engine) == set("abcdefgh")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_those_who_wait_share_a_commit(app: Flask) -> None:
    with app.app_context():
        engine = db.engines[PLAIN]
        a_table(db.engine)
    begun: list[str] = []

    def note(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(lambda words: begun.append(words) if words == "BEGIN IMMEDIATE" else None)

    event.listen(engine, "connect", note)
    entered, go = threading.Event(), threading.Event()

    def first(_connection: Connection) -> None:
        entered.set()
        go.wait(60)

    def write(work: Callable[[Connection], object]) -> None:
        with app.app_context():
            group_commit.write(work)

    threads = [threading.Thread(target=write, args=(first,))]
    threads[0].start()
    entered.wait(10)
    threads += [threading.Thread(target=write, args=(add(name),)) for name in "abcde"]
    for thread in threads[1:]:
        thread.start()
    while len(group_commit._writers[engine].waiting) < 5:
        time.sleep(0.001)
    go.set()
    for thread in threads:
        thread.join(timeout=30)

    assert names(engine) == {*"abcde"}
    assert len(begun) == 2
