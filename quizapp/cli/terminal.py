"""What every command needs of the terminal: the person's language, words to the person, progress, whole files."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from quizapp.core.article import LANGUAGES
from quizapp.core.errors import SettingError
from quizapp.translation import translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def _language() -> str:
    """Return QUIZAPP_LANGUAGE, else the terminal's language, else English."""
    for wanted in (
        os.environ.get("QUIZAPP_LANGUAGE"),
        *map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")),
    ):
        if wanted:
            return wanted[:2] if wanted[:2] in LANGUAGES else "en"
    return "en"


LANGUAGE = _language()
_ = translator(LANGUAGE)


def say(message: str, **values: object) -> None:
    """Tell the person at the terminal."""
    click.echo(message % values if values else message, err=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None]]:
    """Give a function that is told the share done (0 to 1); at a terminal a bar appears once a second has passed."""
    begun = time.monotonic()
    with ExitStack() as shown:
        bars: list[Any] = []

        def advance(share: float) -> None:
            if not bars and time.monotonic() - begun > 1 and sys.stderr.isatty():
                bars.append(shown.enter_context(click.progressbar(length=1000, label=label, file=sys.stderr)))
            for bar in bars:
                bar.update(int(share * 1000) - bar.pos)

        yield advance


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    :raise SettingError: it cannot be written there.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise SettingError("%(file)s cannot be written: %(reason)s", file=path, reason=error.strerror) from error
