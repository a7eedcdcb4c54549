"""How much a request may bring: little, but for the pages where teachers hand in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, session

from quizapp.operations.drafts import LARGEST_SOURCE

if TYPE_CHECKING:
    from flask import Flask

_LARGEST_TEXT = 4 * 1024 * 1024
_FILES_COME_TO = {"articles.new", "corrections.correct", "transfer.upload"}


def init_app(app: Flask) -> None:
    """Let large files through to those pages, from those who have signed in; before any form is read."""
    app.before_request(_allow_files)


def _allow_files() -> None:
    if request.endpoint in _FILES_COME_TO and "account" in session:
        request.max_content_length = LARGEST_SOURCE + _LARGEST_TEXT
        request.max_form_memory_size = _LARGEST_TEXT
