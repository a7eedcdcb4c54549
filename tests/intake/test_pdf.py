"""A PDF is read as paragraphs, whatever its lines and pages; a scan is told to be one."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest

from quizapp import intake
from quizapp.core.errors import UnreadableError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = "青葉橋は2019年4月に開通し、港と市街地を結ぶ道の長さを半分に縮めたため、通勤に使う人が増えた。" * 3
PAGE = f"""<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>青葉橋の話</title><style>
@page {{ size: A5; margin: 20mm; @bottom-center {{ content: "- " counter(page) " -"; }} }}
p {{ break-after: page; }}</style></head><body><h1>青葉橋の話</h1><div>公開日：2024年5月3日</div>
<p>{LONG}</p><p>橋の長さは320メートルである。</p><p>町は2028年に灯台を建て替える予定だ。</p></body></html>"""
ENGLISH = """<!doctype html><html lang="en"><meta charset="utf-8"><style>@page { size: A6; margin: 20mm }</style>
<p>The harbour bridge was opened in April 2019 and is three hundred and twenty metres long. It links the old harbour
with the market and has cut the way to work by half for many people of the town.</p></html>"""
SCAN = """<!doctype html><svg width="400" height="500" xmlns="http://www.w3.org/2000/svg">
<rect width="400" height="500" fill="gray"/></svg>"""


def printed(chromium: Browser, page: str) -> bytes:
    context = chromium.new_context()
    tab = context.new_page()
    tab.set_content(page)
    content = tab.pdf(prefer_css_page_size=True)
    context.close()
    return content


def test_lines_are_put_together_to_paragraphs_and_page_numbers_go(chromium: Browser) -> None:
    article = intake.read(printed(chromium, PAGE), ".pdf").article

    assert LONG in article.text
    assert "橋の長さは320メートルである。\n\n町は2028年に" in article.text
    assert "- 2 -" not in article.text
    assert article.title == "青葉橋の話"
    assert article.published == date(2024, 5, 3)
    assert article.language == "ja"


def test_paragraphs_of_one_line_each_stay_apart_and_no_gap_is_read_as_a_space(chromium: Browser) -> None:
    words = (
        "NATOの核計画グループは1966年に設けられた",
        "会談は2023年1月13日にワシントンで行われた",
        "町は2028年に灯台を建て替える予定だという",
    )
    page = f'<meta charset="utf-8"><h2>三つの文の見出し</h2>{"".join(f"<p>{line}" for line in words)}<p>{LONG}'

    text = intake.read(printed(chromium, page), ".pdf").article.text

    assert text == "\n\n".join(("三つの文の見出し", *words, LONG)) + "\n"


def test_english_lines_are_joined_with_spaces(chromium: Browser) -> None:
    text = intake.read(printed(chromium, ENGLISH), ".pdf").article.text

    assert "is three hundred and twenty metres long. It links the old harbour with the market and" in text


def test_pictures_of_pages_are_told_to_need_text_recognition(chromium: Browser) -> None:
    with pytest.raises(UnreadableError, match="OCR"):
        intake.read(printed(chromium, SCAN), ".pdf")


def test_a_pdf_without_any_page_is_refused_too() -> None:
    with pytest.raises(UnreadableError):
        intake.read(written(pypdf.PdfWriter()), ".pdf")


def test_a_locked_pdf_is_told_to_be_locked() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")

    with pytest.raises(UnreadableError, match="password"):
        intake.read(written(writer), ".pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nonsense", b"no pdf at all", b"%PDF-1.4\n1 0 obj\n<<>>"])
def test_a_damaged_pdf_is_told_to_be_damaged(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        intake.read(content, ".pdf")


def test_a_pdf_of_endless_pages_is_refused() -> None:
    writer = pypdf.PdfWriter()
    for _ in range(1_001):
        writer.add_blank_page(10, 10)

    with pytest.raises(UnreadableError, match="1001 pages"):
        intake.read(written(writer), ".pdf")


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
