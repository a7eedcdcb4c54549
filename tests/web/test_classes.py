"""Pupils join a class by its code; its quizzes know their names and give them the time they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from quizapp.core import names
from quizapp.store.class_tables import ClassRow, PupilRow
from quizapp.store.database import db
from quizapp.store.tables import AttemptRow, StudentRow
from tests.builders import NOW
from tests.web.desk_people import a_teacher
from tests.web.reading import page, token, words
from tests.web.test_quiz_desk import a_pupil, make_quiz, post

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements


@pytest.fixture
def teacher(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    keep()
    return a_teacher(app)


@pytest.fixture
def code(teacher: FlaskClient) -> str:
    return post(teacher, "/desk/classes", name="1年A組").rsplit("/", 1)[1]


def join(app: Flask, code: str, name: str) -> FlaskClient:
    pupil = a_pupil(app)
    post(pupil, f"/join/{code}", name=name)
    return pupil


def class_quiz(app: Flask, teacher: FlaskClient, **changes: str) -> str:
    with app.app_context():
        row = db.session.scalars(db.select(ClassRow)).one()
    return make_quiz(teacher, entry=f"class-{row.id}", **changes)


def minutes_given(app: Flask) -> dict[str, float | None]:
    with app.app_context():
        rows = db.session.scalars(db.select(AttemptRow)).all()
        return {row.name: row.deadline and (row.deadline - row.started_at).total_seconds() / 60 for row in rows}


def student_ids(app: Flask) -> dict[str, int]:
    with app.app_context():
        return dict(db.session.execute(db.select(PupilRow.name, PupilRow.student_id)).all())


def test_a_pupil_joins_by_the_code_as_it_is_read_from_the_blackboard(app: Flask, code: str) -> None:
    pupil = a_pupil(app)
    led = post(pupil, "/join", code=f" {code.lower()} ")
    post(pupil, led, name="Aki")

    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{6}", code)
    assert "You are in this class as Aki" in words(pupil.get(led))
    wrong = pupil.post("/join", data={"code": "WRONG1", "csrf_token": token(pupil)})
    assert "there is no class with the code 'WRONG1'" in words(wrong)


def test_two_pupils_cannot_have_one_name(app: Flask, code: str) -> None:
    join(app, code, "Aki")
    other = a_pupil(app)
    response = other.post(f"/join/{code}", data={"name": "ＡＫＩ", "csrf_token": token(other, f"/join/{code}")})

    assert response.status_code == 400
    assert "called 'ＡＫＩ' already" in words(response)


def test_a_second_pupil_at_one_machine_does_not_become_the_first(app: Flask, teacher: FlaskClient, code: str) -> None:
    machine = join(app, code, "Aki")
    assert "This is not me" in words(machine.get(f"/join/{code}"))
    post(machine, f"/join/{code}", do="leave")
    post(machine, f"/join/{code}", name="Ben")

    assert set(student_ids(app)) == {"Aki", "Ben"}
    quiz = class_quiz(app, teacher)
    post(machine, f"/quizzes/{quiz}", do="leave")
    assert "You sit it as" not in words(machine.get(f"/quizzes/{quiz}"))


def test_a_class_that_is_closed_takes_in_nobody_and_keeps_its_pupils(
    app: Flask, teacher: FlaskClient, code: str
) -> None:
    inside, outside = join(app, code, "Aki"), a_pupil(app)
    given = token(outside, f"/join/{code}")
    post(teacher, f"/desk/classes/{code}/door", f"/desk/classes/{code}", open="0")

    assert outside.post(f"/join/{code}", data={"name": "Ben", "csrf_token": given}).status_code == 403
    assert "takes in nobody" in words(outside.get(f"/join/{code}"))
    assert "You are in this class as Aki" in words(inside.get(f"/join/{code}"))


def test_only_the_class_sits_its_quiz_and_under_its_names(app: Flask, teacher: FlaskClient, code: str) -> None:
    quiz = class_quiz(app, teacher)
    inside, outside = join(app, code, "Aki"), a_pupil(app)
    post(inside, f"/quizzes/{quiz}")
    shown = page(outside.get(f"/quizzes/{quiz}"))
    way = shown.xpath("//a[contains(@href, '/join/')]/@href")[0]
    forced = outside.post(f"/quizzes/{quiz}", data={"csrf_token": token(outside)})

    assert forced.status_code == 403
    assert "join the class first" in words(forced)
    assert post(outside, way, name="Ben") == f"/quizzes/{quiz}"
    assert re.search(r"Aki ▷ at work .* Not begun yet Ben", words(teacher.get(f"/desk/quizzes/{quiz}/progress")))


def test_pupils_stand_in_the_order_of_a_class_list_on_pages_and_in_files(
    app: Flask, teacher: FlaskClient, code: str
) -> None:
    given = ["10番 佐藤", "name10", "name2", "２番 青木", "Name1"]
    in_order = ["２番 青木", "10番 佐藤", "Name1", "name2", "name10"]
    quiz = class_quiz(app, teacher)
    pupils = [join(app, code, name) for name in given]
    pupils_listed = page(teacher.get(f"/desk/classes/{code}")).xpath("//table//a/text()")
    absent = page(teacher.get(f"/desk/quizzes/{quiz}/progress")).xpath("//ul[@class='numbers']/li/text()")
    for pupil in pupils:
        post(pupil, f"/quizzes/{quiz}")
    rows = teacher.get(f"/desk/quizzes/{quiz}/results.csv").text.splitlines()[1:]

    assert pupils_listed == absent == in_order
    assert page(teacher.get(f"/desk/quizzes/{quiz}/results")).xpath("//table//a/text()") == in_order
    assert [row.split(",")[0] for row in rows] == in_order


def test_a_class_larger_than_a_page_is_read_in_its_order_page_by_page_and_nobody_is_left_out(
    app: Flask, teacher: FlaskClient, code: str
) -> None:
    quiz = class_quiz(app, teacher)
    with app.app_context():
        room = db.session.scalars(db.select(ClassRow.id)).one()
        students = [StudentRow(token_hash=str(number), created_at=NOW) for number in range(501)]
        db.session.add_all(students)
        db.session.flush()
        for number, student in enumerate(students):
            name = f"{501 - number}番"
            db.session.add(
                PupilRow(
                    class_id=room, student_id=student.id, name=name, name_key=name, list_key=names.list_key(name),
                    joined_at=NOW,
                )
            )  # fmt: skip
        db.session.commit()
    address, listed = f"/desk/classes/{code}", list[str]()
    for _page in range(3):
        shown = page(teacher.get(address))
        listed += shown.xpath("//table//a/text()")
        address = next(iter(shown.xpath("//a[.='Further pupils']/@href")), "")
    kept = post(teacher, shown.xpath("//form[contains(@action, 'times')]/@action")[0], f"/desk/classes/{code}")
    progress = words(teacher.get(f"/desk/quizzes/{quiz}/progress"))
    rows = teacher.get(f"/desk/quizzes/{quiz}/results.csv").text.splitlines()[1:]

    assert listed == [row.split(",")[0] for row in rows] == [f"{number}番" for number in range(1, 502)]
    assert not address
    assert page(teacher.get(kept)).xpath("//table//a/text()") == listed[400:]
    assert "501 not begun" in progress
    assert "499番 500番 and 1 more" in progress


def test_more_time_holds_for_quizzes_before_and_after_and_for_those_being_sat(
    app: Flask, teacher: FlaskClient, code: str
) -> None:
    pupils = {name: join(app, code, name) for name in ("Aki", "Ben", "Chie")}
    first = class_quiz(app, teacher, time_limit="20")
    post(pupils["Aki"], f"/quizzes/{first}")
    post(pupils["Ben"], f"/quizzes/{first}")
    ids = student_ids(app)
    times = {f"time-{ids['Aki']}": "1.5", f"time-{ids['Ben']}": "1", f"time-{ids['Chie']}": ""}
    post(teacher, f"/desk/classes/{code}/times", f"/desk/classes/{code}", **times)
    assert minutes_given(app) == {"Aki": 30, "Ben": 20}

    second = class_quiz(app, teacher, time_limit="10")
    with app.app_context():
        db.session.execute(db.delete(AttemptRow))
        db.session.commit()
    for pupil in pupils.values():
        post(pupil, f"/quizzes/{second}")
    assert minutes_given(app) == {"Aki": 15, "Ben": 10, "Chie": None}


def test_time_is_not_taken_away_and_only_given_to_pupils_of_the_class(
    app: Flask, teacher: FlaskClient, code: str
) -> None:
    join(app, code, "Aki")
    given = token(teacher, f"/desk/classes/{code}")
    for name, value, status in ((f"time-{student_ids(app)['Aki']}", "0.5", 400), ("time-99999", "2", 404)):
        response = teacher.post(f"/desk/classes/{code}/times", data={name: value, "csrf_token": given})
        assert response.status_code == status


def test_a_pupil_is_renamed_and_taken_out_but_their_results_stay(app: Flask, teacher: FlaskClient, code: str) -> None:
    quiz = class_quiz(app, teacher)
    post(join(app, code, "Aki"), f"/quizzes/{quiz}")
    address = f"/desk/classes/{code}/pupils/{student_ids(app)['Aki']}"
    post(teacher, address, name="Aki M.")
    assert "Aki M." in words(teacher.get(f"/desk/quizzes/{quiz}/results"))
    post(teacher, address, do="remove")

    assert "Nobody has joined yet" in words(teacher.get(f"/desk/classes/{code}"))
    assert "Aki" in words(teacher.get(f"/desk/quizzes/{quiz}/results"))


def test_another_teachers_class_is_not_there(app: Flask, teacher: FlaskClient, code: str) -> None:
    join(app, code, "Aki")
    other = a_teacher(app, "Other")
    app.config["WTF_CSRF_ENABLED"] = False
    pupil = f"/desk/classes/{code}/pupils/{student_ids(app)['Aki']}"

    assert [other.get(address).status_code for address in (f"/desk/classes/{code}", pupil)] == [404, 404]
    for address in (f"/desk/classes/{code}/door", f"/desk/classes/{code}/times", pupil):
        assert other.post(address, data={"do": "remove", "open": "0"}).status_code == 404
    assert "1年A組" not in words(other.get("/desk/classes"))
    assert teacher.get(pupil).status_code == 200


def test_a_class_asks_the_database_at_most_five_times(
    app: Flask, teacher: FlaskClient, code: str, statements: Statements
) -> None:
    pupil = join(app, code, "Aki")
    class_quiz(app, teacher)
    for browser, address in (
        (teacher, "/desk/classes"), (teacher, f"/desk/classes/{code}"), (pupil, f"/join/{code}"),
    ):  # fmt: skip
        statements.clear()
        browser.get(address)
        assert len(statements) <= 5, (address, *statements)
