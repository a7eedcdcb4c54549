"""Markdown: the article is the file, word for word; its title is its first heading."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from quizapp.intake import header, text
from quizapp.intake.encoding import decode

if TYPE_CHECKING:
    from quizapp.intake.intake import Intake

_HEADING = re.compile(r"^#{1,6}[ \t]+\S")
_RUBY = re.compile(r"\{([^{}|\n]{1,40})\|[^{}|\n]{1,80}\}")


def read(content: bytes) -> Intake:
    """Return the Markdown as it stands, under its first heading.

    :raise UnreadableError: it is empty, binary, or in an encoding that cannot be told.
    """
    source, guessed = decode(content)
    return text.intake(source, _title(source) or text.title_of(source)).warned(*guessed)


def is_likely(source: str) -> bool:
    """Say whether a text whose kind nobody named reads like Markdown: a heading comes first, a date before it aside."""
    lines = (line.strip() for line in source.splitlines())
    first = next((line for line in lines if line and not header.published_of(line)), "")
    return bool(_HEADING.match(first))


def _title(source: str) -> str:
    tokens = MarkdownIt("commonmark").parse(source)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and inline.children:
            words = "".join(child.content for child in inline.children if child.type in {"text", "code_inline"})
            return _RUBY.sub(r"\1", words).strip()
    return ""
