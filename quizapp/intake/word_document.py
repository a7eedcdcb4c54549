"""Word documents: headings, paragraphs and lists become lines of text; the article is that text."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

import mammoth

from quizapp.core.errors import UnreadableError
from quizapp.intake import text
from quizapp.intake.archive import Archive

if TYPE_CHECKING:
    from quizapp.intake.intake import Intake

_DOCUMENT = "word/document.xml"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
# mammoth leaves out what it does not know: without these tags the furigana alone, not the words under it.
_RUBY = re.compile(rb"</?w:ruby(?:Base)?>")
_TITLE = re.compile(rb"<dc:title>([^<]{1,300})</dc:title>")
_IMAGES_DROPPED = mammoth.images.img_element(lambda _image: {})


def read(content: bytes) -> Intake:
    """Return the words of a document.

    :raise UnreadableError: it is no DOCX, is damaged or locked, made to harm, or holds no text.
    """
    if content.startswith(_OLD_WORD):
        raise UnreadableError("this Word file is of the old kind or locked with a password: save it as .docx without")
    parts = Archive(content).xml()
    if _DOCUMENT not in parts:
        raise UnreadableError("this is no Word document (.docx)")
    parts[_DOCUMENT] = _RUBY.sub(b"", parts[_DOCUMENT])
    try:
        page = mammoth.convert_to_html(_zip(parts), convert_image=_IMAGES_DROPPED).value
    except (ExpatError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableError("this file is damaged or locked with a password: save it anew") from error
    lines = _Lines()
    lines.feed(page)
    lines.close()
    words = lines.text
    if not words.strip():
        raise UnreadableError("there is no text in it")
    return text.intake(words, _title(parts.get("docProps/core.xml", b"")) or lines.title or text.title_of(words))


def _zip(parts: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    out.seek(0)
    return out


def _title(properties: bytes) -> str:
    found = _TITLE.search(properties)
    return found[1].decode("utf-8", "replace").strip() if found else ""


class _Lines(HTMLParser):
    """Mammoth's HTML as Markdown's headings, paragraphs and list items, notes left out."""

    _BLOCKS = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._silent = 0

    @property
    def text(self) -> str:
        """The lines, a paragraph each, items of a list without empty lines between."""
        text = "\n\n".join(self._blocks)
        return re.sub(r"(?m)(^- .*)\n\n(?=- )", r"\1\n", text) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag == "sup" or (tag == "li" and "note-" in (dict(attrs).get("id") or "")):
            self._silent += tag not in {"br", "img"}
        elif tag == "br":
            self._line.append("\n")
        elif tag in self._BLOCKS:
            self._end()
            heading = f"{'#' * int(tag[1])} " if tag[0] == "h" and tag[1:].isdigit() else ""
            self._mark = "- " if tag == "li" else heading or self._mark

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent -= 1
        elif tag in self._BLOCKS:
            self._end()
            self._mark = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._line.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        words = "".join(self._line).strip()
        self._line.clear()
        if words:
            if self._mark.startswith("#") and not self.title:
                self.title = words
            self._blocks.append(self._mark + words)
