"""Cards as study shows them, and reviews as its page's script sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from babel.dates import format_timedelta
from flask_babel import lazy_gettext as later

from quizapp.core.errors import QuizError
from quizapp.core.scheduling import Rating
from quizapp.operations.studying import Given
from quizapp.store import snapshots
from quizapp.web import questions
from quizapp.web.localisation import language
from quizapp.web.views import item_view

if TYPE_CHECKING:
    from markupsafe import Markup

    from quizapp.operations.studying import Shown
    from quizapp.web.views import QuestionView

# How many cards a page has at hand, so that study can go on without a network.
AT_HAND = 30
_MOST_SENT = 500
_OPERATION = re.compile(r"[0-9a-f-]{8,36}")
RATINGS = {
    Rating.AGAIN: later("Again"),
    Rating.HARD: later("Hard"),
    Rating.GOOD: later("Good"),
    Rating.EASY: later("Easy"),
}


class ReviewError(QuizError):
    """Reviews that no page of ours sends."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as pages show it; ``waits`` are for each rating the words and seconds until it comes again."""

    identity: str
    q: QuestionView
    front: Markup
    explanation: Markup
    waits: dict[int, tuple[str, int]]


def view(shown: Shown) -> CardView:
    """Return a card as pages show it."""
    content = shown.card.content
    return CardView(
        shown.card.identity,
        item_view(snapshots.parse(content).item),
        questions.sample(1, content, language(), "study/_front.html"),
        questions.explanation(content, 0, language()),
        {rating.value: (in_words(wait), int(wait.total_seconds())) for rating, wait in shown.waits.items()},
    )


def given_from(data: object) -> list[Given]:
    """Return the reviews that a page's script sent.

    :raise ReviewError: this is not what the script sends.
    """
    match data:
        case {"changes": list(entries)} if len(entries) <= _MOST_SENT:
            return [_given(entry) for entry in entries]
    raise ReviewError("this is not how reviews are sent: reload the page, what was saved is safe")


def _given(entry: object) -> Given:
    match entry:
        case {
            "operation": str(operation), "item": str(item), "rating": 1 | 2 | 3 | 4 as rating,
            "ago": int(ago) | float(ago), "undone": bool(is_undone),
        } if _OPERATION.fullmatch(operation) and len(item) <= 40 and 0 <= ago < 10**9:  # fmt: skip
            return Given(operation, item, Rating(rating), timedelta(seconds=ago), is_undone)
    raise ReviewError("this is not how reviews are sent: reload the page, what was saved is safe")


def in_words(wait: timedelta) -> str:
    """Return how long a card stays away, in the reader's language."""
    # Within two months in days: what comes back in nine is not "a week" away, nor in 45 "a month".
    in_days = timedelta(days=1) <= wait < timedelta(days=60)
    unit: Literal["day", "minute"] = "day" if in_days else "minute"
    threshold = 9 if in_days else 1.2
    return str(format_timedelta(wait, granularity=unit, threshold=threshold, format="short", locale=language()))
