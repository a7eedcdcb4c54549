"""Typed answers are judged as a fair person would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.answers import FOLDINGS, find_match


@pytest.mark.parametrize(
    ("typed", "accepted", "rule"),
    [
        ("GIGO", "GIGO", "exact"),
        ("ＧＩＧＯ", "GIGO", "width"),
        ("gigo", "GIGO", "case"),
        ("NATO 核計画グループ", "NATO核計画グループ", "spaces"),
        ("じゃいご", "ジャイゴ", "kana"),
        ("2023年1月13日。", "2023年1月13日", "punctuation"),
        ("5～10", "5〜10", "width"),
        ("5–10", "5-10", "width"),
        ("髙橋", "高橋", "width"),
        ("ｼﾞｬｲｺﾞ", "ジャイゴ", "width"),
        ("か\u3099んだむ", "がんだむ", "exact"),
        ("東\u200b京", "東京", "exact"),
        (" 東京 ", "東京", "exact"),
    ],
)
def test_the_mildest_rule_that_makes_two_answers_equal_is_named(typed: str, accepted: str, rule: str) -> None:
    match = find_match(typed, [accepted])

    assert match is not None
    assert match.rule == rule


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [("東京", "京都"), ("", "東京"), ("。", "東京"), ("コーヒ", "コーヒー"), ("ハハ", "パパ"), ("10", "100")],
)
def test_another_answer_does_not_match(typed: str, accepted: str) -> None:
    assert find_match(typed, [accepted]) is None


@pytest.mark.parametrize(
    ("typed", "accepted", "strict"),
    [
        ("103", "10³", "width"),
        ("us", "US", "case"),
        ("かな", "カナ", "kana"),
        ("ab", "a b", "spaces"),
        ("ab", "a-b", "punctuation"),
    ],
)
def test_a_folding_that_is_off_counts_the_difference(typed: str, accepted: str, strict: str) -> None:
    assert find_match(typed, [accepted]) is not None
    assert find_match(typed, [accepted], [strict]) is None


def test_the_accepted_answer_that_was_meant_is_named() -> None:
    match = find_match("アメリカ", ["米国", "アメリカ"])

    assert match is not None
    assert match.accepted == "アメリカ"


def test_signs_alone_are_compared_as_they_are() -> None:
    assert find_match("+", ["-"]) is None
    assert find_match("＋", ["+"]) is not None


@given(
    st.text(min_size=1).filter(lambda text: find_match(text, [text]) is not None),
    st.sampled_from(["  {} ", "{}\n", "\u3000{}"]),
)
def test_outer_space_never_matters(text: str, frame: str) -> None:
    assert find_match(frame.format(text), [text]) is not None


@given(st.text())
def test_every_answer_that_shows_equals_itself(text: str) -> None:
    is_visible = any(find_match(sign, [sign]) for sign in text)

    assert (find_match(text, [text]) is not None) == is_visible


@given(st.text(), st.text())
def test_matching_goes_both_ways(left: str, right: str) -> None:
    assert (
        (find_match(left, [right]) is None) == (find_match(right, [left]) is None)
        or not left.strip()
        or not right.strip()
    )


@given(st.text(), st.sets(st.sampled_from(sorted(FOLDINGS))))
def test_a_stricter_item_never_accepts_more(text: str, strict: set[str]) -> None:
    folded = text.swapcase()

    assert find_match(folded, [text]) or not find_match(folded, [text], strict)


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("15", "1.5"),
        ("12", "1/2"),
        ("5", "-5"),
        ("5", "±5"),
        ("C", "C++"),
        ("C", "C#"),
        ("20242025", "2024-2025"),
        ("x<5", "x>5"),
        ("34", "3×4"),
        ("34", "3*4"),
        ("23", "2^3"),
        ("a+b", "a-b"),
        ("15", "1,5"),
        ("1020", "10、20"),
        ("5", "≥5"),
        ("2", "√2"),
        ("(a+b)c", "(a+b)÷c"),
        ("12345", "12,34,5"),
    ],
)
def test_a_sign_that_changes_the_meaning_counts(typed: str, accepted: str) -> None:
    assert find_match(typed, [accepted]) is None


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("1,000", "1000"),
        ("1，000，000", "1000000"),
        ("50％", "50"),
        ("「核」", "核"),
        ("U.S.", "US"),
        ("・東京", "東京"),
        ("- 東京", "東京"),
        ("1、5", "1,5"),
    ],
)
def test_a_sign_that_only_decorates_does_not_count(typed: str, accepted: str) -> None:
    assert find_match(typed, [accepted]) is not None
