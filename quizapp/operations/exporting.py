"""Sending a bank away in one of the formats."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2s
from typing import TYPE_CHECKING

from export import FORMATS, Exported, anki
from export.anki.note_types import TEMPLATES_CHANGED
from export.anki.notes import MARKUP_VERSION
from quizapp.core.errors import NotFoundError
from quizapp.store import bank_files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from export.anki import Wishes
    from quizapp.core.bank import Bank
    from quizapp.core.items import Item
    from quizapp.core.scheduling import Reviewed
    from quizapp.store.tables import BankRow

BANK_FILE_ENDINGS = (".yaml", ".yml")
ENDINGS = (*FORMATS, *BANK_FILE_ENDINGS)


def export_bank(
    bank: Bank,
    ending: str,
    *,
    address: str = "",
    wishes: Wishes | None = None,
    advance: Callable[[float], None] = lambda _share: None,
) -> Exported:
    """Return ``bank`` in the format of a file ending; ``address`` is the site that links lead to.

    ``wishes`` are for Anki decks alone.

    :raise NotFoundError: there is no such format; the message lists those there are.
    """
    require_format(ending)
    if ending in BANK_FILE_ENDINGS:
        return Exported(bank_files.serialize(bank).encode())
    more = {"wishes": wishes} if wishes and ending == ".apkg" else {}
    return FORMATS[ending](bank, address=address, advance=advance, **more)


def export_progress(bank: Bank, learnt: Mapping[str, Sequence[Reviewed]], *, address: str = "") -> bytes:
    """Return ``bank`` as an Anki package that carries what one learner has reviewed of it, by item id.

    It is theirs alone: a deck to be shared carries no schedule.
    """
    return anki.write(bank, address=address, learnt=learnt).content


def choose(bank: Bank, *, tag: str = "", words: str = "", ids: Collection[str] | None = None) -> Bank:
    """Return the bank with those items alone that have the tag and hold the words, and are among ``ids``.

    Their identities stay, so that what is exported of them joins what was exported of the whole.
    """
    from quizapp.store import search  # noqa: PLC0415 (heavy)

    wanted = search.folded(words).split()

    def is_chosen(item: Item) -> bool:
        return (
            (ids is None or item.id in ids)
            and (not tag or tag in item.tags)
            and (not wanted or all(word in search.words_of(item.to_data()) for word in wanted))
        )

    return replace(bank, items=tuple(filter(is_chosen, bank.items)))


def deck_digest(row: BankRow, state: str, *choices: object) -> str:
    """Return what is the same as long as a deck with these choices would have the same bytes, but for new releases."""
    about = (row.identity, row.name, row.title, row.deck, row.description, row.licence, row.changed_at, row.digest)
    parts = (state, *about, *choices, MARKUP_VERSION, TEMPLATES_CHANGED)
    return blake2s("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def require_format(ending: str) -> None:
    """Make sure that there is a format for a file ending.

    :raise NotFoundError: there is none; the message lists those there are.
    """
    if ending not in ENDINGS:
        raise NotFoundError(
            "no format for '%(ending)s'; there are: %(known)s",
            ending=ending,
            known=", ".join(ENDINGS),
        )
