"""What a page of questions and a saved answer cost, against the least that Flask and SQLite can do.

``page_over_static``: pages per CPU second, the attempt page over a static Jinja page of the same size.
``save_over_floor``: saves per CPU second, a page's save with every check over bare Flask + INSERT + COMMIT.
Both sides run in turns in one process, so that only the ratio means something. Above 1 is faster than the floor.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate
from flask import Flask, request

from quizapp.application import build
from quizapp.operations import preparing, quizzing
from quizapp.settings import Settings
from quizapp.store.database import db

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="requests of each kind (300)")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.rounds)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:20} {value}")


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """Return the ratios, and the size of the attempt page in bytes."""
    app = build(Settings(instance=folder, database_url=f"sqlite:///{folder / 'quizapp.sqlite'}"))
    with app.app_context():
        flask_migrate.upgrade()
        list(preparing.import_shipped(db.session(), now=datetime.now(UTC)))
        code = quizzing.start_attempt(
            db.session(), "japan-us-deterrence-ja", count=10, page_size=10, now=datetime.now(UTC), seed="floor"
        )
    client = app.test_client()
    address = f"/attempts/{code}/pages/1"
    page = client.get(address).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    answers = dict.fromkeys(re.findall(r'name="(q\d+)"', page), "x")
    data = {**answers, "csrf_token": token[1], "then": "1"}

    floor = _floor(folder, page).test_client()
    static, attempt = _cpu([lambda: floor.get("/page"), lambda: client.get(address)], rounds)
    insert, save = _cpu([lambda: floor.post("/save", data=data), lambda: client.post(address, data=data)], rounds)
    return {
        "page_over_static": round(static / attempt, 2),
        "save_over_floor": round(insert / save, 2),
        "page_bytes": len(page.encode()),
    }


def _floor(folder: Path, page: str) -> Flask:
    """Return an application that shows a finished page, and keeps a form with one INSERT."""
    app = Flask("floor", template_folder=str(folder))
    (folder / "page.html").write_text("{% raw %}" + page.replace("endraw", "") + "{% endraw %}", "utf-8")
    connection = sqlite3.connect(folder / "floor.sqlite", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT)")
    template = app.jinja_env.get_template("page.html")

    @app.get("/page")
    def show() -> str:
        return template.render()

    @app.post("/save")
    def save() -> str:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO answer (value) VALUES (?)", (json.dumps(request.form.to_dict()),))
        connection.execute("COMMIT")
        return ""

    return app


def _cpu(calls: list[Callable[[], object]], rounds: int) -> list[float]:
    """Return the CPU seconds that each call took, run in turns after a warm-up."""
    spent = [0.0] * len(calls)
    for turn in range(rounds + 20):
        for index, call in enumerate(calls):
            begun = time.process_time()
            call()
            if turn >= 20:
                spent[index] += time.process_time() - begun
    return spent


if __name__ == "__main__":
    main()
