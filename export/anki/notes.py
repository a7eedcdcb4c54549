"""Notes: what every card says beside its question, put together with how it asks."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from export.anki import evidence, markup
from export.anki.package import Note
from quizapp.translation import translator

if TYPE_CHECKING:
    from export.anki.note_types import NoteType
    from export.anki.questions import Asked
    from quizapp.core.bank import Bank
    from quizapp.core.items import Item


# How often the markup of fields has changed. Learners take a note again only when it is newer, and every note is so by
# a second each time; but its update takes the tags that they gave it, so this is not for trifles.
MARKUP_VERSION = 1


class Writer:
    """Writes the notes of one bank; what many of them share is put together once."""

    def __init__(self, bank: Bank, *, address: str, furigana: bool = True, words: str = "") -> None:
        self._bank = bank
        self._evidence = evidence.Evidence(bank)
        self._links = f"{address.rstrip('/')}/banks/{quote(bank.name)}/items/" if address else ""
        self._furigana = furigana
        self._words = words
        self._tags: dict[str, str] = {}

    def note(self, item: Item, asked: Asked, *, guid: str, position: int, part: str) -> Note:
        """Return the note of an item.

        ``position`` is its place in the order in which new cards come, ``part`` the sub-deck for them.
        """
        fields = _blank(asked.note_type, item.language, self._words or item.language).copy()
        fields.update(asked.fields)
        if item.fact_id:
            fields.update(self._evidence.fields(item, asked.keys, self._words or item.language))
        if self._links:
            fields["Link"] = escape(self._links + quote(item.id))
        fields["Item"] = markup.plain(item.id)
        if item.explanation:
            fields["Explanation"] = markup.blocks(item.explanation)
        if item.retired:
            fields["Retired"] = "1"
        if not self._furigana or not any(map(markup.has_furigana, map(fields.__getitem__, asked.note_type.fronts))):
            fields["Furigana word"] = ""
        values = list(fields.values())
        return Note(
            asked.note_type,
            values if self._furigana else [markup.without_furigana(value) for value in values],
            guid=guid,
            changed=int(self._bank.changed_at(item).timestamp()) + MARKUP_VERSION,
            cards=() if item.retired else asked.cards,
            tags=" ".join([self._tag(tag) for tag in item.tags]),
            position=position,
            part=part,
        )

    def _tag(self, tag: str) -> str:
        """Return the tag below a prefix, so that it does not mix with the tags that learners give themselves."""
        if tag not in self._tags:
            self._tags[tag] = "::".join(("quizapp", self._bank.name, "_".join(markup.printable(tag).split())))
        return self._tags[tag]


@lru_cache(maxsize=64)
def _blank(note_type: NoteType, language: str, words_in: str) -> dict[str, str]:
    """Return all fields of a note type in their order, those filled in that are words in ``words_in``."""
    _ = translator(words_in)
    words = {
        "Answer word": _("Answer"),
        "Accepted word": _("Also accepted"),
        "Explanation word": _("Why"),
        "Evidence word": _("What the article says"),
        "Sources word": _("Sources"),
        "Link word": _("See this question on the site"),
        "Furigana word": _("Show furigana"),
    }
    return (
        dict.fromkeys(note_type.fields, "")
        | {name: markup.plain(word) for name, word in words.items()}
        | {"Language": language}
    )
