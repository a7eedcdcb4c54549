"""A quiz in a real browser: the clock, keys, flags, and a network that goes away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from quizapp.core.quiz_settings import Feedback
from quizapp.operations import quizzes
from quizapp.store.database import db
from tests.browser.steps import crash, go, held, require_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from playwright.sync_api import BrowserContext

CHOICES = "fieldset.question:has(label.option input[type=radio])"


def begin(page: Page, quiz: str) -> str:
    page.goto(quiz)
    go(page.locator("main form button").first, "/pages/1")
    return page.url


# How many answers and pages of attempts this device keeps.
KEPT_ANSWERS = "Object.keys(localStorage).filter(name => name.startsWith('quizapp:')).length"
KEPT_PAGES = """(async () => {
    const caches_ = (await caches.keys()).filter(name => name.includes("attempt"));
    const pages = await Promise.all(caches_.map(async name => (await caches.open(name)).keys()));
    return pages.flat().length;
})()"""


def until(page: Page, expression: str, holds: Callable[[int], bool]) -> None:
    """Wait until what the page's script says holds."""
    for _ in range(200):
        if holds(page.evaluate(expression)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never held: {expression}")


def first_choice(page: Page) -> str:
    return f"#q{page.locator(CHOICES).first.get_attribute('data-number')}"


def test_pages_kept_on_the_device_are_gone_on_with_offline(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    student = visit()
    page = student.new_page()
    address = begin(page, publish())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, KEPT_PAGES, lambda count: count == 3)
    page.reload()
    page.locator(first_choice(page)).locator("label.option").first.click()
    expect(page.locator("#state")).to_have_text("保存済み")
    student.set_offline(True)
    go(page.locator("#next"), "/pages/2")
    page.locator(first_choice(page)).locator("label.option").first.click()
    expect(page.locator("#state")).to_contain_text("オフライン")
    go(page.locator("#previous"), "/pages/1")
    expect(page.locator(first_choice(page)).locator("label.option input").first).to_be_checked()
    crash(page)

    page = student.new_page()
    page.goto(address.replace("/pages/1", "/pages/2"))
    expect(page.locator(first_choice(page)).locator("label.option input").first).to_be_checked()
    student.set_offline(False)
    expect(page.locator("#state")).to_have_text("保存済み", timeout=30_000)
    elsewhere = visit().new_page()
    elsewhere.goto(page.url)
    expect(elsewhere.locator(first_choice(elsewhere)).locator("label.option input").first).to_be_checked()
    expect(elsewhere.locator("#answered")).to_have_text("8問中2問に回答")


def test_nothing_stays_on_the_device_after_handing_in(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    student = visit()
    page = student.new_page()
    with held(student, "**/attempts/*/check") as late:
        begin(page, publish())
        page.locator(CHOICES).first.locator("label.option").first.click()
        expect(page.locator("#state")).to_have_text("保存済み")
        assert page.evaluate("Object.keys(localStorage).some(name => name.startsWith('quizapp:'))")
        until(page, KEPT_PAGES, lambda count: count == 2 and bool(late))
        page.goto(page.url.replace("/pages/1", "/check"))
        go(page.locator("#answers button"), "/result")

        until(page, KEPT_ANSWERS, lambda count: count == 0)
        until(page, KEPT_PAGES, lambda count: count == 0)
    page.wait_for_timeout(1000)
    assert page.evaluate(KEPT_PAGES) == 0, "what arrives late is not kept either"


def test_when_the_time_is_up_the_last_answer_is_saved_and_handed_in(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    page = visit().new_page()
    begin(page, publish(time_limit=30))
    expect(page.locator("#timer")).to_contain_text("残り 0:")
    page.get_by_role("button", name="残り時間を隠す").click()
    expect(page.locator("#timer")).to_have_text("残り時間は非表示")
    page.locator(CHOICES).first.locator("label.option").first.click()
    page.wait_for_url("**/result", timeout=60_000)

    expect(page.locator("p.score")).to_be_visible()
    expect(page.locator("p.warning")).to_have_count(0)


def test_a_clock_three_hours_ahead_changes_nothing(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    student = visit()
    student.add_init_script("const now = Date.now; Date.now = () => now() + 3 * 3600 * 1000;")
    page = student.new_page()
    begin(page, publish(time_limit=600))
    expect(page.locator("#timer")).to_contain_text(re.compile(r"残り (9:\d\d|10:00)"))
    page.locator(CHOICES).first.locator("label.option").first.click()

    expect(page.locator("#state")).to_have_text("保存済み")
    expect(page).to_have_url(re.compile("/pages/1"))


def test_extra_time_arrives_with_the_next_answer(
    visit: Callable[..., BrowserContext], publish: Callable[..., str], desk: Flask
) -> None:
    page = visit().new_page()
    quiz = publish(time_limit=600)
    begin(page, quiz)
    with desk.app_context():
        session, now = db.session(), datetime.now(UTC)
        student_id = quizzes.student_ids(session, quiz.rpartition("/")[2])[0]
        quizzes.allow(session, quiz.rpartition("/")[2], student_id, time_factor=2.0, now=now)
    page.locator(CHOICES).first.locator("label.option").first.click()

    expect(page.locator("#timer")).to_contain_text(re.compile(r"残り (19:\d\d|20:00)"))


def test_keys_choose_move_flag_and_can_be_switched_off(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    page = visit(language="en").new_page()
    begin(page, publish("en", page_size=8))
    page.locator(CHOICES).first.locator("label.option input").first.focus()
    here = first_choice(page)
    page.keyboard.press("2")
    expect(page.locator(f"{here} label.option input").nth(1)).to_be_checked()
    page.keyboard.press("f")
    expect(page.locator(f"{here} .flag input")).to_be_checked()
    expect(page.locator(f"#grid [data-number='{here[2:]}']")).to_have_attribute(
        "aria-label", re.compile("answered, unsure")
    )
    before = page.evaluate("document.activeElement.closest('.question').id")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('.question')?.id") != before
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Use these shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.locator(f"{here} label.option input").nth(1).focus()
    page.keyboard.press("1")

    expect(page.locator(f"{here} label.option input").nth(1)).to_be_checked()


def test_feedback_at_once_is_shown_where_the_answer_was_given(
    visit: Callable[..., BrowserContext], publish: Callable[..., str]
) -> None:
    page = visit().new_page()
    begin(page, publish(feedback=Feedback.AT_ONCE))
    here = first_choice(page)
    page.locator(f"{here} label.option").first.click()
    go(page.locator(here).get_by_role("button", name="この答えを確かめる"), "/pages/1")

    expect(page.locator(f"section{here} .evidence blockquote").first).to_be_visible()
    expect(page).to_have_url(re.compile(f"{here}$"))


@pytest.mark.parametrize(("language", "scheme"), [("ja", "dark"), ("en", "light")])
def test_the_pages_around_a_quiz_are_accessible_and_fit_a_phone(
    visit: Callable[..., BrowserContext], publish: Callable[..., str], language: str, scheme: str
) -> None:
    page = visit(language=language, scheme=scheme, width=320).new_page()

    def look() -> None:
        require_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url

    page.goto(quiz := publish(language, time_limit=600, feedback=Feedback.EACH_PAGE))
    look()
    begin(page, quiz)
    page.locator("label.option").first.click()
    go(page.locator("button[value=judge]"), "/pages/1")
    expect(page.locator("section.question")).to_have_count(1)
    look()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    look()
    page.keyboard.press("Escape")
    page.goto(page.url.partition("/pages")[0] + "/questions/1/report")
    look()
    for _ in range(2):
        page.goto(quiz)
        go(page.locator("main .button").first, r"/pages/\d+")
        page.goto(page.url.partition("/pages")[0] + "/check")
        look()
        go(page.locator("#answers button"), "/result")
    for address in ("/history", "/history/devices", "/history/deletion", "/offline"):
        page.goto(address)
        look()
