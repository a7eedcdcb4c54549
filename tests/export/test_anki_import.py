"""What a learner gets who imports a deck into the real Anki, and what an update does to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from export import anki
from export.anki import markup, notes, questions
from export.anki.package import Package
from quizapp import rich_text
from quizapp.core.bank import Bank
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap, Item, Term, TrueFalse
from tests.export import builders, learners, packages, sample_banks

BANKS = {"ja": sample_banks.japanese_bank(), "en": sample_banks.english_bank()}
# Of either bank: the cloze has two gaps, the term is asked both ways, and retired items have none.
CARD_COUNT = 8
CLEAN = {"missing": [], "unused": [], "problems": [], "result": "Database rebuilt and optimized."}
HOSTILE = {
    "comparison": "if a<b and c>d & e",
    "sound": "[sound:x.mp3] and [anki:play:q:0]",
    "index": "foo[1] bar [2]",
    "cloze": "{{c1::x}} and {{c2::y::z}}",
    "template": "{{Key}} {{#Retired}}x{{/Retired}} {{type:Key}}",
    "formula": "[latex]x[/latex] [$]y[/$] \\frac{1}{{2}}",
    "control": "a\x1fb\x00c\ud800d",
    "entity": "&lt;b&gt; &amp; &#91;",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "many brackets": "< " * 8_000,
    "many clozes": "{{c1::" * 8_000,
}


def packed(bank: Bank, folder: Path, name: str = "deck") -> str:
    """Write a deck and return its path."""
    path = folder / f"{name}.apkg"
    path.write_bytes(anki.write(bank, address="https://quiz.example.org").content)
    return str(path)


@pytest.mark.parametrize("language", BANKS)
def test_every_note_arrives_and_every_card_shows_both_sides(language: str, tmp_path: Path) -> None:
    bank = BANKS[language]
    path = packed(bank, tmp_path)

    imported, cards, empty, checked, again, state = learners.anki(
        ["import", path], ["render"], ["empty cards"], ["check"], ["import", path], ["state"]
    )

    assert imported == {"new": len(bank.items), "updated": 0, "duplicate": 0, "conflicting": 0}
    assert len(cards) == CARD_COUNT
    assert [card for card in cards if card["error"] or card["is_empty"] or card["sounds"]] == []
    assert empty == []
    assert checked == CLEAN
    assert again == {"new": 0, "updated": 0, "duplicate": len(bank.items), "conflicting": 0}
    assert bank.deck_name in state["decks"]


@pytest.mark.parametrize("language", BANKS)
def test_each_back_says_what_the_article_says_and_how_surely(language: str, tmp_path: Path) -> None:
    bank = BANKS[language]
    _, cards = learners.anki(["import", packed(bank, tmp_path)], ["render"])
    items = {item.id: item for item in bank.items}

    for card in cards:
        fact = bank.fact_of(items[card["guid"]])
        back, front = learners.visible(card["back"]), learners.visible(card["front"])
        if fact and bank.article:
            quote = "".join(fact.evidence[0].quote.split())
            assert quote in back
            assert quote not in front
            assert all(f"<mark>{term}</mark>" in card["back"] for term in fact.terms)
            assert f'class="claim {fact.claim.modality}"' in card["back"]
            assert fact.claim.says.replace(" ", "") in back
            assert bank.article.published is None or str(bank.article.published.year) in back
            assert all(source.name.replace(" ", "") in back for source in bank.article.sources)
        assert f"https://quiz.example.org/banks/{bank.name}/items/{card['guid']}" in card["back"]


def test_furigana_stands_above_its_word_beside_and_around_gaps(tmp_path: Path) -> None:
    stem = "{専門家|せんもんか}は{{1}}を{東 京|とう きょう}で見た。[1]"
    item = Cloze(id="cloze-00001", language="ja", stem=stem, gaps=(Gap("富士山"),))

    _, (card,) = learners.anki(["import", packed(builders.a_bank(item, language="ja"), tmp_path)], ["render"])

    for side in ("front", "back"):
        assert "<ruby><rb>専門家</rb><rt>せんもんか</rt></ruby>" in card[side]
        assert "<ruby><rb>東&#32;京</rb><rt>とう きょう</rt></ruby>" in card[side]
        assert card[side].count("<ruby>") == 2
    assert "富士山" not in learners.visible(card["front"])
    assert "富士山" in learners.visible(card["back"])


def test_a_chosen_gap_shows_its_options_and_a_typed_one_does_not(tmp_path: Path) -> None:
    _, cards = learners.anki(["import", packed(BANKS["en"], tmp_path)], ["render"])

    fronts = {card["ordinal"]: learners.visible(card["front"]) for card in cards if "cloze" in card["guid"]}
    assert "Thelakeis[...]kilometreslongand281metresdeep." in fronts[0]
    assert all(option in fronts[1] for option in ("281", "128", "812"))


def test_a_typed_key_is_compared_as_it_was_written(tmp_path: Path) -> None:
    key = "a<b [1] {{x}} & c"
    path = packed(builders.a_bank(builders.a_short_answer(key=key)), tmp_path)

    _, right, wrong = learners.anki(
        ["import", path], ["compare", "short-00001", key], ["compare", "short-00001", "nothing like it"]
    )

    assert "typeBad" not in right
    assert "typeMissed" not in right
    assert "typeMissed" in wrong


def hostile_items(number: int, text: str) -> tuple[Item, ...]:
    """Return an item of every type that says ``text`` everywhere; ``number`` keeps their ids apart."""
    options = (Option(text + "!", correct=True, feedback=text), Option(text + "?"))
    return (
        builders.a_choice(id=f"choice-{number}", stem=text, options=options, explanation=text),
        builders.a_short_answer(id=f"short-{number}", stem=text, key=text, accepted=(text + ".",)),
        TrueFalse(id=f"judge-{number}", language="en", stem=text, holds=True),
        Cloze(
            id=f"cloze-{number}", language="en", stem="{{1}} " + text, gaps=(Gap(text, distractors=("x",)),)
        ),
        Term(id=f"term-{number}", language="en", term=text, reading=text, meaning="meaning: " + text),
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile_cards(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Give the cards of every hostile text as Anki renders them, all from one deck."""
    items = [item for number, text in enumerate(HOSTILE.values()) for item in hostile_items(number, text)]
    path = packed(builders.a_bank(*items), tmp_path_factory.mktemp("hostile"))
    imported, cards = learners.anki(["import", path], ["render"])
    assert imported["new"] == len(items)
    return list(cards)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_it_was_written(name: str, hostile_cards: list[dict[str, Any]]) -> None:
    number, text = list(HOSTILE).index(name), HOSTILE[name]
    cards = [card for card in hostile_cards if card["guid"].endswith(f"-{number}")]
    rich = "".join(rich_text.plain(markup.printable(text)).split())
    plain = "".join(markup.printable(text).split())

    assert [(card["error"], card["is_empty"], card["sounds"]) for card in cards] == [("", False, 0)] * 6
    backs = {(card["guid"], card["ordinal"]): learners.visible(card["back"]) for card in cards}
    assert all(rich in back for back in backs.values())
    for kind, ordinal in (("short", 0), ("cloze", 0), ("term", 0), ("term", 1)):
        assert plain in backs[f"{kind}-{number}", ordinal]


def changed(bank: Bank) -> Bank:
    """Return a later state of the English bank: one stem reworded, one item retired, one new."""
    first, second, *others = bank.items
    reworded = replace(first, stem="How many metres deep is the lake?", changed=builders.LATER)  # type: ignore[call-arg]
    retired = replace(second, retired=True, changed=builders.LATER)
    return replace(bank, items=(reworded, retired, *others, builders.a_choice(id="new-choice-1")))


def test_an_update_brings_new_words_and_keeps_the_schedule(tmp_path: Path) -> None:
    bank = BANKS["en"]
    old, new = packed(bank, tmp_path, "old"), packed(changed(bank), tmp_path, "new")

    _, studied, before, update, after, empty = learners.anki(
        ["import", old], ["study"], ["state"], ["import", new], ["state"], ["empty cards"]
    )

    assert studied == CARD_COUNT
    assert update == {"new": 1, "updated": 2, "duplicate": len(bank.items) - 2, "conflicting": 0}
    assert after["fields"]["en-choice-001"][0] == "<p>How many metres deep is the lake?</p>"
    assert {card: after["schedule"][card] for card in before["schedule"]} == before["schedule"]
    assert after["reviews"] == before["reviews"] == studied
    assert after["types"] == before["types"]
    assert after["decks"] == before["decks"]
    assert empty == ["en-several-01"]


@pytest.mark.parametrize("language", BANKS)
def test_the_deck_of_the_first_release_is_updated_by_todays(language: str, tmp_path: Path) -> None:
    """``first_release`` holds the decks of the same banks as version 0.1.0 made them."""
    bank, new = BANKS[language], packed(BANKS[language], tmp_path)
    old = Path(__file__).with_name("first_release") / f"{language}.apkg"

    _, _, before, update, after, cards, checked = learners.anki(
        ["import", str(old)], ["study"], ["state"], ["import", new], ["state"], ["render"], ["check"]
    )

    assert update == {"new": 0, "updated": len(bank.items), "duplicate": 0, "conflicting": 0}
    assert (after["schedule"], after["reviews"]) == (before["schedule"], before["reviews"])
    assert (after["types"], after["decks"]) == (before["types"], before["decks"])
    assert before["reviews"] == CARD_COUNT
    assert after["fields"] == {note.guid: note.values for note in packages.read(Path(new).read_bytes()).notes}
    assert after["fields"] != before["fields"]
    assert [card for card in cards if card["error"] or card["is_empty"]] == []
    assert checked == CLEAN


def retired(bank: Bank) -> Bank:
    """Return the bank with every item retired."""
    return replace(bank, items=tuple(replace(item, retired=True, changed=builders.LATER) for item in bank.items))


def test_empty_cards_takes_out_retired_items_of_every_type(tmp_path: Path) -> None:
    bank = BANKS["en"]
    old, new = packed(bank, tmp_path, "old"), packed(retired(bank), tmp_path, "new")

    *_, empty, left = learners.anki(
        ["import", old], ["study"], ["import", new], ["empty cards"], ["remove empty cards"]
    )

    assert empty == sorted(item.id for item in bank.items)
    assert left == 0


def test_newcomers_never_see_retired_items_until_they_come_back(tmp_path: Path) -> None:
    bank = BANKS["en"]
    again = replace(bank, changed=builders.LATER.replace(day=25))
    new, back = packed(retired(bank), tmp_path, "new"), packed(again, tmp_path, "back")

    imported, cards, checked, update, state = learners.anki(
        ["import", new], ["render"], ["check"], ["import", back], ["state"]
    )

    assert (imported["new"], cards, checked) == (len(bank.items), [], CLEAN)
    assert update["updated"] == len(bank.items)
    assert len(state["new"]) == CARD_COUNT


def test_new_cards_come_in_the_order_of_the_bank(tmp_path: Path) -> None:
    _, state = learners.anki(["import", packed(BANKS["ja"], tmp_path)], ["state"])

    order = list(dict.fromkeys(card.partition("/")[0] for card in state["new"]))
    assert order == [item.id for item in BANKS["ja"].live_items]


def test_tags_arrive_below_their_prefix(tmp_path: Path) -> None:
    _, state = learners.anki(["import", packed(BANKS["ja"], tmp_path)], ["state"])

    tags: dict[str, Any] = state["tags"]
    assert sorted(tags["ja-choice-001"]) == ["quizapp::fuji::地理", "quizapp::fuji::数字"]


def test_a_spare_template_put_to_use_adds_its_card_and_leaves_the_others_alone(tmp_path: Path) -> None:
    item = builders.a_choice()
    bank = builders.a_bank(item)
    asked = questions.of(item)
    fields = asked.fields | {"Recall": "<p>Which colour?</p>"}
    fuller = asked._replace(fields=fields, cards=asked.note_type.cards(fields))
    later = replace(bank, changed=builders.LATER)
    note = notes.Writer(later, address="").note(item, fuller, guid=item.id, position=1, part="")
    new = tmp_path / "new.apkg"
    new.write_bytes(Package(bank.id, bank.deck_name, "", [note]).to_bytes(later.changed))

    _, _, before, update, after, cards = learners.anki(
        ["import", packed(bank, tmp_path)], ["study"], ["state"], ["import", str(new)], ["state"], ["render"]
    )

    assert update == {"new": 0, "updated": 1, "duplicate": 0, "conflicting": 0}
    assert after["schedule"][f"{item.id}/0"] == before["schedule"][f"{item.id}/0"]
    assert after["types"] == before["types"]
    assert [learners.visible(card["front"]) for card in cards if card["ordinal"] == 1] == ["Whichcolour?"]
