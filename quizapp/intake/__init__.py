"""Reading: files become articles whose text leads back to what the person sees, or the items of a bank.

To add a format: a module here with ``read(content) -> Intake`` and a line in ``READERS``, or with
``read(content) -> BankIntake`` and a line in ``BANK_READERS``. A reader is imported when it is first needed: what HTML
takes is not paid for by those who read plain text.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from quizapp.core.article import Source
from quizapp.core.errors import UnreadableError
from quizapp.intake.bank_intake import BankIntake
from quizapp.intake.intake import Intake

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BANK_READERS", "READERS", "BankIntake", "Intake", "is_address", "read", "read_address", "read_bank"]


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
    ".pdf": _reader("pdf"),
    ".docx": _reader("word_document"),
}
# What a server may call the content it sends.
_ENDINGS_BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def read(content: bytes, ending: str) -> Intake:
    """Return the article in a file with the given ending (".md").

    :raise UnreadableError: no reader knows the ending, or the content is empty, damaged, locked, without text (a scan),
    in an encoding that cannot be told, or a page without an article.
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


def is_address(source: str) -> bool:
    """Say whether ``source`` is an address of the web rather than the name of a file."""
    return source.casefold().startswith(("http://", "https://"))


def read_address(url: str, *, allow_private: bool = False) -> Intake:
    """Return the article at an http(s) address; the address is its first source.

    ``allow_private`` lets the address lead into the operator's own network.

    :raise UnreadableError: the address is refused, does not answer in time, sends too much, or sends no article.
    """
    from quizapp import outgoing  # noqa: PLC0415 (heavy, and only here)
    from quizapp.intake import fetching  # noqa: PLC0415 (heavy, and only here)

    fetched = fetching.fetch(url, is_allowed=(lambda _: True) if allow_private else outgoing.is_public)
    ending = _ENDINGS_BY_TYPE.get(fetched.content_type)
    if ending is None:
        raise UnreadableError(
            "the address sends %(type)s, not an article: a page, a text, a PDF or a Word document is needed",
            type=fetched.content_type or "?",
        )
    found = read(fetched.content, ending)
    if any(source.url for source in found.article.sources[:1]) and ending == ".html":
        return found
    own = Source(urlsplit(fetched.url).hostname or fetched.url, fetched.url)
    return replace(found, article=replace(found.article, sources=(own, *found.article.sources)))


def _bank_reader(module: str, function: str = "read") -> Callable[..., BankIntake]:
    def read_with(content: bytes, **more: object) -> BankIntake:
        reader: Callable[..., BankIntake] = getattr(import_module(f"quizapp.intake.{module}"), function)
        return reader(content, **more)

    return read_with


BANK_READERS: dict[str, Callable[..., BankIntake]] = {
    ".apkg": _bank_reader("anki_package"),
    ".txt": _bank_reader("anki_text"),
    ".csv": _bank_reader("table", "read_text"),
    ".tsv": _bank_reader("table", "read_text"),
    ".xlsx": _bank_reader("table", "read_workbook"),
}


def read_bank(content: bytes, ending: str, **more: object) -> BankIntake:
    """Return the items in a file with the given ending; ``more`` goes to its reader (``columns`` of tables).

    :raise UnreadableError: the ending is unknown, or the file damaged or made to harm; the message says which.
    """
    ending = ending.casefold()
    if ending not in BANK_READERS:
        known = ", ".join(BANK_READERS)
        raise UnreadableError(
            "files ending in '%(ending)s' cannot be read; known are %(known)s", ending=ending, known=known
        )
    return BANK_READERS[ending](content, **more)
