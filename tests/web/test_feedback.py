"""What tells the key: feedback when it is due, and nothing before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.inputs import Option
from quizapp.core.quiz_settings import Feedback, Review
from tests.builders import a_bank, a_choice, a_full_bank
from tests.web.reading import page, token, words
from tests.web.sitting import option_value
from tests.web.test_quizzes import finish, join, one_choice, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank


def test_feedback_at_once_shows_the_key_of_the_checked_question_alone(
    client: FlaskClient, publish: Callable[..., str]
) -> None:
    address = join(client, publish(a_full_bank(), feedback=Feedback.AT_ONCE, shuffle_items=False))
    choice = option_value(page(client.get(address)).get_element_by_id("q1"), "2018年4月")
    buttons = page(client.get(address)).xpath("//button[contains(text(), 'Check this answer')]/@value")
    back = send(client, address, buttons[0], q1=choice)
    shown = client.get(back)

    assert back.endswith("#q1")
    first = page(shown).get_element_by_id("q1").text_content()
    assert "✗ Wrong" in first
    assert "青葉橋は2019年4月に開通した。" in first
    assert "✓ Right answer" not in page(shown).get_element_by_id("q2").text_content()


def test_options_stand_in_one_order_when_asked_in_feedback_and_in_the_result(
    client: FlaskClient, publish: Callable[..., str]
) -> None:
    said = tuple(str(number) for number in range(8))
    bank = a_bank(items=(a_choice(options=tuple(Option(text, correct=text == "0") for text in said)),))
    quiz = publish(bank, feedback=Feedback.AT_ONCE)
    orders = set()
    for _attempt in range(3):
        address = join(client, quiz)
        asked = page(client.get(address)).get_element_by_id("q1")
        order = [label.text_content().strip() for label in asked.xpath(".//label[@class='option']")]
        check = asked.xpath(".//button[contains(., 'Check this answer')]/@value")[0]
        assert "There is no answer yet" not in asked.text_content()
        assert (
            "There is no answer yet"
            in page(client.get(send(client, address, check))).get_element_by_id("q1").text_content()
        )
        told = page(client.get(send(client, address, check, q1=option_value(asked, "3"))))
        result = page(client.get(finish(client, address)))
        for shown in (told, result):
            assert shown.xpath("//*[@id='q1']//li//span[@class='text']/text()") == order
        orders.add(tuple(order))

    assert len(orders) > 1


def test_feedback_after_a_page_checks_what_was_answered(client: FlaskClient, publish: Callable[..., str]) -> None:
    address = join(client, publish(one_choice(), feedback=Feedback.EACH_PAGE))
    choice = option_value(page(client.get(address)).get_element_by_id("q1"), "2019年4月")
    assert "Check the answers of this page" in words(client.get(address))
    missed = page(client.get(send(client, address, "judge"))).get_element_by_id("q1")
    send(client, address, "judge", q1=choice)

    assert "There is no answer yet" in missed.text_content()
    assert "✓ Right" in words(client.get(address))
    assert "Check the answers of this page" not in words(client.get(address))


CANARIES = ("鍵カナリア", "理由カナリア", "誤答カナリア")


def canary_bank() -> Bank:
    options = (
        Option("正しい方", correct=True, feedback=CANARIES[0]), Option("違う方", feedback=CANARIES[2]),
        Option("別の方"),
    )  # fmt: skip
    return a_bank(items=(a_choice("どれですか。", options=options, explanation=CANARIES[1], fact_id="bridge"),))


@pytest.mark.parametrize(
    ("settings", "is_due"),
    [({}, True), ({"review": Review.NEVER}, False), ({"review": Review.AFTER_CLOSING}, False)],
)
def test_nothing_that_tells_the_key_leaves_the_server_before_it_is_due(
    client: FlaskClient, publish: Callable[..., str], settings: dict[str, Any], is_due: bool
) -> None:
    quiz = publish(canary_bank(), **settings)
    address = join(client, quiz)
    base = address.partition("/pages")[0]
    seen = [client.get(quiz), client.get(address), client.get(f"{base}/check"), client.get(f"{base}/result")]
    seen.append(client.get(f"{base}/questions/1/report"))
    wrong = page(client.get(address)).xpath("//label[contains(., '違う方')]//input/@value")
    change = {"number": 1, "sequence": 1, "answer": [str(wrong[0])], "flagged": False}
    seen.append(client.post(f"{base}/answers", json={"device": "t", "changes": [change]}))
    seen.append(client.get("/history/answers.csv"))
    for response in seen:
        sent = str(response.headers) + response.get_data(as_text=True)
        assert not any(canary in sent for canary in CANARIES), response.request.path
        assert "青葉橋は2019年" not in sent
    result = client.get(finish(client, address))
    after = [result, client.get(quiz), client.get("/history"), client.get("/history/answers.csv")]

    assert all(canary in words(result) for canary in CANARIES) is is_due
    if not is_due:
        for response in after:
            sent = response.get_data(as_text=True)
            assert not any(canary in sent for canary in CANARIES)
            assert "✗" not in sent
        assert client.post(f"{base}/practice", data={"csrf_token": token(client)}).status_code == 409


def test_the_order_of_options_does_not_tell_the_key(client: FlaskClient, publish: Callable[..., str]) -> None:
    quiz = publish(canary_bank())
    first = set()
    for _ in range(100):
        address = join(client, quiz)
        first.add(page(client.get(address)).xpath("//label[@class='option']")[0].text_content().strip())
        finish(client, address)
        if len(first) == 3:
            break

    assert len(first) == 3
