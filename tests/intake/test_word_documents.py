"""A Word document is read as its headings, paragraphs and lists; one made to harm is not opened."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest

from quizapp import intake
from quizapp.core.errors import UnreadableError

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f'<w:styles {NAMESPACE}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    "</w:styles>"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def paragraph(words: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def document(body: str, *, title: str = "", **parts: bytes) -> bytes:
    """Return a Word document with a body in Word's XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
        if title:
            archive.writestr(
                "docProps/core.xml", f'<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></x>'
            )
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_headings_and_paragraphs_become_lines_of_text() -> None:
    body = paragraph("青葉橋の話", "Heading1") + paragraph("公開日：2024年5月3日") + paragraph("橋は2019年に開通した。")
    article = intake.read(document(body), ".docx").article

    assert article.text == "# 青葉橋の話\n\n公開日：2024年5月3日\n\n橋は2019年に開通した。\n"
    assert article.title == "青葉橋の話"
    assert article.published == date(2024, 5, 3)
    assert article.language == "ja"


def test_words_under_furigana_stay_and_the_furigana_goes() -> None:
    ruby = (
        "<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>あおば</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>青葉</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r><w:r><w:t>橋は2019年に開通した。</w:t></w:r></w:p>"
    )

    assert intake.read(document(ruby), ".docx").article.text == "青葉橋は2019年に開通した。\n"


def test_the_title_that_the_file_states_counts_first() -> None:
    assert intake.read(document(paragraph("The bridge is long."), title="Bridges"), ".docx").article.title == "Bridges"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0old", "old kind or locked"),
        (b"PK\x03\x04broken", "damaged"),
        (b"no zip", "damaged"),
        (document("<w:p/>"), "no text"),
        (document(paragraph("x"))[:-30], "damaged"),
        (document("<w:p><w:r>"), "damaged"),
    ],
)
def test_what_is_no_whole_word_document_is_told_so(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        intake.read(content, ".docx")


def test_a_zip_that_is_something_else_is_told_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")

    with pytest.raises(UnreadableError, match="no Word document"):
        intake.read(out.getvalue(), ".docx")


def test_a_zip_that_would_fill_the_memory_is_not_opened() -> None:
    bomb = document(paragraph("橋"), bomb=b"\0" * (150 * 1024 * 1024))
    tracemalloc.start()

    with pytest.raises(UnreadableError, match="would grow more than"):
        intake.read(bomb, ".docx")
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    tracemalloc.stop()


def test_a_zip_of_endless_entries_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5_001):
            archive.writestr(str(number), b"")

    with pytest.raises(UnreadableError, match="more than 5000 members"):
        intake.read(out.getvalue(), ".docx")


def test_entities_are_not_expanded_nor_files_read() -> None:
    declared = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {NAMESPACE}><w:body>{paragraph('&x;')}</w:body></w:document>"
    )
    out = io.BytesIO(document(""))
    with zipfile.ZipFile(io.BytesIO(document("")), "r") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, declared if name == "word/document.xml" else old.read(name))

    with pytest.raises(UnreadableError, match="entities"):
        intake.read(out.getvalue(), ".docx")
