"""Anki decks: every item of a bank becomes a note, so that a newer file updates what learners already study.

Anki knows a note again by its GUID (the item's id) and takes a newer text only with a newer time
(``Bank.changed_at``); it knows a deck by its name, and a note type by its id and its lists of fields and
templates. Nothing of that may ever change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from export.anki import description, losses, markup, notes, questions
from export.anki.package import Note, Package
from export.anki.parts import PARTS
from export.exported import Exported
from quizapp.core.article import LANGUAGES
from quizapp.translation import translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from export.anki.note_types import NoteType
    from quizapp.core.bank import Bank
    from quizapp.core.items import Item
    from quizapp.core.scheduling import Reviewed

__all__ = ["PARTS", "Note", "Wishes", "notes_of", "wishes_of", "write"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a learner wants a deck.

    ``recall`` asks choices without their options, as notes of their own beside those with options; ``furigana``
    shows readings; ``parts`` (a key of ``PARTS``) says how new cards are put into sub-decks. ``words`` is the language
    of what stands around the question (instructions, headings, labels), the question's own by default.
    """

    recall: bool = False
    furigana: bool = True
    parts: str = "whole"
    words: str = ""


def write(
    bank: Bank,
    *,
    address: str = "",
    advance: Callable[[float], None] = lambda _share: None,
    wishes: Wishes = Wishes(),
    learnt: Mapping[str, Sequence[Reviewed]] = MappingProxyType({}),
) -> Exported:
    """Return ``bank`` as an Anki package; ``address`` is the site's, to which the cards then lead.

    The same bank gives the same bytes. A retired item comes without cards and with an empty front: Anki's
    Empty Cards takes it out of the decks that have it, and newcomers never see it. ``advance`` is told the
    share that is done.

    ``learnt`` are the reviews of one learner by item id, the oldest first: with them the package carries schedule and
    review log. Such a package is for that learner alone.
    """
    lost: dict[str, None] = {}
    noted = _notes(bank, address, advance, wishes, lost, learnt)
    began = min((reviewed[0].review.day for reviewed in learnt.values()), default=None)
    package = Package(bank.id, bank.deck_name, description.of(bank), noted, began=began)
    return Exported(package.to_bytes(bank.changed), losses.of(bank, lost))


def notes_of(bank: Bank, wishes: Wishes) -> Iterator[Note]:
    """Yield the notes that a deck of ``bank`` has, to compare others with."""
    return _notes(bank, "", lambda _share: None, wishes, {})


def wishes_of(fields: Mapping[str, str]) -> Wishes:
    """Return the wishes after which a note was made, as far as its fields tell."""
    own = fields.get("Language", "")
    spoken = (each for each in LANGUAGES if translator(each)("Answer") == fields.get("Answer word"))
    words = next(spoken, own)
    return Wishes(
        recall=bool(fields.get("Recall")),
        furigana=any(map(markup.has_furigana, fields.values())),
        words="" if words == own else words,
    )


def _notes(
    bank: Bank,
    address: str,
    advance: Callable[[float], None],
    wishes: Wishes,
    lost: dict[str, None],
    learnt: Mapping[str, Sequence[Reviewed]] = MappingProxyType({}),
) -> Iterator[Note]:
    """Yield the notes in the order of the items; ``lost`` gathers what they cannot carry."""
    writer = notes.Writer(bank, address=address, furigana=wishes.furigana, words=wishes.words)
    part = PARTS[wishes.parts](bank)
    former = _former(bank)
    for position, item in enumerate(bank.items, start=1):
        asked = questions.of(item, recall=wishes.recall, words=wishes.words)
        if not item.retired:
            lost.update(dict.fromkeys(asked.losses))
        if item.id in former:
            yield from _let_go(writer, item, asked.note_type, former[item.id])
            guid = _guid(item, asked.note_type, former[item.id])
        else:
            guid = item.id
        if asked.is_recalled:
            guid += "-recall"
        note = writer.note(item, asked, guid=guid, position=position, part=part(item))
        yield note._replace(learnt=learnt[item.id]) if item.id in learnt else note
        advance(position / len(bank.items))


def _former(bank: Bank) -> dict[str, dict[NoteType, Item]]:
    """Return for each item that changed its type the note types that it had, the oldest first."""
    former: dict[str, dict[NoteType, Item]] = {}
    for item in bank.former:
        former.setdefault(item.id, {})[questions.of(item).note_type] = item
    return former


def _guid(item: Item, note_type: NoteType, former: dict[NoteType, Item]) -> str:
    """Return the identity of a note of an item that changed its type: Anki cannot change a note's.

    The first type has the item's id, as all decks had before the change; another adds its own mark.
    """
    return item.id if note_type is next(iter(former)) else f"{item.id}-{note_type.mark}"


def _let_go(writer: notes.Writer, item: Item, now: NoteType, former: dict[NoteType, Item]) -> Iterator[Note]:
    """Yield the notes of the types that the item no longer has, for Empty Cards to take out."""
    for note_type, was in former.items():
        if note_type is not now:
            gone = replace(was, fact_id=None, retired=True, changed=item.changed)
            yield writer.note(gone, questions.of(gone), guid=_guid(item, note_type, former), position=0, part="")
