"""Decks on the web: what is in them, the newest at one address, and what an update does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations import quizzes
from quizapp.store.database import db
from tests.builders import LATER, TEXT, a_bank, a_choice, a_full_bank, an_article
from tests.export import packages
from tests.web.reading import begin, page, words
from tests.web.sitting import hand_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements


def guids(client: FlaskClient, address: str) -> set[str]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return {note.guid for note in packages.read(response.data).notes}


def test_one_address_gives_the_newest_deck_and_nothing_while_it_is_the_same(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    bank = keep(a_full_bank())
    address = "/banks/bridge/deck.apkg?recall=1"
    first = client.get(address)
    statements.clear()
    same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    asked = len(statements)
    other = client.get("/banks/bridge/deck.apkg")
    first_item, *others = bank.items
    keep(replace(bank, items=(replace(first_item, explanation="新しい解説", changed=LATER), *others)))
    newer = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert asked <= 2
    assert other.headers["ETag"] != first.headers["ETag"]
    assert newer.status_code == 200
    assert any("新しい解説" in note.fields["Explanation"] for note in packages.read(newer.data).notes)


def test_a_deck_can_be_cut_down_by_tag_and_words_and_keeps_its_identities(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    bank = a_full_bank()
    tagged = a_choice("港はどこですか。", id="tagged000001", tags=("港",))
    keep(replace(bank, items=(*bank.items, tagged)))

    assert guids(client, "/banks/bridge/deck.apkg?tag=港") == {"tagged000001"}
    assert guids(client, "/banks/bridge/deck.apkg?words=港は") == {"tagged000001"}
    assert len(guids(client, "/banks/bridge/deck.apkg")) == len(bank.items) + 1
    assert client.get("/banks/bridge/deck.apkg?parts=nonsense").status_code == 400


def test_sub_decks_follow_the_headings_of_the_article(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank(article=an_article(text=TEXT)))

    response = client.get("/banks/bridge/deck.apkg?parts=section")

    assert packages.deck_names(response.data) == {"橋と灯台の問題集", "橋と灯台の問題集::橋と灯台"}


def test_what_i_missed_is_a_deck_of_the_same_notes(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())
    assert guids(client, "/banks/bridge/deck.apkg?missed=1") == set()
    result = hand_in(client, begin(client))
    (link,) = page(client.get(result)).xpath("//a[contains(@href, 'missed=1')]/@href")
    (address,) = page(client.get(link)).xpath("//section[@aria-labelledby='address']//code/text()")

    missed = guids(client, address)

    assert missed
    assert missed <= guids(client, "/banks/bridge/deck.apkg")


@pytest.mark.parametrize("ending", ["txt", "csv", "tsv"])
def test_decks_come_as_text_too(client: FlaskClient, keep: Callable[..., Bank], ending: str) -> None:
    keep(a_full_bank())

    response = client.get(f"/banks/bridge/deck.{ending}")

    assert response.status_code == 200
    assert "青葉橋" in response.text
    assert f"bridge.{ending}" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(("language", "said"), [("en", "Your progress"), ("ja", "学習の進み具合")])
def test_the_page_tells_how_to_update_and_gives_the_address_of_the_choice(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements, language: str, said: str
) -> None:
    keep(a_bank(items=(a_choice(tags=("港",)),)))
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    statements.clear()

    page = client.get("/banks/bridge/deck?tag=港&recall=1&parts=tag")

    assert len(statements) <= 5
    assert said in words(page)
    assert "http://localhost/banks/bridge/deck.apkg?tag=%E6%B8%AF&amp;parts=tag&amp;recall=1" in page.text
    assert client.get("/banks/bridge/deck?parts=x").status_code == 400


def test_the_deck_of_a_quiz_has_its_questions_under_the_identities_of_the_whole(
    client: FlaskClient, app: Flask, keep: Callable[..., Bank]
) -> None:
    bank = a_full_bank()
    tagged = a_choice("港はどこですか。", id="tagged000001", tags=("港",))
    keep(replace(bank, items=(*bank.items, tagged)))
    with app.app_context():
        settings = QuizSettings(banks=(bank.id,), tags=("港",))
        code = quizzes.create(db.session(), "Ports", "ja", settings, now=LATER)

    assert guids(client, f"/banks/bridge/deck.apkg?quiz={code}") == {"tagged000001"}
    assert "Only questions that this quiz may ask." in words(client.get(f"/banks/bridge/deck?quiz={code}"))
    assert f"quiz={code}" in client.get(f"/banks/bridge/deck?quiz={code}").text
    assert client.get("/banks/bridge/deck.apkg?quiz=unknown").status_code == 404


def test_headings_and_labels_are_in_the_learners_language(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())

    plain, english = (packages.read(client.get(f"/banks/bridge/deck.apkg{q}").data) for q in ("", "?language=en"))

    note, same = english.note("choice000001"), plain.note("choice000001")
    assert note.fields["Answer word"] == "Answer"
    assert "Asserted" in note.fields["Claim"]
    assert "Correct" in note.fields["Options answered"]
    assert (note.fields["Stem"], note.fields["Language"]) == (same.fields["Stem"], "ja")
    assert same.fields["Answer word"] == "答え"
    assert client.get("/banks/bridge/deck.apkg?language=xx").status_code == 400


def test_words_are_found_as_in_the_list_of_a_banks_items(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    bank = a_full_bank()
    tagged = a_choice("ミナトは どこですか。", id="tagged000001", tags=("port",))
    keep(replace(bank, items=(*bank.items, tagged)))

    assert guids(client, "/banks/bridge/deck.apkg?words=みなと ＰＯＲＴ") == {"tagged000001"}
    assert guids(client, "/banks/bridge/deck.apkg?words=みなと 灯台") == set()
