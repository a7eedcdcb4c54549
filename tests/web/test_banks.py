"""A bank's pages: about, facts and evidence, article, deck."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import a_bank, a_full_bank, a_large_bank, one_of_each
from tests.web.reading import begin, page, token, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item
    from tests.conftest import Statements


def test_a_bank_shows_each_fact_with_its_evidence_and_how_sure_it_is(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep()
    response = client.get("/banks/bridge")
    facts = page(response).xpath("//ol[contains(@class, 'fact-sheet')]/li")

    assert "町は2028年に灯台を建て替える予定だ。" in facts[1].xpath(".//blockquote")[0].text_content()
    assert facts[1].xpath(".//mark/text()") == ["灯台"]
    assert "Planned" in facts[1].text_content()
    assert "町の広報" in words(response)


def test_a_sample_shows_no_key(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    samples = page(client.get("/banks/bridge")).xpath("//fieldset[@disabled]")

    assert len(samples) == 2
    assert not samples[0].xpath(".//*[contains(@class, 'key')]")


def test_markdown_in_the_description_is_shown_and_html_is_not(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(description="**太字** <script>alert(1)</script>")
    response = client.get("/banks/bridge")

    assert page(response).xpath("//div[@class='lead']//strong/text()") == ["太字"]
    assert "<script>alert" not in response.text
    assert "<script>alert(1)</script>" in words(response)


def test_the_numbers_offered_fit_the_bank(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())

    offered = page(client.get("/banks/bridge")).xpath("//select[@name='count']/option/@value")

    assert offered == ["5", "each"]


def test_a_number_that_is_not_offered_is_refused_with_a_word(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    data = {"csrf_token": token(client, "/banks/bridge"), "count": "999", "page_size": "5"}
    response = client.post("/banks/bridge", data=data)

    assert response.status_code == 400
    assert "Choose one of the numbers offered." in words(response)


def test_a_post_without_a_token_begins_nothing(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    response = client.post("/banks/bridge", data={"count": "each", "page_size": "5"})

    assert response.status_code == 400
    assert "reload the page" in words(response)
    assert "Go on where you stopped" not in words(client.get("/"))


def test_a_post_from_another_site_is_refused(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    data = {"csrf_token": token(client), "count": "each", "page_size": "5"}
    response = client.post("/banks/bridge", data=data, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403


def test_a_bank_without_questions_offers_no_quiz(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(items=())
    response = client.get("/banks/bridge")

    assert "This bank has no questions yet." in words(response)
    assert not page(response).xpath("//select")


def test_a_mistyped_name_gets_a_hint(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    response = client.get("/banks/brigde")

    assert response.status_code == 404
    assert "No bank named 'brigde'; did you mean 'bridge'?" in words(response)
    assert "There is no such bank, or it is not shared with you: ask your teacher." in words(client.get("/banks/zzz-1"))


def test_the_article_shows_which_sentences_are_evidence_and_how_sure_they_are(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep()
    article = page(client.get("/banks/bridge/article"))

    assert article.xpath("//span[@class='quoted']/text()") == [
        "青葉橋は2019年4月に開通した。",
        "町は2028年に灯台を建て替える予定だ。",
    ]
    assert [label.text_content().split()[-1] for label in article.xpath("//article//span[@class='claim']")] == [
        "Planned"
    ]


def test_a_bank_without_an_article_has_no_article_page(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(article=None, facts=(), items=())

    assert client.get("/banks/bridge/article").status_code == 404
    assert client.get("/banks/bridge").status_code == 200


@pytest.mark.parametrize("item", one_of_each(), ids=lambda item: item.kind)
def test_an_item_has_a_page_with_its_answer_for_those_who_come_from_a_deck(
    client: FlaskClient, keep: Callable[..., Bank], item: Item
) -> None:
    keep(items=(replace(item, fact_id="bridge", explanation="そのわけ"),))
    response = client.get(f"/banks/bridge/items/{item.id}")

    assert item.questions[0].input.keys[0] in words(response)
    assert "そのわけ" in words(response)
    assert "Asserted" in words(response)
    assert "no answer" not in words(response)
    assert client.get("/banks/bridge/items/unknown00000").status_code == 404


def test_the_deck_comes_as_a_package_and_only_once_when_unchanged(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(a_full_bank())
    first = client.get("/banks/bridge/deck.apkg")
    again = client.get("/banks/bridge/deck.apkg", headers={"If-None-Match": first.headers["ETag"]})

    assert "collection.anki2" in zipfile.ZipFile(io.BytesIO(first.data)).namelist()
    assert "bridge.apkg" in first.headers["Content-Disposition"]
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/banks/bridge", "/banks/bridge/article", "/banks/bridge/deck.apkg"])
def test_no_page_of_a_bank_asks_the_database_more_than_five_times(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements, address: str
) -> None:
    keep(a_full_bank())
    client.get(address)
    statements.clear()

    assert client.get(address).status_code == 200
    assert len(statements) <= 5, statements


def test_a_bank_of_many_items_costs_no_more_statements(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    keep(a_large_bank(500))
    statements.clear()

    assert client.get("/banks/bridge").status_code == 200
    assert len(statements) <= 5


def test_a_second_bank_of_the_same_article_does_not_mix_in(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    keep(a_bank(id="bank00000002", name="other", title="別の問題集", items=(), facts=()))

    assert "町は2028年" not in words(client.get("/banks/other"))
    assert begin(client)
