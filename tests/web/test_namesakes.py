"""Results tell students apart who sat under one name, and say nothing more of the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.reading import page, words
from tests.web.test_classes import code, join, teacher  # noqa: F401 (fixtures)
from tests.web.test_pupil_accounts import make_account
from tests.web.test_quiz_desk import a_pupil, make_quiz, post

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture
def quiz(app: Flask, teacher: FlaskClient, code: str) -> str:  # noqa: F811
    """Give a quiz that anybody sits: four under one name as it is compared, one of them twice, and Chie."""
    quiz = make_quiz(teacher, attempts_allowed="2")
    with_login, in_class, other = join(app, code, "Ben"), join(app, code, "ａｋｉ"), a_pupil(app)
    make_account(with_login, "ben-login")
    for browser, name in ((with_login, "Aki"), (in_class, "ａｋｉ"), (other, "AKI"), (a_pupil(app), "Chie")):
        post(browser, f"/quizzes/{quiz}", name=name)
    return quiz


def test_namesakes_are_told_apart_by_login_class_or_when_they_came(teacher: FlaskClient, quiz: str) -> None:  # noqa: F811
    for place in ("results", "progress", "attempts"):
        shown = page(teacher.get(f"/desk/quizzes/{quiz}/{place}"))
        told = [" ".join(each.text_content().split()) for each in shown.xpath("//td[1]")]
        told += [label.removeprefix("One more attempt for ") for label in shown.xpath("//li//button/@aria-label")]

        assert {"Aki signs in as ben-login", "ａｋｉ 1年A組", "Chie"} < set(told)
        assert any(re.fullmatch(r"AKI here since \w+ \d+, \d+, .*\d+:\d+:\d+.*", each) for each in told), told


def test_files_tell_them_apart_too(teacher: FlaskClient, quiz: str) -> None:  # noqa: F811
    rows = teacher.get(f"/desk/quizzes/{quiz}/results.csv").text.splitlines()[1:]
    found = {row.split(",")[0] for row in rows}

    assert {"Aki (signs in as ben-login)", "ａｋｉ (1年A組)", "Chie"} < found
    assert any(re.fullmatch(r"AKI \(here since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)", each) for each in found)
    assert words(teacher.get(f"/desk/quizzes/{quiz}/results")).count("since") == 1
