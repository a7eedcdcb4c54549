"""Two teachers at one question, proposed furigana, a spreadsheet edited by hand, and paper: in a real browser."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import openpyxl
import pypdf
from playwright.sync_api import expect

from tests.browser.steps import go, named
from tests.browser.test_desk import sign_in
from tests.browser.test_loop import write_question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

MILLIMETRE = 72 / 25.4


def test_the_second_of_two_teachers_is_told_sees_both_and_loses_nothing(
    visit: Callable[..., BrowserContext], teacher: str
) -> None:
    first = visit(language="en").new_page()
    sign_in(first, teacher)
    write_question(first, "Two at one question")
    second = visit(language="en").new_page()
    sign_in(second, teacher)
    second.goto(first.url)
    first.get_by_label("Explanation").fill("The first was faster.")
    first.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("saved as a new version")).to_be_visible()

    second.get_by_label("Explanation").fill("The second wrote longer.")
    second.get_by_role("main").get_by_role("button", name="Save", exact=True).click()

    expect(second.get_by_role("region", name="What the other saved")).to_contain_text("first")
    expect(second.get_by_label("Explanation")).to_have_value("The second wrote longer.")
    second.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("saved as a new version")).to_be_visible()
    second.get_by_role("link", name="Versions (3)").click()
    expect(second.get_by_role("main")).to_contain_text("The first was faster.")


def test_proposed_furigana_can_be_edited_before_it_is_saved(visit: Callable[..., BrowserContext], teacher: str) -> None:
    page = visit(language="ja").new_page()
    sign_in(page, teacher)
    go(page.get_by_role("link", name="空の問題集を作る"))
    page.get_by_label("題名").fill("ふりがな")
    go(named(page, "問題集を作る"))
    page.get_by_text("問題を書く").click()
    go(page.get_by_role("link", name="短答"))
    page.get_by_label("問題", exact=True).fill("青葉橋が開通した年は?")
    go(page.get_by_role("button", name="ふりがなを提案").first)
    stem = page.get_by_label("問題", exact=True)
    expect(stem).to_have_value("{青葉|あおば}{橋|はし}が{開通|かいつう}した{年|とし}は?")
    stem.fill("{青葉橋|あおばばし}が{開通|かいつう}した年は?")
    preview = page.get_by_role("region", name="プレビュー")
    expect(preview).to_contain_text("正答: 空にはできません")
    page.get_by_label("正答", exact=True).fill("2019年")
    expect(preview).to_contain_text("あおばばし")
    go(page.get_by_role("main").get_by_role("button", name="保存", exact=True))
    page.reload()
    expect(page.get_by_label("問題", exact=True)).to_have_value("{青葉橋|あおばばし}が{開通|かいつう}した年は?")


def test_a_spreadsheet_comes_in_whole_after_a_look_or_not_at_all(
    visit: Callable[..., BrowserContext], teacher: str, tmp_path: Path
) -> None:
    page = visit(language="en").new_page()
    sign_in(page, teacher)
    write_question(page, "From a spreadsheet")
    go(page.get_by_role("link", name="From a spreadsheet"))
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Spreadsheet").click()
    path = tmp_path / "bank.xlsx"
    sheet.value.save_as(path)
    good, bad = edited(path, "青葉橋はいつ開通しましたか。"), edited(path, "")

    go(page.get_by_role("link", name="Import a file"))
    page.get_by_label("File").set_input_files(bad)
    go(named(page, "See what would change"))
    expect(page.get_by_role("alert")).to_contain_text("nothing was stored")
    expect(page.get_by_role("alert").locator("code")).to_contain_text("2")  # the row
    page.get_by_label("File").set_input_files(good)
    go(named(page, "See what would change"))
    expect(page.get_by_role("main")).to_contain_text("0 new, 1 changed, 0 retired")
    expect(page.locator("ins").first).to_be_visible()
    page.get_by_role("button", name="Do this").click()
    expect(page.get_by_role("link", name="青葉橋はいつ開通しましたか。")).to_be_visible()


def edited(path: Path, stem: str) -> Path:
    """Return a copy of a bank's spreadsheet in which the first question asks something else."""
    book = openpyxl.load_workbook(path)
    sheet = book["items"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("stem") + 1).value = stem
    copy = path.with_name(f"{'good' if stem else 'bad'}.xlsx")
    book.save(copy)
    return copy


def test_paper_and_key_come_out_on_a4_with_nothing_of_the_site(
    visit: Callable[..., BrowserContext], teacher: str
) -> None:
    page = visit(language="ja").new_page()
    sign_in(page, teacher)
    page.goto("/desk/quizzes/new?bank=japan-us-deterrence-ja")
    page.get_by_label("題名").fill("小テスト")
    go(named(page, "クイズを作る"))
    go(page.get_by_role("link", name="印刷用"))
    paper = printed(page)
    go(page.get_by_role("link", name="この用紙の正答"))
    key = printed(page)

    for sheets in (paper, key):
        for sheet in sheets.pages:
            size = [round(float(side) / MILLIMETRE) for side in sheet.mediabox[2:]]
            assert size == [210, 297]
        text = words(sheets)
        assert "小テスト" in text
        assert not [word for word in ("サインアウト", "マイデスク", "印刷してください", "English") if word in text]
    assert "正答" not in words(paper)


def printed(page: Page) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def words(sheets: pypdf.PdfReader) -> str:
    return unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets.pages))
