"""Sitting a quiz without scripts: nothing is lost, nothing is told too early, everything is shown at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml.html import InputElement

from quizapp.core.inputs import Option
from tests.builders import a_choice, a_full_bank, a_large_bank, one_of_each
from tests.web.reading import begin, page, token, words
from tests.web.sitting import hand_in, only, option_value, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item
    from tests.conftest import Statements


def test_a_whole_sitting_ends_with_score_key_reason_and_evidence(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(items=(a_choice(fact_id="bridge"),))
    address = begin(client)
    question = page(client.get(address)).xpath("//fieldset[@class='question']")[0]

    assert "/check" in send(client, address, q1=option_value(question, "2018年4月"))
    result = client.get(hand_in(client, address))
    seen = words(result)

    assert "0 / 1" in seen
    assert "✗ Wrong" in seen
    assert page(result).xpath("//li[contains(@class, 'key')]//span[@class='text']/text()") == ["2019年4月"]
    assert "記事の冒頭にあります。" in seen
    assert "記事は 開通 の年月を述べています。" in seen
    assert page(result).xpath("//blockquote//mark/text()") == ["2019年4月"]
    assert "● Asserted" in seen
    assert "橋と灯台" in seen


@pytest.mark.parametrize(
    ("kind", "fields", "verdict"),
    [
        ("short_answer", {"q1": " あおばばし "}, "✓ Right"),
        ("short_answer", {"q1": "赤葉橋"}, "✗ Wrong"),
        ("short_answer", {}, "– No answer"),
        ("cloze", {"q1_1": "青葉橋"}, "◐ Partly right"),
    ],
)
def test_typed_answers_are_judged_and_shown(
    client: FlaskClient, keep: Callable[..., Bank], kind: str, fields: dict[str, str], verdict: str
) -> None:
    keep(**only(kind))
    address = begin(client)
    send(client, address, **fields)
    seen = words(client.get(hand_in(client, address)))

    assert verdict in seen
    assert "青葉橋" in seen
    for typed in fields.values():
        assert typed.strip() in seen


@pytest.mark.parametrize(("kind", "field"), [("short_answer", "q1"), ("cloze", "q1_1")])
def test_everybody_sees_what_they_typed_themselves(
    client: FlaskClient, keep: Callable[..., Bank], kind: str, field: str
) -> None:
    keep(**only(kind))
    for typed in ("赤い橋<b>", "白い橋", "", " 青葉橋 "):
        address = begin(client)
        send(client, address, **{field: typed})
        shown = page(client.get(hand_in(client, address)))
        assert shown.xpath("//dl[@class='typed']/dd")[0].text_content().split()[0] == (typed.strip() or "no")


def test_several_options_give_part_of_the_score(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("multiple_response"))
    address = begin(client)
    question = page(client.get(address)).xpath("//fieldset[@class='question']")[0]
    send(client, address, q1=[option_value(question, "橋")])

    assert "0.5 / 1" in words(client.get(hand_in(client, address)))


def test_answers_stand_there_again_when_one_comes_back(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())
    address = begin(client, page_size="10")
    form = page(client.get(address)).forms[0]
    for name in form.inputs.keys():  # noqa: SIM118 (iterating gives elements)
        field = form.inputs[name]
        if type(field).__name__ in {"RadioGroup", "SelectElement"}:
            field.value = list(field.value_options)[1]
        elif isinstance(field, InputElement) and field.get("type") == "text":
            field.value = "書いた答え <b>"
    fields = dict(form.form_values())
    client.post(address, data={**fields, "then": "1"})

    again = dict(page(client.get(address)).forms[0].form_values())

    assert {k: v for k, v in again.items() if k.startswith("q")} == {
        k: v for k, v in fields.items() if k.startswith("q")
    }


def test_every_button_of_the_page_saves_first(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(3))
    address = begin(client, page_size="1")
    question = page(client.get(address)).xpath("//fieldset[@class='question']")[0]

    location = send(client, address, then="language=ja", q1=option_value(question, "2018年4月"))

    seen = client.get(location)
    assert page(seen).get("lang") == "ja"
    assert "3問中1問に回答" in words(seen)
    assert send(client, address, then="3", q1="x").endswith("/pages/3")


def test_unanswered_questions_are_listed_before_handing_in(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(3))
    address = begin(client, page_size="1")
    question = page(client.get(address)).xpath("//fieldset[@class='question']")[0]
    check = client.get(send(client, address, q1=option_value(question, "2018年4月")))

    assert page(check).xpath("//ul[@class='numbers']//a/text()") == ["Question 2", "Question 3"]
    assert "1 of 3 answered" in words(check)


def test_an_answer_can_be_taken_back(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    send(client, address, then="1", q1="青葉橋")
    send(client, address, then="1", q1="")

    assert "0 of 1 answered" in words(client.get(address))


def test_after_handing_in_nothing_changes_any_more(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    send(client, address, q1="青葉橋")
    result = hand_in(client, address)
    for _ in range(2):  # a double click
        late = client.post(address, data={"csrf_token": token(client, "/"), "q1": "別"}, follow_redirects=True)

    assert "1 answer came after the time was up or after handing in: it is kept, but does not count." in words(late)
    assert client.get(address).location == result
    assert client.get(address.replace("/pages/1", "/check")).location == result
    assert client.get(address.partition("/pages")[0]).location == result
    assert "1 / 1" in words(client.get(result))


def test_the_result_is_not_shown_before_handing_in(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    address = begin(client)

    assert client.get(address.replace("/pages/1", "/result")).status_code == 302


def test_another_device_goes_on_with_the_address(app: object, client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    send(client, address, then="1", q1="青葉橋")
    other = client.application.test_client()

    assert page(other.get(address)).xpath("//input[@name='q1']/@value") == ["青葉橋"]


@pytest.mark.parametrize(
    "address",
    ["/attempts/guessed", "/attempts/guessed/pages/1", "/attempts/guessed/result", "/attempts/guessed/check"],
)
def test_a_guessed_address_finds_nothing(client: FlaskClient, keep: Callable[..., Bank], address: str) -> None:
    keep()

    assert client.get(address).status_code == 404


def test_pages_that_are_not_there_find_nothing(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep()
    address = begin(client)

    assert client.get(address.replace("pages/1", "pages/0")).status_code == 404
    assert client.get(address.replace("pages/1", "pages/2")).status_code == 404


def test_an_answer_that_is_too_long_is_refused_and_named(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    send(client, address, then="1", q1="青葉橋")
    response = client.post(address, data={"csrf_token": token(client, address), "q1": "あ" * 2001})

    assert response.status_code == 400
    assert "question 1 is longer than 2000 characters" in words(response)
    assert page(client.get(address)).xpath("//input[@name='q1']/@value") == ["青葉橋"]


def test_fields_for_other_pages_and_made_up_ones_are_passed_over(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(a_large_bank(2))
    address = begin(client, page_size="1")
    send(client, address, then="1", q2="x", q99="x", q0="x", qx="x", q1_0="x")

    assert "0 of 2 answered" in words(client.get(address))


def test_nothing_tells_the_key_before_handing_in(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    canary = "CANARY"

    def planted(item: Any) -> Item:
        changes: dict[str, Any] = {"explanation": f"{canary} explanation"}
        if hasattr(item, "options"):
            changes["options"] = tuple(replace(option, feedback=f"{canary} feedback") for option in item.options)
        if item.kind == "short_answer":
            changes |= {"key": f"{canary} key", "accepted": (f"{canary} also",)}
        planted_item: Item = replace(item, **changes)
        return planted_item

    items = tuple(map(planted, one_of_each()))
    keep(items=items)
    address = begin(client)
    base = address.partition("/pages")[0]
    responses = [
        client.get("/banks/bridge"), client.get(address), client.get(base), client.get(f"{base}/check"),
        client.post(address, data={"csrf_token": token(client, address), "q1": "x", "then": "1"}), client.get("/"),
    ]  # fmt: skip

    for response in responses:
        assert canary not in response.text
        assert canary not in str(response.headers)
    assert canary in client.get(hand_in(client, address)).text


def test_two_attempts_put_options_in_different_orders(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(items=(a_choice(options=tuple(Option(str(n), correct=n == 0) for n in range(8))),))
    orders = set()
    for _attempt in range(5):
        address = begin(client)
        first = page(client.get(address)).xpath("//label//input/@value")
        assert first == page(client.get(address)).xpath("//label//input/@value")
        orders.add(tuple(first))

    assert len(orders) > 1


def test_a_page_of_ten_asks_the_database_twice_and_stays_small(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    keep(a_large_bank(10))
    address = begin(client, page_size="10")
    statements.clear()
    response = client.get(address)

    assert len(statements) <= 2, statements
    assert len(response.data) < 40_000


@pytest.mark.parametrize("step", ["", "/check", "/result"])
def test_every_page_of_an_attempt_asks_the_database_at_most_five_times(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements, step: str
) -> None:
    keep(a_full_bank())
    address = begin(client)
    if step == "/result":
        hand_in(client, address)
    statements.clear()

    client.get(address.partition("/pages")[0] + step)
    assert len(statements) <= 5, statements


def test_saving_a_page_asks_the_database_at_most_twice(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements
) -> None:
    keep(a_large_bank(10))
    address = begin(client)
    secret = token(client, address)
    statements.clear()

    client.post(address, data={"csrf_token": secret, "q1": "x", "then": "1"})

    assert len(statements) <= 2, statements
