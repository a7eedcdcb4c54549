"""Sentences: where they end, and that nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.article import Article
from quizapp.drafting.sentences import split
from tests.drafting.reading import english, japanese

TEXTS = st.text(
    st.one_of(st.sampled_from("。！？!?「」『』（）()\n .ABcd1あ漢ー、・#>-*https:/"), st.characters()), max_size=120
)


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in split(article)]


@given(TEXTS, st.sampled_from(["ja", "en"]))
def test_spans_are_exact_and_only_white_space_is_between_them(text: str, language: str) -> None:
    article = Article("", language, text)
    position = 0

    for sentence in split(article):
        assert sentence.text == article.at(sentence.span)
        assert sentence.text == sentence.text.strip()
        assert not text[position : sentence.span.start].strip()
        position = sentence.span.end

    assert not text[position:].strip()


def test_a_sentence_ends_at_its_stop_and_at_the_line_end() -> None:
    assert texts(japanese("朝が来た。鳥が鳴く！\n町の話\n本当か？")) == [
        "朝が来た。",
        "鳥が鳴く！",
        "町の話",
        "本当か？",
    ]


def test_stops_within_brackets_end_nothing() -> None:
    assert texts(japanese("市長は「行こう。急ごう。」と言った（朝。）。次だ。")) == [
        "市長は「行こう。急ごう。」と言った（朝。）。",
        "次だ。",
    ]


def test_a_bracket_that_is_never_closed_hides_no_stop() -> None:
    assert texts(japanese("「朝が来た。鳥が鳴く。")) == ["「朝が来た。", "鳥が鳴く。"]


def test_addresses_stay_whole() -> None:
    address = "https://example.org/a.b?c=d!e"
    assert texts(japanese(f"出典 {address} です。次。")) == [f"出典 {address} です。", "次。"]
    assert texts(english(f"See {address} now. Next one.")) == [f"See {address} now.", "Next one."]


def test_a_mark_inside_a_name_ends_nothing() -> None:
    assert texts(japanese("Wow!新聞が出た。すごい!次だ。")) == ["Wow!新聞が出た。", "すごい!", "次だ。"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Reddy met Mr. Vale at 3.30 p.m. on Monday.",
        "J. K. Arden paid 4.5 million.",
        "The lamp (see fig. 3) is new.",
        '"Stop!" he said.',
    ],
)
def test_english_abbreviations_initials_and_decimals_end_nothing(sentence: str) -> None:
    assert texts(english(f"{sentence} Then all left.")) == [sentence, "Then all left."]


def test_wrapped_english_lines_are_one_sentence_and_headings_stand_alone() -> None:
    text = "A title\n\nThe lighthouse at the end of the long stone pier was\nbuilt in 1887. It is white.\n- an item"
    assert texts(english(text)) == [
        "A title",
        "The lighthouse at the end of the long stone pier was\nbuilt in 1887.",
        "It is white.",
        "- an item",
    ]


def test_a_list_number_is_no_sentence() -> None:
    assert texts(english("1. Take the boat.\n2. Row.")) == ["1. Take the boat.", "2. Row."]
