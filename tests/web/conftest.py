"""Quizzes for tests of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations import quizzes
from quizapp.store.database import db
from tests.builders import LATER

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from quizapp.core.bank import Bank


@pytest.fixture
def publish(app: Flask, keep: Callable[..., Bank]) -> Callable[..., str]:
    """Give a function that publishes a quiz of a bank and returns its address."""

    def make(bank: Bank | None = None, opens_at: Any = None, closes_at: Any = None, **settings: Any) -> str:
        kept = keep(bank)
        with app.app_context():
            given = QuizSettings(banks=(kept.id,), **settings)
            code = quizzes.create(
                db.session(), "小テスト", "ja", given, now=LATER, opens_at=opens_at, closes_at=closes_at
            )
        return f"/quizzes/{code}"

    return make
