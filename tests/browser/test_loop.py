"""From a quiz to a better question in a real browser: publish, three pupils sit, results, mend, judge again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.steps import require_accessible
from tests.browser.test_desk import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

BANK = {"title": "橋の問題集", "stem": "青葉橋が開通したのは何年ですか。", "options": ["2018年", "2019年", "2020年"]}


def write_question(page: Page) -> None:
    """Make a bank with one question whose key is wrong at first: 2018."""
    page.get_by_role("link", name="A new empty bank").click()
    page.fill("#title", str(BANK["title"]))
    page.get_by_role("button", name="Make the bank").click()
    page.get_by_text("Write a question").click()
    page.get_by_role("link", name="Single choice").click()
    page.fill("#stem", str(BANK["stem"]))
    while page.locator("[name^='options-'][name$='-text']").count() < 3:
        page.locator("button[value='add-options']").click()
    for number, text in enumerate(BANK["options"]):
        page.fill(f"[name='options-{number}-text']", text)
    page.check("[name='options-0-correct']")
    page.locator("button.button[value='save']").click()


def sit(visit: Callable[..., BrowserContext], link: str, name: str, answer: str) -> None:
    page = visit(language="en", width=360).new_page()
    page.goto(link)
    page.get_by_role("link", name="Join the class").click()
    page.fill("#name", name)
    page.get_by_role("button", name="Join the class").click()
    page.get_by_role("button", name="Begin").click()
    page.locator("label.option", has_text=answer).click()
    page.get_by_role("button", name="Save and look over").click()
    page.get_by_role("button", name="Hand in and see the result").click()
    page.wait_for_url("**/result")


def test_a_quiz_is_published_sat_seen_mended_and_judged_again(  # noqa: PLR0915 (one path, told in order)
    visit: Callable[..., BrowserContext], teacher: str
) -> None:
    page = visit(language="en").new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sign_in(page, teacher)
    write_question(page)

    page.goto("/desk/classes")
    page.fill("#name", "1年A組")
    page.get_by_role("button", name="Make the class").click()
    require_accessible(page)
    page.goto("/desk/quizzes/new")
    page.fill("#title", "橋の小テスト")
    page.get_by_label(str(BANK["title"])).check()
    page.select_option("#entry", label="The class 1年A組")
    page.get_by_text("More settings", exact=True).click()
    require_accessible(page)
    page.get_by_role("button", name="Make the quiz").click()
    require_accessible(page)
    link = page.locator("input[readonly]").input_value()
    desk = page.url

    page.goto(f"{desk}/progress")
    expect(page.locator("#live")).to_contain_text("Nobody has begun yet")
    for name, answer in (("Aki", "2019年"), ("Ben", "2019年"), ("Chie", "2018年")):
        sit(visit, link, name, answer)
    expect(page.locator("#live")).to_contain_text("3 handed in")
    require_accessible(page)
    page.goto(f"{desk}/results")
    expect(page.locator("tr", has_text="Aki")).to_contain_text("0%")
    require_accessible(page)
    page.goto(f"{desk}/statistics")
    expect(page.locator("main")).to_contain_text("n = 3, too few")
    require_accessible(page)

    page.goto("/desk/mend")
    expect(page.get_by_text("Look over again").first).to_be_attached()
    require_accessible(page)
    page.goto(f"{desk}/statistics")
    page.get_by_role("link", name=str(BANK["stem"])).click()
    page.get_by_role("link", name="Edit").click()
    page.uncheck("[name='options-0-correct']")
    page.check("[name='options-1-correct']")
    page.locator("button.button[value='save']").click()
    page.goto(f"{desk}/statistics")
    page.get_by_role("link", name=str(BANK["stem"])).click()
    page.get_by_role("link", name="Judge again").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    require_accessible(page)
    page.get_by_label("Why, for the pupils").fill("正答を直しました。")
    page.get_by_role("button", name="Change 3 scores").click()
    expect(page.locator("main")).to_contain_text("3 scores were changed")
    page.goto(f"{desk}/results")
    expect(page.locator("tr", has_text="Aki")).to_contain_text("100%")
    assert faults == []
