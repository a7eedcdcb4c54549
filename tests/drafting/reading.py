"""Articles for the tests of drafting, and what is drafted from them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.article import Article
from quizapp.drafting import draft
from quizapp.drafting.claims import label
from quizapp.drafting.ja.analysis import tokens
from quizapp.drafting.ja.chunks import Parse, parse
from quizapp.drafting.ja.page import Page

if TYPE_CHECKING:
    from quizapp.drafting import Draft

ARTICLES = Path(__file__).parent / "articles"
PUBLISHED = {"harbour_news.txt": date(2024, 5, 20), "lighthouse_news.md": date(2024, 3, 12)}
ENGLISH = {"lighthouse_news.md", "tides_textbook.md"}
NAMES = sorted(path.name for path in ARTICLES.iterdir())


def japanese(text: str, published: date | None = None) -> Article:
    """Return a Japanese article."""
    return Article("", "ja", text, published)


def english(text: str) -> Article:
    """Return an English article."""
    return Article("", "en", text)


@lru_cache
def article(name: str) -> Article:
    """Return an article of the folder."""
    text = (ARTICLES / name).read_text(encoding="utf-8")
    return Article(name, "en" if name in ENGLISH else "ja", text, PUBLISHED.get(name))


@lru_cache
def drafts_of(name: str) -> tuple[Draft, ...]:
    """Return the drafts of an article of the folder."""
    return draft(article(name))


def drafts_of_text(text: str, title: str = "") -> tuple[Draft, ...]:
    """Return the drafts of a Japanese text."""
    return draft(Article(title, "ja", text))


def parsed(sentence: str) -> Parse:
    """Return the chunks of a Japanese sentence."""
    return parse(sentence, tokens(sentence))


def page(text: str, published: date | None = None) -> Page:
    """Return a Japanese article taken apart."""
    whole = japanese(text, published)
    return Page(whole, label(whole))
