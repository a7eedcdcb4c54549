"""Golden files: what an export must look like, kept beside the tests and read like code when it changes.

``QUIZAPP_WRITE_GOLDEN=1 pytest tests/export`` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def read(name: str) -> str:
    """Return a golden file's text, "" before there is one."""
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def check(name: str, text: str) -> None:
    """Compare ``text`` with a golden file."""
    if os.environ.get("QUIZAPP_WRITE_GOLDEN") == "1":
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8")
    assert text == read(name)
