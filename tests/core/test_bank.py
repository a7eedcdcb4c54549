"""Facts keep their evidence wherever they go."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.article import Article, Source, Span
from quizapp.core.bank import Evidence, Fact, excerpt, marked
from tests.builders import PLAN, TEXT, a_bank, a_choice, a_fact, an_article


@pytest.mark.parametrize(
    ("title", "url", "is_edition"),
    [
        ("橋（訂正）", "https://town.example/news/1", True),
        ("橋（訂正）", "https://town.example/", False),
        ("橋（訂正）", "https://town.example", False),
        ("橋（訂正）", "", False),
    ],
)
def test_an_article_is_known_by_its_address_under_another_title(title: str, url: str, *, is_edition: bool) -> None:
    was = Article("橋", "ja", "古い本文。", sources=(Source("町", url),))
    now = Article(title, "ja", "新しい本文。", sources=(Source("町の広報", url), Source("町史")))

    assert now.is_edition_of(was) == is_edition


def test_an_excerpt_keeps_the_paragraphs_of_the_evidence_and_every_quote_in_its_place() -> None:
    fact = a_fact(evidence=(*a_fact(PLAN).evidence, *a_fact().evidence))

    article, moved = excerpt(an_article(), fact)

    assert [article.at(evidence.span) for evidence in moved.evidence] == [
        PLAN,
        "青葉橋は2019年4月に開通した。",
    ]
    assert "橋の長さは320メートルである。" in article.text
    assert "# 橋と灯台" not in article.text


@given(st.text(alphabet="あいう。\n", min_size=1), st.data())
def test_quotes_stay_exact_in_every_excerpt(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    fact = Fact("f", "s", (Evidence(Span(start, end), text[start:end]),))

    article, moved = excerpt(Article("t", "ja", text), fact)

    assert article.at(moved.evidence[0].span) == text[start:end]


def test_the_longest_key_word_is_marked() -> None:
    assert marked("統合作戦司令部の司令部", ["司令部", "統合作戦司令部"]) == [
        ("統合作戦司令部", True), ("の", False), ("司令部", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "key"),
    [
        ("{12} of 2012, 12.5 or 0.12", "12"),
        ("12月と{2月}", "2月"),
        ("１２月と{２月}", "２月"),
        ("1.{The} Thebes of Athe", "The"),
        ("{cap} and capé", "cap"),
        ("In {12}. Or in {12}, says 1,125", "12"),
    ],
)
def test_a_key_word_is_not_marked_inside_a_longer_word_or_number(quote: str, key: str) -> None:
    pieces = marked(re.sub("[{}]", "", quote), [key])

    assert "".join(f"{{{piece}}}" if is_key else piece for piece, is_key in pieces) == quote


@given(st.text(), st.lists(st.text()))
def test_marking_loses_no_letter(quote: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in marked(quote, words)) == quote


def test_places_of_a_quote_are_all_found() -> None:
    places = Article("t", "ja", "橋。橋。").places_of("橋。")

    assert places == [Span(0, 2), Span(2, 4)]
    assert an_article().places_of("港") == []


def test_an_items_own_change_counts_before_its_banks() -> None:
    bank = a_bank()

    assert bank.changed_at(bank.items[0]) == bank.changed
    assert TEXT
    assert bank.fact_of(a_choice(fact_id=None)) is None
