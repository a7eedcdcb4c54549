"""A world served in this process, to be visited as anybody: each route of the table of roles leads somewhere in it."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from quizapp.application import build
from quizapp.settings import Settings
from quizapp.store.database import db
from tests.web.test_roles import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.world import World


def an_app(migrated: Path, folder: Path) -> Iterator[Flask]:
    """Give an application on a copy of an empty database."""
    (folder / "quizapp.sqlite").write_bytes(migrated.read_bytes())
    settings = Settings(instance=folder, database_url=f"sqlite:///{folder / 'quizapp.sqlite'}", registration=True)
    application = build(settings)
    yield application
    with application.app_context():
        db.engine.dispose()


def serve(app: Flask) -> Iterator[str]:
    """Give the address at which an application is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def client_of(app: Flask, world: World, who: str) -> FlaskClient:
    """Return somebody's browser without a browser, that asks for Japanese."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ja"
    with client.session_transaction() as kept:
        kept.update(world.visitors[who])
    return client


def come_as(chromium: Browser, app: Flask, world: World, address: str, who: str, **looks: Any) -> BrowserContext:
    client = client_of(app, world, who)
    context = chromium.new_context(base_url=address, **{"locale": "ja", **looks})
    context.set_default_timeout(45_000)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if cookie is None:  # nobody in particular
        return context
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return context


def paths(app: Flask, world: World) -> list[tuple[str, str]]:
    """Return where each route that can be visited leads in this world."""
    found = []
    for rule in app.url_map.iter_rules():
        if ("GET", rule.endpoint) not in ROUTES or rule.endpoint == "static":
            continue
        names = re.findall(r"<(?:[^<>]*:)?(\w+)>", rule.rule)
        path = re.sub(r"<[^<>]+>", "{}", rule.rule).format(*(world.place(rule.endpoint, name) for name in names))
        found.append((rule.endpoint, path))
    return found
