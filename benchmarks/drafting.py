"""How fast drafting is, and how its cost grows.

``chars_per_cpu_second``: characters drafted per CPU second once the analyser is loaded. ``growth``: the cost of twice
the text over the cost of the text (2 is linear). ``over_analysis``: the cost over that of finding the words alone, the
floor. ``peak_mb``: the memory of the whole process.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp import drafting
from quizapp.drafting.ja.analysis import plain_tokens
from quizapp.drafting.sentences import split
from quizapp.paths import data_folder
from quizapp.store import bank_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.article import Article


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=20_000, help="length of the text (20000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    figures = measure(options.characters)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:20} {value}")


def measure(characters: int) -> dict[str, float]:
    """Return the figures for the shipped Japanese article, told over and over up to ``characters``."""
    banks = [bank_files.load(path) for path in sorted(data_folder("question_banks").glob("*/bank.yaml"))]
    article = next(bank.article for bank in banks if bank.article and bank.language == "ja")
    drafting.draft(article)
    single, double = (_cpu_seconds(article, length) for length in (characters, 2 * characters))
    return {
        "chars_per_cpu_second": round(2 * characters / double),
        "growth": round(double / single, 2),
        "over_analysis": round(double / _cpu_seconds(article, 2 * characters, _words), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _words(article: Article) -> None:
    for sentence in split(article):
        plain_tokens(sentence.text)


def _cpu_seconds(article: Article, length: int, work: Callable[[Article], object] = drafting.draft) -> float:
    # Numbered, so that the repetitions are not taken for retellings of one another.
    parts: list[str] = []
    size = 0
    while size < length:
        part = article.text.replace("20", str(len(parts) + 10))
        parts.append(part)
        size += len(part)
    begun = time.process_time()
    work(replace(article, text="\n\n".join(parts)[:length]))
    return time.process_time() - begun


if __name__ == "__main__":
    main()
