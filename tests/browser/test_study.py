"""Study in a browser: by keyboard and by touch, without a network, at every width and in every look."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.steps import crash, held, require_accessible
from tests.browser.test_quiz import until
from tests.builders import zone_at_noon

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext

BANK = "japan-us-deterrence-ja"
STUDY = f"/study/{BANK}"


@pytest.fixture
def visit(visit: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    return partial(visit, timezone_id=zone_at_noon())


def begin(page: Page, *, scripts: bool = True, **settings: str) -> None:
    """Take the bank up and stand before its first card."""
    page.goto(f"{STUDY}/plan")
    for name, value in settings.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form button").click()
    page.wait_for_url(f"**{STUDY}")
    expect(page.locator("#stage[data-live] .front" if scripts else "#stage .front")).to_be_visible()


def stem(page: Page) -> str:
    return page.locator("#stage .stem").first.inner_text()


def counts(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", page.locator("#counts").inner_text())]


def test_a_whole_day_by_keyboard(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en").new_page()
    begin(page, new_per_day="3")
    first = stem(page)

    page.keyboard.press("Space")
    expect(page.locator("#stage .back")).to_be_focused()
    expect(page.locator("#stage .evidence")).to_be_visible()
    expect(page.locator("#stage .rating small").nth(2)).to_contain_text("10 min")
    page.keyboard.press("4")
    expect(page.locator("#stage .front")).to_be_focused()
    expect(page.locator("#state")).to_have_text("Saved")
    assert stem(page) != first
    page.keyboard.press("z")
    assert stem(page) == first
    page.keyboard.press("Enter")
    page.keyboard.press("Space")  # rates as 3 does, as in Anki
    expect(page.locator("#stage .front")).to_be_focused()
    assert stem(page) != first
    page.keyboard.press("z")
    assert stem(page) == first
    for _ in range(3):
        page.keyboard.press("Enter")
        page.keyboard.press("4")

    expect(page.get_by_text("Done for today")).to_be_visible()
    expect(page.get_by_text("Done for today")).to_be_focused()
    page.goto("/study")
    expect(page.locator("main")).to_contain_text("✓ Done for today")


def test_shortcuts_can_be_switched_off_and_stay_so(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en").new_page()
    begin(page)
    page.get_by_text("Keyboard shortcuts").click()
    page.get_by_label("Use these shortcuts").uncheck()
    page.reload()
    page.locator("#stage .front").focus()
    page.keyboard.press("Space")

    expect(page.locator("#stage .front")).to_be_visible()
    expect(page.locator("#stage .back")).to_have_count(0)


def test_by_touch_on_a_small_phone(chromium: Browser, site: str) -> None:
    phone = chromium.new_context(
        base_url=site,
        locale="ja",
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
        timezone_id=zone_at_noon(),
    )
    page = phone.new_page()
    begin(page)
    first = stem(page)
    show = page.get_by_role("button", name="答えを見る")
    box = show.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 640, "within reach without scrolling"
    show.tap()
    expect(page.locator("#stage .rating")).to_have_count(4)
    for button in page.locator("#stage .rating").all():
        size = button.bounding_box()
        assert size
        assert size["height"] >= 44
        assert size["width"] >= 44
        assert size["y"] + size["height"] <= 640
    page.locator("#stage .rating").nth(3).tap()
    expect(page.locator("#state")).to_have_text("保存済み")
    expect(page.locator("#stage .front")).to_be_visible()
    assert stem(page) != first
    page.get_by_role("button", name="直前の復習を取り消す").tap()
    expect(page.locator("#stage .stem").first).to_have_text(first)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    phone.close()


def test_furigana_are_switched_without_leaving_the_card(visit: Callable[..., BrowserContext]) -> None:
    page = visit().new_page()
    begin(page)
    page.keyboard.press("Space")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("#furigana button[value=on]").click()

    expect(page.locator("html")).to_have_attribute("data-furigana", "on")
    expect(page.locator("#stage .back")).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-furigana", "on")


def test_cards_graded_offline_arrive_once_after_the_tab_was_killed(visit: Callable[..., BrowserContext]) -> None:
    student = visit()
    page = student.new_page()
    is_kept = f"caches.match('{STUDY}').then(Boolean)"
    with held(student, "**/static/queue.js") as script:
        begin(page, new_per_day="6")
        until(page, "0", lambda _: bool(script))
        page.wait_for_timeout(1500)
        assert not page.evaluate(is_kept), "a page is kept once its scripts are"
    until(page, is_kept, bool)
    assert counts(page)[1] == 6
    student.set_offline(True)
    for _ in range(2):
        page.keyboard.press("Space")
        page.keyboard.press("4")
    expect(page.locator("#state")).to_contain_text("オフラインです。")
    third = stem(page)
    crash(page)

    offline = student.new_page()
    offline.goto(STUDY)
    expect(offline.locator("#stage[data-live] .front")).to_be_visible()
    assert stem(offline) == third, "what was graded is not asked again"
    offline.keyboard.press("Space")
    offline.keyboard.press("4")
    expect(offline.locator("#stage .front")).to_be_visible()
    crash(offline)
    student.set_offline(False)

    again = student.new_page()
    sent: list[str] = []
    again.on("request", lambda request: sent.append(request.post_data or "") if "/reviews" in request.url else None)
    again.goto(STUDY)
    again.wait_for_function("() => !Object.keys(localStorage).some((name) => name.includes('study'))")
    expect(again.locator("#state")).to_have_text("保存済み")
    expect(again.locator("#counts")).to_contain_text("新しいカード3枚")
    assert len(sent) == 1
    assert sent[0].count('"operation"') == 3
    again.reload()
    expect(again.locator("#counts")).to_contain_text("新しいカード3枚")
    assert len(sent) == 1, "what is safe is not sent again"


def test_an_answer_that_was_lost_on_the_way_back_counts_once(visit: Callable[..., BrowserContext]) -> None:
    page = visit(worker=False).new_page()
    begin(page, new_per_day="5")
    lost: list[int] = []

    def lose(route) -> None:  # type: ignore[no-untyped-def]
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/reviews", lose)
    page.keyboard.press("Space")
    with page.expect_event("requestfailed"):
        page.keyboard.press("4")
    expect(page.locator("#state")).to_have_text("保存済み", timeout=30_000)

    assert lost == [200]
    page.goto("/study")
    expect(page.locator("main")).to_contain_text("新しいカード4枚")


def test_cards_that_come_late_bring_no_rated_card_back(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en", worker=False).new_page()
    begin(page, new_per_day="3")
    late: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if late:
            route.abort()
        else:
            late.append((route, route.fetch()))

    def rate() -> None:
        page.keyboard.press("Space")
        with page.expect_request_finished(lambda request: request.url.endswith("/reviews")):
            page.keyboard.press("4")

    page.route("**/cards", hold)
    rate()
    until(page, "0", lambda _: bool(late))
    rate()
    expect(page.locator("#state")).to_have_text("Saved")
    ((route, response),) = late
    with page.expect_request_finished(lambda request: request.url.endswith("/cards")):
        route.fulfill(response=response)
    page.wait_for_timeout(500)
    rate()

    expect(page.get_by_text("Done for today")).to_be_visible()


def test_cards_that_come_late_do_not_stay_on_a_device_that_was_to_forget(visit: Callable[..., BrowserContext]) -> None:
    page = visit(worker=False).new_page()
    begin(page, new_per_day="3")
    late: list[tuple[Route, APIResponse]] = []
    page.route("**/cards", lambda route: late.append((route, route.fetch())))
    page.reload()
    until(page, "0", lambda _: bool(late))
    page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    ((route, response),) = late
    with page.expect_request_finished(lambda request: request.url.endswith("/cards")):
        route.fulfill(response=response)
    expect(page.locator("#stage[data-live] .front")).to_be_visible()
    page.wait_for_timeout(500)

    assert page.evaluate("caches.keys()") == []


def test_reviews_left_waiting_are_sent_from_the_list_of_banks_too(visit: Callable[..., BrowserContext]) -> None:
    student = visit(worker=False)
    page = student.new_page()
    begin(page, new_per_day="5")
    page.route("**/reviews", lambda route: route.abort())
    page.keyboard.press("Space")
    page.keyboard.press("4")
    expect(page.locator("#state")).to_contain_text("オフラインです。")
    crash(page)

    again = student.new_page()
    again.goto("/study")

    expect(again.locator("main")).to_contain_text("新しいカード4枚")


def test_a_forgotten_card_comes_back_by_itself(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en").new_page()
    page.clock.install()
    begin(page, new_per_day="1")
    first = stem(page)
    page.keyboard.press("Space")
    page.keyboard.press("1")
    expect(page.get_by_text("A short break")).to_be_visible()
    page.clock.fast_forward(61_000)

    expect(page.locator("#stage .front")).to_be_visible()
    assert stem(page) == first


def test_without_scripts_cards_are_studied_by_buttons(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en", scripts=False).new_page()
    begin(page, scripts=False, new_per_day="1")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="4 Easy").click()

    expect(page.get_by_text("Done for today")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#stage .front")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("ja", "light", 320), ("en", "dark", 1280)],
)
def test_pages_of_study_are_accessible(
    visit: Callable[..., BrowserContext], language: str, scheme: str, width: int
) -> None:
    page = visit(language=language, scheme=scheme, width=width).new_page()
    begin(page, new_per_day="3", exam_on="2099-01-31", reviews_per_day="50")

    def look(state: str) -> None:
        require_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state

    look("front")
    page.keyboard.press("Space")
    look("back")
    for _ in range(2):
        page.keyboard.press("4")
        expect(page.locator("#stage .front")).to_be_focused()
        page.keyboard.press("Space")
    page.keyboard.press("4")
    expect(page.locator("#stage > h2")).to_be_focused()  # not that of the last card's back
    look("done")
    page.goto(f"{STUDY}/plan")
    look("plan")
    page.goto("/study")
    look("overview")
