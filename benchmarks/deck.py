"""What a large Anki deck costs, against plain genanki writing the same fields.

``time_over_genanki``, ``size_over_genanki``: ours over genanki's (below 1 is better). ``leftover_files``: temporary
files left behind. ``identical``: whether all exports are the same bytes. ``peak_mb``: memory over the loaded bank.
Both write in turns; the fastest of each counts, since the machine has other things to do.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import genanki

from export import anki
from quizapp.core.bank import Bank
from quizapp.core.inputs import Option
from quizapp.core.items import SingleChoice

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
ROUNDS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=5000, help="notes in the deck (5000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    figures = measure(options.notes)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:20} {value}")


def a_bank(count: int) -> Bank:
    """Return a bank of single choices, each with an explanation."""
    items = tuple(
        SingleChoice(
            id=f"bench{number:07d}",
            language="ja",
            stem=f"第{number}問。次のうち、正しいものはどれですか。",
            options=(Option(f"正しい答え{number}", correct=True), Option("誤った答え甲"), Option("誤った答え乙")),
            explanation="理由を一文で述べた解説です。",
            tags=("bench", f"part{number % 10}"),
        )
        for number in range(count)
    )
    return Bank("benchbank001", "bench", "計測用", "ja", datetime(2026, 1, 1, tzinfo=UTC), items=items)


def measure(count: int) -> dict[str, float | bool]:
    """Return the figures for a deck of ``count`` notes."""
    bank = a_bank(count)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ours, our_seconds = _timed(lambda: anki.write(bank).content)
        peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        leftover = len(list(Path(folder).iterdir()))
        target = Path(folder) / "plain.apkg"
        their_seconds = float("inf")
        is_identical = True
        for _ in range(ROUNDS):
            their_seconds = min(their_seconds, _timed(lambda: _write_plainly(bank, target))[1])
            again, seconds = _timed(lambda: anki.write(bank).content)
            our_seconds = min(our_seconds, seconds)
            is_identical &= again == ours
        their_size = target.stat().st_size
    return {
        "time_over_genanki": round(our_seconds / their_seconds, 2),
        "size_over_genanki": round(len(ours) / their_size, 2),
        "leftover_files": leftover,
        "identical": is_identical,
        "peak_mb": round(peak),
    }


def _timed(write: Callable[[], T]) -> tuple[T, float]:
    """Return what ``write`` gives, and the CPU seconds it took."""
    begun = time.process_time()
    result = write()
    return result, time.process_time() - begun


def _write_plainly(bank: Bank, target: Path) -> None:
    """Write the same words with genanki as its manual shows."""
    names = ("Stem", "Options", "Key", "Explanation")
    model = genanki.Model(
        1_607_392_319,
        "Plain",
        fields=[{"name": name} for name in names],
        templates=[{"name": "Card", "qfmt": "{{Stem}}{{Options}}", "afmt": "{{FrontSide}}{{Key}}{{Explanation}}"}],
    )
    deck = genanki.Deck(2_059_400_110, bank.title)
    for item in bank.items:
        assert isinstance(item, SingleChoice)
        options = "".join(f"<li>{option.text}</li>" for option in item.options)
        fields = [item.stem, f"<ol>{options}</ol>", item.options[0].text, item.explanation]
        deck.add_note(genanki.Note(model=model, fields=fields, tags=list(item.tags)))
    genanki.Package(deck).write_to_file(str(target))


if __name__ == "__main__":
    main()
