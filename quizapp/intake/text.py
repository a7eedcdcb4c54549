"""Plain text: the article is the file, word for word; its title is its first line."""

from __future__ import annotations

import re

from quizapp.core.article import Article
from quizapp.core.errors import Fault
from quizapp.intake import header
from quizapp.intake.encoding import decode
from quizapp.intake.intake import Intake

NO_DATE = Fault((), "no day of publication was found: words like “this year” cannot be told")
_LONGEST_TITLE = 120


def read(content: bytes) -> Intake:
    """Return the text as it stands, with what it tells about itself.

    :raise UnreadableError: it is empty, binary, or in an encoding that cannot be told.
    """
    text, guessed = decode(content)
    return intake(text, title_of(text)).warned(*guessed)


def intake(text: str, title: str) -> Intake:
    """Return the article that ``text`` is, under a title."""
    published = header.published_of(text)
    article = Article(title, header.language_of(text), text, published, header.sources_of(text))
    return Intake(article, () if published else (NO_DATE,))


def title_of(text: str) -> str:
    """Return the first line that reads like a title: in the article's language, not an address or a menu."""
    japanese = header.language_of(text) == "ja"
    lines = [line.strip(" \t　#*=-_") for line in text.split("\n", 40)[:40]]
    fitting = [
        line for line in lines if line and "http" not in line and (not japanese or re.search(r"[ぁ-ヿ一-鿿]", line))
    ]
    title = fitting[0] if fitting else next((line for line in lines if line), "")
    if len(title) > _LONGEST_TITLE:
        # A page pasted whole: the first sentence of its first line.
        title = re.split(r"(?<=[。！？!?])", title)[0]
    return title[:_LONGEST_TITLE].rstrip()
