"""Drafts from a Japanese article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.drafting import pipeline
from quizapp.drafting.ja.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizapp.core.article import Article, Sentence
    from quizapp.drafting.draft import Draft


def drafts(
    article: Article, sentences: Iterable[Sentence], limit: int | None, advance: Callable[[float], None]
) -> tuple[Draft, ...]:
    """Return drafts for ``article``, best first."""
    page = Page(article, sentences)
    advance(pipeline.READ)
    return pipeline.drafts(page, limit, advance)
