"""A learner's Anki: the real one, in a process of its own."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import IO, Any

_SCRIPT = Path(__file__).with_name("real_anki.py")


def anki(*steps: list[Any], zone: str = "UTC") -> list[Any]:
    """Take the steps (see ``real_anki``) in a fresh collection and return what came of each; ``zone`` is where."""
    requests, answers = _running(zone)
    requests.write(f"{json.dumps(steps)}\n")
    requests.flush()
    line = answers.readline()
    if not line:
        _running.cache_clear()  # the next test starts another
    answer: dict[str, Any] = json.loads(line or '{"error": "Anki has ended"}')
    assert "error" not in answer, answer["error"]
    results: list[Any] = answer["results"]
    return results


@cache
def _running(zone: str) -> tuple[IO[str], IO[str]]:
    """Start Anki, once for each zone: that takes longer than most of what is asked of it."""
    process = subprocess.Popen(
        [sys.executable, str(_SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TZ": zone},
    )
    assert process.stdin
    assert process.stdout

    def end() -> None:
        try:
            process.communicate(timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            process.kill()

    atexit.register(end)
    return process.stdin, process.stdout


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
