"""Drafts come by how likely a reader keeps them, and what readers threw away is not made."""

from __future__ import annotations

import pytest

from quizapp.drafting.rules import cloze
from tests.drafting.reading import drafts_of_text, page


def keys(text: str, title: str = "") -> set[str]:
    return {str(one.to_data()["key"]) for one in drafts_of_text(text, title)}


def test_what_a_long_headline_tells_is_not_asked() -> None:
    told = "青葉電力は2001年3月に北町鉄道の株の36％を買い、その最大の株主となりました。"

    assert "2001年3月" in keys(told, "北町の新しい図書館と港の橋の開通を祝う")
    assert "2001年3月" not in keys(told, "青葉電力、北町鉄道に資本参加へ　2001年3月に調印")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("北海道の小樽市沖では、早くから潮の流れが測られてきました。", "北海道"),
        ("青葉人は紀元前8世紀から7世紀に北町で港を開いた。", "7世紀"),
    ],
)
def test_what_the_rest_of_a_sentence_tells_is_not_asked(text: str, key: str) -> None:
    assert key not in keys(text)


def test_a_year_in_another_count_is_not_told_for_the_next_sentence() -> None:
    text = "元封元年（前110年）に青葉王は北町に兵を集めた。兵を率いた田口英一は沢北城へ向かった。"
    found = [one.item.questions[0].stem for one in drafts_of_text(text)]

    assert found
    assert not [stem for stem in found if stem.startswith("110年")]


def test_a_power_of_ten_stands_beside_powers_of_ten() -> None:
    told = page("青葉尺は沢北尺の100倍を表す北町の古い長さの単位である。")
    gaps = {gap.key: gap.distractors for statement in told.statements for gap in cloze.find(told, statement)}

    assert set(gaps["100倍"]) == {"10倍", "1000倍"}


_ADDRESSES = {"青葉校": "192.168.0.1", "北町校": "10.0.0.1", "沢北校": "172.16.0.1"}


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{school}の機器には「{address}」が1999年に割り当てられた。" for school, address in _ADDRESSES.items()),
        "北町の人口は1.234.567人である。",
    ],
)
def test_what_looks_like_a_number_and_is_none_does_no_harm(text: str) -> None:
    assert all(one.score > 0 for one in drafts_of_text(text))


def test_a_name_in_corner_brackets_stays_at_the_beginning_of_a_sentence() -> None:
    assert drafts_of_text("【沢北の子】は2020年4月に青葉誌で連載が始まった漫画である。")
    assert not [
        one for one in drafts_of_text("【北町＝共同】青葉橋は1914年に沢北に架けられた。") if "共同" in str(one.item)
    ]


def test_a_number_in_a_title_tells_no_part_of_itself() -> None:
    told = "青葉橋の工事には1914年に20人の大工が北町から加わった。"

    assert keys(told, "大工120人の橋") == keys(told)
    assert keys("青葉橋は1914年に田口英一が北町に架けた。", "青葉橋は1914年に田口英一が北町に架けた。")
