"""The student's way through a quiz with settings: link, name, time, reports."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.core.inputs import Option
from quizapp.core.quiz_settings import Entry
from quizapp.operations import authoring, quizzes, regrading
from quizapp.store.database import db
from tests.builders import LATER, a_bank, a_choice, a_full_bank, a_large_bank
from tests.web.reading import page, token, words
from tests.web.sitting import option_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements


def join(client: FlaskClient, quiz: str, **fields: str) -> str:
    """Begin and return the address of the first page."""
    response = client.post(quiz, data={"csrf_token": token(client, quiz), **fields})
    assert response.status_code == 302, words(response)
    return str(client.get(response.location).location)


def send(client: FlaskClient, address: str, then: str, **fields: str) -> str:
    form = {**dict(page(client.get(address)).forms[0].form_values()), **fields, "then": then}
    return str(client.post(address, data=form).location)


def finish(client: FlaskClient, address: str) -> str:
    base = address.partition("/pages")[0]
    data = {"csrf_token": token(client, f"{base}/check")}
    return str(client.post(f"{base}/completion", data=data).location)


def one_choice() -> Bank:
    return a_bank(items=(a_choice(fact_id="bridge"),))


def test_the_link_tells_what_awaits_and_leads_in(client: FlaskClient, publish: Callable[..., str]) -> None:
    quiz = publish(time_limit=600, attempts_allowed=2, pass_share=0.5, count=2)
    shown = words(client.get(quiz))
    for said in ("2 questions", "10 minutes", "Attempts left 2", "50%", "shown at the end"):
        assert said in shown
    address = join(client, quiz)

    assert "0 of 2 answered" in words(client.get(address))
    assert "Go on" in words(client.get(quiz))
    assert join(client, quiz) == address


def test_a_name_is_asked_for_where_wanted(client: FlaskClient, app: Flask, publish: Callable[..., str]) -> None:
    quiz = publish(entry=Entry.NAME)
    nameless = client.post(quiz, data={"csrf_token": token(client, quiz), "name": "  "})
    assert nameless.status_code == 400
    assert "Give a name" in words(nameless)
    assert "あおい" in words(client.get(finish(client, join(client, quiz, name="あおい"))))
    other = app.test_client()
    given = {"csrf_token": token(other, quiz), "name": "あおい"}
    asked = words(other.post(quiz, data=given, headers={"Accept-Language": "ja"}))
    assert re.search("もう始めた人がいます.*名前に何か書き足して.*「あおい」として新しく始める", asked)
    assert other.post(quiz, data={**given, "do": "another"}).status_code == 302


def test_another_pupil_at_the_same_machine_begins_anew(client: FlaskClient, publish: Callable[..., str]) -> None:
    quiz = publish(entry=Entry.NAME, attempts_allowed=1)
    first = join(client, quiz, name="あおい")

    assert join(client, quiz, name="みどり") != first


def test_a_quiz_that_is_not_open_says_so(client: FlaskClient, publish: Callable[..., str]) -> None:
    now = datetime.now(UTC)
    early = publish(opens_at=now + timedelta(hours=1))
    assert "has not opened yet" in words(client.get(early))
    assert client.post(early, data={"csrf_token": token(client, "/")}).status_code == 409


def test_a_closed_quiz_says_so(client: FlaskClient, publish: Callable[..., str]) -> None:
    assert "This quiz is closed" in words(client.get(publish(closes_at=datetime.now(UTC))))


def test_when_attempts_are_used_up_the_page_says_so_and_lists_them(
    client: FlaskClient, publish: Callable[..., str]
) -> None:
    quiz = publish(attempts_allowed=1)
    finish(client, join(client, quiz))

    assert "You have used all your attempts" in words(client.get(quiz))
    assert page(client.get(quiz)).xpath("//a[contains(@href, '/result')]")


def test_the_time_left_is_shown_and_an_expired_attempt_is_handed_in(
    client: FlaskClient, app: Flask, publish: Callable[..., str]
) -> None:
    quiz = publish(one_choice(), time_limit=600)
    address = join(client, quiz)
    left = page(client.get(address)).get_element_by_id("timer").get("data-left")
    assert 590 <= int(left) <= 600
    with app.app_context():
        quizzes.reschedule(
            db.session(), quiz.rpartition("/")[2], opens_at=None, closes_at=datetime.now(UTC) - timedelta(hours=1),
            now=datetime.now(UTC),
        )  # fmt: skip
    sent = client.post(address, data={"csrf_token": token(client), "q1": "x", "s1": "0", "then": "1"})
    result = client.get(client.get(sent.location).location)

    assert client.get(address).location.endswith("/result")
    assert "1 answer came after the time was up" in words(result)


def test_a_flag_without_scripts_is_kept_and_shown_in_the_grid(client: FlaskClient, publish: Callable[..., str]) -> None:
    address = join(client, publish(one_choice()))
    send(client, address, "1", f1="1")

    assert page(client.get(address)).xpath("//div[@id='grid']/button[@class='flagged']/@aria-label") == [
        "Question 1: not answered, unsure"
    ]


def test_furigana_is_off_until_it_is_wanted(client: FlaskClient, publish: Callable[..., str]) -> None:
    bank = a_bank(items=(a_choice("{開通|かいつう}はいつですか。"),))
    address = join(client, publish(bank))
    assert page(client.get(address)).get("data-furigana") is None
    send(client, address, "furigana=on")

    assert page(client.get(address)).get("data-furigana") == "on"


def test_a_report_is_kept_and_thanked_for(client: FlaskClient, app: Flask, publish: Callable[..., str]) -> None:
    address = join(client, publish(one_choice()))
    form = f"{address.partition('/pages')[0]}/questions/1/report"
    assert "青葉橋が開通した" in words(client.get(form))
    empty = client.post(form, data={"csrf_token": token(client, form)})
    assert empty.status_code == 400
    assert "Choose what is wrong" in words(empty)
    data = {"csrf_token": token(client, form), "reason": "unclear", "words": "<b>どういう意味?</b>"}

    assert "Thank you" in words(client.get(client.post(form, data=data).location))
    assert client.get(form.replace("/1/", "/9/")).status_code == 404


def test_a_regrade_is_told_on_the_result(client: FlaskClient, app: Flask, publish: Callable[..., str]) -> None:
    bank = one_choice()
    address = join(client, publish(bank))
    choice = option_value(page(client.get(address)).get_element_by_id("q1"), "2018年4月")
    send(client, address, "1", q1=choice)
    result = finish(client, address)
    item = bank.items[0]
    options = (Option("2019年4月"), Option("2018年4月", correct=True), Option("2020年4月"))
    with app.app_context():
        corrected = replace(bank, items=(replace(item, options=options),))  # type: ignore[call-arg]
        authoring.import_bank(db.session(), corrected, digest="2", now=LATER)
        regrading.regrade(db.session(), item.id, reason="広報の訂正", now=LATER)

    shown = words(client.get(result))
    assert "from 0% to 100%" in shown
    assert "広報の訂正" in shown
    assert "Right now: 2018年4月" in shown
    assert "1 / 1" in shown


def test_points_are_shown_where_a_question_counts_for_more(client: FlaskClient, publish: Callable[..., str]) -> None:
    address = join(client, publish(one_choice(), weights={"choice000001": 3.0}))
    assert "3 points" in words(client.get(address))
    assert "0 / 3" in words(client.get(finish(client, address)))


def test_the_hot_pages_ask_the_database_seldom(
    client: FlaskClient, publish: Callable[..., str], statements: Statements
) -> None:
    quiz = publish(a_full_bank(), time_limit=600)
    address = join(client, quiz)
    base = address.partition("/pages")[0]
    limits = {quiz: 5, address: 2, f"{base}/check": 5}
    for place, most in limits.items():
        statements.clear()
        client.get(place)
        assert len(statements) <= most, (place, statements)
    statements.clear()
    change = {"number": 1, "sequence": 1, "answer": ["x"], "flagged": False}
    client.post(f"{base}/answers", json={"device": "t", "changes": [change]})
    assert len(statements) == 1
    finish(client, address)
    statements.clear()
    client.get(f"{base}/result")
    assert len(statements) <= 5


def test_a_page_of_ten_questions_is_light(client: FlaskClient, publish: Callable[..., str]) -> None:
    response = client.get(join(client, publish(a_large_bank(10), page_size=10)))
    scripts: dict[str, bytes] = {}
    wanted = [*page(response).xpath("//script/@src"), "/service-worker.js"]
    while wanted:
        address = wanted.pop().partition("?")[0]
        with client.get(address) as script:
            scripts[address] = script.data
        imported = re.findall(r'from "\./([\w-]+\.js)"', scripts[address].decode())
        wanted += [found for name in imported if (found := f"/static/{name}") not in scripts]

    assert len(response.data) < 40_000
    assert {"/static/attempt.js", "/static/queue.js", "/static/timer.js"} < set(scripts)
    assert sum(len(gzip.compress(script)) for script in scripts.values()) < 20_000


@pytest.mark.parametrize("place", ["/quizzes/none", "/attempts/none/result", "/attempts/none/questions/1/report"])
def test_an_address_that_is_not_whole_says_so(client: FlaskClient, place: str) -> None:
    response = client.get(place)

    assert response.status_code == 404
    assert re.search("link is whole", words(response))
