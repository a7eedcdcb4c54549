"""Changes that a page's script sends while a person answers."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import a_large_bank
from tests.web.reading import begin, page, words
from tests.web.sitting import hand_in, only, send

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank


def push(client: FlaskClient, address: str, *changes: dict[str, Any], device: str = "tab") -> Any:
    base = address.partition("/pages")[0]
    return client.post(f"{base}/answers", json={"device": device, "changes": list(changes)})


def change(number: int, sequence: int, *answer: str) -> dict[str, Any]:
    return {"number": number, "sequence": sequence, "answer": list(answer), "flagged": False}


def typed(client: FlaskClient, address: str) -> list[str]:
    return [str(value) for value in page(client.get(address)).xpath("//input[@name='q1']/@value")]


def test_a_change_is_safe_once_it_is_acknowledged(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)

    assert push(client, address, change(1, 1, "青葉橋")).json["outcomes"] == ["saved"]
    assert typed(client, address) == ["青葉橋"]


def test_the_newest_change_counts_whatever_arrives_last(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)

    assert push(client, address, change(1, 3, "third")).json["outcomes"] == ["saved"]
    assert push(client, address, change(1, 2, "second")).json["outcomes"] == ["stale"]
    assert push(client, address, change(1, 3, "third")).json["outcomes"] == ["saved"]
    assert typed(client, address) == ["third"]


def test_of_two_devices_at_the_same_step_one_wins_for_both(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    first, second = begin(client), begin(client)
    for address, order in ((first, ("a", "b")), (second, ("b", "a"))):
        for device in order:
            push(client, address, change(1, 1, f"from {device}"), device=device)

    assert typed(client, first) == typed(client, second) == ["from b"]


def test_a_page_sent_without_scripts_goes_before_what_was_saved(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    push(client, address, change(1, 5, "by script"))
    send(client, address, then="1", q1="by page")

    assert push(client, address, change(1, 5, "by script")).json["outcomes"] == ["stale"]
    assert typed(client, address) == ["by page"]
    assert push(client, address, change(1, 5, "by script")).json["sequences"] == [6]
    assert push(client, address, change(1, 7, "again")).json["outcomes"] == ["saved"]


def test_changes_after_handing_in_are_told_so(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    push(client, address, change(1, 1, "青葉橋"))
    result = hand_in(client, address)

    assert push(client, address, change(1, 2, "別")).json["outcomes"] == ["closed"]
    assert "1 / 1" in words(client.get(result))


def test_a_change_that_arrives_again_after_handing_in_is_no_late_answer(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    push(client, address, change(1, 1, "あおば"))
    push(client, address, change(1, 2, "青葉橋"))
    result = hand_in(client, address)

    assert push(client, address, change(1, 1, "あおば")).json["outcomes"] == ["stale"]
    assert push(client, address, change(1, 2, "青葉橋")).json["outcomes"] == ["saved"]
    assert "after handing in" not in words(client.get(result))
    for _ in range(3):
        assert push(client, address, change(1, 3, "別")).json["outcomes"] == ["closed"]
    assert "1 answer came after the time was up or after handing in" in words(client.get(result))


def test_devices_that_send_in_opposite_orders_do_not_block_each_other(
    app: Flask, client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(a_large_bank(10))
    address = begin(client, page_size="10")
    start = threading.Barrier(4)
    found: list[int] = []

    def device(name: str, order: Sequence[int]) -> None:
        visitor = app.test_client()
        for sequence in range(1, 12):
            start.wait()
            changes = [change(number, sequence, "x") for number in order]
            found.append(push(visitor, address, *changes, device=name).status_code)

    orders = [range(1, 11), range(10, 0, -1), range(1, 11), range(10, 0, -1)]
    threads = [threading.Thread(target=device, args=(f"d{index}", order)) for index, order in enumerate(orders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert found == [200] * 44


def test_a_page_that_stood_open_undoes_nothing_that_was_answered_elsewhere(
    client: FlaskClient, keep: Callable[..., Bank]
) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    stale = dict(page(client.get(address)).forms[0].form_values())
    push(client, address, change(1, 4, "elsewhere"))

    client.post(address, data={**stale, "then": "1"})
    assert typed(client, address) == ["elsewhere"]
    client.post(address, data={**stale, "q1": "here", "then": "1"})
    assert typed(client, address) == ["here"]


def test_half_a_character_does_not_break_the_attempt(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    push(client, address, change(1, 1, "\ud83d\x00ok"))

    assert "ok" in typed(client, address)[0]


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"device": "t"}, {"device": "", "changes": []}, {"device": "t" * 33, "changes": []},
        {"device": "t", "changes": [{}]}, {"device": "t", "changes": [change(0, 1)]},
        {"device": "t", "changes": [change(1, 0)]}, {"device": "t", "changes": [change(201, 1)]},
        {"device": "t", "changes": [change(1, 2**60)]}, {"device": "t", "changes": [change(1, 1, "x" * 2001)]},
        {"device": "t", "changes": [{"number": 1, "sequence": 1, "answer": [1]}]},
        {"device": "t", "changes": [change(1, 1)] * 201}, {"device": "t", "changes": [{**change(1, 1), "flagged": 1}]},
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused(client: FlaskClient, keep: Callable[..., Bank], data: object) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    response = client.post(address.replace("pages/1", "answers"), json=data)

    assert response.status_code == 400
    assert typed(client, address) == [""]


@pytest.mark.parametrize(
    "headers", [{"Content-Type": "text/plain"}, {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}]
)
def test_what_another_site_makes_a_browser_send_is_refused(
    client: FlaskClient, keep: Callable[..., Bank], headers: dict[str, str]
) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    body = json.dumps({"device": "t", "changes": [change(1, 1, "x")]})
    response = client.post(address.replace("pages/1", "answers"), data=body, headers=headers)

    assert response.status_code in {400, 403}
    assert typed(client, address) == [""]


def test_a_change_of_a_question_that_is_not_there_is_told_so(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))

    assert push(client, begin(client), change(2, 1, "x")).json["outcomes"] == ["closed"]


def test_a_flag_is_saved_with_the_answer(client: FlaskClient, keep: Callable[..., Bank]) -> None:
    keep(**only("short_answer"))
    address = begin(client)
    push(client, address, {**change(1, 1, "青葉橋"), "flagged": True})

    assert page(client.get(address)).xpath("//input[@name='f1' and @checked]")
    assert "Marked as unsure" in words(client.get(address.replace("pages/1", "check")))
