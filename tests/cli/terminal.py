"""A person at a terminal: a folder of its own, and the command run in it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """\
# 青葉橋の開通

青葉橋は2019年4月1日に開通した。橋の長さは320メートルである。
町長の記者会見によると、町は2028年に青葉灯台を建て替える予定だ。
青葉橋の開通により、港と市街地を結ぶ時間は15分に短縮された。
"""


class Terminal:
    """A folder of its own, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QUIZAPP", "LC_", "LANG"))},
            "QUIZAPP_INSTANCE": str(folder / "instance"),
            "LANG": "C.UTF-8",
        }

    def run(self, *words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "quizapp", *words],
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            env={**self.environment, **environment},
            check=False,
            timeout=120,
        )

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, "utf-8")
        return name
