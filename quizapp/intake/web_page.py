"""Web pages: trafilatura finds the article among menus and advertisements. The import takes half a second."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import trafilatura

from quizapp.core.article import Article, Source
from quizapp.core.errors import Fault, UnreadableError
from quizapp.intake import header, text
from quizapp.intake.encoding import decode
from quizapp.intake.intake import Intake

if TYPE_CHECKING:
    from datetime import date

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_SHORTEST = 40
# Of an article behind a wall, less than this is a teaser.
_SHORTEST_BEGINNING = 100
_NOT_FREE = re.compile(r""""isAccessibleForFree"\s*:\s*"?false""", re.IGNORECASE)
_WALL = re.compile(
    r"有料会員|会員限定|この記事は有料|残り[\s:：]*[\d,]+\s*(?:文字|字)|続きを読むには"
    r"|subscribe (?:now )?to (?:continue|read)|to continue reading|for subscribers only|already a subscriber",
    re.IGNORECASE,
)
_BEGINNING = Fault((), "the page may show only the beginning of the article; the rest is for paying readers")


def read(content: bytes) -> Intake:
    """Return the article of a page; spans count characters of the text that was found in it.

    :raise UnreadableError: the page has no article text, as when a script would load it, or only for payment.
    """
    page, guessed = decode(content, _charset(content))
    body = trafilatura.extract(page, output_format="txt", include_comments=False, include_tables=False)
    is_walled = _is_behind_a_wall(page, body or "")
    if not body or len(body.strip()) < (_SHORTEST_BEGINNING if is_walled else _SHORTEST):
        if is_walled:
            raise UnreadableError(
                "only paying readers can see this article: open it in your browser, copy its text and paste it"
            )
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
    warnings = (*guessed, *((_BEGINNING,) if is_walled else ()), *(() if published else (text.NO_DATE,)))
    return Intake(article, warnings)


def _published(known: trafilatura.metadata.Document | None, body: str) -> date | None:
    stated = header.parse_date(str(known.date)) if known and known.date else None
    return stated or header.published_of(body)


def _charset(content: bytes) -> str:
    """Return the encoding that the page names for itself, or ""."""
    named = _CHARSET.search(content[:4096])
    return named[1].decode("ascii") if named else ""


def _is_behind_a_wall(page: str, body: str) -> bool:
    """Say whether the page tells search engines that it is not free, or its text breaks off for paying readers."""
    return _NOT_FREE.search(page) is not None or _WALL.search(body[-400:]) is not None
