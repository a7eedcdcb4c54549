"""Every page, wide and narrow, in both languages, light and dark: nothing scrolls sideways, axe finds nothing.

``QUIZAPP_SCREENSHOTS=folder`` keeps a picture of each page to be looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Error

from tests.browser import world as worlds
from tests.browser.served import an_app, come_as, paths, serve
from tests.browser.steps import barriers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

    from tests.browser.world import World

PICTURES = os.environ.get("QUIZAPP_SCREENSHOTS", "")
# Who sees the most of a page: the owner of the desk's, the pupil of their own, the admin of what is an admin's alone.
SEEN_BY = {"quizzes": "pupil", "attempts": "pupil", "results": "pupil", "history": "pupil", "classes": "pupil",
           "accounts.sign_in": "visitor", "accounts.registration": "visitor", "accounts.invitation": "visitor",
           "accounts.new_password": "visitor", "accounts.forgotten_password": "visitor", "study": "learner",
           "people": "admin"}  # fmt: skip


@pytest.fixture(scope="module")
def app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from an_app(migrated_sqlite, tmp_path_factory.mktemp("looks"))


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    return worlds.make(app, worlds.plain, worlds.plain)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    yield from serve(app)


Look = tuple[int, Literal["light", "dark"]]
# What depends on width and on colours; the other rules of axe need one look.
WIDTH = ("scrollable-region-focusable", "target-size")
COLOURS = ("color-contrast", "link-in-text-block")
# Which rules each look of a language is checked by: all, some, or none, where each of them was checked already.
LOOKS: dict[str, dict[Look, tuple[str, ...] | None]] = {
    "ja": {(1280, "light"): (), (1280, "dark"): COLOURS, (360, "dark"): COLOURS + WIDTH, (360, "light"): None},
    "en": {(1280, "light"): WIDTH, (360, "dark"): WIDTH},  # the same pages in the same colours; words differ in width
}

# What stands in charts, and how high its letters are drawn, in pixels of the page.
_LABELS = """() => [...document.querySelectorAll(".chart text")].filter((text) => text.checkVisibility()).map((text) =>
    [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a])"""


@pytest.mark.timeout(600)  # seven dozen pages, six looks
@pytest.mark.parametrize("language", LOOKS)
def test_every_page_fits_and_is_accessible_in_every_look(
    chromium: Browser, app: Flask, world: World, address: str, language: str
) -> None:
    looks = {"locale": language, "reduced_motion": "reduce"}
    pages = {who: come_as(chromium, app, world, address, who, **looks).new_page() for who in world.visitors}
    faults: list[str] = []
    shown = 0
    for endpoint, path in paths(app, world):
        page = pages[SEEN_BY.get(endpoint) or SEEN_BY.get(endpoint.partition(".")[0], "owner")]
        if not visit(page, path):
            continue
        shown += 1
        for (width, scheme), rules in LOOKS[language].items():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            wide = page.evaluate("document.documentElement.scrollWidth")
            found = [f"{wide} px wide"] if wide > width else []
            found += [f"a chart's “{label}” is {size} px high" for label, size in page.evaluate(_LABELS) if size < 12]
            if rules is not None:
                found += barriers(page, *rules)
            faults += [f"{endpoint} ({path}) {width} {scheme}: {fault}" for fault in found]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{endpoint}-{width}-{language}-{scheme}.png", full_page=True)
    for page in pages.values():
        page.context.close()

    assert shown > 40
    assert not faults


def visit(page: Page, path: str) -> bool:
    """Go to a page; False for what is a file, or a part that scripts ask for."""
    try:
        response = page.goto(path)
    except Error as error:
        assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), path  # noqa: PT017
        return False
    assert response is None or response.status < 500, path
    return response is not None and bool(page.locator("html[lang]").count())
