"""What a teacher decides about a quiz: what is asked, how, when, and what is told afterwards."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from quizapp.core.errors import QuizError
from quizapp.core.quiz import MOST_ITEMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Feedback(StrEnum):
    """When a student sees whether an answer was right, and why."""

    AT_ONCE = "at_once"
    EACH_PAGE = "each_page"
    AT_END = "at_end"


class Review(StrEnum):
    """When the result shows keys and evidence."""

    AT_ONCE = "at_once"
    AFTER_CLOSING = "after_closing"
    NEVER = "never"


class Entry(StrEnum):
    """What a student needs to begin."""

    LINK = "link"
    NAME = "name"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What of a quiz's settings an attempt keeps from its beginning to its review; the defaults are free practice."""

    feedback: Feedback = Feedback.AT_END
    review: Review = Review.AT_ONCE
    pass_share: float | None = None
    shuffle_options: bool = True

    def to_data(self) -> dict[str, Any]:
        """Return the rules as JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what ``to_data`` wrote."""
        return cls(**{**data, "feedback": Feedback(data["feedback"]), "review": Review(data["review"])})


class QuizSettingError(QuizError):
    """A setting of a quiz says something that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizSettings:
    """The settings of a quiz. Moments (opening, closing) are kept beside them, as they change while it runs.

    What may be asked are the items of ``banks`` (identities), if there are ``tags`` only those with one of them.
    ``count`` of them are drawn (None: all), with ``same_items`` the same for everybody the first time. ``weights`` are
    points by item identity, 1 where none is given. ``time_limit`` and ``grace`` are seconds, ``pass_share`` is a share
    of the points from 0 to 1.
    """

    banks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    count: int | None = None
    with_siblings: bool = False
    same_items: bool = False
    shuffle_items: bool = True
    shuffle_options: bool = True
    page_size: int = 5
    feedback: Feedback = Feedback.AT_END
    review: Review = Review.AT_ONCE
    attempts_allowed: int | None = None
    time_limit: int | None = None
    grace: int = 30
    pass_share: float | None = None
    entry: Entry = Entry.LINK
    weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bounds: dict[str, tuple[float | None, float, float]] = {
            "count": (self.count, 1, MOST_ITEMS),
            "page_size": (self.page_size, 1, MOST_ITEMS),
            "attempts_allowed": (self.attempts_allowed, 1, 1000),
            "time_limit": (self.time_limit, 10, 7 * 24 * 3600),
            "grace": (self.grace, 0, 3600),
            "pass_share": (self.pass_share, 0, 1),
        }
        for name, (value, least, most) in bounds.items():
            if value is not None and not least <= value <= most:
                raise QuizSettingError(
                    "the setting '%(name)s' is %(value)s: it must lie between %(least)s and %(most)s",
                    name=name, value=value, least=least, most=most,
                )  # fmt: skip
        for weight in self.weights.values():
            if not 0 <= weight <= 100:
                raise QuizSettingError("a question cannot be worth %(weight)s points: give 0 to 100", weight=weight)

    def to_data(self) -> dict[str, Any]:
        """Return the settings as JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return what ``to_data`` wrote, also an earlier release's.

        :raise QuizSettingError: there is an unknown setting, or a value that cannot be.
        """
        known = {each.name for each in fields(cls)}
        for name in data:
            if name not in known and name != "items":  # an earlier release's, always empty
                raise QuizSettingError(
                    "there is no setting '%(name)s'; there are: %(known)s", name=name, known=", ".join(sorted(known))
                )
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name in known
        }
        kinds: dict[str, type[StrEnum]] = {"feedback": Feedback, "review": Review, "entry": Entry}
        for name, kind in kinds.items():
            if name in values:
                values[name] = _choice(name, kind, values[name])
        return cls(**values)

    @property
    def rules(self) -> Rules:
        """What an attempt keeps of these settings."""
        return Rules(
            feedback=self.feedback,
            review=self.review,
            pass_share=self.pass_share,
            shuffle_options=self.shuffle_options,
        )

    def weight_of(self, identity: str) -> float:
        """Return how many points an item is worth."""
        return self.weights.get(identity, 1.0)


def _choice(name: str, kind: type[StrEnum], value: str) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise QuizSettingError(
            "the setting '%(name)s' cannot be '%(value)s'; it can be: %(known)s",
            name=name, value=value, known=", ".join(kind),
        ) from None  # fmt: skip


def shows_keys(review: Review, closes_at: datetime | None, now: datetime) -> bool:
    """Say whether a finished attempt may show its keys: a quiz that never closes shows none "after closing"."""
    match review:
        case Review.AT_ONCE:
            return True
        case Review.AFTER_CLOSING:
            return closes_at is not None and closes_at <= now
        case Review.NEVER:
            return False
