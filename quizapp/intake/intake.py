"""What reading gives: the article, and what a person should know about how it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.core.article import Article
    from quizapp.core.errors import Fault


@dataclass(frozen=True, slots=True)
class Intake:
    """An article; ``warnings`` tell what could not be found or was guessed."""

    article: Article
    warnings: tuple[Fault, ...] = ()

    def warned(self, *warnings: Fault) -> Intake:
        """Return the same with more warnings, those first."""
        return replace(self, warnings=(*warnings, *self.warnings))
