"""What a list of items costs on the desk, and whether it stays quick as the bank grows.

``list_over_static``: the slowest of list, search and filter of a large bank (50 questions, 30 kB) over a static page: a
Jinja page of the same size and shape (the same questions in a loop, escaped) in a bare Flask application, without a
database, a session or a translation. Nothing is kept of it from one request to the next but the compiled template.
``list_over_small``: the same over such a page of 9 kB.
``list_over_constant``: the same over a page as large as the list that is one finished string: what Flask itself costs.
``growth_100k_over_1k``: the same page of 100,000 items over that of 1,000, the worst of them.
Medians of CPU time, taken in turns in one process, for each database; PostgreSQL's own CPU time is counted too. Below 1
is quicker than the floor. "milliseconds" tells everything that was measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate
from flask import Flask, render_template
from sqlalchemy import text

from benchmarks.cluster import Cluster
from benchmarks.site import family, postmaster
from quizapp.application import build
from quizapp.core.bank import Bank
from quizapp.core.inputs import Option
from quizapp.core.items import SingleChoice, TrueFalse
from quizapp.operations import authoring
from quizapp.settings import Settings
from quizapp.store import accounts
from quizapp.store.account_tables import AccountRow, AccountSessionRow
from quizapp.store.database import db, dispose

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from quizapp.core.items import Item

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SMALL_BYTES = 9_000
PAGES = {
    "list": "",
    "later": "?after={middle}",
    "search_rare": "?q=番号{rare}番",
    "search_common": "?q=抑止",
    "filter": "?type=true_false&tag=group5",
    "search_filter": "?q=抑止&type=single_choice&state=live",
}

_PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>large</title></head><body><h1>large</h1><form method="post"><ul>
{% for item in items %}<li>
  <label><input type="checkbox" name="item" value="{{ loop.index }}" aria-label="{{ item.stem }}"></label>
  <div><a href="/desk/items/{{ item.id }}" lang="{{ item.language }}">{{ item.stem }}</a>
  <p>{{ item.type }}{% for tag in item.tags %} · <a href="?tag={{ tag | urlencode }}">{{ tag }}</a>{% endfor %}</p>
  </div>
</li>{% endfor %}</ul></form><p>{{ filler }}</p></body></html>"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="items in the large bank (100000)")
    parser.add_argument("--rounds", type=int, default=30, help="requests of each kind (30)")
    parser.add_argument("--databases", default="sqlite,postgresql", help="which to measure (sqlite,postgresql)")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    for name in options.databases.split(","):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            figures[name] = measure(Path(folder), name, options.items, options.rounds)
    ratios = [each for each in figures.values() if isinstance(each, dict)]
    for name in ("list_over_static", "list_over_small", "list_over_constant", "growth_100k_over_1k"):
        figures[name] = max(each[name] for each in ratios)
    print(json.dumps(figures) if options.json else json.dumps(figures, indent=1))


def measure(folder: Path, database: str, count: int, rounds: int) -> dict[str, object]:
    """Return the ratios for one database."""
    if database == "sqlite":
        return _measure(folder, f"sqlite:///{folder / 'quizapp.sqlite'}", count, rounds)
    cluster = Cluster(folder / "pg")
    try:
        return _measure(folder, cluster.url, count, rounds)
    finally:
        cluster.stop()


def _measure(folder: Path, url: str, count: int, rounds: int) -> dict[str, object]:
    app = build(Settings(instance=folder, database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
        owner_id = _account()
        for name, size in (("small", 1000), ("large", count)):
            begun = time.monotonic()
            authoring.import_bank(db.session(), a_bank(name, size), digest="", now=NOW, owner_id=owner_id)
            print(f"{name}: {size} items in {time.monotonic() - begun:.0f} s", file=sys.stderr)
        if not url.startswith("sqlite"):
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
    try:
        return compare(app, url, folder, rounds)
    finally:
        with app.app_context():
            db.session.remove()
            dispose()


def compare(app: Flask, url: str, folder: Path, rounds: int) -> dict[str, object]:
    """Return the ratios for an application with a small and a large bank."""
    with app.app_context():
        middle = {name: _middle(name) for name in ("small", "large")}
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["account"] = "bench"
    calls: dict[str, Callable[[], object]] = {}
    for page, query in PAGES.items():
        for bank in ("small", "large"):
            address = f"/desk/banks/{bank}{query.format(middle=middle[bank], rare=777)}"
            _require_rows(client, address)
            calls[f"{page} {bank}"] = lambda address=address: client.get(address)  # type: ignore[misc]
    bare = _bare(folder, client.get("/desk/banks/large").get_data(as_text=True))
    floors = ("static", "small", "constant")
    calls |= {name: lambda name=name: bare.get(f"/{name}") for name in floors}  # type: ignore[misc]
    taken = _medians(calls, rounds, _cpu_clock(url))
    figures: dict[str, object] = {}
    for name in floors:
        over = {page: round(taken[f"{page} large"] / taken[name], 2) for page in PAGES}
        figures |= {f"list_over_{name}": max(over.values()), f"over_{name}": over}
    growth = {page: round(taken[f"{page} large"] / taken[f"{page} small"], 2) for page in PAGES}
    figures |= {"growth_100k_over_1k": max(growth.values()), "growth": growth}
    return figures | {"milliseconds": {name: round(seconds * 1000, 2) for name, seconds in taken.items()}}


def a_bank(name: str, count: int) -> Bank:
    """Return a bank of two types of items with tags."""
    items: list[Item] = []
    for number in range(count):
        identity, tags = f"{name}{number:08d}", (f"group{number % 10}", "all")
        if number % 5 == 0:
            stem = f"番号{number}番の文は抑止について正しい。"
            items.append(TrueFalse(id=identity, language="ja", stem=stem, holds=True, tags=tags))
        else:
            options = (Option(f"正しい答え{number}", correct=True), Option("拡大抑止の誤答"), Option("別の誤答です"))
            stem = f"番号{number}番。抑止について正しいものはどれですか。"
            items.append(SingleChoice(id=identity, language="ja", stem=stem, options=options, tags=tags))
    return Bank(f"{name}bank0001", name, name, "ja", NOW, items=tuple(items))


def _account() -> int:
    row = AccountRow(name="Bench", name_key="bench", role="teacher", password_hash="", created_at=NOW)
    db.session.add(row)
    db.session.flush()
    expires = datetime.now(UTC) + timedelta(days=1)
    digest = accounts.digest("bench")
    db.session.add(AccountSessionRow(token_digest=digest, account_id=row.id, created_at=NOW, expires_at=expires))
    db.session.commit()
    return row.id


def _middle(name: str) -> int:
    """Return the row in the middle of a bank."""
    query = "SELECT (min(i.id) + max(i.id)) / 2 FROM item i JOIN bank b ON b.id = i.bank_id WHERE b.name = :name"
    return int(db.session.execute(text(query), {"name": name}).scalar_one())


def _require_rows(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    assert 'name="item"' in response.text, f"nothing is found at {address}"


def _bare(folder: Path, page: str) -> FlaskClient:
    """Return an application with nothing but pages: rendered as large as ``page`` and of 9 kB, and ``page`` itself."""
    app = Flask("bare", template_folder=str(folder))
    (folder / "page.html").write_text(_PAGE, "utf-8")
    items = [each.to_data() for each in a_bank("large", 50).items]

    def rendered(size: int) -> Callable[[], str]:
        shown: list[dict[str, object]] = []
        for item in items:
            if len(render_template("page.html", items=[*shown, item], filler="").encode()) > size:
                break
            shown.append(item)
        filler = "." * (size - len(render_template("page.html", items=shown, filler="").encode()))
        return lambda: render_template("page.html", items=shown, filler=filler)

    with app.app_context():
        app.add_url_rule("/static", view_func=rendered(len(page.encode())), endpoint="page")
        app.add_url_rule("/small", view_func=rendered(SMALL_BYTES), endpoint="small")
    app.add_url_rule("/constant", view_func=lambda: page, endpoint="constant")
    return app.test_client()


def _cpu_clock(url: str) -> Callable[[], float]:
    """Return a clock of the CPU seconds of this process and of the PostgreSQL server that it asks."""
    first = postmaster(url.replace("postgresql+psycopg", "postgresql"))
    stats = [Path(f"/proc/{process}/schedstat") for process in family(first)] if first else []
    return lambda: time.process_time() + sum(int(stat.read_text().split()[0]) for stat in stats) / 1e9


def _medians(calls: dict[str, Callable[[], object]], rounds: int, clock: Callable[[], float]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 5):
        for name, call in calls.items():
            begun = clock()
            call()
            if turn >= 5:
                taken[name].append(clock() - begun)
    return {name: sorted(values)[len(values) // 2] for name, values in taken.items()}


if __name__ == "__main__":
    main()
