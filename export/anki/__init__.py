"""Anki decks: every item of a bank becomes a note, so that a newer file updates what learners already study.

Anki knows a note again by its GUID (the item's id) and takes a newer text only with a newer time
(``Bank.changed_at``); it knows a deck by its name, and a note type by its id and its lists of fields and
templates. Nothing of that may ever change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from export.anki import description, losses, notes, questions
from export.anki.package import Deck, Package
from export.exported import Exported

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.bank import Bank


def write(bank: Bank, *, address: str = "", advance: Callable[[float], None] = lambda _share: None) -> Exported:
    """Return ``bank`` as an Anki package; ``address`` is the site's, to which the cards then lead.

    The same bank gives the same bytes. A retired item comes without cards and with an empty front: Anki's
    Empty Cards takes it out of the decks that have it, and newcomers never see it. ``advance`` is told the
    share that is done.
    """
    deck = Deck(bank.id, bank.deck_name, description.of(bank))
    lost: list[str] = []
    for position, item in enumerate(bank.items, start=1):
        asked = questions.of(item)
        deck.add_note(notes.of(item, asked, bank, address=address, position=position))
        lost += () if item.retired else asked.losses
        advance(position / len(bank.items))
    return Exported(Package(deck).to_bytes(bank.changed), losses.of(bank, lost))
