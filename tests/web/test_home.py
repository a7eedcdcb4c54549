"""The first page, and the switches for language and look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import a_bank, a_choice
from tests.web.reading import begin, page, token, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements


def test_banks_stand_by_language_the_visitors_first(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    keep(
        a_bank(
            id="bank00000002",
            name="river",
            title="Rivers",
            language="en",
            items=(a_choice(id="choice000002"),),
        )
    )

    shelves = page(client.get("/")).xpath("//section/h2/text()")
    in_japanese = page(client.get("/", headers={"Accept-Language": "ja"})).xpath("//section/h2/text()")

    assert shelves == ["English", "日本語"]
    assert in_japanese == ["日本語", "English"]


def test_a_bank_shows_how_much_is_in_it(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()

    assert "2 questions · 2 facts with evidence" in words(client.get("/"))


def test_without_banks_the_page_says_what_to_do(client: FlaskClient) -> None:
    assert "quizapp import BANK.yaml" in words(client.get("/"))


@pytest.mark.parametrize(
    ("asked", "language"), [("ja", "ja"), ("en", "en"), ("fr", "ja"), ("", "ja"), ("en-GB,ja;q=0.5", "en")]
)
def test_the_browsers_language_is_spoken_and_japanese_otherwise(client: FlaskClient, asked: str, language: str) -> None:
    assert page(client.get("/", headers={"Accept-Language": asked})).get("lang") == language


def test_the_switch_is_kept_and_leads_back(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    data = {"csrf_token": token(client), "language": "ja", "back": "/banks/bridge"}

    response = client.post("/preferences", data=data)

    assert response.location == "/banks/bridge"
    assert "クイズに挑戦" in words(client.get("/banks/bridge"))


def test_the_look_can_be_chosen(client: FlaskClient) -> None:
    client.post("/preferences", data={"csrf_token": token(client), "theme": "dark", "back": "/"})

    assert page(client.get("/")).get("data-theme") == "dark"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""])
def test_the_switch_never_leads_to_another_site(client: FlaskClient, back: str) -> None:
    response = client.post("/preferences", data={"csrf_token": token(client), "language": "ja", "back": back})

    assert response.location == "/"


def test_a_language_that_is_not_there_is_refused(client: FlaskClient) -> None:
    assert client.post("/preferences", data={"csrf_token": token(client), "language": "xx"}).status_code == 400


def test_a_quiz_that_was_begun_is_offered_again(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    address = begin(client)

    assert "Go on where you stopped" in words(client.get("/"))
    assert client.get(address.partition("/pages")[0]).location == address


def test_a_long_list_goes_on_on_the_next_page(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    for number in range(51):
        keep(
            a_bank(
                id=f"bank{number:08d}",
                name=f"bank-{number:02d}",
                title=f"題{number:02d}",
                items=(),
                facts=(),
                article=None,
            )
        )

    first = client.get("/")
    second = client.get(page(first).xpath("//nav[@class='pages']/a/@href")[0])

    assert "題49" in words(first)
    assert "題50" not in words(first)
    assert "題50" in words(second)


def test_the_first_page_asks_the_database_at_most_five_times(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    keep()
    begin(client)
    statements.clear()

    client.get("/")

    assert len(statements) <= 5
