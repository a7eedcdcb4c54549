"""PDF: the text of the pages, its lines put together to paragraphs again; the article is that text."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from quizapp.core.errors import UnreadableError
from quizapp.intake import header, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.intake.intake import Intake

MOST_PAGES = 1_000
_MOST_CHARACTERS = 5_000_000
# Fewer characters a page than this are page numbers and stamps on pictures of pages.
_FEWEST_PER_PAGE = 20
# What pypdf raises on files that are damaged or made to harm, beside its own errors.
_DAMAGE = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError,
    ZeroDivisionError, AssertionError, NotImplementedError, zlib.error, OSError,
)  # fmt: skip
_JAPANESE = "぀-ヿ㐀-鿿々〆（）「」『』、。！？・ー"
_GAP = re.compile(rf"(?<=[{_JAPANESE}]) +(?=[{_JAPANESE}])")
# Fonts of East Asian PDFs often name kanji by the signs of the dictionary's radicals, which look the same.
_RADICALS = re.compile(r"[\u2e80-\u2fd5]")
# Those that NFKC leaves alone, after Unicode's EquivalentUnifiedIdeograph.txt; Chinese forms left out.
_SUPPLEMENT = str.maketrans("⺒⺟⺠⺫⺬⺭⻁⻄⻆⻑⻘⻝⻟⻤⻨⻩⻫⻭⻯⻲‧", "巳母民目示礻虎西角長青食飠鬼麦黄斉歯竜亀・")
_PAGE_NUMBER = re.compile(r"[-–—\s\d/|ページpage.of]{1,14}", re.IGNORECASE)
_ENDS = re.compile(r"[。．！？!?.:：」』）)]$")
_BEGINS = re.compile(r"[　・●○■□◆◇▶※*#•-]|\d{1,2}[.)．）、]|第[一二三四五六七八九十\d]+[章節]|[（(]\d")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity of every file


def read(content: bytes) -> Intake:
    """Return the words of a PDF.

    :raise UnreadableError: it is no PDF, is damaged or locked, too long, or holds pictures of pages only.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("this PDF is locked with a password: save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableError(
                "this PDF has %(count)d pages, more than %(most)d: split it", count=len(reader.pages), most=MOST_PAGES
            )
        pages = list(_pages(reader))
        stated = str(reader.metadata.title or "").strip() if reader.metadata else ""
    except DependencyError as error:
        raise UnreadableError("this PDF is locked with a password: save it without one") from error
    except _DAMAGE as error:
        raise UnreadableError("this PDF is damaged: open it and save it anew, or copy its text") from error
    if sum(len("".join(page.split())) for page in pages) < _FEWEST_PER_PAGE * max(1, min(len(pages), 3)):
        raise UnreadableError(
            "this PDF holds no text, only pictures of pages (a scan): run text recognition (OCR) on it first, "
            "or copy the article's text from elsewhere"
        )
    words = "\n\n".join(_paragraphs(pages)) + "\n"
    return text.intake(words, stated if _is_title(stated) else text.title_of(words))


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    total = 0
    for page in reader.pages:
        words = page.extract_text()
        total += len(words)
        if total > _MOST_CHARACTERS:
            raise UnreadableError("the text is longer than %(most)d characters: split it", most=_MOST_CHARACTERS)
        words = _RADICALS.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), words)
        yield words.translate(_SUPPLEMENT).replace("\0", "")


def _is_title(stated: str) -> bool:
    """Say whether a title that the file states is one, not the name of a file or of a program."""
    return bool(stated) and not re.search(r"\.(?:docx?|pdf|indd|html?|txt)$|^Microsoft|untitled|^無題", stated, re.I)


def _paragraphs(pages: list[str]) -> Iterator[str]:
    """Yield the paragraphs: running heads and page numbers go, lines that go on are put together."""
    heads = _running_heads(pages)
    lines: list[str] = []
    for page in pages:
        here = [_GAP.sub("", line.rstrip()) for line in page.splitlines()]
        lines += [line for line in here if _shape(line) not in heads and not _PAGE_NUMBER.fullmatch(line)]
    width = sorted(map(len, filter(None, lines)))[int(0.9 * sum(map(bool, lines)))] if any(lines) else 0
    is_japanese = header.language_of("\n".join(lines)) == "ja"
    paragraph = ""
    for line, following in pairwise([*lines, ""]):
        paragraph = _joined(paragraph, line.strip(" \t"), is_japanese=is_japanese)
        is_short = len(line) < (0.85 if _ENDS.search(line) else 0.6) * width
        if paragraph and (is_short or not following.strip() or _BEGINS.match(following)):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _joined(before: str, line: str, *, is_japanese: bool) -> str:
    if not before or not line:
        return before or line
    if re.search(r"[a-z]-$", before) and line[0].islower():
        return before[:-1] + line
    latin = before[-1] < "\u0250" and line[0] < "\u0250"
    return before + ("" if is_japanese and not latin else " ") + line


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _running_heads(pages: list[str]) -> set[str]:
    """Return the shapes of lines that stand at the top or foot of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        counts.update({_shape(line) for line in (*lines[:2], *lines[-2:])})
    return {shape for shape, count in counts.items() if count >= 3 and count * 2 > len(pages)}
