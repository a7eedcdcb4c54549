"""What a page of questions and a saved answer cost, against the least that Flask and a database can do.

``page_over_static``: pages per CPU second, the attempt page over a Jinja page of the same size and shape (the same
questions and options in loops, escaped) in a bare Flask application without a database, a session or a translation.
``page_over_constant``: the same over a page that is one finished string.
``save_over_floor``: saves per CPU second, a saved answer with every check over a bare Flask route that reads the same
JSON and does INSERT and COMMIT, synchronous=FULL.
Both sides run in turns in one process, so that only the ratio means something. Above 1 is faster than the floor.
CPU counts this process alone: a PostgreSQL server's own work is in neither side.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flask_migrate
import psycopg
from flask import Flask, render_template, request

from benchmarks.databases import postgresql
from quizapp import rich_text
from quizapp.application import build
from quizapp.operations import preparing, quizzing
from quizapp.settings import Settings
from quizapp.store import attempts
from quizapp.store.database import db, dispose

if TYPE_CHECKING:
    from collections.abc import Callable

_PAGE = """<!DOCTYPE html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><form method="post">
{% for question in questions %}<fieldset id="q{{ loop.index }}"><legend>{{ loop.index }}</legend>
<div>{{ question.stem }}</div>
{% for option in question.options %}<label><input type="radio" name="q{{ question.number }}" value="{{ option.id }}">
<span>{{ option.text }}</span></label>{% endfor %}</fieldset>
{% endfor %}</form><p>{{ filler }}</p></body></html>"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400, help="requests of each kind (400)")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgresql() as address:
        sqlite = measure(Path(folder), f"sqlite:///{folder}/quizapp.sqlite", options.rounds)
        figures = {**sqlite, "postgresql": measure(Path(folder), address, options.rounds)}
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:20} {value}")


def measure(folder: Path, database_url: str, rounds: int) -> dict[str, Any]:
    """Return the ratios on one database, and the size of the attempt page in bytes."""
    app = build(Settings(instance=folder, database_url=database_url))
    with app.app_context():
        flask_migrate.upgrade()
        list(preparing.import_shipped(db.session(), now=datetime.now(UTC)))
        code = quizzing.start_practice(
            db.session(), "japan-us-deterrence-ja", count=10, page_size=10, now=datetime.now(UTC), seed="floor"
        )
        questions = [_plain(each) for each in attempts.asked(db.session(), attempts.get(db.session(), code).id)]
        db.session.remove()
    client = app.test_client()
    address = f"/attempts/{code}/pages/1"
    page = client.get(address).get_data(as_text=True)
    sequence = iter(range(1, 10**9))

    def save() -> object:
        change = {"number": 1, "sequence": next(sequence), "answer": ["x"], "flagged": False}
        return client.post(f"/attempts/{code}/answers", json={"device": "bench", "changes": [change]})

    assert save().get_json()["outcomes"] == ["saved"]  # type: ignore[attr-defined]
    floor = _floor(folder, database_url, questions, page).test_client()
    body = {"device": "bench", "changes": [{"number": 1, "sequence": 1, "answer": ["x"], "flagged": False}]}
    static, constant, attempt = _cpu(
        [lambda: floor.get("/static"), lambda: floor.get("/constant"), lambda: client.get(address)], rounds
    )
    insert, saved = _cpu([lambda: floor.post("/save", json=body), save], rounds)
    with app.app_context():
        dispose()
    return {
        "page_over_static": round(static / attempt, 2),
        "page_over_constant": round(constant / attempt, 2),
        "save_over_floor": round(insert / saved, 2),
        "page_bytes": len(page.encode()),
    }


def _plain(asked: attempts.Asked) -> dict[str, Any]:
    options = getattr(asked.question.input, "options", ())
    return {
        "number": asked.position + 1,
        "stem": rich_text.plain(asked.question.stem),
        "options": [{"id": option.id, "text": option.text} for option in options],
    }


def _floor(folder: Path, database_url: str, questions: list[dict[str, Any]], page: str) -> Flask:
    """Return an application that shows a page in loops or finished, and keeps JSON with one INSERT."""
    app = Flask("floor", template_folder=str(folder))
    (folder / "page.html").write_text(_PAGE, "utf-8")
    values = {"language": "ja", "title": "floor", "questions": questions}
    with app.app_context():
        short = len(page.encode()) - len(render_template("page.html", **values, filler="").encode())
    values["filler"] = "." * max(0, short)
    run = _writer(folder, database_url)

    @app.get("/static")
    def looped() -> str:
        return render_template("page.html", **values)

    @app.get("/constant")
    def constant() -> str:
        return page

    @app.post("/save")
    def save() -> str:
        run(json.dumps(request.get_json()["changes"][0]["answer"]))
        return "{}"

    return app


def _writer(folder: Path, database_url: str) -> Callable[[str], object]:
    """Return a function that keeps a text with INSERT and COMMIT on the driver's own connection."""
    if database_url.startswith("sqlite"):
        connection = sqlite3.connect(folder / "floor.sqlite", isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT)")

        def keep(value: str) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO answer (value) VALUES (?)", (value,))
            connection.execute("COMMIT")

        return keep
    server = psycopg.connect(database_url.replace("+psycopg", ""))
    server.execute("CREATE TABLE floor_answer (id BIGSERIAL PRIMARY KEY, value TEXT)")
    server.commit()

    def keep_there(value: str) -> None:
        server.execute("INSERT INTO floor_answer (value) VALUES (%s)", (value,))
        server.commit()

    return keep_there


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
