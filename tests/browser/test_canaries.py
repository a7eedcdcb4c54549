"""What people write never runs: it stands in every writable field, and every page is visited as everybody.

The routes are those of the table of roles, so that a new one is visited by itself; a new column of the database must
either be filled by ``world`` or be named here as one that nobody writes words into.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from markupsafe import escape
from playwright.sync_api import Error

from quizapp.store.columns import Base
from quizapp.store.database import db
from tests.browser import world as worlds
from tests.browser.served import an_app, client_of, come_as, paths, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page
    from werkzeug.wrappers import Response

    from tests.browser.world import World

CANARY = "<img/src=x/onerror=alert(1)>"
EVIL = f"{CANARY}</script><script>alert(1)</script>[x](javascript:alert(1))"
# Columns of text that nobody writes words into: made by the machine, or one of a few words it knows.
MACHINE = {
    "account": {"name_key", "role", "password_hash"}, "audit_entry": {"action"}, "student": {"token_hash"},
    "account_link": {"token_digest", "purpose", "role"}, "account_session": {"token_digest"},
    "bank": {"identity", "name", "language", "digest", "article_language", "visibility"}, "class": {"code"},
    "upload": {"code"}, "bank_share": {"may"}, "draft": {"name", "identity", "generator", "flags", "state"},
    "drafting": {"code", "ending", "language", "state", "error", "error_values", "warnings", "content",
                 "register"},
    "fact": {"name", "claim_kind", "modality", "terms"}, "pupil": {"name_key", "list_key"},
    "quiz": {"code", "language"}, "attempt": {"code", "language", "rules", "seed"}, "item": {"identity", "words"},
    "item_version": {"kind"}, "late_response": {"device"}, "review": {"operation"}, "item_report": {"reason"},
    "response": {"device", "judgement"}, "correction": {"renewed"},
}  # fmt: skip


def say(text: str) -> str:
    """Return a text with a script in it; the shortest where it would not fit otherwise."""
    return f"{text}{EVIL if len(text) > 12 else CANARY}"


def tag(text: str) -> str:
    return f"{text}{CANARY}"


@pytest.fixture(scope="module")
def app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from an_app(migrated_sqlite, tmp_path_factory.mktemp("canaries"))


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    return worlds.make(app, say, tag)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    yield from serve(app)


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Give the pages that somebody visited: whoever is sent the very same is not sent there again."""
    return set()


def essence(answer: Response, path: str) -> str:
    """Return what a page says but for its own address and the token of its visitor."""
    if answer.mimetype == "application/json":
        return path + answer.get_data(as_text=True)
    if answer.mimetype != "text/html":
        return path
    text = answer.get_data(as_text=True)
    for own in (escape(path), escape(quote(path)), escape(path.partition("?")[0])):
        text = text.replace(own, "")
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text)


def test_the_world_has_a_script_in_every_column_that_people_write(app: Flask, world: World) -> None:
    lacking = []
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                is_text = str(column.type).partition("(")[0] in {"VARCHAR", "TEXT", "JSON", "BLOB"}
                if not is_text or column.name in MACHINE.get(table.name, set()):
                    continue
                text = db.cast(column, db.Text)
                if not db.session.scalar(db.select(db.func.count()).where(text.contains("onerror=alert"))):
                    lacking.append(f"{table.name}.{column.name}")

    assert not lacking


@pytest.mark.parametrize(
    "who", ["visitor", "pupil", "learner", "pupil with account", "other teacher", "owner", "admin"]
)
def test_nothing_that_people_wrote_runs_on_any_page(
    chromium: Browser, app: Flask, world: World, address: str, who: str, known: set[str]
) -> None:
    context = come_as(chromium, app, world, address, who)
    client = client_of(app, world, who)
    page = context.new_page()
    seen = Watcher(page)
    for endpoint, path in paths(app, world):
        for query in ("", "?" + urlencode(dict.fromkeys(arguments(), EVIL))):
            with client.get(path + query, follow_redirects=True) as answer:
                said, is_broken = essence(answer, path + query), answer.status_code >= 500
            if said not in known:
                known.add(said)
                seen.visit(endpoint, path + query)
            if is_broken:
                seen.fired.append(f"{endpoint} {path}: {answer.status}")
    context.close()

    assert seen.fired == []


def test_forms_sent_back_with_scripts_in_every_field_do_not_run_them(
    chromium: Browser, app: Flask, world: World, address: str
) -> None:
    context = come_as(chromium, app, world, address, "owner")
    page = context.new_page()
    seen = Watcher(page)
    sent = 0
    for endpoint, path in paths(app, world):
        seen.visit(endpoint, path)
        count = page.evaluate(FORMS)
        for number in range(count):
            if number:
                seen.visit(endpoint, path)
            seen.at = f"{endpoint} {path} form {number}"
            page.evaluate(FILL, [number, EVIL])
            with page.expect_navigation(timeout=20_000):
                page.evaluate(f"HTMLFormElement.prototype.submit.call({PICK}[{number}])")
            sent += 1
    context.close()

    assert sent > 20
    assert seen.fired == []


# Forms with something to write in; those with none (delete, sign out) change the world for the pages after them.
_TEXT = "input:not([type=checkbox],[type=radio],[type=hidden],[type=file],[readonly]), textarea"
PICK = f"[...document.forms].filter((form) => form.querySelector('{_TEXT}'))"
FORMS = f"() => {PICK}.length"
FILL = f"""([number, text]) => {{
  for (const field of {PICK}[number].elements)
    if (field.matches("{_TEXT}")) {{
      field.type === "textarea" || (field.type = "text");
      field.value = text;
    }}
}}"""


class Watcher:
    """Looks over a page's shoulder and notes whatever would mean that something ran, or wanted to."""

    def __init__(self, page: Page) -> None:
        self.page, self.fired, self.at = page, list[str](), ""
        page.on("dialog", self._answer)
        page.on("pageerror", lambda error: self.fired.append(f"{self.at}: {error}"))
        page.on("console", self._hear)

    def visit(self, endpoint: str, path: str) -> None:
        self.at = f"{endpoint} {path[:60]}"
        try:
            self.page.goto(path, wait_until="load")
        except Error as error:
            assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), self.at  # noqa: PT017

    def _answer(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # an editor that warns of what is not saved
            self.fired.append(f"{self.at}: ran")
        dialog.accept()

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that refuses is no fault; a picture that is not there is one: nobody but a canary asks for it.
        asked, here = (address.partition("?")[0] for address in (message.location["url"], self.page.url))
        is_refusal = "Failed to load resource" in message.text and (asked == here or asked.endswith("/favicon.ico"))
        if message.type == "error" and not is_refusal:
            self.fired.append(f"{self.at}: {message.text} {asked}")


def arguments() -> set[str]:
    """Return every name that a page looks for in its address, so that each can be given something evil."""
    pages = Path(__file__).parents[2] / "quizapp" / "web"
    return {
        name for file in pages.glob("*.py") for name in re.findall(r'args\.get(?:list)?\(\s*"(\w+)"', file.read_text())
    }
