"""Sessions whose cookies are remembered: forged ones stay forged, and what one page changes stays with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


def test_a_cookie_with_another_signature_is_nobody_s(app: Flask, client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["theme"] = "dark"
    for _ in range(2):
        assert 'data-theme="dark"' in client.get("/").text
    cookie = client.get_cookie("quizapp")
    assert cookie
    stranger = app.test_client()
    # The last sign of a signature has bits that say nothing; its first has none.
    content, _, signature = cookie.value.rpartition(".")
    other = ("B" if signature[0] == "A" else "A") + signature[1:]
    for value in (f"{content}.{other}", content, "x"):
        stranger.set_cookie("quizapp", value)
        assert "data-theme" not in stranger.get("/").text


def test_what_one_page_changes_in_a_session_is_not_in_another_s(app: Flask, client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["theme"] = "dark"
    client.get("/")
    cookie = client.get_cookie("quizapp")
    assert cookie
    twin = app.test_client()
    twin.set_cookie("quizapp", cookie.value)
    with twin.session_transaction() as session:
        session["theme"] = "light"

    assert 'data-theme="dark"' in client.get("/").text
    assert 'data-theme="light"' in twin.get("/").text
