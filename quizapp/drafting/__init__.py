"""Drafting: an article becomes a list of question drafts, each tied to the words that support it.

``label`` is cheap; ``draft`` and ``candidates`` load what the article's language needs at their first call (SudachiPy
for Japanese).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quizapp.drafting.claims import label
from quizapp.drafting.draft import Draft
from quizapp.drafting.proposals import Wishes
from quizapp.drafting.ranking import Candidate, candidates

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.article import Article

__all__ = ["Candidate", "Draft", "Wishes", "candidates", "draft", "drafts_affected_by", "label"]

_NO_WISHES = Wishes()


def draft(
    article: Article,
    *,
    limit: int | None = None,
    wishes: Wishes = _NO_WISHES,
    advance: Callable[[float], None] = lambda _share: None,
) -> tuple[Draft, ...]:
    """Return drafts for ``article``, best first: every fact once before any fact twice.

    The same article gives the same drafts, ids and order. Where nothing can be asked cleanly, nothing is. ``advance``
    is told the share that is done, from 0 to 1.
    """
    language = import_module(f"quizapp.drafting.{'ja' if article.language == 'ja' else 'en'}.page")
    pipeline = import_module("quizapp.drafting.pipeline")
    page = language.Page(article, label(article), wishes)
    advance(pipeline.READ)
    drafts: tuple[Draft, ...] = pipeline.drafts(page, limit, advance)
    return drafts


def drafts_affected_by(old: Article, new: Article, *, wishes: Wishes = _NO_WISHES) -> tuple[str, ...]:
    """Return the ids of the drafts of ``old`` whose evidence sentence is not a sentence of ``new``, best draft first.

    A sentence that only moved affects nothing. ``wishes`` are those that ``old`` was drafted with: ids hang on them.
    """
    kept = {sentence.text for sentence in label(new)}
    changed = [sentence.span for sentence in label(old) if sentence.text not in kept]
    drafts = draft(old, wishes=wishes)
    return tuple(found.id for found in drafts if any(span.contains(found.evidence.span) for span in changed))
