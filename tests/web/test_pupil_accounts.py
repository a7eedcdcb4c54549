"""Pupils who make an account have their history on every device; those without one get there by a link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.web.desk_people import a_teacher
from tests.web.reading import page, token, words
from tests.web.test_classes import class_quiz, code, join, minutes_given, student_ids, teacher
from tests.web.test_quiz_desk import a_pupil, post

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

__all__ = ("code", "teacher")  # fixtures
PASSWORD = "three plain words"  # noqa: S105 (of a test)


def make_account(pupil: FlaskClient, name: str = "Aki") -> str:
    return post(pupil, "/history/account", name=name, password=PASSWORD, again=PASSWORD)


def sign_in(app: Flask, name: str = "Aki") -> FlaskClient:
    browser = a_pupil(app)
    assert post(browser, "/sign-in", name=name, password=PASSWORD) == "/history"
    return browser


def device_link(response_text: str) -> str:
    found = re.search(r"/history/devices\?link=[\w.\-]+", response_text)
    assert found
    return found[0]


def test_a_pupil_takes_history_and_class_along_to_every_device(app: Flask, teacher: FlaskClient, code: str) -> None:
    quiz = class_quiz(app, teacher)
    pupil = join(app, code, "Aki")
    post(pupil, f"/quizzes/{quiz}")
    make_account(pupil)
    elsewhere = sign_in(app)

    for browser in (pupil, elsewhere):
        assert len(page(browser.get("/history")).xpath("//tbody/tr")) == 1
        assert "You are in this class as Aki" in words(browser.get(f"/join/{code}"))
    assert elsewhere.get("/desk").status_code == 403
    assert not page(elsewhere.get("/")).xpath("//a[@href='/desk']")


def test_a_pupil_with_an_account_joins_a_class_with_it(app: Flask, teacher: FlaskClient, code: str) -> None:
    make_account(join(app, code, "Aki"))
    other = post(teacher, "/desk/classes", name="2年B組").rsplit("/", 1)[1]
    post(sign_in(app), f"/join/{other}", name="Aki")

    assert "You are in this class as Aki" in words(sign_in(app).get(f"/join/{other}"))


def test_who_signs_out_leaves_nothing_of_themselves_in_the_browser(app: Flask, code: str) -> None:
    pupil = join(app, code, "Aki")
    make_account(pupil)
    post(pupil, "/sign-out", form_address="/history")

    assert "Nothing is kept of you" in words(pupil.get("/history"))


def test_only_pupils_of_a_class_make_such_an_account(app: Flask) -> None:
    stranger = a_pupil(app)

    assert stranger.get("/history/account").location == "/history"


def test_who_deletes_everything_deletes_the_account_too(app: Flask, code: str) -> None:
    pupil = join(app, code, "Aki")
    make_account(pupil)
    post(pupil, "/history/deletion")
    again = a_pupil(app)
    response = again.post("/sign-in", data={"name": "Aki", "password": PASSWORD, "csrf_token": token(again)})

    assert "name or the password is wrong" in words(response)


def test_no_bank_is_shared_with_a_pupil(app: Flask, teacher: FlaskClient, code: str) -> None:
    make_account(join(app, code, "Aki"))
    bank = post(teacher, "/desk/banks", title="Mine", language="en").split("/")[3]
    sent = {"teacher": "Aki", "may": "view", "csrf_token": token(teacher)}

    assert "no teacher is called 'Aki'" in words(teacher.post(f"/desk/banks/{bank}/shares", data=sent))


def test_a_teacher_lets_a_pupil_in_on_another_device(app: Flask, teacher: FlaskClient, code: str) -> None:
    pupil = join(app, code, "Aki")
    place = f"/desk/classes/{code}/pupils/{student_ids(app)['Aki']}"
    shown = teacher.post(place, data={"do": "link", "csrf_token": token(teacher, place)}).text
    elsewhere = a_pupil(app)
    post(elsewhere, device_link(shown))

    assert "You are in this class as Aki" in words(elsewhere.get(f"/join/{code}"))
    assert "You are in this class" not in words(pupil.get(f"/join/{code}"))
    assert a_pupil(app).get(device_link(shown)).status_code == 403


def test_a_teacher_makes_no_link_into_other_teachers_classes(app: Flask, teacher: FlaskClient, code: str) -> None:
    pupil = join(app, code, "Aki")
    other = post(a_teacher(app, "Other"), "/desk/classes", name="2年B組").rsplit("/", 1)[1]
    post(pupil, f"/join/{other}", name="Aki")
    place = f"/desk/classes/{code}/pupils/{student_ids(app)['Aki']}"

    assert teacher.post(place, data={"do": "link", "csrf_token": token(teacher, place)}).status_code == 403


def test_one_pupil_is_granted_another_attempt_and_keeps_their_time(app: Flask, teacher: FlaskClient, code: str) -> None:
    quiz = class_quiz(app, teacher, attempts_allowed="1", time_limit="10")
    pupil = join(app, code, "Aki")
    aki = student_ids(app)["Aki"]
    post(teacher, f"/desk/classes/{code}/times", form_address=f"/desk/classes/{code}", **{f"time-{aki}": "1.5"})
    attempt = post(pupil, f"/quizzes/{quiz}")
    post(pupil, f"{attempt}/completion", form_address=f"{attempt}/check")
    used_up = words(pupil.get(f"/quizzes/{quiz}"))
    post(teacher, f"/desk/quizzes/{quiz}/attempts", student=str(aki), more="1")

    assert "used all your attempts" in used_up
    assert "1 of 2 attempts used" in words(teacher.get(f"/desk/quizzes/{quiz}/attempts"))
    assert "Attempts left 1" in words(pupil.get(f"/quizzes/{quiz}"))
    post(pupil, f"/quizzes/{quiz}")
    assert minutes_given(app) == {"Aki": 15}
