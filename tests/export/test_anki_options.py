"""The options of a card: in a fair order that both sides share, the keys marked on the back alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.export.cards import Card, named

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# As Anki on a desk shows a side: into the page that is already there, then running its scripts.
_SHOW = """(html) => {
  const place = document.getElementById("qa");
  place.innerHTML = html;
  for (const old of place.querySelectorAll("script")) {
    const script = document.createElement("script");
    script.textContent = old.textContent;
    old.replaceWith(script);
  }
}"""


def options(page: Page) -> list[str]:
    """Return the options from top to bottom, without marks and feedback."""
    return page.locator(".options > li > div:first-child").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_both_sides_show_the_options_in_the_same_order(chromium: Browser, cards: list[Card], scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()

    for card in cards:
        page.set_content(card.page("front"))
        front = options(page)
        page.set_content(card.page("back"))
        assert options(page) == front, card.name

    context.close()


def test_on_one_long_page_both_sides_show_the_options_in_the_same_order(page: Page, cards: list[Card]) -> None:
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 (Playwright marks it)
    page.set_content('<!doctype html><body class="card"><div id="qa"></div>')

    for card in cards * 2:
        page.evaluate(_SHOW, card.sides["front"])
        front = options(page)
        page.evaluate(_SHOW, card.sides["back"])
        assert options(page) == front, card.name

    assert errors == []


def test_the_order_changes_from_day_to_day_but_not_where_it_must_not(page: Page, cards: list[Card]) -> None:
    def orders(name: str, days: int) -> set[tuple[str, ...]]:
        found = set()
        for day in range(1, days + 1):
            page.clock.set_fixed_time(f"2026-12-{day:02}T12:00:00")
            page.set_content(named(cards, name).page("front"))
            found.add(tuple(options(page)))
        return found

    shuffled = orders("ja-choice-001/0", 28)

    assert len(shuffled) > 5
    assert len({order[0] for order in shuffled}) == 4
    assert orders("en-choice-001/0", 7) == {("12 metres", "128 metres", "281 metres")}
    assert orders("en-judge-0001/0", 7) == {("True", "False")}


def test_the_keys_are_marked_by_a_word_and_only_on_the_back(page: Page, cards: list[Card]) -> None:
    card = named(cards, "en-several-01/0")

    page.set_content(card.page("front"))
    assert page.get_by_text("Choose all that apply.").is_visible()
    assert page.get_by_text("✓").count() == 0

    page.set_content(card.page("back"))
    for option, is_key in (
        ("It is planned", True),
        ("It opens in 2027", True),
        ("It is already open", False),
    ):
        text = page.locator(".options > li", has_text=option).inner_text()
        assert ("✓ Correct" in text) is is_key
    assert "A plan is not yet a fact." in page.locator(".options").inner_text()
