"""A learner's Anki: the real one, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_name("real_anki.py")


def anki(*steps: list[Any], zone: str = "UTC") -> list[Any]:
    """Take the steps (see ``real_anki``) in a fresh collection and return what came of each; ``zone`` is where."""
    done = subprocess.run(
        [sys.executable, str(_SCRIPT)],
        input=json.dumps(steps),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": zone},
    )
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout)
    return results


def visible(html: str) -> str:
    """Return what a person sees of a card, without white space (which HTML folds)."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
