"""A bank on the desk: searching, dealing with many, sharing, and files in and out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from quizapp.store.database import db
from quizapp.store.tables import BankRow, ItemRow
from tests.builders import a_bank, a_full_bank, a_large_bank
from tests.web.desk_people import a_teacher, add_account, browser_of
from tests.web.reading import page, token, words
from tests.web.test_quiz_desk import make_quiz

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from openpyxl.worksheet.worksheet import Worksheet
    from werkzeug.test import TestResponse

    from quizapp.core.bank import Bank
    from tests.conftest import Statements

DESK = "/desk/banks/bridge"


@pytest.fixture
def teacher(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    """Give the browser of a teacher who owns a full bank and an empty one."""
    keep(a_full_bank())
    keep(a_bank(id="bank00000002", name="other", title="別の問題集", article=None, facts=(), items=()))
    owner_id = add_account(app, "Mori")
    with app.app_context():
        for row in db.session.scalars(select(BankRow)):
            row.owner_id, row.visibility = owner_id, "private"
        db.session.commit()
    return browser_of(app, "Mori")


def press(browser: FlaskClient, address: str, **fields: Any) -> TestResponse:
    return browser.post(address, data={"csrf_token": token(browser), **fields})


def listed(response: TestResponse) -> list[str]:
    return [
        link.get("href").rpartition("/")[2] for link in page(response).xpath("//ul[contains(@class,'items')]//div/a")
    ]


def rows(app: Flask, *identities: str) -> list[str]:
    with app.app_context():
        return [str(db.session.scalar(select(ItemRow.id).where(ItemRow.identity == name))) for name in identities]


def test_items_are_searched_and_filtered_and_the_list_has_an_address(teacher: FlaskClient) -> None:
    assert len(listed(teacher.get(DESK))) == 6
    assert "6 questions" in words(teacher.get(DESK))
    assert "1 question found" in words(teacher.get(f"{DESK}?q=青葉橋&type=cloze"))
    assert listed(teacher.get(f"{DESK}?q=青葉橋&type=cloze")) == ["cloze0000001"]
    assert listed(teacher.get(f"{DESK}?modality=planned")) == ["multiple0001"]
    for address in (DESK, f"{DESK}?q=Atlantis"):
        assert page(teacher.get(address)).xpath("//a[@href='/desk/quizzes/new?bank=bridge'][.='Make a quiz']"), address
    assert "No question is like this." in words(teacher.get(f"{DESK}?q=Atlantis"))
    assert teacher.get(f"{DESK}?type=nonsense&after=x").status_code == 200


def test_ticked_items_are_retired_and_the_list_offers_to_undo_it(teacher: FlaskClient, app: Flask) -> None:
    ids = rows(app, "choice000001", "cloze0000001")
    shown = teacher.get(str(press(teacher, f"{DESK}/bulk", item=ids, do="retire").location))

    assert "2 questions were changed." in words(shown)
    assert "4 questions" in words(shown)
    assert set(listed(teacher.get(f"{DESK}?state=retired"))) == {"choice000001", "cloze0000001"}
    form = page(shown).xpath("//form[contains(@class, 'notice')]")[0]
    fields = {"item": form.xpath(".//input[@name='item']/@value"), "undo": "1", "do": form.xpath(".//button/@value")[0]}
    press(teacher, form.get("action"), **fields)
    assert listed(teacher.get(f"{DESK}?state=retired")) == []
    assert not page(teacher.get(DESK)).xpath("//form[contains(@class, 'notice')]")


def test_items_are_tagged_moved_and_copied(teacher: FlaskClient, app: Flask) -> None:
    ids = rows(app, "choice000001")
    press(teacher, f"{DESK}/bulk", item=ids, do="tag", word="中間 試験")
    assert listed(teacher.get(f"{DESK}?tag=中間-試験")) == ["choice000001"]
    press(teacher, f"{DESK}/bulk", item=ids, do="copy", to="other")
    assert len(listed(teacher.get("/desk/banks/other"))) == 1
    shown = teacher.get(str(press(teacher, f"{DESK}/bulk", item=ids, do="move", to="other").location))
    assert len(listed(teacher.get("/desk/banks/other"))) == 2
    form = page(shown).xpath("//form[contains(@class, 'notice')]")[0]
    values = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    press(teacher, form.get("action"), **{**values, "do": form.xpath(".//button/@value")[0]})
    assert "choice000001" in listed(teacher.get(DESK))


def test_the_list_asks_the_database_little_however_long_it_is(
    teacher: FlaskClient, app: Flask, keep: Callable[..., Bank], statements: Statements
) -> None:
    keep(a_large_bank(150, id="bank00000003", name="large"))
    with app.app_context():
        row = db.session.scalars(select(BankRow).where(BankRow.name == "large")).one()
        row.owner_id = db.session.scalars(select(BankRow.owner_id).where(BankRow.name == "bridge")).one()
        db.session.commit()
    for address in ("/desk/banks/large", "/desk/banks/large?q=問い&type=single_choice"):
        statements.clear()
        shown = teacher.get(address)
        assert len(listed(shown)) == 50
        assert ("150 questions, retired or not" in words(shown)) == ("?" not in address)
        assert len(statements) <= 5, statements


def test_a_bank_is_shared_for_looking_for_editing_and_no_more(teacher: FlaskClient, app: Flask) -> None:
    add_account(app, "Ueda")
    colleague = browser_of(app, "Ueda")
    assert colleague.get(DESK).status_code == 404
    press(teacher, f"{DESK}/shares", teacher="ueda", may="view")
    assert (colleague.get("/banks/bridge").status_code, colleague.get(DESK).status_code) == (200, 403)
    press(teacher, f"{DESK}/shares", teacher="ueda", may="edit")
    assert colleague.get(DESK).status_code == 200
    assert press(colleague, f"{DESK}/visibility", visibility="public").status_code == 403
    assert press(colleague, f"{DESK}/shares", teacher="mori", may="edit").status_code == 403
    press(teacher, f"{DESK}/shares", teacher="Ueda", may="")
    assert colleague.get(DESK).status_code == 404
    assert "no teacher is called" in words(press(teacher, f"{DESK}/shares", teacher="Nobody", may="view"))


def test_a_bank_is_made_public_and_private_again(teacher: FlaskClient, client: FlaskClient) -> None:
    press(teacher, f"{DESK}/visibility", visibility="public")
    assert client.get("/banks/bridge").status_code == 200
    assert "pupils cannot open this page" not in words(teacher.get("/banks/bridge"))
    press(teacher, f"{DESK}/visibility", visibility="private")
    assert client.get("/banks/bridge").status_code == 404
    assert "pupils cannot open this page" in words(teacher.get("/banks/bridge"))
    assert press(teacher, f"{DESK}/visibility", visibility="everything").status_code == 400


def test_settings_are_changed_and_nothing_else_by_the_way(teacher: FlaskClient, app: Flask) -> None:
    press(teacher, f"{DESK}/settings", title="新しい題", description="説明", licence="CC0", visibility="public",
          owner_id="99", name="stolen", deck="stolen")  # fmt: skip
    with app.app_context():
        row = db.session.scalars(select(BankRow).where(BankRow.name == "bridge")).one()

    assert (row.title, row.visibility, row.deck) == ("新しい題", "private", "橋と灯台の問題集")
    assert page(press(teacher, f"{DESK}/settings", title="")).xpath("//p[@id='title-errors']")


def test_a_new_empty_bank_and_a_copy_of_one(teacher: FlaskClient, app: Flask) -> None:
    address = str(press(teacher, "/desk/banks", title="新しい", language="ja").location)
    assert "There are no questions here yet." in words(teacher.get(address))
    copied = str(press(teacher, f"{DESK}/copies").location)
    assert len(listed(teacher.get(copied))) == 6
    assert not set(listed(teacher.get(copied))) & set(listed(teacher.get(DESK)))
    assert a_teacher(app, "Stranger").get(copied).status_code == 404


def bring(teacher: FlaskClient, content: bytes, name: str) -> TestResponse:
    data = {"csrf_token": token(teacher), "file": (io.BytesIO(content), name)}
    return teacher.post("/desk/uploads", data=data, content_type="multipart/form-data")


def sheet_of(teacher: FlaskClient) -> tuple[Any, Worksheet, dict[str, int]]:
    book = load_workbook(io.BytesIO(teacher.get(f"{DESK}/files/xlsx").data))
    sheet = book["items"]
    return book, sheet, {str(cell.value): cell.column for cell in sheet[1]}


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["yaml", "xlsx"])
def test_a_file_taken_out_and_brought_in_changes_nothing(teacher: FlaskClient, ending: str) -> None:
    content = teacher.get(f"{DESK}/files/{ending}").data
    response = bring(teacher, content, f"bridge.{ending}")

    assert response.status_code == 302, words(response)
    assert "0 new, 0 changed, 0 retired, 6 unchanged" in words(teacher.get(str(response.location)))


def test_a_spreadsheet_edited_by_hand_shows_its_difference_before_anything_changes(
    teacher: FlaskClient, app: Flask
) -> None:
    book, sheet, column = sheet_of(teacher)
    sheet.cell(2, column["stem"]).value = "手で直した問い？"
    sheet.delete_rows(5)
    last = sheet.max_row + 1
    for name, value in {"type": "true_false", "stem": "新しい行です。", "holds": True, "tags": "表計算"}.items():
        sheet.cell(last, column[name]).value = value
    address = str(bring(teacher, saved(book), "bridge.xlsx").location)
    shown = teacher.get(address)

    assert "1 new, 1 changed, 1 retired, 4 unchanged" in words(shown)
    assert "手で直した" in "".join(page(shown).xpath("//pre//ins/text()"))
    assert "手で直した問い" not in words(teacher.get(DESK)), "nothing has changed yet"
    assert press(teacher, address).location == DESK
    assert listed(teacher.get(f"{DESK}?q=手で直した問い")) == ["choice000001"]
    assert len(listed(teacher.get(f"{DESK}?tag=表計算"))) == 1
    assert listed(teacher.get(f"{DESK}?state=retired")) == ["short0000001"]
    assert "記事は" in words(teacher.get("/banks/bridge/items/choice000001")), "what was not edited stays"


def test_every_fault_of_a_spreadsheet_is_named_with_its_cell_and_nothing_is_stored(
    teacher: FlaskClient, app: Flask
) -> None:
    book, sheet, column = sheet_of(teacher)
    sheet.cell(2, column["type"]).value = "riddle"
    sheet.cell(3, column["stem"]).value = "=1+1"
    sheet.cell(4, column["holds"]).value = "perhaps"
    sheet.cell(5, column["key"]).value = None
    response = bring(teacher, saved(book), "bridge.xlsx")
    told = words(response)

    assert response.status_code == 400
    for cell in (f"bridge.xlsx!{sheet.cell(2, column['type']).coordinate}",
                 f"bridge.xlsx!{sheet.cell(3, column['stem']).coordinate}",
                 f"bridge.xlsx!{sheet.cell(4, column['holds']).coordinate}",
                 f"bridge.xlsx!{sheet.cell(5, column['key']).coordinate}"):  # fmt: skip
        assert cell in told
    assert len(listed(teacher.get(DESK))) == 6


def test_what_looks_like_a_formula_goes_out_as_text_and_comes_back_the_same(teacher: FlaskClient, app: Flask) -> None:
    evil = '=HYPERLINK("http://evil.example";"x")'
    ids = rows(app, "truefalse001")
    press(teacher, f"{DESK}/bulk", item=ids, do="tag", word="@SUM(1)")
    opened = page(teacher.get(f"{DESK}/items/truefalse001")).get_element_by_id("item")
    fields = {field.get("name"): field.value or "" for field in opened.xpath(".//input[@name] | .//textarea")}
    teacher.post(f"{DESK}/items/truefalse001", data={**fields, "holds": "true", "stem": evil, "do": "save", "fact": ""})
    book, sheet, column = sheet_of(teacher)
    cells = [sheet.cell(row, column["stem"]) for row in range(2, sheet.max_row + 1)]

    assert evil in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert "0 changed" in words(teacher.get(str(bring(teacher, saved(book), "b.xlsx").location)))


def test_a_bank_file_with_faults_names_their_lines(teacher: FlaskClient) -> None:
    text = teacher.get(f"{DESK}/files/yaml").text.replace("type: true_false", "type: riddle")
    response = bring(teacher, text.encode(), "bridge.yaml")

    assert response.status_code == 400
    assert page(response).xpath("//code[starts-with(., 'bridge.yaml:')]")
    assert "no item type 'riddle'" in words(response)


def test_a_confirmed_file_is_refused_when_the_bank_changed_meanwhile(teacher: FlaskClient, app: Flask) -> None:
    address = str(bring(teacher, teacher.get(f"{DESK}/files/yaml").data, "bridge.yaml").location)
    press(teacher, f"{DESK}/bulk", item=rows(app, "choice000001"), do="retire")
    response = press(teacher, address)

    assert response.status_code == 409
    assert "look at the difference again" in words(response)
    assert "1 changed" in words(teacher.get(address))


def test_another_teachers_bank_file_becomes_a_bank_of_ones_own(teacher: FlaskClient, app: Flask) -> None:
    content = teacher.get(f"{DESK}/files/yaml").data
    sheet = teacher.get(f"{DESK}/files/xlsx").data
    stranger = a_teacher(app, "Stranger")
    address = str(bring(stranger, content, "bridge.yaml").location)

    assert "a new bank, private to you" in words(stranger.get(address))
    made = str(press(stranger, address).location)
    assert made != DESK
    assert len(listed(stranger.get(made))) == 6
    assert len(listed(teacher.get(DESK))) == 6
    assert "may edit" in words(bring(stranger, sheet, "bridge.xlsx"))
    assert stranger.get(address).status_code == 404


def test_broken_files_are_refused_with_a_word(teacher: FlaskClient) -> None:
    assert "damaged" in words(bring(teacher, b"PK\x03\x04 broken", "x.xlsx"))
    assert "UTF-8" in words(bring(teacher, "橋".encode("utf-16"), "x.yaml"))
    assert "cannot be read" in words(bring(teacher, b"x", "x.exe"))
    assert "choose a file" in words(bring(teacher, b"", "x.yaml"))


def test_a_shipped_bank_is_copied_to_be_changed(app: Flask, keep: Callable[..., Bank]) -> None:
    keep()
    teacher = a_teacher(app)
    assert "copy it to your desk" in words(teacher.get(DESK))
    copied = str(press(teacher, f"{DESK}/copies").location)

    assert len(listed(teacher.get(copied))) == 2


def test_numbers_beyond_all_bounds_find_nothing_and_break_nothing(teacher: FlaskClient) -> None:
    huge = "9" * 40

    assert len(listed(teacher.get(f"{DESK}?after={huge}"))) == 6
    assert press(teacher, f"{DESK}/bulk", item=huge, do="retire").status_code == 302
    assert press(teacher, f"{DESK}/drafts/state", draft=huge, state="kept").status_code == 302
    assert teacher.get(f"{DESK}/drafts/{huge}").status_code == 404
    assert press(teacher, f"{DESK}/items/choice000001/versions", number=huge).status_code == 404


@pytest.mark.parametrize("huge", ["9" * 40, "9" * 5_000, "²"], ids=["40 digits", "5000 digits", "no digit"])
def test_numbers_that_no_row_can_have_break_no_page(teacher: FlaskClient, huge: str) -> None:
    quiz = make_quiz(teacher)
    room = press(teacher, "/desk/classes", name="A").location.rpartition("/")[2]
    for address in (
        f"quizzes?before={huge}", f"quizzes/{quiz}/progress?before={huge}", f"quizzes/{quiz}/results?before={huge}",
        f"quizzes/{quiz}/points?start={huge}", f"classes?before={huge}", f"mend?after={huge}-{huge}",
        f"mend?after=1-{huge}",
    ):  # fmt: skip
        assert teacher.get(f"/desk/{address}").status_code == 200, address
    assert teacher.get(f"/desk/classes/{room}/pupils/{huge}").status_code == 404
    assert press(teacher, f"/desk/classes/{room}/times", **{f"time-{huge}": "1"}).status_code == 400
    item = f"{DESK}/items/truefalse001"
    fields = {"stem": "い。", "holds": "true", "fact": ""}
    assert press(teacher, item, **fields, do="save", number=huge).status_code == 400
    assert press(teacher, item, **fields, do=f"mend x {huge}").status_code == 409
    assert press(teacher, f"{DESK}/items/choice000001", do=f"remove-options-{huge}").status_code == 200


def test_a_bank_that_may_only_be_seen_is_copied_from_its_page(teacher: FlaskClient, app: Flask) -> None:
    press(teacher, f"{DESK}/visibility", visibility="public")
    stranger = a_teacher(app, "Stranger")
    form = page(stranger.get("/banks/bridge")).xpath("//form[contains(@action, '/copies')]")[0]
    copied = press(stranger, form.get("action")).location

    assert len(listed(stranger.get(copied))) == 6
    assert "/copies" not in teacher.get("/banks/bridge").text
    assert "/copies" not in app.test_client().get("/banks/bridge").text


def test_a_glossary_of_sentences_is_refused_and_stays_as_written(teacher: FlaskClient) -> None:
    sentence = "これは用語ではなく、" + "とても長い文章がここに書かれています" * 5
    refused = teacher.post("/desk/glossary", data={"csrf_token": token(teacher), "text": sentence})

    assert refused.status_code == 400
    assert "line 1 of the glossary" in words(refused)
    assert sentence in words(refused)
