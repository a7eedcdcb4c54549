"""What becomes of a deck that a learner studies, case by case as ``docs/anki-updates.md`` tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from export import anki
from export.anki import notes, questions
from export.anki.package import Media, Package
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap, Term, TrueFalse
from tests.export import builders, learners

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

# What learners do happens now: the first deck and its update lie before it, the last update after it.
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
SECOND = datetime(2020, 2, 1, tzinfo=UTC)
THIRD = datetime(2099, 1, 1, tzinfo=UTC)
OPTIONS = (Option("Blue", correct=True), Option("Red"), Option("Green"))


def a_deck(*items: Item, former: tuple[Item, ...] = ()) -> Bank:
    return replace(builders.a_bank(*items), changed=SECOND, former=former)


def choice(name: str, stem: str = "Which colour is the sky?", **more: Any) -> Item:
    return builders.a_choice(**{"id": name, "stem": stem, "changed": FIRST, **more})


def gaps(stem: str, *keys: str, changed: datetime = FIRST) -> Cloze:
    return Cloze(id="cloze", language="en", stem=stem, gaps=tuple(Gap(key) for key in keys), changed=changed)


TYPED = builders.a_short_answer(id="retyped", changed=FIRST)
UNCHANGED = (
    choice("untouched"),
    Term(id="term", language="en", term="pier", reading="ピア", meaning="a structure on posts", changed=FIRST),
    TrueFalse(id="judge", language="en", stem="The sky is blue.", holds=True, changed=FIRST),
)
FIRST_DECK = a_deck(
    choice("fixed", "Which coluor is the sky?"),
    choice("longer"),
    choice("gone"),
    choice("old-id"),
    choice("edited"),
    choice("tagged"),
    choice("tagged-and-fixed"),
    *UNCHANGED,
    gaps("{{1}} and {{2}}", "one", "two"),
    TYPED,
)
SECOND_DECK = a_deck(
    choice("fixed", changed=SECOND),
    choice("longer", options=(*OPTIONS, Option("Yellow")), changed=SECOND),
    choice("gone", changed=SECOND, retired=True),
    choice("old-id", changed=SECOND, retired=True),
    choice("new-id", changed=SECOND),
    choice("edited", "Which colour has the sky?", changed=SECOND),
    choice("tagged"),
    choice("tagged-and-fixed", "Which colour has the sky?", changed=SECOND, tags=("sky",)),
    *UNCHANGED,
    gaps("{{1}} and {{2}} and {{3}}", "one", "2", "three", changed=SECOND),
    choice("retyped", "What is the capital of Norway?", changed=SECOND),
    former=(TYPED,),
)
FEWER_GAPS = gaps("{{1}} and two and three", "one", changed=THIRD)


@dataclass
class Learner:
    """What a learner's collection held before and after the update, and after a later one."""

    before: dict[str, Any]
    update: dict[str, int]
    after: dict[str, Any]
    cards: dict[str, dict[str, Any]]
    empty: list[str]
    later: dict[str, Any]
    later_empty: list[str]

    def field(self, guid: str, position: int) -> str:
        return str(self.after["fields"][guid][position])

    def keeps_schedule(self, card: str) -> bool:
        return bool(self.before["schedule"][card] == self.after["schedule"][card])


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Learner:
    folder = tmp_path_factory.mktemp("updates")
    third = replace(
        SECOND_DECK,
        items=tuple(
            FEWER_GAPS if item.id == "cloze" else replace(item, changed=THIRD) if item.id == "edited" else item
            for item in SECOND_DECK.items
        ),
    )
    paths = [str(folder / f"{number}.apkg") for number in range(3)]
    for path, bank in zip(paths, (FIRST_DECK, SECOND_DECK, third), strict=True):
        (folder / path).write_bytes(anki.write(bank).content)
    *_, before, update, after, cards, empty, _, later, later_empty = learners.anki(
        ["import", paths[0]],
        ["study"],
        ["edit", "edited", "Stem", "my own words"],
        *(["tag", name, "mine"] for name in ("term", "judge")),
        ["tag", "tagged", "mine"],
        ["flag", "tagged-and-fixed", 3],
        ["rename deck", "Tests", "My deck"],
        ["state"],
        ["import", paths[1]],
        ["state"],
        ["cards"],
        ["empty cards"],
        ["import", paths[2]],
        ["state"],
        ["empty cards"],
    )
    return Learner(before, update, after, cards, empty, later, later_empty)


def test_no_note_conflicts_and_no_review_is_lost(learner: Learner) -> None:
    assert learner.update["conflicting"] == 0
    assert learner.after["reviews"] == learner.before["reviews"] > 0
    assert learner.after["types"] == learner.before["types"]
    assert all(learner.keeps_schedule(card) for card in learner.before["schedule"])


def test_neither_an_edit_nor_an_update_makes_a_card_that_nobody_made(learner: Learner) -> None:
    first = {f"{note.guid}/{card}" for note in anki.notes_of(FIRST_DECK, anki.Wishes()) for card in note.cards}

    assert set(learner.before["schedule"]) == first
    assert set(learner.cards) - first == {"new-id/0", "cloze/2", "retyped-choice/0"}


def test_a_fixed_text_arrives(learner: Learner) -> None:
    assert learner.field("fixed", 0) == "<p>Which colour is the sky?</p>"


def test_an_added_option_arrives(learner: Learner) -> None:
    assert "Yellow" in learner.field("longer", 1)


def test_a_retired_item_is_taken_out_by_empty_cards(learner: Learner) -> None:
    assert "gone" in learner.empty


def test_an_item_with_a_new_id_is_a_new_note_and_the_old_one_is_let_go(learner: Learner) -> None:
    assert "old-id" in learner.empty
    assert learner.after["fields"]["new-id"][0] == "<p>Which colour is the sky?</p>"
    assert "new-id/0" in learner.after["new"]


def test_a_learners_own_words_stay_until_a_later_correction(learner: Learner) -> None:
    assert learner.field("edited", 0) == "my own words"
    assert learner.later["fields"]["edited"][0] == "<p>Which colour has the sky?</p>"


def test_a_learners_tags_stay_on_notes_that_do_not_change_and_flags_on_all(learner: Learner) -> None:
    assert learner.after["tags"]["tagged"] == ["mine"]
    assert learner.after["tags"]["tagged-and-fixed"] == ["quizapp::tests::sky"]
    assert learner.cards["tagged-and-fixed/0"]["flag"] == 3


def test_in_a_deck_renamed_by_the_learner_cards_stay_and_new_ones_come_under_the_old_name(learner: Learner) -> None:
    assert learner.cards["fixed/0"]["deck"] == "My deck"
    assert learner.cards["new-id/0"]["deck"] == "Tests"


def test_a_new_gap_is_a_new_card_and_a_dropped_one_is_taken_out_by_empty_cards(learner: Learner) -> None:
    assert "cloze/2" in learner.after["new"]
    assert "c2::2" in learner.field("cloze", 0)
    assert "cloze" not in learner.empty
    assert "cloze" in learner.later_empty


def test_an_item_that_changed_its_type_is_a_new_note_and_the_old_one_is_let_go(learner: Learner) -> None:
    assert "retyped" in learner.empty
    assert "Blue" in learner.field("retyped-choice", 1)
    assert "retyped-choice/0" in learner.after["new"]


def test_a_type_that_comes_back_takes_up_its_old_note(tmp_path: Path) -> None:
    again = replace(TYPED, changed=THIRD)
    was = replace(SECOND_DECK.items[-1], changed=SECOND)
    banks = (a_deck(TYPED), a_deck(was, former=(TYPED,)), a_deck(again, former=(TYPED, was)))
    paths = [str(tmp_path / f"{number}.apkg") for number in range(3)]
    for path, bank in zip(paths, banks, strict=True):
        (tmp_path / path).write_bytes(anki.write(bank).content)

    *_, empty = learners.anki(*(["import", path] for path in paths), ["empty cards"])

    assert empty == ["retyped-choice"]


def test_a_replaced_picture_arrives_under_its_own_name(tmp_path: Path) -> None:
    paths = []
    for changed, content in ((FIRST, b"<svg>old</svg>"), (SECOND, b"<svg>new</svg>")):
        item = choice("drawn", changed=changed)
        picture = Media(content, ".svg")
        asked = questions.of(item)
        asked.fields["Front media"] = f'<img src="{picture.name}">'
        bank = a_deck(item)
        note = notes.Writer(bank, address="").note(item, asked, guid=item.id, position=1, part="")
        path = tmp_path / f"{changed:%m}.apkg"
        path.write_bytes(Package(bank.id, bank.deck_name, "", [note], [picture]).to_bytes(changed))
        paths.append(str(path))

    *_, update, (card,), media, check = learners.anki(
        ["import", paths[0]], ["import", paths[1]], ["render"], ["media"], ["check"]
    )

    new = Media(b"<svg>new</svg>", ".svg").name
    assert update["updated"] == 1
    assert new in card["front"]
    assert media[new] == "<svg>new</svg>"
    assert check["missing"] == []


def test_recall_and_choice_live_side_by_side_and_follow_updates(tmp_path: Path) -> None:
    bank = a_deck(choice("fixed", "Which coluor is the sky?"), choice("points", "Which of these is a colour?"))
    better = a_deck(choice("fixed", changed=SECOND), choice("points", "Which of these is a colour?"))
    recall = anki.Wishes(recall=True)
    files = [(bank, anki.Wishes()), (bank, recall), (better, recall)]
    paths = [str(tmp_path / f"{number}.apkg") for number in range(3)]
    for path, (each, wishes) in zip(paths, files, strict=True):
        (tmp_path / path).write_bytes(anki.write(each, wishes=wishes).content)

    _, second, third, cards, empty = learners.anki(*(["import", path] for path in paths), ["render"], ["empty cards"])

    assert second == {"new": 1, "updated": 0, "duplicate": 1, "conflicting": 0}
    assert third == {"new": 0, "updated": 1, "duplicate": 1, "conflicting": 0}
    fronts = {f"{card['guid']}/{card['ordinal']}": learners.visible(card["front"]) for card in cards}
    assert set(fronts) == {"fixed/0", "fixed-recall/1", "points/0"}
    assert fronts["fixed-recall/1"] == "Whichcolouristhesky?"
    assert empty == []


def test_cards_come_in_sub_decks_by_section_or_by_tag_and_without_furigana_if_wanted(tmp_path: Path) -> None:
    items = (choice("one", "What is {橋|はし}?", tags=("a::b",)), choice("two"))
    by_tag, whole = anki.Wishes(parts="tag", furigana=False), anki.Wishes()
    paths = {wishes: tmp_path / f"{wishes.parts}.apkg" for wishes in (by_tag, whole)}
    for wishes, path in paths.items():
        path.write_bytes(anki.write(a_deck(*items), wishes=wishes).content)

    _, cards, rendered, again, state = learners.anki(
        ["import", str(paths[by_tag])], ["cards"], ["render"], ["import", str(paths[whole])], ["state"]
    )

    assert {name: card["deck"] for name, card in cards.items()} == {"one/0": "Tests::a: b", "two/0": "Tests"}
    assert "What is 橋?" in rendered[0]["front"]
    assert "<ruby>" not in rendered[0]["front"]
    assert again["duplicate"] == 2
    assert len(state["schedule"]) == 2
