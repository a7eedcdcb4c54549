"""Real parts for tests: applications on SQLite and PostgreSQL, a client, and a count of what the database is asked."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flask_migrate
import psycopg
import pytest
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import sync_playwright
from sqlalchemy import event
from werkzeug.routing import Rule

from benchmarks import databases
from quizapp.application import build
from quizapp.operations import authoring
from quizapp.settings import Settings
from quizapp.store.database import db, dispose
from quizapp.web import articles
from tests.builders import NOW, a_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser
    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank

# Examples that do not change from run to run, and no limit to how long one may take.
settings.load_profile("ci")

# Each test has an application of its own, but all have the same routes: what writes their addresses is made once.
_writers: dict[object, Any] = {}
_make_writer: Any = getattr(Rule, "_compile_builder", None)


def _writer(rule: Rule, append_unknown: bool = True) -> Any:
    converters = tuple((name, type(each)) for name, each in rule._converters.items())
    key = (rule.rule, tuple(rule._trace), repr(rule.defaults), converters, append_unknown)
    if key not in _writers:
        _writers[key] = _make_writer(rule, append_unknown)
    return _writers[key]


if _make_writer:  # private to Werkzeug: without it tests are slower, no more
    Rule._compile_builder = _writer  # type: ignore[assignment]

# Started without these, Chromium asks hosts of its maker for news and waits for answers.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give Debian's Chromium, the one without windows where it is there: it needs a third less of the processor."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "chromium is not installed: 'make test' installs it or says how"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the address of a running PostgreSQL: QUIZAPP_TEST_POSTGRESQL_URL, or a server of our own."""
    with databases.postgresql() as url:
        yield url.replace("+psycopg", "")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database file to which every migration step has been applied, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    _migrate(folder, f"sqlite:///{folder / 'quizapp.sqlite'}")
    return folder / "quizapp.sqlite"


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the name of a PostgreSQL database to which every step has been applied, to be copied."""
    name = f"migrated_{uuid.uuid4().hex[:8]}"
    _run_sql(postgresql, f"CREATE DATABASE {name}")
    _migrate(tmp_path_factory.mktemp("instance"), _in_database(postgresql, name))
    return name


def _migrate(instance: Path, database_url: str) -> None:
    app = build(Settings(instance=instance, database_url=database_url))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        dispose()


def _run_sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _in_database(url: str, name: str) -> str:
    head, _, query = url.replace("postgresql://", "postgresql+psycopg://").partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{'?' + query if query else ''}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database with tables, once for each engine."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "quizapp.sqlite")
        yield f"sqlite:///{tmp_path / 'quizapp.sqlite'}"
        return
    server = request.getfixturevalue("postgresql")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _run_sql(server, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('migrated_postgresql')}")
    yield _in_database(server, name)
    _run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Give what keeps templates compiled from one application to the next."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(database_url: str, tmp_path: Path, templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """Give an application on an empty database."""
    application = build(Settings(instance=tmp_path, database_url=database_url), TESTING=True)
    application.jinja_env.bytecode_cache = templates
    application.config["PROPAGATE_EXCEPTIONS"] = False
    yield application
    articles.waiting.join()  # whoever still drafts needs the database
    with application.app_context():
        dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give a database session of the application; not for tests with a client, whose requests have their own."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def keep(app: Flask) -> Callable[..., Bank]:
    """Give a function that brings a bank into the database."""

    def keep_bank(bank: Bank | None = None, **changes: Any) -> Bank:
        bank = bank or a_bank(**changes)
        with app.app_context():
            authoring.import_bank(db.session(), bank, digest=uuid.uuid4().hex, now=NOW)
        return bank

    return keep_bank


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser without scripts that asks for English."""
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


class Statements(list[str]):
    """The statements that the database was asked to run since ``clear``."""


@pytest.fixture
def statements(app: Flask) -> Iterator[Statements]:
    """Give the list of statements sent to the database from now on, without BEGIN and COMMIT."""
    seen = Statements()

    def note(statement: str) -> None:
        is_own = "item_search_" not in statement  # FTS5 asks its own tables
        if is_own and not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            seen.append(statement)

    class NotedCursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            note(str(query))
            return super().execute(query, *arguments, **options)

        def executemany(self, query: Any, *arguments: Any, **options: Any) -> Any:
            note(str(query))
            return super().executemany(query, *arguments, **options)

    def watch(connection: Any, *_: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(note)
        else:
            connection.cursor_factory = NotedCursor

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        engine.dispose()  # what is open already is not watched
        event.listen(engine, "connect", watch)
    yield seen
    for engine in engines:
        event.remove(engine, "connect", watch)
