"""A served site, and visitors to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from benchmarks.site import a_port
from quizapp.application import build
from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations import authoring, quizzes
from quizapp.settings import Settings
from quizapp.store import banks
from quizapp.store.database import db
from quizapp.store.tables import BankRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from flask import Flask
    from playwright.sync_api import Browser, BrowserContext

expect.set_options(timeout=45_000)  # two browsers and two servers share two cores


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which the site keeps what it makes."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def teacher(site: str, instance: Path) -> str:
    """Give the name of an admin of the site, whose password is "three plain words"."""
    environment = os.environ | {"QUIZAPP_INSTANCE": str(instance)}
    command = [sys.executable, "-m", "quizapp", "create-admin", "--name", "Mori"]
    subprocess.run(command, check=True, env=environment, input="three plain words\n" * 2, text=True)
    return "Mori"


@pytest.fixture(scope="session")
def site(instance: Path) -> Iterator[str]:
    """Give the address of the site, prepared and served as an operator would, with the shipped banks."""
    environment = os.environ | {"QUIZAPP_INSTANCE": str(instance)}
    command = [sys.executable, "-m", "quizapp"]
    subprocess.run([*command, "prepare"], check=True, env=environment)
    with a_port() as port:
        server = subprocess.Popen([*command, "serve"], env=environment | {"PORT": str(port)})
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(address, server)
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=60)
            except subprocess.TimeoutExpired:  # a browser may still hold a connection
                server.kill()
                server.wait()


def _wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120  # two servers may start while two browsers run
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not get ready")


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Give a function that makes a visitor: language, colour scheme, width, with or without scripts.

    Without ``worker`` no service worker is between pages and network; with one, requests may go past ``page.route``.
    """
    contexts: list[BrowserContext] = []

    def make(
        *,
        language: str = "ja",
        scheme: str = "light",
        width: int = 1280,
        scripts: bool = True,
        worker: bool = True,
        **more: Any,
    ) -> BrowserContext:
        context = chromium.new_context(
            base_url=site, locale=language, color_scheme=scheme, viewport={"width": width, "height": 800},  # type: ignore[arg-type]
            java_script_enabled=scripts, service_workers="allow" if worker else "block",
            **{"timezone_id": "America/New_York", **more},
        )  # fmt: skip
        context.set_default_timeout(45_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def desk(instance: Path, site: str) -> Flask:
    """Give an application beside the served site, on its database."""
    return build(Settings(instance=instance, database_url=f"sqlite:///{instance / 'quizapp.sqlite'}"))


@pytest.fixture
def publish(desk: Flask) -> Callable[..., str]:
    """Give a function that publishes a quiz of eight single choices, as shipped, and returns its address."""

    def make(language: str = "ja", **settings: Any) -> str:
        with desk.app_context():
            session, now = db.session(), datetime.now(UTC)
            bank = banks.read_whole(session, f"japan-us-deterrence-{language}")
            choices = [replace(item, id=item.id[::-1]) for item in bank.items if item.kind == "single_choice"]
            own = replace(bank, id=f"choices-{language}", name=f"choices-{language}", items=tuple(choices[:8]))
            authoring.import_bank(session, own, digest=own.id, now=now)
            session.execute(update(BankRow).where(BankRow.identity == own.id).values(visibility="private"))
            session.commit()
            given = QuizSettings(**{"banks": (own.id,), "with_siblings": True, "page_size": 4, **settings})
            return "/quizzes/" + quizzes.create(session, "小テスト", language, given, now=now)

    return make
