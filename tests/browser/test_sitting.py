"""A whole visit in a real browser: choose a bank, sit a quiz, read the result, take the deck."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import go, named, require_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

BANKS = {"ja": "japan-us-deterrence-ja", "en": "japan-us-deterrence-en"}
WORDS = {
    "ja": {
        "begin": "始める",
        "next": "保存して次へ",
        "look": "保存して見直す",
        "hand": "提出して結果を見る",
        "why": "解説",
        "evidence": "根拠",
    },
    "en": {
        "begin": "Begin",
        "next": "Save and go on",
        "look": "Save and look over",
        "hand": "Hand in and see the result",
        "why": "Why",
        "evidence": "Evidence",
    },
}


def begin(page: Page, language: str, count: str = "10", page_size: str = "5") -> None:
    page.goto(f"/banks/{BANKS[language]}")
    page.select_option("select[name=count]", count)
    page.select_option("select[name=page_size]", page_size)
    go(named(page, WORDS[language]["begin"]), "/pages/1")


def answer_page(page: Page) -> None:
    for question in page.locator("fieldset.question").all():
        if question.locator("label.option").count():
            question.locator("label.option").first.click()
        for field in question.locator("input[type=text]").all():
            field.fill("GIGO")
        for gap in question.locator("select").all():
            gap.select_option(index=1)


def sit(page: Page, language: str) -> None:
    begin(page, language)
    answer_page(page)
    go(named(page, WORDS[language]["next"]), "/pages/2")
    answer_page(page)
    go(named(page, WORDS[language]["look"]), "/check")
    go(named(page, WORDS[language]["hand"]), "/result")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_whole_sitting(visit: Callable[..., BrowserContext], language: str, scripts: bool) -> None:
    page = visit(language=language, scripts=scripts).new_page()
    page.goto("/")
    go(page.locator(f"section h3 a[href='/banks/{BANKS[language]}']"), f"/{BANKS[language]}")

    sit(page, language)

    expect(page.locator("p.score")).to_contain_text("/ 10")
    expect(page.locator("section.question")).to_have_count(10)
    for question in page.locator("section.question").all():
        expect(question.locator(".evidence blockquote").first).to_be_visible()
        expect(question.locator(".evidence .claim")).to_have_count(1)
        expect(question.get_by_role("heading", name=WORDS[language]["why"])).to_be_visible()


def test_the_deck_is_downloaded(visit: Callable[..., BrowserContext], tmp_path: Path) -> None:
    page = visit().new_page()
    page.goto(f"/banks/{BANKS['ja']}")
    with page.expect_download() as download:
        page.get_by_role("link", name=".apkg").click()
    download.value.save_as(tmp_path / "deck.apkg")

    assert download.value.suggested_filename == f"{BANKS['ja']}.apkg"
    assert "collection.anki2" in zipfile.ZipFile(tmp_path / "deck.apkg").namelist()


def test_answers_are_there_after_closing_the_browser(visit: Callable[..., BrowserContext]) -> None:
    first = visit()
    page = first.new_page()
    begin(page, "ja", page_size="5")
    answer_page(page)
    go(named(page, WORDS["ja"]["next"]), "/pages/2")
    address = page.url.replace("/pages/2", "")
    first.close()

    page = visit().new_page()
    page.goto(address)

    expect(page).to_have_url(re.compile("/pages/2$"))
    expect(page.locator(".bar")).to_contain_text("10問中5問に回答")
    expect(page.locator(".bar")).to_contain_text("保存済み")


def test_a_quiz_can_be_taken_by_keyboard_alone(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en").new_page()
    page.goto(f"/banks/{BANKS['en']}")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()

    _press_until(page, "button.button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/1")
    _press_until(page, "label.option input, input.answer, input.gap, .with-gaps select")
    page.keyboard.press("Space")
    _press_until(page, "button[name=then]")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/banks/"))
    expect(page.get_by_role("heading", name="Look over your answers")).to_be_visible()


def _press_until(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_switches_change_language_and_look_and_lose_no_answer(
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit().new_page()
    begin(page, "ja", page_size="10")
    page.locator("label.option input").first.check()
    go(named(page, "English"), "/pages/1")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("label.option input").first).to_be_checked()
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    go(named(page, "Dark"), "/pages/1")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
    expect(page.locator("label.option input").first).to_be_checked()


def test_moments_stand_in_the_visitors_own_time_zone(visit: Callable[..., BrowserContext]) -> None:
    page = visit(language="en").new_page()
    sit(page, "en")
    time = page.locator("p.facts time")
    shown = page.evaluate(
        "([iso, options]) => new Intl.DateTimeFormat('en', options).format(new Date(iso))",
        [
            time.get_attribute("datetime"),
            {"dateStyle": "medium", "timeStyle": "short", "timeZone": "America/New_York"},
        ],
    )

    expect(time).to_have_text(shown)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_quiet(visit: Callable[..., BrowserContext], language: str, scheme: str) -> None:
    page = visit(language=language, scheme=scheme).new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    seen = 0

    def look() -> None:
        nonlocal seen
        seen += 1
        require_accessible(page)

    page.goto("/")
    look()
    page.goto(f"/banks/{BANKS[language]}")
    for summary in page.locator("summary").all()[:3]:
        summary.click()
    look()
    page.goto(f"/banks/{BANKS[language]}/article")
    look()
    begin(page, language, page_size="10", count="all")
    look()
    go(page.locator("#grid button").last, "/pages/5")
    answer_page(page)
    go(named(page, WORDS[language]["look"]), "/check")
    look()
    go(named(page, WORDS[language]["hand"]), "/result")
    look()

    assert seen == 6
    assert complaints == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_scrolls_sideways_on_the_smallest_phones(visit: Callable[..., BrowserContext], language: str) -> None:
    page = visit(language=language, width=320).new_page()

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url

    for address in ("/", f"/banks/{BANKS[language]}", f"/banks/{BANKS[language]}/article", "/nothing-here"):
        page.goto(address)
        fits()
    begin(page, language, page_size="10", count="all")
    for number in range(2, 6):
        fits()
        go(named(page, WORDS[language]["next"]), f"/pages/{number}")
    fits()
    go(named(page, WORDS[language]["look"]), "/check")
    fits()
    go(named(page, WORDS[language]["hand"]), "/result")
    fits()


def test_targets_are_large_enough_for_fingers(visit: Callable[..., BrowserContext]) -> None:
    page = visit(width=360).new_page()
    begin(page, "ja", page_size="10")

    for target in page.locator("label.option, label.flag, button:visible, .brand, input.answer").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.inner_text()
