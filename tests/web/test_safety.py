"""Headers, cookies, health and errors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizapp.application import build
from quizapp.core.errors import SettingError
from quizapp.settings import Settings
from quizapp.store.database import dispose
from tests.web.reading import page, token, words

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


def test_every_answer_carries_the_headers_that_protect_it(client: FlaskClient) -> None:
    for address in (
        "/",
        "/nothing-here",
        "/healthz",
        page(client.get("/")).xpath("//link[@rel='stylesheet']/@href")[0],
    ):
        with client.get(address) as response:
            headers = response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_pages_with_a_session_are_kept_by_no_cache_and_files_by_all(client: FlaskClient) -> None:
    home = client.get("/")

    assert home.headers["Cache-Control"] == "private, no-store"
    with client.get(page(home).xpath("//link[@rel='stylesheet']/@href")[0]) as style:
        assert "immutable" in style.headers["Cache-Control"]


def test_a_file_is_kept_for_good_only_under_the_address_of_its_content(client: FlaskClient) -> None:
    for address in ("/static/base.css", "/static/base.css?v=anything"):
        with client.get(address) as style:
            assert "immutable" not in style.headers["Cache-Control"]
    assert client.get("/static/nothing.css?v=anything").status_code == 404


def test_pages_have_no_inline_code(client: FlaskClient) -> None:
    found = page(client.get("/"))

    assert not found.xpath("//script[not(@src)] | //style | //*[@style] | //@*[starts-with(name(), 'on')]")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.get("/").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_bound_to_the_host(app: Flask, tmp_path: Path) -> None:
    settings = replace(app.config["SETTINGS"], https=True, instance=tmp_path / "second")
    second = build(settings)
    response = second.test_client().get("/", base_url="https://quiz.example")
    with second.app_context():
        dispose()

    assert response.headers["Set-Cookie"].startswith("__Host-quizapp=")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in response.headers


def test_an_unknown_page_is_told_in_the_visitors_language(client: FlaskClient) -> None:
    response = client.get("/nothing-here", headers={"Accept-Language": "ja"})

    assert response.status_code == 404
    assert "ページが見つかりません" in words(response)


def test_a_wrong_method_is_told(client: FlaskClient) -> None:
    assert client.get("/preferences").status_code == 405


def test_a_flood_is_refused(client: FlaskClient) -> None:
    response = client.post("/preferences", data={"csrf_token": token(client), "back": "x" * 2_000_000})

    assert response.status_code == 413
    assert "too large" in words(response)


def test_a_fault_of_ours_shows_a_page_and_no_insides(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise RuntimeError("the inside")

    monkeypatch.setitem(app.view_functions, "home.index", broken)
    response = client.get("/")

    assert response.status_code == 500
    assert "what was saved is safe" in words(response)
    assert "the inside" not in response.text


def test_health_and_readiness_are_told(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok", "database": True, "migrations": True, "disk": True}


def test_an_installation_without_tables_is_not_ready(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, database_url=f"sqlite:///{tmp_path}/empty.sqlite")
    response = build(settings).test_client().get("/readyz")

    assert response.status_code == 503
    assert response.json is not None
    assert response.json["migrations"] is False


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings.from_environment({"QUIZAPP_INSTANCE": str(tmp_path)})

    first, second = settings.secret_key({}), settings.secret_key({})

    assert first == second
    assert len(first) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_key_that_is_set_is_used_and_a_weak_one_refused(tmp_path: Path) -> None:
    settings = Settings.from_environment({"QUIZAPP_INSTANCE": str(tmp_path)})

    assert settings.secret_key({"QUIZAPP_SECRET_KEY": "k" * 32}) == "k" * 32
    with pytest.raises(SettingError, match="shorter than 32"):
        settings.secret_key({"QUIZAPP_SECRET_KEY": "short"})


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("PORT", "http", "whole number"),
        ("PORT", "70000", "from 1 to 65535"),
        ("QUIZAPP_WORKERS", "0", "from 1"),
        ("QUIZAPP_HTTPS", "perhaps", "1 or 0"),
        ("QUIZAPP_TIMEZONE", "Tokyo", "Asia/Tokyo"),
        ("QUIZAPP_TIMEZONE", "../etc/passwd", "Asia/Tokyo"),
        ("QUIZAPP_DATABASE_URL", "mysql://x", "sqlite:/// or postgresql://"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_its_cure(name: str, value: str, word: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environment({name: value})
    assert word in str(caught.value)


def test_settings_are_read_from_the_environment() -> None:
    settings = Settings.from_environment(
        {
            "PORT": "9000",
            "QUIZAPP_HTTPS": "1",
            "QUIZAPP_DATABASE_URL": "postgres://u@h/d",
            "QUIZAPP_WORKERS": "8",
        }
    )

    assert (settings.port, settings.https, settings.workers) == (9000, True, 8)
    assert settings.database_url == "postgresql+psycopg://u@h/d"
