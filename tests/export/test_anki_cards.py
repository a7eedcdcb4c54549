"""The cards as a learner sees them: Anki's rendering in a browser, phone and desk, by day and by night."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.export.cards import Card, named

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (320, 800)
MODES = ("", "nightMode", "night_mode")

# The lowest contrast between a text and what lies behind it.
_CONTRAST = """() => {
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = numbers(getComputedStyle(at).backgroundColor);
      if (alpha > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const speaks = (node) => node.nodeType === 3 && node.data.trim();
  const ratios = Array.from(document.querySelectorAll(".quizapp *"))
    .filter((element) => Array.from(element.childNodes).some(speaks) && element.tagName !== "SCRIPT")
    .map((element) => {
      const [a, b] = [light(numbers(getComputedStyle(element).color).slice(0, 3)), light(behind(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
  return Math.min(...ratios);
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_and_everything_can_be_read(
    chromium: Browser, cards: list[Card], width: int, scripts: bool
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 600}, java_script_enabled=scripts)
    page = context.new_page()
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 (Playwright marks it)

    for card, side, mode in product(cards, ("front", "back"), MODES):
        page.set_content(card.page(side, mode))
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, (card.name, side)
        assert page.evaluate(_CONTRAST) >= 4.5, (card.name, side, mode)
        line = page.evaluate("document.querySelector('.quizapp').getBoundingClientRect().width")
        assert line <= 640, (card.name, side)

    assert errors == []
    context.close()


def test_night_is_dark_and_day_is_light(page: Page, cards: list[Card]) -> None:
    def paper(mode: str) -> int:
        page.set_content(cards[0].page("front", mode))
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        return int(max(colour))

    assert paper("") == 255
    assert paper("nightMode") < 60
    assert paper("night_mode") < 60


def test_nothing_is_fetched(page: Page, cards: list[Card]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for card, side in product(cards, ("front", "back")):
        page.set_content(card.page(side), wait_until="networkidle" if card is cards[0] else "load")

    assert [url for url in asked if not url.startswith(("about:", "data:"))] == []


def test_the_answer_stands_below_the_line_to_which_anki_scrolls(page: Page, cards: list[Card]) -> None:
    answers = {
        "en-choice-001/0": "281 metres",
        "en-judge-0001/0": "True",
        "en-typed-0001/0": "2027",
        "en-cloze-0001/1": "281",
        "en-term-00001/0": "a structure on posts",
        "en-term-00001/1": "pier",
    }
    for name, answer in answers.items():
        page.set_content(named(cards, name).page("back"))
        assert answer in page.locator("hr#answer ~ .answer").inner_text(), name


def test_furigana_waits_on_the_front_until_it_is_asked_for(page: Page, cards: list[Card]) -> None:
    card = named(cards, "ja-choice-001/0")
    reading = page.locator("rt").first

    page.set_content(card.page("front"))
    assert not reading.is_visible()
    page.get_by_label("ふりがなを表示").check()
    assert reading.is_visible()

    page.set_content(card.page("back"))
    assert reading.is_visible()
    assert page.get_by_label("ふりがなを表示").count() == 0


def test_cards_say_which_language_they_speak(page: Page, cards: list[Card]) -> None:
    for card in cards:
        page.set_content(card.page("back"))
        language = page.locator(".quizapp").get_attribute("lang")
        assert language == ("ja" if card.name.startswith("ja") else "en")
        assert all(quote == language for quote in page.eval_on_selector_all("blockquote", "q => q.map(e => e.lang)"))


def test_what_is_touched_is_large_enough(page: Page, cards: list[Card]) -> None:
    for card, side in product(cards, ("front", "back")):
        page.set_content(card.page(side))
        for place in page.locator("label, input#typeans, .link a, .options > li").all():
            box = place.bounding_box()
            assert box is not None
            assert box["height"] >= 44, (card.name, side, place.inner_text())
