"""From a quiz to a better question in a real browser: publish, three pupils sit, results, mend, judge again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.steps import go, named, require_accessible, wait_until_mended
from tests.browser.test_desk import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

BANK = {"stem": "青葉橋が開通したのは何年ですか。", "options": ["2018年", "2019年", "2020年"]}


def write_question(page: Page, title: str) -> None:
    """Make a bank with one question whose key is wrong at first: 2018."""
    go(page.get_by_role("link", name="A new empty bank"))
    page.fill("#title", title)
    go(named(page, "Make the bank"))
    page.get_by_text("Write a question").click()
    go(page.get_by_role("link", name="Single choice"))
    page.fill("#stem", str(BANK["stem"]))
    for number, text in enumerate(BANK["options"]):
        page.fill(f"[name='options-{number}-text']", text)
    page.check("#options-0-correct")
    go(page.locator("button.button[value='save']"))


def sit(visit: Callable[..., BrowserContext], link: str, name: str, answer: str) -> None:
    page = visit(language="en", width=360).new_page()
    page.goto(link)
    go(page.get_by_role("link", name="Join the class"))
    page.fill("#name", name)
    go(page.get_by_role("button", name="Join the class"))
    go(page.get_by_role("button", name="Begin"))
    page.locator("label.option", has_text=answer).click()
    go(page.get_by_role("button", name="Save and look over"))
    go(page.get_by_role("button", name="Hand in and see the result"), "/result")


def test_a_quiz_is_published_sat_seen_mended_and_judged_again(  # noqa: PLR0915 (one path, told in order)
    visit: Callable[..., BrowserContext], teacher: str
) -> None:
    page = visit(language="en").new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sign_in(page, teacher)
    write_question(page, "橋の小テスト用")

    page.goto("/desk/classes")
    page.fill("#name", "1年A組")
    go(named(page, "Make the class"))
    require_accessible(page)
    page.goto("/desk/quizzes/new")
    page.fill("#title", "橋の小テスト")
    page.get_by_label("橋の小テスト用").check()
    page.select_option("#entry", label="The class 1年A組")
    page.get_by_text("More settings", exact=True).click()
    require_accessible(page)
    go(named(page, "Make the quiz"))
    require_accessible(page)
    link = page.locator("input[readonly]").input_value()
    refused = "() => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    for fallback, told in (("() => true", "Copied"), ("() => false", "")):
        page.evaluate(f"navigator.clipboard.writeText = {refused}; document.execCommand = {fallback}")
        named(page, "Copy the link").click()
        expect(page.locator("[data-copied]")).to_have_text(told)
    desk = page.url

    page.goto(f"{desk}/progress")
    expect(page.locator("#live")).to_contain_text("Nobody has begun yet")
    for name, answer in (("Aki", "2019年"), ("Ben", "2019年"), ("Chie", "2018年")):
        sit(visit, link, name, answer)
    expect(page.locator("#live")).to_contain_text("3 handed in", timeout=45_000)  # it asks less often after a while
    require_accessible(page)
    page.goto(f"{desk}/results")
    expect(page.locator("tr", has_text="Aki")).to_contain_text(re.compile(r"(?<!\d)0%"))
    require_accessible(page)
    page.goto(f"{desk}/statistics")
    expect(page.locator("main")).to_contain_text("so far there are 3")
    require_accessible(page)

    page.goto("/desk/mend")
    wait_until_mended(page)
    require_accessible(page)
    page.goto(f"{desk}/statistics")
    go(page.get_by_role("link", name=str(BANK["stem"])))
    go(page.get_by_role("link", name="Edit"))
    page.check("#options-1-correct")
    go(page.locator("button.button[value='save']"))
    page.goto(f"{desk}/statistics")
    go(page.get_by_role("link", name=str(BANK["stem"])))
    go(page.get_by_role("link", name="Regrade"))
    expect(page.locator("tbody tr")).to_have_count(3)
    require_accessible(page)
    page.get_by_label("Why, for the pupils").fill("正答を直しました。")
    go(named(page, "Change 3 scores"))
    expect(page.locator("main")).to_contain_text("3 scores were changed")
    page.goto(f"{desk}/results")
    expect(page.locator("tr", has_text="Aki")).to_contain_text("100%")
    assert faults == []
