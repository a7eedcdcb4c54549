"""Notes of our own decks that come back in a file: what they said before a learner edited them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from export import anki
from quizapp.core.errors import Fault
from quizapp.intake import anki_own
from quizapp.intake.bank_intake import Found, OwnNote, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

# Fields of our notes that come from elsewhere than the item: an edit of theirs cannot be taken over.
_ELSEWHERE = ("Fact", "Evidence", "Claim", "Hint", "Front media", "Back media")


def exported(bank: Bank, found: Iterable[Found]) -> dict[str, anki.Note]:
    """Return the notes that a deck of the bank has, each after the wishes that the file's own note of it tells."""
    wanted: dict[anki.Wishes, dict[str, str]] = {}
    for each in found:
        if each.own:
            wanted.setdefault(anki.wishes_of(each.own.fields), {})[each.own.guid] = item_id(each)
    return {
        note.guid: note
        for wishes, ids in wanted.items()
        for note in anki.notes_of(_only(bank, set(ids.values())), wishes)
        if note.guid in ids
    }  # fmt: skip


def _only(bank: Bank, ids: set[str]) -> Bank:
    return replace(bank, items=tuple(item for item in bank.items if item.id in ids))


def item_id(found: Found) -> str:
    """Return the id of the item that a note of ours is of, "" for others."""
    return found.own.fields["Item"] if found.own else ""


def untouched(item: Item, own: OwnNote | None, exported: Mapping[str, anki.Note]) -> dict[str, Any] | None:
    """Return the item as the file would tell it had nobody edited it; None where the file tells nothing newer."""
    if own is None:
        return item.to_data()
    note = exported.get(own.guid)
    if note is None or own.changed <= note.changed:
        return None
    fields = dict(zip(note.note_type.fields, note.values, strict=True))
    return anki_own.item_data(OwnNote(own.note_type, own.guid, fields, note.changed))


def untakable(found: Found, exported: Mapping[str, anki.Note]) -> list[Rejected]:
    """Return what a learner edited in a note of ours that belongs to no item."""
    note = exported.get(found.own.guid) if found.own else None
    if found.own is None or note is None or found.own.changed <= note.changed:
        return []
    ours = dict(zip(note.note_type.fields, note.values, strict=True))
    return [
        Rejected(
            found.place, Fault((), "the field '%(field)s' was edited, but comes from the article", {"field": name})
        )
        for name in _ELSEWHERE
        if found.own.fields.get(name, "") != ours.get(name, "")
    ]
