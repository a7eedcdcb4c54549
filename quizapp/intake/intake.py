"""What reading gives: the article, and what a person should know about how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.core.article import Article


@dataclass(frozen=True, slots=True)
class Intake:
    """An article; ``warnings`` are messages (also keys of the catalogue) on what could not be found."""

    article: Article
    warnings: tuple[str, ...] = ()
