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
