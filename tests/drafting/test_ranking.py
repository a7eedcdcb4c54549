"""Candidates: the spans of a text that people are likely to ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.article import Article
from quizapp.drafting import candidates
from quizapp.drafting.ranking import FOLDER
from tests.drafting.reading import english, japanese

TOWN = (
    "北原県は、1872年に南町郡と西町郡を合わせて置かれた県である。県庁は北原市にあり、人口は約85万人である。"
    "県内では「北原杉」と呼ばれる木が育つ。"
)


def texts(article: Article, limit: int) -> list[str]:
    return [candidate.text for candidate in candidates(article, limit)]


def test_dates_amounts_and_names_come_before_common_words() -> None:
    best = texts(japanese(TOWN), 5)

    assert {"1872年", "約85万人"} <= set(best)
    assert not {"木", "県内"} & set(best)


def test_dates_with_their_era_shares_lists_and_predicates_can_be_answers() -> None:
    bridge = "橋は1973年（昭和48年）5月9日に開き、石、木および鉄を使った。費用の48.5%は県が払った。利用は少ない。"
    found = texts(japanese(bridge), 999)

    assert {"1973年（昭和48年）5月9日", "48.5%", "石、木および鉄", "少ない"} <= set(found)


def test_lists_of_names_and_initials_can_be_answers_in_english() -> None:
    found = texts(english("The bridge was planned by Clara E. Whitmore, John Ash and Mary Lund after 1850."), 999)

    assert {"Clara E. Whitmore", "Clara E. Whitmore, John Ash and Mary Lund", "after 1850"} <= set(found)


def test_whole_dates_money_times_and_owners_can_be_answers_in_english() -> None:
    found = texts(english("On May 18, 1856, Clara Whitmore's 24-gun ship left at 3:08 and cost $5 million."), 999)

    assert {"May 18, 1856", "Clara Whitmore", "24", "3:08", "$5 million"} <= set(found)


def test_names_and_dates_lead_in_english() -> None:
    best = texts(english("The lighthouse at Cape Arden was built in 1887 by Clara Whitmore for sailors."), 4)

    assert {"1887", "Clara Whitmore"} <= set(best)


def test_a_shorter_list_is_the_beginning_of_a_longer_one() -> None:
    assert texts(japanese(TOWN), 4) == texts(japanese(TOWN), 12)[:4]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_weights_can_be_read(language: str) -> None:
    lines = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines()

    assert "CC BY-SA 4.0" in lines[1]
    assert all(len(line.split("\t")) == 3 for line in lines if not line.startswith("#"))


@given(st.text(max_size=120), st.sampled_from(["ja", "en"]), st.integers(1, 20))
def test_whatever_the_text_candidates_stand_where_they_say(text: str, language: str, limit: int) -> None:
    article = Article("", language, text)
    found = candidates(article, limit)

    assert len({one.text for one in found}) == len(found) <= limit
    assert all(text[one.start : one.end] == one.text and 0 <= one.score <= 1 for one in found)
