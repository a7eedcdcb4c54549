"""Stems tell what they say by themselves: in the past what is long past, by whole names, without loose leads."""

from __future__ import annotations

import pytest

from quizapp.drafting import draft
from quizapp.drafting.rules import date
from tests.drafting.reading import drafts_of_text, japanese, page


def stems(text: str, title: str = "") -> list[str]:
    return [one.to_data()["stem"] for one in drafts_of_text(text, title)]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("田口英一は1936年5月19日に北町の沢北村で処刑されている。", "処刑されました。"),
        ("1745年、田口英一は北町の青葉城に移る。", "移りました。"),
        ("田口英一は1893年に北町の青葉寺を訪れている。", "訪れました。"),
        ("青葉城は1893年以降、北町の沢北村に残されている。", "残されています。"),
        ("青葉城は1893年には北町の人々に知られている。", "知られています。"),
        ("青葉橋は2031年に北町の沢北村に架けられる。", "架けられます。"),
        ("田口英一は2015年に北町の講座で沢北村の研究を発表している。", "発表しました。"),
        ("田口英一は2015年以降、北町の講座で沢北村の研究を発表している。", "発表しています。"),
    ],
)
def test_what_was_done_long_ago_is_told_in_the_past(text: str, end: str) -> None:
    told = [stem for stem in stems(text) if not stem.endswith("か。")]

    assert told
    assert all(stem.endswith(end) for stem in told)


@pytest.mark.parametrize(
    ("before", "half", "whole"),
    [
        ("1817年に池田輝政が青葉城に入った。", "輝政", "池田輝政"),
        ("アン・ブーリンは1813年に青葉城に来た。", "アン", "アン・ブーリン"),
        ("北町から小寺政隆が青葉城に入ったのは1817年とも1818年ともいう。", "政隆", "小寺政隆"),
        ("マリー・ルロワはマリー1世を1817年に青葉城に招いた。", "マリー", "マリー"),
        ("技師の田中文雄氏が1817年に青葉城に来た。田中市長も来た。", "田中", "田中文雄"),
        ("1817年に17歳のマルコが青葉城に来た。", "マルコ", "マルコ"),
        # Two of the family: who is meant is not sure.
        ("1817年に本多忠政と本多忠勝が青葉城に入った。", "本多", "本多"),
    ],
)
def test_who_acts_is_called_by_the_whole_name(before: str, half: str, whole: str) -> None:
    later = [stem for stem in stems(f"{before}{half}は1820年に沢北川を北町まで広げた。") if "沢北川" in stem]

    named = [stem for stem in later if not stem.startswith("{{1}}")]

    assert named
    assert all(stem.startswith((f"{whole}は", f"{whole}が")) for stem in named)


@pytest.mark.parametrize("lead", ["続けて", "いずれにしても、", "ただ", "ただ、", "続けて、", "ちなみに、"])
def test_a_lead_that_goes_on_is_left_out(lead: str) -> None:
    (statement,) = page(f"{lead}青葉橋は1914年に北町に架けられた。").statements

    assert statement.text == "青葉橋は1914年に北町に架けられた"


def test_what_follows_another_is_not_asked_about() -> None:
    assert draft(japanese("長い田口英一の治世では青葉橋が1914年に北町に架けられた。"))
    assert draft(japanese("続く田口英一の治世では青葉橋が1914年に北町に架けられた。")) == ()


def test_what_stands_somewhere_has_its_topic_there() -> None:
    (*_, last) = page("青葉文字は北町の文字である。1112年の沢北碑文には北町語も刻まれている。").statements

    assert last.text.startswith("1112年の沢北碑文には")


def test_one_of_two_told_of_before_comes_late() -> None:
    one, other = (
        drafts_of_text("1つは田口英一が1995年に北町で起こした訴えである。"),
        drafts_of_text("青葉訴訟は田口英一が1995年に北町で起こした訴えである。"),
    )

    assert "1つ" not in {draft.to_data()["key"] for draft in one}
    assert max((draft.score for draft in one), default=0) < max(draft.score for draft in other) - 0.15


def test_a_part_of_a_longer_name_points_to_nothing() -> None:
    (*_, last) = page("北電力は北町にある。合同電力は1914年に北町の沢北川水力を買った。").statements

    assert last.text.startswith("合同電力は")


@pytest.mark.parametrize(
    "text",
    [
        "1899年に田口英一は「北町は私の家だ」と語っている。",
        "北町の計画では1941年4月までに田口英一が青葉港を占領することが計画されていた。",
    ],
)
def test_who_says_it_or_what_was_meant_is_not_laid_to_the_article(text: str) -> None:
    assert stems(text)
    assert not [stem for stem in stems(text) if stem.startswith("記事によると")]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("田口英一が生まれた町は、海に近い漁師町である。", "漁師町"),
        ("青葉橋の建設には関西との縁が深い田口英一が力を尽くした。", "関西"),
        (
            "1960年代には田口英一「ハーバー」（第3回・1962年）、大沢光平「石の橋」（第8回）など沢北賞の作品も出た。",
            "ハーバー",
        ),
    ],
)
def test_a_word_that_others_would_do_for_is_not_blanked(typed: str, key: str) -> None:
    assert key not in {one.to_data()["key"] for one in drafts_of_text(typed)}


def test_what_is_too_long_to_ask_with_what_year_comes_later() -> None:
    speech = "「青葉橋と青葉港の新しい工事を続けよ、古い駅を閉じよ」と"
    pages = [page(f"1969年、大沢光平が北町に{what}求めた。") for what in ("橋を", speech)]
    short, long = (
        max(told.worth_by_rule(s, found) for s in told.statements for found in date.find(told, s)) for told in pages
    )

    assert long + 0.15 < short
