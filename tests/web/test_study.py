"""Study on the web: take up a bank, see a card, its answer, rate it, take it back; without scripts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from lxml.html import fromstring

from quizapp.core.scheduling import study_day
from quizapp.web.study_cards import in_words
from tests.builders import a_full_bank, a_large_bank, zone_at_noon
from tests.export import packages
from tests.web.reading import page, token, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements

PLAN = "/study/bridge/plan"


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    client.set_cookie("zone", zone_at_noon(), path="/study")
    return client


def take_up(client: FlaskClient, **more: str) -> None:
    data = {"csrf_token": token(client, PLAN), "new_per_day": "2", "exam_on": "", "missed_first": "y", **more}
    assert client.post(PLAN, data=data).status_code == 302


def answer_page(client: FlaskClient) -> str:
    front = client.get("/study/bridge").text
    card = re.search(r'name="card" value="([^"]+)"', front)
    assert card, front
    return client.get(f"/study/bridge?card={card[1]}").text


def rate(client: FlaskClient, rating: str) -> None:
    page = answer_page(client)
    fields = dict(re.findall(r'name="(item|operation|csrf_token)"[^>]*value="([^"]+)"', page))
    assert client.post("/study/bridge", data={**fields, "rating": rating}).status_code == 302


def test_a_bank_is_taken_up_studied_and_done_for_the_day(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(5))
    assert client.get("/study/bridge").location == PLAN
    take_up(client)

    assert "2 new cards" in words(client.get("/study"))
    rate(client, "4")
    rate(client, "4")

    assert "Done for today" in words(client.get("/study/bridge"))
    overview = words(client.get("/study"))
    assert "Done for today" in overview
    assert "What comes" in overview


def test_the_front_keeps_the_answer_and_the_back_tells_it_with_the_evidence(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(a_full_bank())
    take_up(client)

    front, back = words(client.get("/study/bridge")), answer_page(client)

    assert "記事は" not in front
    assert "記事は" in back
    assert "Asserted" in back
    assert "10 min" in re.sub(r"\s+", " ", back)


def test_who_reports_a_card_comes_back_to_it(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())
    take_up(client)
    (link,) = fromstring(answer_page(client)).xpath("//a[@class='report']/@href")
    thanks = client.post(link, data={"csrf_token": token(client, link), "reason": "other"})
    back = page(client.get(str(thanks.location))).xpath("//main//a/@href")
    elsewhere = page(client.get(link.partition("?")[0] + "?back=//example.org/")).xpath("//main//a/@href")

    assert "How well did you remember?" in client.get(back[-1]).text
    assert set(elsewhere) == {"/banks/bridge/items/choice000001"}


def test_a_rating_can_be_taken_back(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(5))
    take_up(client)
    undo = "//form[@id='undo-form'][not(@hidden)]"
    assert not page(client.get("/study/bridge")).xpath(undo)
    rate(client, "4")
    assert "問い0" not in words(client.get("/study/bridge"))
    assert page(client.get("/study/bridge")).xpath(undo)

    client.post("/study/bridge/undo", data={"csrf_token": token(client, "/study/bridge")})

    shown = words(client.get("/study/bridge"))
    assert "The last review was taken back." in shown
    assert "問い0" in shown


@pytest.mark.parametrize(
    ("told", "zone"),
    [(name := "Pacific/Kiritimati", name), (name := "Pacific/Pago_Pago", name), ("../Asia", "Asia/Tokyo")],
)
def test_a_study_day_turns_where_the_learner_is(
    client: FlaskClient, keep: Callable[..., Bank], told: str, zone: str
) -> None:
    keep(a_large_bank(5))
    take_up(client)
    client.set_cookie("zone", told, path="/study")
    days = {study_day(datetime.now(UTC), ZoneInfo(zone))}
    rate(client, "4")

    coming = page(client.get("/study")).xpath("//section[@aria-labelledby='coming']//td/text()")

    days |= {study_day(datetime.now(UTC), ZoneInfo(zone))}  # it may turn meanwhile
    assert coming[0] in {f"{day.month}/{day.day}/{day:%y}" for day in days}


def test_a_form_sent_twice_counts_once(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(5))
    take_up(client)
    page = answer_page(client)
    fields = dict(re.findall(r'name="(item|operation|csrf_token)"[^>]*value="([^"]+)"', page))

    for _ in range(2):
        assert client.post("/study/bridge", data={**fields, "rating": "1"}).status_code == 302

    client.post("/study/bridge/undo", data={"csrf_token": token(client, "/study/bridge")})
    assert client.post("/study/bridge/undo", data={"csrf_token": token(client, "/study/bridge")}).status_code == 409


def test_bad_plans_and_ratings_are_refused(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(5))
    take_up(client)
    fields = {"csrf_token": token(client, PLAN), "item": "large0000000", "operation": "x"}

    assert client.post("/study/bridge", data={**fields, "rating": "5"}).status_code == 400
    assert client.post(PLAN, data={**fields, "new_per_day": "-1"}).status_code == 400
    assert client.get("/study/nowhere").status_code == 404


@pytest.mark.parametrize("address", ["/study", "/study/bridge", PLAN])
def test_no_page_of_study_asks_the_database_more_than_five_times(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements, address: str
) -> None:
    keep(a_large_bank(300))
    take_up(client)
    rate(client, "1")
    statements.clear()

    assert client.get(address).status_code == 200
    assert len(statements) <= 5, statements


def test_progress_goes_to_anki_in_a_deck_of_ones_own(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(5))
    assert client.get("/study/bridge/progress.apkg").location == PLAN
    take_up(client)
    assert "Move my progress to Anki" not in words(client.get("/study"))
    rate(client, "4")
    client.post("/study/bridge/undo", data={"csrf_token": token(client, "/study/bridge")})
    rate(client, "3")

    page, package = client.get("/study"), client.get("/study/bridge/progress.apkg")

    assert "Move my progress to Anki" in words(page)
    assert "only once" in words(page)
    assert '"/study/bridge/progress.apkg"' in page.text
    assert package.headers["Cache-Control"] == "private, no-store"
    assert packages.review_log(package.data) == [("large0000000", 3)]
    assert packages.review_log(client.get("/banks/bridge/deck.apkg").data) == []
    assert "large0000000" in {note.guid for note in packages.read(package.data).notes}


def test_cards_come_with_both_sides_for_a_page_that_goes_on_by_itself(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    keep(a_large_bank(50))
    refused = client.get("/study/bridge/cards")
    assert refused.status_code == 403
    assert "permission" not in refused.text, "nothing but what the site itself says"
    take_up(client, new_per_day="40")
    statements.clear()

    page = client.get("/study/bridge/cards")

    assert len(statements) <= 5
    assert page.text.count("<article") == 30
    assert "問い29" in page.text
    assert "40 new cards" in page.text
    assert "days" in page.text
    assert "wk" not in page.text, "nine days are not a week"


@pytest.mark.parametrize(("days", "said"), [(9, "9 days"), (33, "33 days"), (59, "59 days"), (62, "2 mths")])
def test_waits_are_told_in_days_until_months_say_as_much(app: Flask, days: int, said: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert in_words(timedelta(days=days)) == said


def test_reviews_sent_by_a_script_count_once(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(5))
    change = {"operation": "ab" * 16, "item": "large0000000", "rating": 4, "ago": 3.5, "undone": False}
    body = {"device": "x", "changes": [change]}
    assert client.post("/study/bridge/reviews", json=body).status_code == 403
    take_up(client)

    answers = [client.post("/study/bridge/reviews", json=body).json for _ in range(2)]

    assert answers == [{"outcomes": ["saved"]}, {"outcomes": ["duplicate"]}]
    assert "1 new card" in words(client.get("/study"))
    for wrong in ({"rating": 5}, {"ago": -1}, {"operation": "x"}, {"item": "y" * 41}, {"undone": 0}):
        assert client.post("/study/bridge/reviews", json={"changes": [{**change, **wrong}]}).status_code == 400


def test_the_plan_says_what_an_exam_asks_for(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(50))
    exam = datetime.now(UTC).date() + timedelta(days=14)
    take_up(client, exam_on=exam.isoformat(), reviews_per_day="30")

    plan = words(client.get(PLAN))

    assert "50 cards are still new." in plan
    assert "new cards a day until" in plan
    assert "every card comes once more" in plan
    assert "days left" in words(client.get("/study"))
