"""Pages as a visitor sees them: their words, fields and buttons."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import html as parser

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement
    from werkzeug.test import TestResponse


def page(response: TestResponse) -> HtmlElement:
    """Return the page of a response."""
    return parser.fromstring(response.get_data(as_text=True))


def words(response: TestResponse) -> str:
    """Return the words that stand on a page, white space folded, without furigana."""
    text = re.sub(r"<(rt|rp|script|style)\b.*?</\1>", "", response.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def token(client: FlaskClient, address: str = "/") -> str:
    """Return the token that the site's forms carry for this visitor."""
    return str(page(client.get(address)).xpath("//input[@name='csrf_token']/@value")[0])


def begin(client: FlaskClient, bank: str = "bridge", **choices: str) -> str:
    """Begin a quiz and return the address of its first page."""
    data = {
        "count": "each",
        "page_size": "10",
        "feedback": "at_end",
        **choices,
        "csrf_token": token(client, f"/banks/{bank}"),
    }
    response = client.post(f"/banks/{bank}", data=data)
    assert response.status_code == 302, words(response)
    return str(response.location)
