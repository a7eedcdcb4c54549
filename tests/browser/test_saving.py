"""Answers are saved while they are given: without a button, without a network, across tabs and devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.browser.steps import crash, go, named
from tests.browser.test_quiz import begin as begin_quiz

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

BANK = "/banks/japan-us-deterrence-ja"


def begin(page: Page) -> str:
    """Begin a quiz of every question and return the address of its first page."""
    page.goto(BANK)
    page.select_option("select[name=count]", "all")
    page.select_option("select[name=page_size]", "10")
    go(named(page, "始める"), "/pages/1")
    return page.url


def test_a_chosen_option_is_saved_at_once(visit: Callable[..., BrowserContext]) -> None:
    page = visit().new_page()
    address = begin(page)
    page.locator("label.option").first.click()
    expect(page.locator("#state")).to_have_text("保存済み")
    expect(page.locator("#answered")).to_have_text("42問中1問に回答")

    other = visit().new_page()
    other.goto(address)
    expect(other.locator("label.option input").first).to_be_checked()


def test_answers_given_offline_arrive_after_the_tab_was_closed(visit: Callable[..., BrowserContext]) -> None:
    student = visit()
    page = student.new_page()
    address = begin(page)
    student.set_offline(True)
    page.locator("label.option").first.click()
    expect(page.locator("#state")).to_contain_text("オフラインです。回答はこの端末に保管し")
    crash(page)
    student.set_offline(False)

    again = student.new_page()
    again.goto(address)
    expect(again.locator("label.option input").first).to_be_checked()
    expect(again.locator("#state")).to_have_text("保存済み")
    other = visit().new_page()
    other.goto(address)
    expect(other.locator("label.option input").first).to_be_checked()


def test_answers_are_sent_by_themselves_when_the_network_is_back(visit: Callable[..., BrowserContext]) -> None:
    student = visit()
    page = student.new_page()
    begin(page)
    student.set_offline(True)
    page.locator("label.option").first.click()
    expect(page.locator("#state")).to_contain_text("オフライン")
    student.set_offline(False)

    expect(page.locator("#state")).to_have_text("保存済み")


def test_another_device_goes_on_and_its_newer_answer_counts(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    first, second = visit().new_page(), visit().new_page()
    address = begin_quiz(first, publish())
    options = first.locator("fieldset.question:has(input[type=radio])").first.locator("label.option")
    options.nth(0).click()
    expect(first.locator("#state")).to_have_text("保存済み")
    second.goto(address)
    second.locator("fieldset.question:has(input[type=radio])").first.locator("label.option").nth(1).click()
    expect(second.locator("#state")).to_have_text("保存済み")

    first.reload()
    expect(options.nth(1).locator("input")).to_be_checked()


def test_composing_japanese_saves_once_at_the_end(visit: Callable[..., BrowserContext]) -> None:
    page = visit(worker=False).new_page()
    begin(page)
    while not page.locator("input.answer").count():
        go(named(page, "保存して次へ"), r"/pages/\d+")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/answers" in request.url else None)
    page.locator("input.answer").first.focus()
    keys = page.context.new_cdp_session(page)
    for text in ("か", "かく", "かくし", "核心"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(700)
    assert sent == []
    keys.send("Input.insertText", {"text": "核心"})

    expect(page.locator("#state")).to_have_text("保存済み")
    assert len(sent) == 1
    assert "核心" in sent[0]


def test_leaving_the_page_in_the_middle_of_typing_loses_nothing(visit: Callable[..., BrowserContext]) -> None:
    page = visit().new_page()
    begin(page)
    while not page.locator("input.answer").count():
        go(named(page, "保存して次へ"), r"/pages/\d+")
    address = page.url
    page.locator("input.answer").first.press_sequentially("GIGO")
    page.goto("/")

    page.goto(address)
    expect(page.locator("input.answer").first).to_have_value("GIGO")
    expect(page.locator("#state")).to_have_text("保存済み")


def test_after_handing_in_elsewhere_the_page_says_so(visit: Callable[..., BrowserContext]) -> None:
    first, second = visit().new_page(), visit().new_page()
    address = begin(first)
    second.goto(address.replace("/pages/1", "/check"))
    go(named(second, "提出して結果を見る"), "/result")
    first.locator("label.option").first.click()

    expect(first.locator("#state")).to_contain_text("提出済み")


def test_an_attempt_is_handed_in_only_when_all_answers_are_safe(visit: Callable[..., BrowserContext]) -> None:
    page = visit(worker=False).new_page()
    check = begin(page).replace("/pages/1", "/check")
    page.goto(check)
    page.route("**/answers", lambda route: route.abort())
    # As a tab that was closed offline leaves it.
    waiting = '{"number": 1, "sequence": 9, "answer": ["x"], "flagged": false}'
    page.evaluate("change => localStorage.setItem(`quizapp:${location.pathname.split('/')[2]}:1`, change)", waiting)
    page.reload()
    page.get_by_role("button", name="提出して結果を見る").click()
    expect(page.locator("#state")).to_contain_text("オフライン")
    expect(page).to_have_url(check)

    page.unroute("**/answers")

    expect(page.locator("p.score")).to_be_visible(timeout=30_000)


def test_two_tabs_keep_both_their_answers_while_offline(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    student = visit()
    first, second = student.new_page(), student.new_page()
    address = begin_quiz(first, publish())
    second.goto(address)
    student.set_offline(True)  # not by routes: requests of a page that has a service worker can go past them
    choices = "fieldset.question:has(input[type=radio])"
    first.locator(choices).nth(0).locator("label.option").first.click()
    second.locator(choices).nth(1).locator("label.option").first.click()
    expect(second.locator("#state")).to_contain_text("オフライン")
    crash(first)
    crash(second)
    student.set_offline(False)

    again = student.new_page()
    again.goto(address)
    expect(again.locator("#state")).to_have_text("保存済み")
    for number in (0, 1):
        expect(again.locator(choices).nth(number).locator("label.option input").first).to_be_checked()


def test_an_answer_given_in_a_tab_that_is_behind_still_counts(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    behind, ahead = visit().new_page(), visit().new_page()
    address = begin_quiz(behind, publish())
    ahead.goto(address)
    options = "fieldset.question:has(input[type=radio]) >> nth=0 >> label.option"
    for number in (0, 1, 0):
        ahead.locator(options).nth(number).click()
        expect(ahead.locator("#state")).to_have_text("保存済み")
    behind.locator(options).nth(1).click()
    expect(behind.locator("#state")).to_have_text("保存済み")

    ahead.reload()
    expect(ahead.locator(options).nth(1).locator("input")).to_be_checked()


def test_a_refusal_on_the_way_throws_no_answer_away(visit: Callable[..., BrowserContext]) -> None:
    page = visit(worker=False).new_page()
    address = begin(page)
    page.route("**/answers", lambda route: route.fulfill(status=403))
    page.locator("label.option").first.click()
    expect(page.locator("#state")).to_contain_text("保存できませんでした")
    page.unroute("**/answers")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#state")).to_have_text("保存済み")
    other = visit().new_page()
    other.goto(address)
    expect(other.locator("label.option input").first).to_be_checked()
