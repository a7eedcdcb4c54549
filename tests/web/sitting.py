"""What a student does with a browser without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders import one_of_each
from tests.web.reading import token, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement


def send(client: FlaskClient, address: str, then: str = "check", **answers: str | list[str]) -> str:
    data = {
        "csrf_token": token(client, address),
        "then": then,
        **{k.replace("_", "."): v for k, v in answers.items()},
    }
    response = client.post(address, data=data)
    assert response.status_code == 302, words(response)
    return str(response.location)


def hand_in(client: FlaskClient, address: str) -> str:
    base = address.partition("/pages")[0]
    response = client.post(f"{base}/completion", data={"csrf_token": token(client, f"{base}/check")})
    assert response.status_code == 302
    return str(response.location)


def option_value(question: HtmlElement, text: str) -> str:
    for label in question.xpath(".//label"):
        if label.text_content().strip() == text:
            return str(label.xpath(".//input/@value")[0])
    raise AssertionError(f"no option {text}")


def only(item_kind: str) -> dict[str, Any]:
    return {"items": tuple(item for item in one_of_each() if item.kind == item_kind)}
