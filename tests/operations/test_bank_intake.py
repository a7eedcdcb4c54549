"""Questions from files into a bank: preview first, differences accepted or refused, nothing else touched."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import export
from export import anki
from quizapp.operations import bank_intake
from quizapp.store import banks
from tests.builders import NOW, a_bank, a_full_bank
from tests.export import learners, sample_banks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank

LATER = NOW + timedelta(days=1)


def opened(session: Session, path: Path, content: bytes) -> bank_intake.Preview:
    path.write_bytes(content)
    return bank_intake.open_file(session, path, into=None, now=LATER)


@pytest.mark.parametrize("ending", [".apkg", ".csv", ".txt"])
def test_what_was_exported_comes_back_as_the_same_items(
    keep: Callable[..., Bank], session: Session, tmp_path: Path, ending: str
) -> None:
    bank = keep(a_full_bank())
    whole = banks.read_whole(session, bank.name)

    preview = opened(session, tmp_path / f"x{ending}", export.FORMATS[ending](whole).content)

    assert not preview.is_new
    assert preview.bank.name == bank.name
    assert (preview.added, preview.differences, preview.rejected) == ((), (), ())
    assert preview.same == len(bank.items)


def test_a_deck_of_ours_makes_the_same_items_on_another_site(tmp_path: Path, session: Session) -> None:
    bank = a_full_bank()

    preview = opened(session, tmp_path / "deck.apkg", export.FORMATS[".apkg"](bank).content)
    bank_intake.keep(session, preview, [], now=LATER)

    assert preview.is_new
    assert preview.rejected == ()
    kept = {item.id: item for item in banks.read_whole(session, "deck").items}
    for item in bank.items:
        ours, theirs = item.questions[0], kept[item.id].questions[0]
        assert theirs.stem == ours.stem
        assert {*theirs.input.keys} == {*ours.input.keys}
        assert kept[item.id].explanation == item.explanation


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give the package of a learner who edited three fields, as older and newer Anki write it."""
    bank = a_full_bank()
    folder = tmp_path_factory.mktemp("edited")
    ours, old, new = (folder / f"{name}.apkg" for name in ("ours", "old", "new"))
    ours.write_bytes(export.FORMATS[".apkg"](bank).content)
    learners.anki(
        ["import", str(ours)],
        ["edit", "choice000001", "Stem", "<p>開通は<b>いつ</b>ですか。</p>"],
        ["edit", "short0000001", "Key", "青葉大橋"],
        ["edit", "choice000001", "Evidence", "something else"],
        ["export", str(old), bank.deck_name, True],
        ["export", str(new), bank.deck_name, False],
    )
    return {"old": old, "new": new}


@pytest.mark.parametrize("package", ["old", "new"])
def test_what_a_learner_edited_in_anki_comes_back_as_differences(
    keep: Callable[..., Bank], session: Session, edited: dict[str, Path], package: str
) -> None:
    bank = keep(a_full_bank())

    preview = bank_intake.open_file(session, edited[package], into=None, now=LATER)
    stem, key = preview.differences
    imported = bank_intake.keep(session, preview, [stem], now=LATER)

    assert (stem.item.id, stem.part, stem.theirs) == ("choice000001", "stem", "開通は**いつ**ですか。")
    assert (key.item.id, key.part, key.theirs) == ("short0000001", "key", "青葉大橋")
    assert [str(each.fault) for each in preview.rejected] == [
        "the field 'Evidence' was edited, but comes from the article"
    ]
    assert (imported.added, imported.changed, imported.retired) == (0, 1, 0)
    kept = {item.id: item for item in banks.read_whole(session, bank.name).items}
    assert kept["choice000001"].questions[0].stem == "開通は**いつ**ですか。"
    assert kept["choice000001"].fact_id == "bridge"
    assert kept["short0000001"].questions[0].input.keys == ("青葉橋",)


@pytest.mark.parametrize(
    "wishes",
    [anki.Wishes(furigana=False), anki.Wishes(words="en"), anki.Wishes(recall=True), anki.Wishes(parts="tag")],
    ids=["without furigana", "in English", "recall", "sub-decks"],
)
def test_of_a_deck_after_a_learners_wishes_only_what_was_edited_comes_back(wishes: anki.Wishes, tmp_path: Path) -> None:
    bank = sample_banks.japanese_bank()
    ours, theirs = tmp_path / "ours.apkg", tmp_path / "theirs.apkg"
    ours.write_bytes(anki.write(bank, wishes=wishes).content)
    name, field = ("ja-choice-001-recall", "Recall") if wishes.recall else ("ja-choice-001", "Stem")
    learners.anki(
        ["import", str(ours)],
        *(["tag", item.id, "mine"] for item in bank.live_items[1:]),
        ["edit", name, field, "<p>何メートルですか。</p>"],
        ["edit", name, "Explanation", "<p>高いからです。</p>"],
        ["export", str(theirs), bank.deck_name, False],
    )

    preview = bank_intake.preview(theirs.read_bytes(), ".apkg", into=bank, name="x", now=LATER)

    assert [(each.item.id, each.part, each.theirs) for each in preview.differences] == [
        ("ja-choice-001", "stem", "何メートルですか。"),
        ("ja-choice-001", "explanation", "高いからです。"),
    ]
    assert (preview.rejected, preview.added) == ((), ())
    corrected = preview.accept(preview.differences, now=LATER).items[0]
    assert (corrected.questions[0].stem, corrected.explanation) == ("何メートルですか。", "高いからです。")


def test_a_corrected_item_is_not_set_back_by_an_older_deck(
    keep: Callable[..., Bank], session: Session, tmp_path: Path
) -> None:
    old = keep(a_bank())
    content = export.FORMATS[".apkg"](banks.read_whole(session, old.name)).content
    first, *others = old.items
    keep(a_bank(items=(type(first).from_data({**first.to_data(), "stem": "直した問題"}, language="ja"), *others)))
    session.expire_all()

    preview = opened(session, tmp_path / "old.apkg", content)

    assert preview.differences == ()


def test_rows_with_faults_are_told_and_the_others_come_in(session: Session, tmp_path: Path) -> None:
    table = "question,key,wrong\nGood?,yes it is,no it is not\nTwice?,a,b\nBad?,same,{{1}}\n{{1}} and {{3}},x,\n"

    preview = opened(session, tmp_path / "My table.csv", table.encode())
    imported = bank_intake.keep(session, preview, [], now=LATER)

    assert [each.place for each in preview.rejected] == [5]
    assert preview.bank.name == "my-table"
    assert imported.added == 3
    again = bank_intake.open_file(session, tmp_path / "My table.csv", into="my-table", now=LATER)
    assert len(again.added) == 3


def test_a_table_that_was_edited_outside_comes_back_as_differences(
    keep: Callable[..., Bank], session: Session, tmp_path: Path
) -> None:
    bank = keep(a_full_bank())
    content = export.FORMATS[".csv"](banks.read_whole(session, bank.name)).content.decode()

    preview = opened(session, tmp_path / "x.csv", content.replace("2018年4月", "2017年4月").encode())

    assert [(each.item.id, each.part) for each in preview.differences] == [("choice000001", "options")]
    assert "2017年4月" in preview.differences[0].theirs
