"""The package as a file: what Anki compares on an update, and that the same bank gives the same bytes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

import export
from export import anki
from export.anki.note_types import CHOICE, NOTE_TYPES, TEMPLATES_CHANGED
from export.anki.notes import MARKUP_VERSION
from export.anki.package import Model, Note, Package
from quizapp.core.inputs import Option
from quizapp.translation import translator
from tests.export import builders, golden, packages, sample_banks

ROOT = Path(__file__).resolve().parents[2]
BANKS = {"ja": sample_banks.japanese_bank(), "en": sample_banks.english_bank()}


@pytest.mark.parametrize("language", BANKS)
def test_the_deck_looks_as_it_did(language: str) -> None:
    exported = anki.write(BANKS[language], address="https://quiz.example.org/")

    losses = "".join(f"lost: {loss}\n" for loss in exported.losses)
    golden.check(f"anki-{language}.txt", packages.dump(packages.read(exported.content)) + "\n" + losses)


def test_note_types_keep_their_fields_and_templates_for_ever() -> None:
    types = [Model(note_type).to_json(0, 2) for note_type in NOTE_TYPES]

    golden.check("anki-note-types.txt", "\n".join(packages.dump_note_type(note_type) for note_type in types))


def test_changed_templates_carry_a_newer_time() -> None:
    texts = [(t.id, t.css, t.field_data(), t.template_data()) for t in NOTE_TYPES]
    digest = sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
    recorded = json.loads(golden.read("anki-templates.json") or '{"changed": 0, "digest": ""}')

    if digest != recorded["digest"]:
        assert recorded["changed"] < TEMPLATES_CHANGED, "learners get changed templates only with a newer time"

    golden.check("anki-templates.json", json.dumps({"changed": TEMPLATES_CHANGED, "digest": digest}) + "\n")


def test_changed_markup_makes_every_note_newer() -> None:
    decks = [packages.read(anki.write(bank).content) for bank in BANKS.values()]
    digest = sha256(json.dumps([note.values for deck in decks for note in deck.notes]).encode()).hexdigest()
    recorded = json.loads(golden.read("anki-markup.json") or '{"version": 0, "digest": ""}')

    if digest != recorded["digest"]:
        assert recorded["version"] < MARKUP_VERSION, "learners get changed markup only on newer notes"

    golden.check("anki-markup.json", json.dumps({"version": MARKUP_VERSION, "digest": digest}) + "\n")


def test_note_type_ids_are_all_different() -> None:
    ids = [note_type.id for note_type in NOTE_TYPES]
    parts = [part["id"] for t in NOTE_TYPES for part in (*t.field_data(), *t.template_data())]

    assert len(set(ids)) == len(ids)
    assert len(set(parts)) == len(parts)


def test_the_same_bank_gives_the_same_bytes() -> None:
    first, second = (anki.write(sample_banks.japanese_bank()).content for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time[:3] for member in package.infolist()} == {(1980, 1, 1)}


def test_neither_hash_seed_nor_temporary_folder_matter(tmp_path: Path) -> None:
    script = (
        "import sys; from export import FORMATS; from tests.export.sample_banks import japanese_bank;"
        "sys.stdout.buffer.write(FORMATS['.apkg'](japanese_bank()).content)"
    )

    def run(seed: str) -> bytes:
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TMPDIR": str(tmp_path),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        return done.stdout

    assert run("1") == run("2") == export.FORMATS[".apkg"](sample_banks.japanese_bank()).content
    assert list(tmp_path.iterdir()) == []


def test_only_a_changed_item_gets_a_newer_time() -> None:
    first, second = builders.a_choice(), builders.a_short_answer()
    old = packages.read(anki.write(builders.a_bank(first, second)).content)

    edited = replace(first, stem="Which colour has the sky?", changed=builders.CHANGED + timedelta(seconds=1))
    new = packages.read(anki.write(builders.a_bank(edited, second)).content)

    assert new.note(first.id).changed == old.note(first.id).changed + 1
    assert new.note(second.id) == old.note(second.id)


def test_new_cards_come_in_the_order_of_the_bank() -> None:
    deck = packages.read(anki.write(BANKS["ja"]).content)

    assert [note.guid for note in deck.notes] == [item.id for item in BANKS["ja"].items]
    places = [due for note in deck.notes for due in note.due]
    assert places == sorted(places)
    assert places[0] < places[-1]


def test_renaming_a_bank_leaves_its_deck_alone_when_the_deck_has_a_name() -> None:
    bank = sample_banks.english_bank()

    renamed = packages.read(anki.write(replace(bank, title="Lakes of the north")).content)

    assert renamed.name == packages.read(anki.write(bank).content).name == "Lakes::The lake"


def test_tags_stand_below_one_prefix() -> None:
    item = builders.a_choice(tags=("year-2026", "a b\u3000c", "地理"))

    (note,) = packages.read(anki.write(builders.a_bank(item)).content).notes

    assert note.tags == ["quizapp::tests::year-2026", "quizapp::tests::a_b_c", "quizapp::tests::地理"]


def test_unordered_options_do_not_begin_with_the_key_every_time() -> None:
    options = (Option("right", correct=True), Option("wrong"), Option("also wrong"))
    items = [builders.a_choice(id=f"choice-{number:04}", options=options) for number in range(30)]

    notes = packages.read(anki.write(builders.a_bank(*items)).content).notes

    firsts = {note.fields["Options"].split("</div>")[0].rpartition(">")[2] for note in notes}
    assert firsts == {"right", "wrong", "also wrong"}


def test_ordered_options_keep_their_order_and_are_not_shuffled() -> None:
    options = (Option("1999"), Option("2004", correct=True), Option("2011"))
    item = builders.a_choice(options=options, ordered=True)

    fields = packages.read(anki.write(builders.a_bank(item)).content).notes[0].fields

    assert fields["Options"].index("1999") < fields["Options"].index("2004") < fields["Options"].index("2011")
    assert "data-shuffle" not in fields["Options"]


def test_the_front_tells_nothing_about_the_key() -> None:
    item = builders.a_choice(options=(Option("Blue", correct=True, feedback="As seen."), Option("Red")))

    options = packages.read(anki.write(builders.a_bank(item)).content).notes[0].fields["Options"]

    entries = [entry.partition(">")[0] for entry in options.split("<li")[1:]]
    assert entries == ["", ""]
    assert "As seen." not in options


@pytest.mark.parametrize("language", BANKS)
def test_every_loss_is_told_once_and_in_both_languages(language: str) -> None:
    losses = anki.write(BANKS[language]).losses

    assert len(set(losses)) == len(losses) >= 4
    assert all(translator("ja")(loss) != loss for loss in losses)


def test_japanese_cards_speak_japanese_alone() -> None:
    deck = packages.read(anki.write(sample_banks.japanese_bank()).content)

    for note in deck.notes:
        for name, text in note.fields.items():
            if name.endswith("word") or name.startswith(("Ask", "Instruction", "Claim")):
                seen = re.sub("<[^>]*>", "", text)
                assert not re.search("[A-Za-z]{2}", seen), (note.guid, name)


def test_exporting_warns_of_nothing_and_tells_how_far_it_is() -> None:
    shares: list[float] = []

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        anki.write(BANKS["en"], advance=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_an_empty_bank_gives_an_empty_deck() -> None:
    exported = anki.write(builders.a_bank())

    assert packages.read(exported.content).notes == []
    assert exported.losses == ()


def test_packing_looks_for_no_mistakes_in_markup() -> None:
    values = ["<my-tag>", *[""] * (len(CHOICE.fields) - 1)]
    note = Note(CHOICE, values, guid="x", changed=1, cards=(0,), tags="", position=1)

    content = Package("bank", "Deck", "", [note]).to_bytes(builders.CHANGED)

    assert packages.read(content).note("x").fields["Stem"] == "<my-tag>"
