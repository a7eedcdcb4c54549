"""Decks and tables as text: what Anki, spreadsheets and flashcard sites make of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import export
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap
from quizapp.translation import translator
from tests.export import builders, golden, learners, sample_banks

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.core.bank import Bank

BANKS = {"ja": sample_banks.japanese_bank(), "en": sample_banks.english_bank()}
FORMATS = {".txt": "anki_text", ".csv": "table", ".tsv": "tab_text"}


@pytest.mark.parametrize("language", BANKS)
@pytest.mark.parametrize("ending", FORMATS)
def test_the_file_looks_as_it_did(ending: str, language: str) -> None:
    exported = export.FORMATS[ending](BANKS[language], address="https://quiz.example.org/")

    losses = "".join(f"lost: {loss}\n" for loss in exported.losses)
    golden.check(f"{FORMATS[ending]}-{language}{ending}", exported.content.decode().replace("\r\n", "\n") + losses)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_loss_is_told_in_both_languages(ending: str) -> None:
    losses = export.FORMATS[ending](BANKS["en"]).losses

    assert losses
    assert all(translator("ja")(loss) != loss for loss in losses)


def texts(bank: Bank, path: Path, *, name: str) -> list[str]:
    file = path / name
    file.write_bytes(export.FORMATS[".txt"](bank).content)
    return ["import text", str(file)]


def test_anki_takes_every_line_and_updates_it_from_a_newer_file(tmp_path: Path) -> None:
    bank = BANKS["ja"]
    options = (Option("a\tb", correct=True), Option('"x" [sound:x]'))
    hostile = builders.a_choice(stem="#x {{c1::y}} a<b", options=options)
    old = texts(replace(bank, items=(*bank.live_items, hostile)), tmp_path, name="old.txt")
    better = builders.a_choice(stem="better", options=options)
    new = texts(replace(bank, items=(*bank.live_items, better)), tmp_path, name="new.txt")

    first, rendered, second, after = learners.anki(old, ["render"], new, ["state"])

    count = len(bank.live_items) + 1
    assert first["new"] == count
    fronts = {card["guid"]: learners.visible(card["front"]) for card in rendered}
    assert "#x{{c1::y}}a<b" in fronts["choice-0001-text"]
    assert all(card["sounds"] == 0 for card in rendered)
    assert second["new"] == 0
    assert second["updated"] >= 1
    assert after["fields"]["choice-0001-text"][0].startswith("<p>better</p>")
    assert len(after["fields"]) == count
    assert bank.deck_name in after["decks"]
    assert any("quizapp::fuji::地理" in tags for tags in after["tags"].values())


def test_no_cell_of_a_table_is_taken_for_a_formula_and_numbers_stay_numbers() -> None:
    stems = ["=1+1", "+SUM(A1)", "@x", "-x", "＝1", "-3.5", "plain"]
    items = [builders.a_short_answer(id=f"short-{n:05}", stem=stem) for n, stem in enumerate(stems)]

    content = export.FORMATS[".csv"](builders.a_bank(*items)).content.decode("utf-8-sig")

    questions = [row["question"] for row in csv.DictReader(io.StringIO(content))]
    assert questions == ["'=1+1", "'+SUM(A1)", "'@x", "'-x", "'＝1", "-3.5", "plain"]


def test_tab_text_has_one_line_an_item_whatever_is_written() -> None:
    item = Cloze(id="cloze-00001", language="en", stem="{{1}}\tand\n\n{{2}}", gaps=(Gap("a\tb"), Gap("c\nd")))

    content = export.FORMATS[".tsv"](builders.a_bank(item)).content.decode()

    assert content == "［＿＿］ and ［＿＿］\ta b, c d\n"
