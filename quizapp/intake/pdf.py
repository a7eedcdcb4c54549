"""PDF: the text of the pages, its lines put together to paragraphs again; the article is that text."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
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
# Where the font changes between Japanese and Latin signs, a gap is set that nobody wrote.
_GAP = re.compile(rf"(?<=[{_JAPANESE}]) +(?=[!-~{_JAPANESE}])|(?<=[!-~]) +(?=[{_JAPANESE}])")
# Fonts of East Asian PDFs often name kanji by the signs of the dictionary's radicals, which look the same.
_RADICALS = re.compile(r"[\u2e80-\u2fd5]")
# Those that NFKC leaves alone, after Unicode's EquivalentUnifiedIdeograph.txt; Chinese forms left out.
_SUPPLEMENT = str.maketrans("⺒⺟⺠⺫⺬⺭⻁⻄⻆⻑⻘⻝⻟⻤⻨⻩⻫⻭⻯⻲‧", "巳母民目示礻虎西角長青食飠鬼麦黄斉歯竜亀・")
_PAGE_NUMBER = re.compile(r"[-–—\s\d/|ページpage.of]{1,14}", re.IGNORECASE)
_ENDS = re.compile(r"[。．！？!?.:：」』）)]$")
# Lines further apart than so many heights of their signs are not of one paragraph, however wide the lines are set.
_PARAGRAPH_GAP = 2.1
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
    if sum(len(line.text) for page in pages for line in page) < _FEWEST_PER_PAGE * max(1, min(len(pages), 3)):
        raise UnreadableError(
            "this PDF holds no text, only pictures of pages (a scan): run text recognition (OCR) on it first, "
            "or copy the article's text from elsewhere"
        )
    words = "\n\n".join(_paragraphs(pages)) + "\n"
    return text.intake(words, stated if _is_title(stated) else text.title_of(words))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: ``gap`` is how far below the line before it stands, in heights of its signs; 0 at the top."""

    text: str
    height: float
    gap: float


def _pages(reader: pypdf.PdfReader) -> Iterator[list[_Line]]:
    total = 0
    for page in reader.pages:
        lines = _lines(page)
        total += sum(len(line.text) for line in lines)
        if total > _MOST_CHARACTERS:
            raise UnreadableError("the text is longer than %(most)d characters: split it", most=_MOST_CHARACTERS)
        yield lines


def _lines(page: pypdf.PageObject) -> list[_Line]:
    rows: list[tuple[float, float, list[str]]] = []

    def note(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        words = text.replace("\n", "")
        if not words:
            return
        # Both matrices move and scale; what remains is the height of the line on the page.
        place, height = inner[5] * outer[3] + outer[5], abs(size * inner[3] * outer[3]) or 1.0
        if rows and abs(rows[-1][0] - place) < height / 2:
            rows[-1][2].append(words)
        elif words.strip():
            rows.append((place, height, [words]))

    page.extract_text(visitor_text=note)
    lines = []
    for position, (place, height, words) in enumerate(rows):
        gap = abs(rows[position - 1][0] - place) / height if position else 0.0
        lines.append(_Line(_GAP.sub("", _repaired("".join(words)).strip(" \t")), height, gap))
    return [line for line in lines if line.text]


def _repaired(words: str) -> str:
    words = _RADICALS.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), words)
    return words.translate(_SUPPLEMENT).replace("\0", "")


def _is_title(stated: str) -> bool:
    """Say whether a title that the file states is one, not the name of a file or of a program."""
    return bool(stated) and not re.search(
        r"\.(?:docx?|pdf|indd|html?|txt)$|^Microsoft|untitled|^無題|^about:|://", stated, re.I
    )


def _paragraphs(pages: list[list[_Line]]) -> Iterator[str]:
    """Yield the paragraphs: running heads and page numbers go, lines that go on are put together."""
    heads = _running_heads(pages)
    lines = [
        line
        for page in pages
        for line in page
        if _shape(line.text) not in heads and not _PAGE_NUMBER.fullmatch(line.text)
    ]
    if not lines:
        return
    width = _quantile([len(line.text) for line in lines], 0.9)
    leading = _quantile([line.gap for line in lines if line.gap] or [1.0], 0.2)
    is_japanese = header.language_of("\n".join(line.text for line in lines)) == "ja"
    paragraph = lines[0].text
    for line, following in pairwise(lines):
        is_short = len(line.text) < (0.85 if _ENDS.search(line.text) else 0.6) * width
        is_apart = following.gap > min(1.4 * leading, _PARAGRAPH_GAP) + 0.05
        is_other = abs(following.height - line.height) > 0.08 * line.height
        if is_short or is_apart or is_other or _BEGINS.match(following.text):
            yield paragraph
            paragraph = following.text
        else:
            paragraph = _joined(paragraph, following.text, is_japanese=is_japanese)
    yield paragraph


def _quantile(values: list[float] | list[int], share: float) -> float:
    """Return the value below which ``share`` of the values lie."""
    return sorted(values)[int(share * (len(values) - 1))]


def _joined(before: str, line: str, *, is_japanese: bool) -> str:
    if re.search(r"[a-z]-$", before) and line[0].islower():
        return before[:-1] + line
    latin = before[-1] < "\u0250" and line[0] < "\u0250"
    return before + ("" if is_japanese and not latin else " ") + line


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _running_heads(pages: list[list[_Line]]) -> set[str]:
    """Return the shapes of lines that stand at the top or foot of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_shape(line.text) for line in (*page[:2], *page[-2:])})
    return {shape for shape, count in counts.items() if count >= 3 and count * 2 > len(pages)}
