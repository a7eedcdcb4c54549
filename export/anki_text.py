"""Anki text: a table that Anki imports as notes of its own type Basic, for those who cannot take a package.

A GUID says which note a line is, so that a newer file updates it. It is not the package's: Anki would then refuse
to update one from the other.
"""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING

from export import sides
from export.anki.markup import printable
from export.exported import Exported
from quizapp import rich_text
from quizapp.translation import LABELS, mark, translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

LOSSES = (
    mark("Text for Anki has plain cards of the type Basic: nothing is typed, shuffled or styled."),
    mark("Learners who have the Anki package must not import the text too: they would have every question twice."),
    mark("Retired questions are not in the file, and stay in the decks that have them."),
)


def write(bank: Bank, *, address: str = "", advance: Callable[[float], None] = lambda _share: None) -> Exported:
    """Return ``bank`` as text for Anki; ``address`` is the site's, to which the cards then lead."""
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#notetype:Basic\n")
    out.write(f"#deck:{' '.join(bank.deck_name.split())}\n#guid column:1\n#tags column:4\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    items = bank.live_items
    for position, item in enumerate(items, start=1):
        tags = " ".join("::".join(("quizapp", bank.name, "_".join(tag.split()))) for tag in item.tags)
        rows.writerow([f"{item.id}-text", _front(item), _back(item, bank, address), tags])
        advance(position / len(items))
    return Exported(printable(out.getvalue()).encode(), LOSSES if items else ())


def _front(item: Item) -> str:
    asked = sides.of(item)
    options = "".join(f"<li>{rich_text.inline_html(option)}</li>" for option in asked.options)
    return _line(rich_text.html(asked.stem) + (f"<ul>{options}</ul>" if options else ""))


def _back(item: Item, bank: Bank, address: str) -> str:
    _ = translator(item.language)
    asked = sides.of(item)
    keys = [escape(key) if asked.is_typed else rich_text.inline_html(key) for key in asked.keys]
    parts = [f"<p><b>{', '.join(keys)}</b></p>", rich_text.html(item.explanation) if item.explanation else ""]
    fact = bank.fact_of(item)
    article = bank.article_of(fact) if fact else None
    if fact and article:
        parts += [f"<blockquote>{escape(evidence.quote)}</blockquote>" for evidence in fact.evidence]
        label = LABELS[fact.claim.modality]
        source = ", ".join(filter(None, (article.title, *(each.name for each in article.sources))))
        parts.append(f"<p>{escape(label.icon)} {_(label.word)}: {_(label.sentence)}</p><p>{escape(source)}</p>")
    if address:
        link = escape(f"{address.rstrip('/')}/banks/{bank.name}/items/{item.id}")
        parts.append(f'<p><a href="{link}">{_("See this question on the site")}</a></p>')
    return _line("".join(parts))


def _line(html: str) -> str:
    """Return HTML on one line, without the signs that Anki reads as media, LaTeX or clozes."""
    for sign in "[]{}":
        html = html.replace(sign, f"&#{ord(sign)};")
    return html.replace("\n", " ").replace("\t", " ")
