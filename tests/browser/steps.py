"""Steps of a visit that are over when the page they lead to is there, whole."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, Route


def go(button: Locator, there: str = "") -> None:
    """Press a button or link and wait until the page whose address ends like the pattern ``there`` has loaded.

    A click alone waits for no page, and what is looked at meanwhile is the old page or half of the new one. The place
    on the page is passed over: browsers take it along from page to page.
    """
    with button.page.expect_navigation(url=re.compile(rf"{there}(#\w+)?$")):
        button.click()


def named(page: Page, name: str) -> Locator:
    """Return the button with this name."""
    return page.get_by_role("button", name=name, exact=True)


def wait_until_mended(page: Page) -> None:
    """Wait on "To mend" until one bank after another has been looked over: each leads to the page anew."""
    expect(page.locator("#look details")).to_be_attached(timeout=60_000)
    page.wait_for_load_state()


def require_accessible(page: Page) -> None:
    assert not barriers(page), page.url


def barriers(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on a page, by all of its rules or these; one that leads on is looked at where it stops."""
    options = {"resultTypes": ["violations"], "preload": False, **({"runOnly": rules} if rules else {})}
    for _ in range(20):
        page.wait_for_load_state()
        try:
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE_SCRIPT)
            found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
        except Error as error:
            if not re.search("because of a navigation|axe is not defined", str(error)):
                raise
            continue
        return [f"{each['id']} {node['target']}" for each in found for node in each["nodes"]]
    raise AssertionError(f"{page.url} leads on and on")


@contextmanager
def held(context: BrowserContext, address: str) -> Iterator[list[APIResponse]]:
    """Hold the first answer that the service worker is sent from such an address; it arrives when the block ends."""
    routes: list[Route] = []
    answers: list[APIResponse] = []

    def hold(route: Route) -> None:
        if route.request.service_worker and not routes:
            routes.append(route)
            answers.append(route.fetch())
        else:
            route.continue_()

    context.route(address, hold)
    yield answers
    routes[0].fulfill(response=answers[0])
    context.unroute(address, hold)


def lose_network(page: Page) -> None:
    """Let what a page's scripts ask for fail. Unlike "offline" this holds while the page is closed, too."""
    page.evaluate("() => { window.asked = fetch; window.fetch = () => Promise.reject(new TypeError('no network')); }")


def find_network(page: Page) -> None:
    """Undo ``lose_network``, and tell the page so."""
    page.evaluate("() => { window.fetch = asked; dispatchEvent(new Event('online')); }")


def crash(page: Page) -> None:
    """Close a tab so that it cannot send anything more, as when it is killed."""
    lose_network(page)
    page.close()
