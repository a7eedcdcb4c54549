"""Text on its way into a field: people see what was written, and Anki finds no signs of its own in it."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from export import anki
from export.anki import markup
from quizapp import rich_text
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap
from tests.export import builders, packages

# As Anki finds furigana.
_ANKI_FURIGANA = re.compile(r" ?([^ >]+?)\[(.+?)\]")
ANY_TEXT = st.text(st.characters(), max_size=200)
HOSTILE = ["< ", "{{c1::", "[sound:x]", "{a|b}", "a<b and c>d ", "{{1}}", "}}", "[a](b) "]


@given(ANY_TEXT)
@example("if a<b and c>d\n{{c1::x}} [sound:x] \x1f\ud800")
def test_plain_text_is_seen_sign_for_sign(text: str) -> None:
    field = markup.plain(text)

    assert unescape(field.replace("<br>", "\n")) == markup.printable(text)
    assert not set("[]{}") & set(field)


@given(ANY_TEXT)
@example("[sound:x] {{c1::x}} [latex]x[/latex] {漢字|かんじ]} {a|sound:x} \x1f")
def test_rich_text_keeps_its_words_and_gives_anki_no_signs(text: str) -> None:
    field = markup.blocks(text)

    assert not set("{}") & set(field)
    assert "[sound:" not in field
    without_furigana = _ANKI_FURIGANA.sub(lambda match: match[1], field)
    assert not set("[]") & set(without_furigana)
    seen = unescape(re.sub("<[^>]*>", " ", without_furigana))
    assert "".join(seen.split()) == "".join(rich_text.plain(markup.printable(text)).split())


@given(ANY_TEXT, ANY_TEXT)
def test_whatever_is_written_can_be_packed_and_unpacked(stem: str, key: str) -> None:
    items = (
        builders.a_choice(stem=stem, options=(Option(key, correct=True), Option("no", feedback=stem))),
        builders.a_short_answer(key=key, accepted=(stem,)),
    )

    deck = packages.read(anki.write(builders.a_bank(*items)).content)

    assert [len(note.values) for note in deck.notes] == [len(note.note_type["flds"]) for note in deck.notes]
    assert deck.notes[1].fields["Key"] == markup.plain(key)


def test_furigana_is_written_as_anki_writes_it() -> None:
    assert markup.line("この{漢字|かんじ}") == "この 漢字[かんじ]"
    assert markup.has_furigana(markup.line("{漢字|かんじ}"))
    assert not markup.has_furigana(markup.line("[漢字] foo[1]"))


def test_a_reading_cannot_become_a_sound_or_a_formula() -> None:
    assert "[sound:" not in markup.line("{a|sound:x.mp3}")
    assert "[/latex]" not in markup.line("{a|latex}x{b|/latex}")


def test_the_answer_of_a_gap_ends_where_it_ends() -> None:
    gaps = (Gap("std::map"), Gap("}}", distractors=("{{c9::", "a::b")))
    item = Cloze(id="cloze-00001", language="en", stem="{{1}} and {{2}} }} {{x}}", gaps=gaps)

    (note,) = packages.read(anki.write(builders.a_bank(item)).content).notes

    text = note.fields["Text"]
    assert text.count("{{") == text.count("}}") == 2
    assert text.count("::") == 3
    assert note.cards == [0, 1]


def _seconds(text: str) -> float:
    item = builders.a_choice(
        stem=text, explanation=text, options=(Option(text, correct=True), Option("x", feedback=text))
    )
    bank = builders.a_bank(item, builders.a_short_answer(key=text, accepted=(text + "x",)))
    best = float("inf")
    for _ in range(2):
        rich_text.plain.cache_clear()
        start = time.process_time()
        anki.write(bank)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("sign", HOSTILE)
def test_four_times_the_text_takes_about_four_times_as_long(sign: str) -> None:
    short, long = _seconds(sign * 2_000), _seconds(sign * 8_000)

    # Quadratic would be 16.
    assert long < 10 * short + 0.05
