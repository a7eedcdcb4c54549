"""Files of questions on the desk: a look at what would come in, then what was accepted, or nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from sqlalchemy import select

import export
from quizapp.store import banks
from quizapp.store.database import db
from quizapp.store.tables import BankRow
from tests.builders import NOW, a_full_bank
from tests.intake import hostile
from tests.web.desk_people import a_teacher, add_account, browser_of
from tests.web.reading import page, token, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from quizapp.core.bank import Bank

TABLE = "問題,正答,誤答,解説\n港はどこですか,南,北,記事のとおり\n,南,北,\n塔は何色ですか,白,,\n"


@pytest.fixture
def teacher(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    """Give the browser of a teacher who owns a full bank."""
    keep(a_full_bank())
    owner_id = add_account(app, "Mori")
    with app.app_context():
        row = db.session.scalars(select(BankRow)).one()
        row.owner_id, row.visibility = owner_id, "private"
        db.session.commit()
    return browser_of(app, "Mori")


def whole(app: Flask, name: str = "bridge") -> Bank:
    with app.app_context():
        return banks.read_whole(db.session(), name)


def bring(teacher: FlaskClient, content: bytes, name: str, into: str = "") -> str:
    """Hand a file in and return the address of the look at it."""
    data = {"csrf_token": token(teacher), "file": (io.BytesIO(content), name), "into": into}
    response = teacher.post("/desk/uploads", data=data, content_type="multipart/form-data")
    assert response.status_code == 302, words(response)
    return str(response.location)


def confirm(teacher: FlaskClient, look: TestResponse, *accepted: int) -> TestResponse:
    form = page(look).xpath("//form[@method='post'][.//input[@name='digest']]")[0]
    fields: dict[str, Any] = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    address = look.request.path
    return teacher.post(address, data={**fields, "accept": [str(number) for number in accepted]})


def workbook(rows: str) -> bytes:
    book = openpyxl.Workbook()
    for line in rows.splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_is_looked_at_line_by_line_and_comes_into_the_bank(
    teacher: FlaskClient, app: Flask, ending: str
) -> None:
    content = TABLE.encode() if ending == "csv" else workbook(TABLE)
    look = teacher.get(bring(teacher, content, f"questions.{ending}", into="bridge"))

    said = words(look)
    assert "2 new, 0 told otherwise, 0 as they are, 1 not understood" in said
    assert "Line or note 3" in said
    assert "港はどこですか" in said
    assert len(whole(app).items) == 6, "nothing is kept yet"
    done = confirm(teacher, look)
    assert done.location == "/desk/banks/bridge"
    items = {item.questions[0].stem: item for item in whole(app).items}
    assert items["港はどこですか"].explanation == "記事のとおり"
    assert len(items) == 8
    assert confirm(teacher, look).status_code == 404, "the file waits no more"


def test_what_headings_stand_for_is_chosen(teacher: FlaskClient, app: Flask) -> None:
    content = "どこ,答,ちがう\n港はどこですか,南,北\n".encode()
    address = bring(teacher, content, "x.csv")
    assert "first row was not taken for headings" in words(teacher.get(address))
    chosen = {"h0": "どこ", "m0": "question", "h1": "答", "m1": "key", "h2": "ちがう", "m2": "distractors"}
    look = teacher.get(address, query_string=chosen | {"into": "bridge"})

    assert "1 new, 0 told otherwise" in words(look)
    confirm(teacher, look)
    assert [option.text for option in whole(app).items[-1].questions[0].input.options] == ["南", "北"]  # type: ignore[union-attr]


@pytest.mark.parametrize("is_old", [True, False])
def test_a_package_of_another_deck_in_the_old_and_new_format(
    teacher: FlaskClient, app: Flask, is_old: bool, tmp_path: Any
) -> None:
    from tests.export import learners

    text = tmp_path / "notes.txt"
    text.write_text("#separator:tab\n#notetype:Basic\n#deck:Towers\nHow high?\t20 m\n\tnothing\n")
    learners.anki(["import text", str(text)], ["export", str(tmp_path / "deck.apkg"), "Towers", is_old])

    look = teacher.get(bring(teacher, (tmp_path / "deck.apkg").read_bytes(), "deck.apkg"))

    assert "a new bank, private to you" in words(look)
    assert "Basic: Front" in words(look)
    confirm(teacher, look)
    kept = whole(app, "deck")
    assert [(item.questions[0].stem, item.questions[0].input.keys) for item in kept.items] == [("How high?", ("20 m",))]
    swapped = {"h0": "Basic: Front", "m0": "key", "h1": "Basic: Back", "m1": "question", "into": ""}
    look = teacher.get(bring(teacher, (tmp_path / "deck.apkg").read_bytes(), "deck.apkg"), query_string=swapped)
    assert "20 m" in words(look)
    confirm(teacher, look)


def test_edits_in_a_deck_of_ours_are_accepted_or_refused_one_by_one(teacher: FlaskClient, app: Flask) -> None:
    bank = whole(app)
    edited = tuple(
        replace(item, explanation=f"直した解説{number}", changed=NOW.replace(year=2099)) if number < 2 else item
        for number, item in enumerate(bank.items)
    )
    package = export.FORMATS[".apkg"](replace(bank, items=edited)).content
    look = teacher.get(bring(teacher, package, "deck.apkg"))

    assert "0 new, 2 told otherwise, 4 as they are, 0 not understood" in words(look)
    confirm(teacher, look, 1)

    after = whole(app)
    assert after.items[0].explanation == bank.items[0].explanation
    assert after.items[1].explanation == "直した解説1"


def test_a_bank_that_changed_meanwhile_is_looked_at_again(teacher: FlaskClient, app: Flask) -> None:
    address = bring(teacher, TABLE.encode(), "x.csv", into="bridge")
    look = teacher.get(address)
    with app.app_context():
        row = db.session.scalars(select(BankRow)).one()
        row.changed_at = NOW.replace(year=2098)
        db.session.commit()

    again = confirm(teacher, look)

    assert again.status_code == 409
    assert "changed meanwhile" in words(again)
    assert len(whole(app).items) == 6
    assert confirm(teacher, teacher.get(address)).status_code == 302


def test_questions_of_a_bank_that_is_anothers_come_as_copies(teacher: FlaskClient, app: Flask) -> None:
    package = export.FORMATS[".apkg"](whole(app)).content
    stranger = a_teacher(app, "Stranger")
    look = stranger.get(bring(stranger, package, "bridge.apkg"))

    assert "6 new, 0 told otherwise" in words(look)
    name = str(confirm(stranger, look).location).rpartition("/")[2]
    assert name != "bridge"
    assert not {item.id for item in whole(app, name).items} & {item.id for item in whole(app).items}
    assert stranger.get(bring(stranger, package, "bridge.apkg", into="bridge")).status_code == 404


@pytest.mark.parametrize("case", ["bomb", "view"])
def test_files_made_to_harm_are_refused_with_the_reason(teacher: FlaskClient, case: str) -> None:
    make, reason = (hostile.ARCHIVES | hostile.COLLECTIONS)[case]
    content = hostile.package(make()) if case in hostile.COLLECTIONS else make()
    response = teacher.get(bring(teacher, content, "deck.apkg"))

    assert response.status_code == 400
    assert reason in words(response)
