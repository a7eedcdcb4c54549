"""Cards as Anki renders them, ready for a browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A card as Anki renders it."""

    name: str
    sides: dict[str, str]

    def page(self, side: str, mode: str = "") -> str:
        """Return a side as a whole page, with Anki's box in place of its mark."""
        box = '<center><input type="text" id="typeans" style="font-size: 20px"></center>'
        html = self.sides[side].replace("[[type:Key]]", box)
        return (
            '<!doctype html><meta name="viewport" content="width=device-width">'
            f'<body class="card card1 {mode}"><div id="qa">{html}</div>'
        )


def named(cards: list[Card], name: str) -> Card:
    """Return the card with a name."""
    return next(card for card in cards if card.name == name)
