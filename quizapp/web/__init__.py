"""What people touch in a browser. To add an area: a module with ``bp`` here, a line in ``AREAS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf.csrf import CSRFProtect

from quizapp.web import (
    access,
    accounts,
    articles,
    attempts,
    bank_desk,
    bank_settings,
    banks,
    class_desk,
    classes,
    corrections,
    decks,
    desk,
    drafts,
    editor,
    errors,
    glossaries,
    health,
    history,
    home,
    localisation,
    mending,
    people,
    question_files,
    quiz_desk,
    quiz_results,
    quizzes,
    results,
    security,
    study,
    transfer,
    uploads,
    views,
)

if TYPE_CHECKING:
    from flask import Flask

AREAS = (
    home.bp, banks.bp, decks.bp, quizzes.bp, attempts.bp, results.bp, history.bp, accounts.bp, desk.bp, articles.bp,
    glossaries.bp, study.bp, drafts.bp, bank_desk.bp, bank_settings.bp, corrections.bp, transfer.bp,
    question_files.bp, editor.bp,
    quiz_desk.bp, quiz_results.bp, class_desk.bp, classes.bp, mending.bp, people.bp, health.bp,
)  # fmt: skip

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Give the application its pages."""
    uploads.init_app(app)
    csrf.init_app(app)
    localisation.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    views.init_app(app)
    access.init_app(app)
    for area in AREAS:
        app.register_blueprint(area)
    csrf.exempt("quizapp.web.attempts.answers")
    csrf.exempt("quizapp.web.study.reviews")
