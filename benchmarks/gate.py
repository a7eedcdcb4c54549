"""How the cost of the gate grows with a bank.

``growth_per_item``: CPU time an item takes in a bank of 100,000, over that in a bank of 1,000; 1 is linear.
``items_per_second``: items a CPU second, in the large bank.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime

from quizapp.core import gate
from quizapp.core.bank import Bank
from quizapp.core.inputs import Option
from quizapp.core.items import SingleChoice

STEM = "{n}番の港と灯台の歴史に残る青葉第{n}号橋梁が開通したのはいつですか。"
OPTIONS = (Option("2019年4月", correct=True), Option("2018年4月"), Option("2020年4月"))
SMALL, LARGE = 1_000, 100_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    small = min(seconds(SMALL) for _ in range(5)) / SMALL
    large = seconds(LARGE) / LARGE
    figures = {"growth_per_item": round(large / small, 2), "items_per_second": round(1 / large)}
    print(json.dumps(figures) if options.json else "\n".join(f"{name:20} {value}" for name, value in figures.items()))


def seconds(count: int) -> float:
    """Return the CPU seconds that a bank of ``count`` items takes."""
    items = tuple(
        SingleChoice(id=f"gate{number:08d}", language="ja", stem=STEM.format(n=number), options=OPTIONS)
        for number in range(count)
    )
    bank = Bank("gate00000001", "gate", "gate", "ja", datetime.now(UTC), items=items)
    begun = time.process_time()
    gate.lint_bank(bank)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
