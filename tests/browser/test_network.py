"""Networks that go away, lag, or come back too late; two tabs; kept pages: no answer is lost or misreported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.steps import crash, find_network, go, lose_network, named
from tests.browser.test_quiz import CHOICES, KEPT_ANSWERS, KEPT_PAGES, begin, first_choice, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext


def hand_in(page: Page, address: str) -> None:
    page.goto(address.replace("/pages/1", "/check"))
    go(page.locator("#answers button"), "/result")


def test_an_answer_that_waited_beyond_the_end_is_put_aside_and_told_of(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    student = visit()
    page = student.new_page()
    address = begin(page, publish())
    student.set_offline(True)
    page.locator(CHOICES).first.locator("label.option").first.click()
    expect(page.locator("#state")).to_contain_text("オフライン")
    crash(page)
    student.set_offline(False)
    hand_in(visit().new_page(), address)

    page = student.new_page()
    page.goto(address)

    expect(page.locator("p.warning")).to_contain_text("1問の回答が、時間切れか提出のあとに")
    until(page, KEPT_ANSWERS, lambda count: count == 0)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_tabs_on_one_question_the_later_answer_counts(
    visit: Callable[..., BrowserContext], publish: Callable[..., str], order: tuple[int, int]
) -> None:
    student = visit()
    tabs = student.new_page(), student.new_page()
    address = begin(tabs[0], publish())
    tabs[1].goto(address)
    here = first_choice(tabs[0])
    for number, tab in enumerate(tabs):
        lose_network(tab)
        tab.locator(here).locator("label.option").nth(number).click()
        expect(tab.locator("#state")).to_contain_text("オフライン")
    for number in order:
        find_network(tabs[number])
        expect(tabs[number].locator("#state")).not_to_have_text(re.compile("オフライン|保存中"))

    other = visit().new_page()
    other.goto(address)
    expect(other.locator(here).locator("label.option input").nth(1)).to_be_checked()


def test_a_slow_network_does_not_make_a_pupil_doubt_their_own_answer(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    page = visit(worker=False).new_page()
    begin(page, publish())

    def late(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/answers", late)
    page.locator(CHOICES).first.locator("label.option").first.click()
    page.locator("#next").click()
    page.wait_for_url("**/pages/2")

    expect(page.locator("#answered")).to_have_text("8問中1問に回答")
    page.wait_for_timeout(1500)
    expect(page.locator("#state")).to_have_text("保存済み")


def test_a_queue_that_waits_asks_once_at_a_time(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    page = visit(worker=False).new_page()
    begin(page, publish(page_size=8))
    tries: list[float] = []

    def refuse(route: Route) -> None:
        tries.append(1.0)
        route.abort()

    page.route("**/answers", refuse)
    options = page.locator("label.option:has(input[type=radio])")
    for number in range(12):
        options.nth(number).click()
        page.wait_for_timeout(100)
    page.wait_for_timeout(8000)

    assert len(tries) < 12 + 12  # one for each change, then ever more seldom


def test_a_page_that_was_kept_tells_the_time_and_the_answers_of_now(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    student = visit()
    page = student.new_page()
    address = begin(page, publish(time_limit=600))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, KEPT_PAGES, lambda count: count == 3)
    page.wait_for_timeout(4000)
    student.set_offline(True)
    page.locator(CHOICES).first.locator("label.option").first.click()
    expect(page.locator("#state")).to_contain_text("オフライン")
    page.reload()
    expect(page.locator("#timer")).to_contain_text(re.compile(r"残り 9:([0-4]\d|5[0-6])"))
    page.goto(address.replace("/pages/1", "/pages/2"))
    expect(page.locator("#answered")).to_have_text("8問中1問に回答")
    page.goto(address.replace("/pages/1", "/check"))

    expect(page.locator("#answered")).to_have_text("8問中1問に回答")
    expect(page.locator("#blank li")).to_have_count(7)


def test_deleting_ones_data_leaves_nothing_on_the_device(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    page = visit().new_page()
    begin(page, publish())
    page.locator(CHOICES).first.locator("label.option").first.click()
    expect(page.locator("#state")).to_have_text("保存済み")
    until(page, KEPT_PAGES, lambda count: count == 3)
    page.goto("/history/deletion")
    go(named(page, "すべて削除する"), "deleted=1")

    until(page, KEPT_ANSWERS, lambda count: count == 0)
    until(page, KEPT_PAGES, lambda count: count == 0)
