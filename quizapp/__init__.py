"""quizapp: an article becomes question banks, quizzes and Anki decks, and every item knows its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    """Return the web application, set up from the environment; for servers."""
    # Read only now: commands that need no web application start faster without it.
    from quizapp.application import build  # noqa: PLC0415

    return build()
