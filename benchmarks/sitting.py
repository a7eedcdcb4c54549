"""Whole attempts over HTTP against the served site (2 workers), as many as it can take.

Each student joins by link, starts, answers 5 pages of 4 single choices at random, looks over, hands in and reads the
review; then the next one comes, without a pause. Pages are sent as a browser without scripts sends them.

``attempts_per_min``: whole attempts a minute. ``cpu_s_per_attempt``: CPU seconds of the server's processes;
``database_cpu_s_per_attempt`` those of PostgreSQL. ``save_*_ms``: from sending a page of answers until the reply says
that it is kept; ``request_*_ms``: every request. ``errors``: replies other than expected. ``client_cpu_share``: the
share of one CPU that the measuring itself took. ``others_cpu_share``: how many CPUs other work on the machine took;
where it is not near 0, throughput and milliseconds say little, CPU seconds still do.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.databases import postgresql
from benchmarks.deck import a_bank
from benchmarks.site import postmaster, served, tree_cpu_seconds, with_quiz

PAGES, PAGE_SIZE = 5, 4
WARM_UP_SECONDS = 3
_TOKEN = re.compile(r'name="csrf_token" [^>]*?value="([^"]+)"')
_HIDDEN = re.compile(r'name="([ws]\d+)" value="([^"]*)"')
_CHOICE = re.compile(r'type="radio" name="(q\d+)" value="([^"]+)"')


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, help="students at once (by default 1, 10 and 50)")
    parser.add_argument("--seconds", type=float, default=8, help="how long to measure (8)")
    parser.add_argument("--database", help="an empty database (by default SQLite and PostgreSQL of our own)")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    rounds = [options.students] if options.students else [1, 10, 50]
    with tempfile.TemporaryDirectory() as folder, postgresql() as address:
        databases = [options.database] if options.database else [f"sqlite:///{folder}/quizapp.sqlite", address]
        figures: dict[str, dict[str, float]] = {}
        for database in databases:
            name = database.partition(":")[0].partition("+")[0]
            code = _prepare(Path(folder), database)
            for students in rounds:
                figures[f"{name}, {students} students"] = measure(
                    Path(folder), database, code, students, options.seconds
                )
                if not options.json:
                    _print_row(f"{name}, {students} students", figures[f"{name}, {students} students"])
    if options.json:
        print(json.dumps(next(iter(figures.values())) if len(figures) == 1 else figures))


def _print_row(title: str, row: dict[str, float]) -> None:
    print(title)
    for name, value in row.items():
        print(f"  {name:28} {value}")


def _prepare(folder: Path, database: str) -> str:
    return with_quiz(folder, database, a_bank(200), count=PAGES * PAGE_SIZE, page_size=PAGE_SIZE, now=datetime.now(UTC))


def measure(folder: Path, database: str, code: str, students: int, seconds: float) -> dict[str, float]:
    """Return the figures for so many students at once."""
    root = postmaster(database)
    with served(folder, database) as site:
        load = Load(site.port, code)
        threads = [threading.Thread(target=load.run, args=(seed,)) for seed in range(students)]
        for thread in threads:
            thread.start()
        time.sleep(WARM_UP_SECONDS)
        load.forget()
        server, store, client, busy = site.cpu_seconds(), _cpu(root), time.process_time(), _busy_seconds()
        begun = time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - begun
        attempts = load.requests / load.requests_per_attempt  # also those under way, by their share
        saves, requests, errors = load.saves[:], load.times[:], load.errors
        server, store = site.cpu_seconds() - server, _cpu(root) - store
        client, busy = time.process_time() - client, _busy_seconds() - busy
        load.is_over = True
        for thread in threads:
            thread.join()
    return {
        "attempts_per_min": round(attempts / passed * 60),
        "cpu_s_per_attempt": round(server / attempts, 4),
        "database_cpu_s_per_attempt": round(store / attempts, 4),
        **{f"save_p{share}_ms": _percentile(saves, share) for share in (50, 95, 99)},
        **{f"request_p{share}_ms": _percentile(requests, share) for share in (50, 95, 99)},
        "errors": errors,
        "client_cpu_share": round(client / passed, 2),
        "others_cpu_share": round(max(0.0, busy - server - store - client) / passed, 2),
    }


def _cpu(root: int | None) -> float:
    return tree_cpu_seconds(root) if root else 0.0


def _busy_seconds() -> float:
    """Return the CPU seconds that the machine has worked."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def _percentile(seconds: list[float], share: int) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 1)


class Load:
    """Students who sit one quiz after the other, and how long they waited."""

    # Page and form of the link, the way to the first page, 5 pages shown and sent, check, handing in, result.
    requests_per_attempt = 3 + 2 * PAGES + 3

    def __init__(self, port: int, code: str) -> None:
        self.port, self.code = port, code
        self.is_over = False
        self.forget()

    def forget(self) -> None:
        """Begin to count anew."""
        self.saves: list[float] = []
        self.times: list[float] = []
        self.errors = 0

    @property
    def requests(self) -> int:
        """The number of requests that were answered as expected."""
        return len(self.times) - self.errors

    def run(self, seed: int) -> None:
        """Be one student after the other."""
        dice = random.Random(seed)
        while not self.is_over:
            try:
                Visit(self).sit(dice)
            except (OSError, http.client.HTTPException, UnexpectedError):
                self.errors += 1


class UnexpectedError(Exception):
    """A reply that a student would not have expected."""


class Visit:
    """A browser of its own, for one attempt."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._connection = http.client.HTTPConnection("127.0.0.1", load.port, timeout=60)
        self._cookie = ""

    def sit(self, dice: random.Random) -> None:
        """Sit the quiz from its link to its review."""
        link = f"/quizzes/{self._load.code}"
        attempt = self._send(link, [("csrf_token", self._token(self._get(link)))])
        address = self._follow(attempt)
        for page in range(1, PAGES + 1):
            html = self._get(address)
            then = "check" if page == PAGES else str(page + 1)
            fields = [("csrf_token", self._token(html)), ("then", then), *_HIDDEN.findall(html)]
            choices: dict[str, list[str]] = {}
            for name, value in _CHOICE.findall(html):
                choices.setdefault(name, []).append(value)
            if len(choices) != PAGE_SIZE:
                raise UnexpectedError(address)
            fields += [(name, dice.choice(values)) for name, values in choices.items()]
            begun = time.perf_counter()
            following = self._send(address, [(name, value.replace("&#34;", '"')) for name, value in fields])
            self._load.saves.append(time.perf_counter() - begun)
            address = following
        result = self._send(f"{attempt}/completion", [("csrf_token", self._token(self._get(address)))])
        self._get(result)
        self._connection.close()

    def _get(self, address: str) -> str:
        return self._ask("GET", address, 200)[1]

    def _follow(self, address: str) -> str:
        return self._ask("GET", address, 302)[0]

    def _send(self, address: str, fields: list[tuple[str, str]]) -> str:
        return self._ask("POST", address, 302, urlencode(fields))[0]

    def _token(self, html: str) -> str:
        found = _TOKEN.search(html)
        if found is None:
            raise UnexpectedError("no form")
        return found[1]

    def _ask(self, method: str, address: str, status: int, body: str | None = None) -> tuple[str, str]:
        headers = {"Cookie": self._cookie, "Accept-Language": "ja"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self._connection.request(method, address, body, headers)
        reply = self._connection.getresponse()
        text = reply.read().decode()
        self._load.times.append(time.perf_counter() - begun)
        if cookie := reply.headers["Set-Cookie"]:
            self._cookie = cookie.partition(";")[0]
        if reply.status != status:
            raise UnexpectedError(f"{method} {address}: {reply.status}")
        return reply.headers["Location"] or "", text


if __name__ == "__main__":
    main()
