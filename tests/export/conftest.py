"""Rendered cards and a browser to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from export import anki
from quizapp.core.inputs import Option
from tests.export import builders, learners, sample_banks
from tests.export.cards import Card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik" * 3


@pytest.fixture(scope="session")
def cards(tmp_path_factory: pytest.TempPathFactory) -> list[Card]:
    hard = builders.a_choice(
        id="hard-000001",
        stem=f"{ENDLESS} `{ENDLESS}`\n\n```\n{ENDLESS}\n```",
        options=(
            Option(ENDLESS, correct=True, feedback=ENDLESS),
            Option(f"[{ENDLESS}](https://example.org)"),
        ),
    )
    banks = (sample_banks.japanese_bank(), sample_banks.english_bank(), builders.a_bank(hard))
    folder = tmp_path_factory.mktemp("decks")
    found = []
    for bank in banks:
        path = folder / f"{bank.name}.apkg"
        path.write_bytes(anki.write(bank, address="https://quiz.example.org").content)
        _, rendered = learners.anki(["import", str(path)], ["render"])
        found += [
            Card(f"{card['guid']}/{card['ordinal']}", {side: card[side] for side in ("front", "back")})
            for card in rendered
        ]
    return found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 320, "height": 600})
    yield page
    page.close()
