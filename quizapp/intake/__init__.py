"""Reading: files become articles whose text leads back to what the person sees.

To add a format: a module here with ``read(content) -> Intake`` and a line in ``READERS``. A reader is
imported when it is first needed: what HTML takes is not paid for by those who read plain text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quizapp.core.errors import UnreadableError
from quizapp.intake.intake import Intake

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["READERS", "Intake", "read"]


def _reader(module: str) -> Callable[[bytes], Intake]:
    def read_with(content: bytes) -> Intake:
        reader: Callable[[bytes], Intake] = import_module(f"quizapp.intake.{module}").read
        return reader(content)

    return read_with


READERS: dict[str, Callable[[bytes], Intake]] = {
    ".txt": _reader("text"),
    ".md": _reader("markdown"),
    ".markdown": _reader("markdown"),
    ".html": _reader("web_page"),
    ".htm": _reader("web_page"),
}


def read(content: bytes, ending: str) -> Intake:
    """Return the article in a file with the given ending (".md").

    :raise UnreadableError: no reader knows the ending, or the content is empty, binary, in another encoding
    than UTF-8, or a page without an article.
    """
    ending = ending.casefold()
    if ending not in READERS:
        known = ", ".join(READERS)
        if not ending:
            raise UnreadableError("the file's name has no ending; known are %(known)s", known=known)
        raise UnreadableError(
            "files ending in '%(ending)s' cannot be read; known are %(known)s", ending=ending, known=known
        )
    return READERS[ending](content)
