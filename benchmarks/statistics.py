"""What the statistics of a quiz cost, against NumPy on the scores alone.

``over_floor``: CPU time of the sums and every figure of every item and of the quiz, over the floor: the
column of scores read by bare sqlite3, and the same figures by NumPy. ``over_session_floor``: over the same floor with
the column read through the session. ``growth``: CPU time for ten times the
attempts, over that for one time. Figures of both sides are compared before anything is said.
"""

from __future__ import annotations

import importlib.util
import sys
import sysconfig
from pathlib import Path

if __name__ == "statistics":  # another script of this folder, or a library that it uses, means Python's own
    _own = importlib.util.spec_from_file_location(__name__, Path(sysconfig.get_path("stdlib")) / "statistics.py")
    assert _own
    assert _own.loader
    sys.modules[__name__] = importlib.util.module_from_spec(_own)
    _own.loader.exec_module(sys.modules[__name__])

import argparse
import json
import random
import tempfile
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import flask_migrate
import numpy as np
from sqlalchemy import insert, select

from quizapp.application import build
from quizapp.core.statistics import item_statistics, quiz_statistics
from quizapp.operations import preparing
from quizapp.settings import Settings
from quizapp.store import statistics
from quizapp.store.database import db
from quizapp.store.tables import AttemptRow, ItemVersionRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from sqlalchemy.orm import Session

    from quizapp.core.statistics import ItemStatistics, QuizStatistics

ITEMS = 50
WHEN = datetime(2026, 11, 1, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=10_000, help="finished attempts of 50 items (10000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(instance=Path(folder), database_url=f"sqlite:///{folder}/quizapp.sqlite"))
        with app.app_context():
            flask_migrate.upgrade()
            list(preparing.import_shipped(db.session(), now=WHEN))
            figures = measure(db.session(), options.attempts)
    print(json.dumps(figures) if options.json else "\n".join(f"{name:20} {value}" for name, value in figures.items()))


def measure(session: Session, attempts: int) -> dict[str, float]:
    """Return the ratios."""
    few = attempts // 10
    versions = list(session.scalars(select(ItemVersionRow.id).order_by(ItemVersionRow.id).limit(ITEMS)))
    fill(session, range(1, few + 1), versions)
    small = cpu(lambda: ours(session))
    fill(session, range(few + 1, attempts + 1), versions)
    compare(session)
    spent, session_spent, raw_spent = cpu(lambda: ours(session), lambda: session_floor(session), lambda: floor(session))
    return {
        "over_floor": round(spent / raw_spent, 2),
        "over_session_floor": round(spent / session_spent, 2),
        "growth": round(spent / small[0], 1),
        "attempts": attempts,
    }


def fill(session: Session, numbers: range, versions: list[int]) -> None:
    """Add finished attempts; each asks every version, shuffled, and who knows more does better."""
    rng = random.Random(numbers.start)
    attempts, responses = [], []
    for number in numbers:
        ability = rng.gauss(0, 1)
        scores = [float(rng.gauss(0, 1) + ability > (place - ITEMS / 2) / 15) for place in range(ITEMS)]
        attempts.append({
            "id": number, "code": f"attempt{number}", "bank_id": 1, "seed": "s", "page_size": 10, "item_count": ITEMS,
            "title": "t", "language": "ja", "rules": {}, "started_at": WHEN, "finished_at": WHEN,
            "score": sum(scores) / ITEMS,
        })  # fmt: skip
        responses += [
            {"attempt_id": number, "position": position, "version_id": versions[place], "form": 0,
             "answer": ["abcdef0123"], "sequence": 1, "device": "d" * 16, "saved_at": WHEN, "score": scores[place],
             "judgement": {"score": scores[place], "parts": [], "rules": []}}
            for position, place in enumerate(rng.sample(range(ITEMS), ITEMS))
        ]  # fmt: skip
        if number % 500 == 0 or number == numbers[-1]:
            session.execute(insert(AttemptRow), attempts)
            session.execute(insert(ResponseRow), responses)
            attempts.clear()
            responses.clear()
    session.commit()


def ours(session: Session) -> tuple[dict[int, ItemStatistics], QuizStatistics]:
    """Return every figure, from sums over the answers, as the page of a quiz does."""
    these = AttemptRow.bank_id == 1
    of_quiz, items = statistics.all_sums(session, these)
    quiz = quiz_statistics(of_quiz, items.values())
    return {version: item_statistics(sums) for version, sums in items.items()}, quiz


def session_floor(session: Session) -> dict[str, NDArray[Any]]:
    """Return the same figures from the scores alone, in the order of versions."""
    column = session.scalars(select(ResponseRow.score)).all()
    scores = np.array(column, dtype=float).reshape(-1, ITEMS)
    return by_numpy(scores)


def floor(session: Session) -> dict[str, NDArray[Any]]:
    """Return the same with nothing between SQLite and NumPy."""
    driver: Any = session.connection().connection.driver_connection
    rows = driver.execute("SELECT score FROM response").fetchall()
    return by_numpy(np.array(rows, dtype=float).reshape(-1, ITEMS))


def by_numpy(scores: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Return the figures of a table of scores, a row an attempt."""
    totals = scores.sum(axis=1)
    rest = totals[:, None] - scores
    size = int(np.ceil(0.27 * len(scores)))
    ranked = np.sort(totals)
    upper, lower = totals >= ranked[-size], totals <= ranked[size - 1]
    x, r = scores - scores.mean(axis=0), rest - rest.mean(axis=0)
    return {
        "facility": scores.mean(axis=0),
        "discrimination": scores[upper].mean(axis=0) - scores[lower].mean(axis=0),
        "point_biserial": (x * r).sum(axis=0) / np.sqrt((x**2).sum(axis=0) * (r**2).sum(axis=0)),
        "alpha": ITEMS / (ITEMS - 1) * (1 - scores.var(axis=0, ddof=1).sum() / totals.var(ddof=1)),
        "histogram": np.histogram(totals / ITEMS, bins=10, range=(0, 1))[0],
    }


def compare(session: Session) -> None:
    """Make sure that both sides say the same."""
    column = session.scalars(select(ResponseRow.score).order_by(ResponseRow.attempt_id, ResponseRow.version_id)).all()
    expected = by_numpy(np.array(column, dtype=float).reshape(-1, ITEMS))
    items, quiz = ours(session)
    for name in ("facility", "discrimination", "point_biserial"):
        found = [getattr(items[version], name).value for version in sorted(items)]
        assert np.allclose(found, expected[name], atol=1e-6), name
    assert quiz.alpha.value is not None
    assert abs(quiz.alpha.value - float(expected["alpha"])) < 1e-6


def cpu(*calls: Callable[[], object]) -> list[float]:
    """Return the CPU seconds of each call, the best of five turns."""
    best = [float("inf")] * len(calls)
    for _ in range(5):
        for index, call in enumerate(calls):
            begun = time.process_time()
            call()
            best[index] = min(best[index], time.process_time() - begun)
    return best


if __name__ == "__main__":
    main()
