"""A student's own pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.web.reading import begin, page, token, words
from tests.web.sitting import hand_in, only

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements


def sit(client: FlaskClient, keep: Callable[..., Bank], times: int = 1) -> str:
    keep(**only("short_answer"))
    return [hand_in(client, begin(client)) for _ in range(times)][-1]


def press(client: FlaskClient, address: str, form_on: str = "") -> str:
    response = client.post(address, data={"csrf_token": token(client, form_on or address)})
    assert response.status_code == 302, words(response)
    return str(response.location)


def test_a_newcomer_sees_that_nothing_is_kept_of_them(client: FlaskClient) -> None:
    response = client.get("/history")

    assert "Nothing is kept of you" in words(response)
    assert client.get("/history/answers.csv").status_code == 404
    assert client.get("/history/deletion").status_code == 302


def test_attempts_are_listed_with_a_chart_that_a_table_repeats(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    sit(client, keep, times=3)
    shown = page(client.get("/history"))

    assert len(shown.xpath("//table/tbody/tr")) == 3
    assert len(shown.xpath("//*[local-name()='circle']")) == 3
    assert shown.xpath("//*[local-name()='svg']/@aria-label")


def test_what_was_missed_is_practised_from_the_result_and_from_the_history(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    result = sit(client, keep)
    assert "Practise the 1 question I missed" in words(client.get(result))
    assert "1 question waits" in words(client.get("/history"))

    for place, shown_on in ((result.replace("result", "practice"), result), ("/history/practice", "/history")):
        attempt = client.get(press(client, place, shown_on)).location
        assert "Check this answer" in words(client.get(attempt))
        assert "What I missed" in words(client.get(attempt))


def test_the_answers_come_as_a_table(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    sit(client, keep)
    response = client.get("/history/answers.csv")

    assert response.mimetype == "text/csv"
    assert response.get_data(as_text=True).startswith("\ufeffQuiz,")
    assert "橋の名前は何ですか。" in response.get_data(as_text=True)


def test_the_history_moves_to_another_device_once(client: FlaskClient, app: Flask, keep: Callable[..., Bank]) -> None:
    sit(client, keep)
    page_with_link = client.post("/history/devices", data={"csrf_token": token(client, "/history/devices")})
    link = re.sub(r"^https?://[^/]+", "", page(page_with_link).xpath("//a[@class='link-text']/@href")[0])
    phone = app.test_client()
    press(phone, link)

    assert page(phone.get("/history")).xpath("//table/tbody/tr")
    assert not page(client.get("/history")).xpath("//table/tbody/tr")
    assert app.test_client().get(link).status_code == 403
    assert app.test_client().get(link[:-3] + "xyz").status_code == 403


def test_deleting_asks_once_and_leaves_nothing(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    result = sit(client, keep)
    assert "1 attempt with all its answers" in words(client.get("/history/deletion"))

    gone = client.post("/history/deletion", data={"csrf_token": token(client, "/history/deletion")})
    assert "is deleted" in words(client.get(str(gone.location)))
    assert gone.headers["Clear-Site-Data"] == '"storage"', "nothing waits on the device either"
    assert client.get(result).status_code == 404


def test_nobody_practises_or_deletes_for_somebody_else(
    client: FlaskClient, app: Flask, keep: Callable[..., Bank]
) -> None:
    result = sit(client, keep)
    stranger = app.test_client()
    data = {"csrf_token": token(stranger)}

    assert stranger.post(result.replace("result", "practice"), data=data).status_code == 404
    assert stranger.post("/history/practice", data=data).status_code == 404


def test_the_history_asks_the_database_at_most_five_times(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    sit(client, keep, times=3)
    statements.clear()
    client.get("/history")

    assert len(statements) <= 5
