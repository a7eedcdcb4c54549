"""Saved web pages: trafilatura finds the article among menus and advertisements. The import takes half a second."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import trafilatura

from quizapp.core.article import Article, Source
from quizapp.core.errors import UnreadableError
from quizapp.intake import header, text
from quizapp.intake.encoding import decode
from quizapp.intake.intake import Intake

if TYPE_CHECKING:
    from datetime import date

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_SHORTEST = 40


def read(content: bytes) -> Intake:
    """Return the article of a page; spans count characters of the text that was found in it.

    :raise UnreadableError: the page has no article text, as when a script would load it.
    """
    page = _decode(content)
    body = trafilatura.extract(page, output_format="txt", include_comments=False, include_tables=False)
    if not body or len(body.strip()) < _SHORTEST:
        raise UnreadableError(
            "no article text was found in the page: copy the text of the article and paste it instead"
        )
    body = body.replace("\r\n", "\n")
    known = trafilatura.extract_metadata(page, extensive=False)
    published = _published(known, body)
    url = str(known.url) if known and str(known.url).startswith(("http://", "https://")) else ""
    found = header.sources_of(body)
    own = (Source(str(known.sitename or known.hostname or url), url),) if known and url else ()
    title = str(known.title) if known and known.title else text.title_of(body)
    article = Article(title, header.language_of(body), body, published, own + tuple(s for s in found if s.url != url))
    return Intake(article, () if published else (text.NO_DATE,))


def _published(known: trafilatura.metadata.Document | None, body: str) -> date | None:
    stated = header.parse_date(str(known.date)) if known and known.date else None
    return stated or header.published_of(body)


def _decode(content: bytes) -> str:
    """Return the page's text; a page may name another encoding than UTF-8 for itself."""
    charset = _CHARSET.search(content[:4096])
    name = charset[1].decode("ascii").casefold() if charset else "utf-8"
    if name not in {"utf-8", "utf8"}:
        try:
            return content.decode({"shift_jis": "cp932", "x-sjis": "cp932"}.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)
