"""Statements that leave things to their paragraph come last, or are not asked about."""

from __future__ import annotations

import pytest

from quizapp.drafting import draft
from quizapp.drafting.ja import standing
from tests.drafting.reading import japanese, page


def loss(text: str, title: str = "") -> float:
    (statement,) = page(text).statements
    return standing.loss(statement, title)


@pytest.mark.parametrize(
    ("whole", "left_out"),
    [
        ("青葉橋は2019年に開通した。", "前半は好調だったが、北町に敗れた。"),
        ("北原県の人口は2020年に約85万人であった。", "人口は2020年に約85万人であった。"),
        ("田口英一は1901年に沢北湖を調べた。", "田口英一は6月に沢北湖を調べた。"),
        ("沢北湖は北原県にある火山湖で、周囲は40キロメートルである。", "小さな湖であり、周囲は40キロメートルである。"),
        ("沢北町は1955年に港町と対等に合併した。", "港町も1955年に青葉町と対等に合併した。"),
        ("2011年1月、北町は橋の廃止を決定した。", "2011年1月、北町は見送りを決定した。"),
        ("北町憲章第3条は、町民の権利を定める。", "第3条は、町民の権利を定める。"),
    ],
)
def test_what_leaves_its_year_owner_or_topic_out_loses(whole: str, left_out: str) -> None:
    assert loss(whole) + 0.05 < loss(left_out)


@pytest.mark.parametrize(
    "text",
    [
        "青葉町ので北町が勝った。",
        "には橋が北町に架けられた。",
        "北町は1901年、（1901年 - 1903年）を建てた。",
        "北町で舟がたびたび流されたためである。",
        "青葉町において朝の市を町の外でも続けるべきだという思いから来ている。",
        "青葉橋が2011年に閉じられたことが背景に挙げられる。",
    ],
)
def test_a_sentence_that_lost_a_word_is_not_asked_about(text: str) -> None:
    assert draft(japanese(text)) == ()


def test_a_topic_goes_on_where_only_a_time_stands_before_the_clause() -> None:
    (_, second) = page("青葉線は1925年に開業した。1970年代には自動車の増加で廃止も検討された。").statements

    assert second.text == "青葉線は、1970年代には自動車の増加で廃止も検討された"
    assert "resolved" in second.flags


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("東京、大阪、名古屋の三つの都市を結ぶ高速鉄道が北町に通った。", "東京"),
        ("北町は赤、青、黄、緑の4色の旗を2019年に定めた。", "4色"),
        ("応用科学会は北町で応用科学会館を2011年に建てた。", "応用科学会館"),
    ],
)
def test_what_can_be_counted_or_read_off_the_sentence_is_no_gap(text: str, key: str) -> None:
    assert key not in {found.to_data()["key"] for found in draft(japanese(text)) if found.item.kind == "cloze"}


def test_years_move_with_their_era() -> None:
    found = draft(japanese("北原県は1889年（明治22年）に沢北町を港町から分けて置いた。"))
    options = next(data["options"] for data in (one.to_data() for one in found) if data["key"] == "1889年（明治22年）")

    assert len(options) == 3
    for option in options:
        year, number = (int(part) for part in option["text"].replace("年）", "").split("年（明治"))
        assert year - number == 1867


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("1990年、青葉町は橋の工事を始めた。10月22日には南町も加わった。", "1990年10月22日には南町も加わった"),
        ("1990年に青葉町は橋の工事を始めた。翌年には南町の議会が加わった。", "1991年には南町の議会が加わった"),
        ("1990年に青葉町は橋の工事を始めた。同年10月に南町が加わった。", "1990年10月に南町が加わった"),
        (
            "1990年に青葉町は橋の工事を始めた。南町の議会は工事の中止を求めた。",
            "1990年、南町の議会は工事の中止を求めた",
        ),
    ],
)
def test_a_sentence_has_the_one_year_that_its_line_tells_of(text: str, standing: str) -> None:
    (_, second) = page(text).statements

    assert second.text == standing
    assert "resolved" in second.flags


@pytest.mark.parametrize(
    "text",
    [
        "1990年に青葉町は橋を造り、1995年に道を造った。南町の議会は工事の中止を求めた。",
        "青葉町は1990年から橋の工事を計画していた。南町の議会は工事の中止を求めた。",
        "1990年に青葉町は橋の工事を始めた。\n\n南町の議会は工事の中止を求めた。",
        "1990年に青葉町は橋の工事を始めた。南町の議会は工事を求めなかった。",
    ],
)
def test_a_year_that_is_not_plain_is_not_given(text: str) -> None:
    assert page(text).statements[-1].text.startswith("南町の議会は")


def test_a_year_given_by_the_line_is_not_asked_for() -> None:
    drafts = draft(japanese("1990年、青葉町は橋の工事を始めた。南町の議会は工事の中止を求めた。"))

    assert all(found.to_data()["key"] in found.evidence.quote for found in drafts if found.item.kind != "true_false")


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("オフィス青葉は1950年に北町に設立された。", "ビル青葉は1950年に北町に設立された。"),
        ("後期高齢者医療制度は2008年に始まった。", "高齢者医療制度は2008年に始まった。"),
        ("空母の飛行甲板は1950年に北町で造られた。", "軍艦の飛行甲板は1950年に北町で造られた。"),
        ("工夫の宿舎は1950年に北町に建てられた。", "職人の宿舎は1950年に北町に建てられた。"),
        ("1956年、北原国は北町連合に加盟国として加盟した。", "1956年、北原国は北町連合に参加国として参加した。"),
        ("北町の研究者は1950年に古い星を再発見した。", "北町の研究者は1950年に古い星を発見した。"),
        ("沢北湖の起源については2006年に説が出された。", "沢北湖の深さについては2006年に説が出された。"),
    ],
)
def test_a_word_within_another_costs_nothing(text: str, like: str) -> None:
    assert loss(text) == loss(like)


@pytest.mark.parametrize(
    ("left_out", "whole"),
    [
        ("オフは2008年に北町に移った。", "沢北は2008年に北町に移った。"),
        ("後期は2008年に北町で優勝した。", "沢北は2008年に北町で優勝した。"),
        ("妻の宿舎は1950年に北町に建てられた。", "職人の宿舎は1950年に北町に建てられた。"),
        ("1950年、北町は再度青葉港を開いた。", "1950年、北町は青葉港を開いた。"),
    ],
)
def test_what_points_to_the_sentence_before_costs(left_out: str, whole: str) -> None:
    assert loss(left_out) > loss(whole) + 0.1


def test_what_happens_every_year_needs_its_year() -> None:
    assert loss("2003年の決勝では北町が南町に勝利した。") + 0.2 < loss("決勝では北町が南町に勝利した。")
