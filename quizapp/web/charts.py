"""Small charts as SVG, to stand beside a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 640, 160, 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line through shares from 0 to 1, oldest left, in units of the SVG's own box."""

    points: tuple[tuple[float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def path(self) -> str:
        """The points as SVG's ``points`` attribute."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


def line(shares: Sequence[float]) -> Line:
    """Return a line through at least two shares."""
    step = (WIDTH - 2 * MARGIN) / (len(shares) - 1)
    return Line(
        tuple(
            (round(MARGIN + index * step, 1), round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1))
            for index, share in enumerate(shares)
        )
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a histogram, with where its number and label stand."""

    x: float
    y: float
    width: float
    height: float
    count: int
    label: str

    @property
    def middle(self) -> float:
        """Where text stands over and under the bar."""
        return self.x + self.width / 2


BASE = HEIGHT - 24


def bars(counts: Sequence[int], labels: Sequence[str]) -> list[Bar]:
    """Return bars on a common base line, the highest as high as there is room."""
    step = (WIDTH - 2 * MARGIN) / len(counts)
    room = BASE - 20
    most = max(1, *counts)
    return [
        Bar(
            x=round(MARGIN + index * step + 3, 1),
            y=round(BASE - count / most * room, 1),
            width=round(step - 6, 1),
            height=round(count / most * room, 1),
            count=count,
            label=label,
        )
        for index, (count, label) in enumerate(zip(counts, labels, strict=True))
    ]
