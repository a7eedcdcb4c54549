"""A teacher makes a quiz, tries it, publishes it, and sees who is where; others see none of it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from quizapp.store.database import db
from quizapp.store.tables import AttemptRow, QuizRow
from tests.builders import a_full_bank
from tests.web.desk_people import a_teacher, browser_of
from tests.web.reading import page, token, words
from tests.web.sitting import hand_in, option_value, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements

BANK = "bank00000001"
SETTINGS = {
    "title": "橋の小テスト", "banks": BANK, "page_size": "10", "feedback": "at_end", "review": "at_once", "grace": "30",
    "entry": "name",
}  # fmt: skip


def make_quiz(teacher: FlaskClient, **changes: str) -> str:
    data = {**SETTINGS, **changes, "csrf_token": token(teacher, "/desk/quizzes/new")}
    response = teacher.post("/desk/quizzes/new", data=data)
    assert response.status_code == 302, words(response)
    return str(response.location).rsplit("/", 1)[1]


def post(client: FlaskClient, address: str, form_address: str = "", **data: str) -> str:
    response = client.post(address, data={**data, "csrf_token": token(client, form_address or address)})
    assert response.status_code == 302, words(response)
    return str(response.location)


def a_pupil(app: Flask) -> FlaskClient:
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def begin_quiz(app: Flask, code: str, name: str) -> tuple[FlaskClient, str]:
    pupil = a_pupil(app)
    attempt = pupil.get(post(pupil, f"/quizzes/{code}", name=name)).location
    return pupil, str(attempt)


def sit(app: Flask, code: str, name: str, chosen: str = "2019年4月") -> None:
    pupil, address = begin_quiz(app, code, name)
    question = page(pupil.get(address)).xpath("//fieldset[@class='question']")[0]
    send(pupil, address, **{str(question.xpath(".//input[@type='radio']/@name")[0]): option_value(question, chosen)})
    hand_in(pupil, address)


@pytest.fixture
def teacher(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    keep(items=a_full_bank().items[:1])
    return a_teacher(app)


def test_a_quiz_is_published_by_link_and_qr_code_without_any_outside_address(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    shown = page(teacher.get(f"/desk/quizzes/{code}"))
    link = shown.xpath("//input[@readonly]/@value")[0]

    assert link.endswith(f"/quizzes/{code}")
    assert len(shown.xpath("//figure/*[local-name()='svg']")) == 1
    assert "橋の小テスト" in words(a_pupil(app).get(link))
    assert "橋の小テスト" in words(teacher.get("/desk/quizzes"))


def test_every_page_of_a_quiz_leads_to_the_same_pages(teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    shown = {each: page(teacher.get(f"/desk/quizzes/{code}{each}")) for each in (*PAGES[:7], "/statistics")}
    ways = {each: at.xpath("//nav[@aria-label='This quiz']/a/@href") for each, at in shown.items()}
    found = [links for links in ways.values() if links]

    assert len(found) == 6
    assert found == found[:1] * 6
    assert shown[""].xpath(f"//a[@href='/banks/bridge/deck?quiz={code}'][.='Anki deck']")


def test_everybody_is_asked_the_same_the_first_time_and_something_new_when_sitting_again(
    app: Flask, keep: Callable[..., Bank]
) -> None:
    keep(items=a_full_bank().items[:4])
    teacher = a_teacher(app)
    form = page(teacher.get("/desk/quizzes/new?bank=bridge"))
    code = make_quiz(teacher, count="1", same_items="y")

    def asked(pupil: FlaskClient, address: str) -> str:
        return str(page(pupil.get(address)).xpath("string(//fieldset[@class='question']//*[@class='stem'])"))

    begun = [begin_quiz(app, code, name) for name in ("Aoi", "Haru", "Mio", "Ren")]
    stems = {asked(pupil, address) for pupil, address in begun}
    pupil, address = begun[0]
    hand_in(pupil, address)
    again = asked(pupil, str(pupil.get(post(pupil, f"/quizzes/{code}", name="Aoi")).location))

    assert form.xpath("//input[@id='title']/@value") == ["橋と灯台の問題集"]
    assert form.xpath("//input[@id='same_items']/@checked")
    assert len(stems) == 1
    assert again not in stems


def test_the_preview_asks_as_pupils_are_asked_and_keeps_nothing(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    shown = page(teacher.get(f"/desk/quizzes/{code}/preview"))

    assert len(shown.xpath("//input[@type='radio']")) == 3
    with app.app_context():
        assert db.session.scalars(db.select(AttemptRow)).all() == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Give the quiz a title"),
        ("banks", "", "Choose at least one question bank"),
        ("banks", "of-somebody-else", "not a valid choice"),
        ("count", "201", "from 1 to 200"),
        ("entry", "class-1", "Not a valid choice"),
        ("time_limit", "0", "from 1 to"),
        ("tags", "unheard-of", "has no questions"),
    ],
)
def test_a_setting_that_cannot_be_is_told_beside_its_field(
    app: Flask, teacher: FlaskClient, field: str, value: str, message: str
) -> None:
    data = {**SETTINGS, field: value, "csrf_token": token(teacher, "/desk/quizzes/new")}
    if not value:
        del data[field]  # as browsers send a list with nothing chosen
    response = teacher.post("/desk/quizzes/new", data=data)

    assert response.status_code == 400
    assert message in words(response)
    assert field == "title" or "橋の小テスト" in response.text
    with app.app_context():
        assert db.session.scalars(db.select(QuizRow)).all() == []


def test_no_bank_has_to_be_chosen_before_the_browser_sends_the_form(teacher: FlaskClient) -> None:
    assert not page(teacher.get("/desk/quizzes/new")).xpath("//input[@name='banks' and @required]")


def test_moments_are_taken_in_the_zone_of_who_enters_them(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher, opens_at="2030-04-01T09:00", closes_at="2030-04-01T10:00", zone="America/New_York")
    other = make_quiz(teacher, opens_at="2030-04-01T09:00", zone="no/zone")

    with app.app_context():
        opens = dict(db.session.execute(db.select(QuizRow.code, QuizRow.opens_at)).all())
    assert opens[code].isoformat() == "2030-04-01T13:00:00+00:00"
    assert opens[other].isoformat() == "2030-04-01T00:00:00+00:00"
    assert 'data-moment="2030-04-01T13:00:00+00:00"' in teacher.get(f"/desk/quizzes/{code}").text


def test_a_quiz_is_closed_and_opened_again(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    post(teacher, f"/desk/quizzes/{code}", do="close")
    assert "This quiz is closed" in words(a_pupil(app).get(f"/quizzes/{code}"))
    post(teacher, f"/desk/quizzes/{code}", do="open")
    assert "This quiz is closed" not in words(a_pupil(app).get(f"/quizzes/{code}"))


def test_a_quiz_that_is_opened_early_still_closes_when_it_was_to_close(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher, opens_at="2100-04-01T09:00", closes_at="2100-04-01T10:00")
    post(teacher, f"/desk/quizzes/{code}", do="open")

    with app.app_context():
        row = db.session.scalars(db.select(QuizRow)).one()
        assert row.closes_at is not None
        assert row.closes_at.year == 2100
    assert "not opened yet" not in words(a_pupil(app).get(f"/quizzes/{code}"))


def test_points_are_changed_for_attempts_to_come(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    post(teacher, f"/desk/quizzes/{code}/points", **{"points-choice000001": "3"})
    _, address = begin_quiz(app, code, "Aki")
    token_now = token(teacher, f"/desk/quizzes/{code}/points")
    refused = teacher.post(f"/desk/quizzes/{code}/points", data={"points-other": "3", "csrf_token": token_now})

    assert "3 of 3" not in words(teacher.get(f"/desk/quizzes/{code}/results"))
    assert refused.status_code == 400
    assert "3 points" in words(begin_quiz(app, code, "Ben")[0].get(address))


def test_paper_and_key_belong_together(teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    for version in "ABCD":
        paper = page(teacher.get(f"/desk/quizzes/{code}/paper?version={version}"))
        options = [each.text_content() for each in paper.xpath("//ol[@class='lettered']/li")]
        key = words(teacher.get(f"/desk/quizzes/{code}/key?version={version}"))

        assert sorted(options) == ["2018年4月", "2019年4月", "2020年4月"]
        assert f"{'ABC'[options.index('2019年4月')]}. 2019年4月" in key
        assert "青葉橋は2019年4月に開通した。" in key
        assert "青葉橋は2019年4月に開通した。" not in paper.text_content()


def test_progress_tells_who_is_where_and_says_not_modified_while_nothing_changes(
    app: Flask, teacher: FlaskClient
) -> None:
    code = make_quiz(teacher)
    begin_quiz(app, code, "10 Aki")
    sit(app, code, "2 Ben")
    address = f"/desk/quizzes/{code}/progress"
    first = teacher.get(address)
    again = teacher.get(address, headers={"If-None-Match": first.headers["ETag"]})
    begin_quiz(app, code, "Chie")
    after = teacher.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert re.search(r"2 Ben ✓ handed in 1 of 1 .*10 Aki ▷ at work 0 of 1", words(first))
    assert (again.status_code, again.text) == (304, "")
    assert after.status_code == 200
    assert "Chie" in words(after)


def test_results_are_shown_and_sent_without_formulas(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher, pass_percent="50")  # noqa: S106 - a share, not a word
    sit(app, code, "=HYPERLINK(1)")
    sit(app, code, "Ben", "2018年4月")
    rows = list(csv.reader(io.StringIO(teacher.get(f"/desk/quizzes/{code}/results.csv").text.removeprefix("\ufeff"))))
    book = load_workbook(io.BytesIO(teacher.get(f"/desk/quizzes/{code}/results.xlsx").data))
    sheets = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book]

    assert re.search(r"Ben 0% not passed 0 of 1 0 ", words(teacher.get(f"/desk/quizzes/{code}/results")))
    assert [(row[0], row[6]) for row in rows[1:]] == [("'=HYPERLINK(1)", "1.0"), ("Ben", "0.0")]
    assert [row[0] for row in sheets[0][1:]] == ["'=HYPERLINK(1)", "Ben"]
    assert [row[3:6] for row in sheets[1][1:]] == [
        ["青葉橋が開通したのはいつですか。", "2019年4月", "2019年4月"],
        ["青葉橋が開通したのはいつですか。", "2018年4月", "2019年4月"],
    ]


PAGES = ("", "/preview", "/points", "/paper", "/key", "/progress", "/results", "/results.csv", "/results.xlsx")


def test_another_teachers_quiz_is_not_there(app: Flask, teacher: FlaskClient) -> None:
    code = make_quiz(teacher)
    sit(app, code, "Aki")
    other = a_teacher(app, "Other")
    admin = a_teacher(app, "Admin", "admin")
    app.config["WTF_CSRF_ENABLED"] = False

    assert [other.get(f"/desk/quizzes/{code}{each}").status_code for each in PAGES] == [404] * len(PAGES)
    assert [admin.get(f"/desk/quizzes/{code}{each}").status_code for each in PAGES] == [200] * len(PAGES)
    assert other.post(f"/desk/quizzes/{code}", data={"do": "close"}).status_code == 404
    assert other.post(f"/desk/quizzes/{code}/points", data={"points-choice000001": "9"}).status_code == 404
    assert "橋の小テスト" not in words(other.get("/desk/quizzes"))


def test_a_quiz_cannot_be_made_from_anothers_private_bank_or_for_anothers_class(
    app: Flask, teacher: FlaskClient
) -> None:
    post(teacher, "/desk/classes", name="1-A")
    with app.app_context():
        row = db.session.scalars(db.select(db.metadata.tables["bank"].c.id)).one()
        bank = db.metadata.tables["bank"]
        owner = db.session.scalars(db.select(db.metadata.tables["account"].c.id)).one()
        db.session.execute(bank.update().where(bank.c.id == row).values(visibility="private", owner_id=owner))
        db.session.commit()
    make_quiz(teacher)
    other = a_teacher(app, "Other")
    for changes in ({}, {"entry": "class-1"}):
        data = {**SETTINGS, **changes, "csrf_token": token(other, "/desk/quizzes/new")}
        assert other.post("/desk/quizzes/new", data=data).status_code == 400


def test_every_page_asks_the_database_at_most_five_times(
    app: Flask, teacher: FlaskClient, statements: Statements
) -> None:
    code = make_quiz(teacher)
    for number in range(3):
        sit(app, code, f"Pupil {number}")
    teacher = browser_of(app, "Mori")
    for address in ("/desk/quizzes", "/desk/quizzes/new", *(f"/desk/quizzes/{code}{each}" for each in PAGES[:7])):
        statements.clear()
        teacher.get(address)
        assert len(statements) <= 5, (address, *statements)
