"""What Anki shows of a deck before studying: what it is about, where it comes from, and how to update it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from export.anki import markup
from quizapp import rich_text
from quizapp.translation import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.bank import Bank


def of(bank: Bank) -> str:
    """Return the deck's description as HTML, in the bank's language."""
    about = rich_text.html(markup.printable(bank.description))
    return about + "".join(f"<p>{markup.plain(line)}</p>" for line in _lines(bank))


def _lines(bank: Bank) -> Iterator[str]:
    _ = translator(bank.language)
    if bank.article:
        names = ", ".join(source.name for source in bank.article.sources)
        published = markup.long_date(bank.article.published, bank.language) if bank.article.published else ""
        origin = ", ".join(filter(None, (bank.article.title, published)))
        yield _("Article: %(article)s") % {"article": origin}
        if names:
            yield _("Sources: %(sources)s") % {"sources": names}
    if bank.licence:
        yield _("Licence: %(licence)s") % {"licence": bank.licence}
    yield _("Last changed: %(date)s") % {"date": markup.long_date(bank.changed.date(), bank.language)}
    yield _(
        "To update, import the newer file: texts are replaced, your schedule stays. Do not rename the deck, "
        "and then use Tools > Empty Cards to take out questions that are asked no more."
    )
    yield _("An update replaces the tags of the questions it changes; mark questions with flags instead.")
