"""Notes: what every card says beside its question, put together with how it asks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from export.anki import evidence, markup
from export.anki.package import Note
from quizapp.translation import translator

if TYPE_CHECKING:
    from export.anki.questions import Asked
    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

# The fields that stand on fronts.
_FRONT = ("Stem", "Options", "Text", "Meaning")


def of(item: Item, asked: Asked, bank: Bank, *, address: str, position: int) -> Note:
    """Return the note of an item; ``position`` is its place in the order in which new cards come."""
    fields = asked.fields | {
        "Explanation": markup.blocks(item.explanation),
        "Link": _link(item, bank, address),
        "Language": item.language,
        "Item": markup.plain(item.id),
        "Retired": "1" if item.retired else "",
        **_words(item.language),
        **evidence.fields(item, bank, asked.keys),
    }
    if not any(markup.has_furigana(fields.get(name, "")) for name in _FRONT):
        fields["Furigana word"] = ""
    return Note(
        asked.note_type,
        fields,
        guid=item.id,
        changed=int(bank.changed_at(item).timestamp()),
        cards=() if item.retired else asked.cards,
        tags=tuple(_tag(bank, tag) for tag in item.tags),
        position=position,
    )


def _words(language: str) -> dict[str, str]:
    _ = translator(language)
    words = {
        "Answer word": _("Answer"),
        "Accepted word": _("Also accepted"),
        "Explanation word": _("Why"),
        "Evidence word": _("What the article says"),
        "Sources word": _("Sources"),
        "Link word": _("See this question on the site"),
        "Furigana word": _("Show furigana"),
    }
    return {name: markup.plain(word) for name, word in words.items()}


def _link(item: Item, bank: Bank, address: str) -> str:
    return escape(f"{address.rstrip('/')}/banks/{quote(bank.name)}/items/{quote(item.id)}") if address else ""


def _tag(bank: Bank, tag: str) -> str:
    """Return the tag below a prefix, so that it does not mix with the tags that learners give themselves."""
    return "::".join(("quizapp", bank.name, "_".join(markup.printable(tag).split())))
