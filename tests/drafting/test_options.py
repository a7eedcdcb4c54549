"""Wrong options of names: of one sort with the key, of its time, surely what they seem, and not right as well."""

from __future__ import annotations

import pytest

from quizapp.drafting.ja import periods
from quizapp.drafting.ja.people import People
from quizapp.drafting.ja.rivals import are_of_a_kind, are_works_alike
from quizapp.drafting.rules import true_false
from tests.drafting.reading import drafts_of_text, page


@pytest.mark.parametrize(
    ("kind", "key", "other", "alike"),
    [
        ("place", "青葉川", "北町川", True),
        ("place", "紅河", "桂林", False),
        ("place", "タヒチ島", "ケープヨーク半島", False),
        ("place", "ホータン", "ヨーロッパ", False),
        ("place", "アジア", "アフリカ", True),
        ("place", "青葉市", "北原県沢北市", False),
        ("event", "青葉大会", "北町紛争", False),
        ("event", "青葉大会", "北町大会", True),
        ("rule", "青葉条約", "北町協定", False),
        ("country", "日本", "前漢", False),
        ("country", "前漢", "後漢", True),
        ("person", "鹿戸明", "高田", False),
        ("person", "鹿戸明", "小川進", True),
        ("person", "マリー・キュリー", "ニュートン", False),
        ("organisation", "青葉市立図書館", "北町建築事務所", False),
        ("organisation", "青葉市立図書館", "北町市立図書館", True),
        ("organisation", "青葉郡立図書館", "旧青葉郡図書館", False),
        ("organisation", "青葉軍", "北町軍", False),
        ("term", "加工食品", "発酵食品", False),
        ("term", "古王国時代", "新王国時代", True),
        ("term", "市民たち", "町民たち", False),
    ],
)
def test_names_stand_beside_names_of_their_sort(kind: str, key: str, other: str, *, alike: bool) -> None:
    assert are_of_a_kind(kind, key, other) is alike


def test_a_period_stands_beside_those_near_it() -> None:
    near = periods.unlike(
        "江戸時代", "江戸時代の北町で橋が架けられた", "縄文時代の遺跡がある。江戸時代に橋が架けられた。"
    )

    assert len(near) == 2
    assert "縄文時代" not in near


def test_a_magazine_does_not_stand_among_novels() -> None:
    assert are_works_alike("小説", "長編小説")
    assert are_works_alike("", "小説")
    assert not are_works_alike("", "同人雑誌")
    assert not are_works_alike("同人雑誌", "")


def test_a_word_that_might_be_a_name_is_nobody() -> None:
    people = People({"耕作": (), "見方": (), "高橋": (), "高橋元長": (), "白藤江": (), "中村市長": (), "ヨランド": ()})

    sure = {
        name for name in ("耕作", "見方", "高橋", "高橋元長", "白藤江", "中村市長", "ヨランド") if people.is_sure(name)
    }
    assert sure == {"高橋", "高橋元長", "中村市長", "ヨランド"}


def test_who_only_writes_of_the_topic_is_no_rival_of_who_took_part_in_it() -> None:
    people = People(
        {
            "山田太郎": ("山田太郎は城を建てた", "山田太郎は戦功を挙げた"),
            "鈴木次郎": ("鈴木次郎は隣の町を治めた",),
            "田中花子": ("田中花子は、城は早く建てられたと指摘している",),
            "佐藤春子": ("歴史学者の佐藤春子によると、町は豊かだった",),
        }
    )

    assert people.are_rivals("山田太郎", "鈴木次郎")
    assert people.are_rivals("田中花子", "佐藤春子")
    assert not people.are_rivals("山田太郎", "田中花子")


def test_two_parts_of_one_name_are_one_person() -> None:
    people = People({"マリー・キュリー": (), "マリー": (), "キュリー": (), "ベクレル": ()})

    assert not people.are_rivals("マリー", "キュリー")
    assert people.are_rivals("キュリー", "ベクレル")


@pytest.mark.parametrize(
    ("key", "told", "near"),
    [
        ("大正時代", "明治後期から大正時代にかけて", {"昭和時代", "平成時代"}),
        ("江戸時代", "戦国時代には狸を使い、江戸時代には使わなかった", {"明治時代", "大正時代"}),
        ("縄文時代", "縄文時代の遺跡", {"弥生時代", "古墳時代"}),
        ("江戸時代", "1669年、江戸時代の書物", set()),
        ("農耕時代", "農耕時代になると", set()),
    ],
)
def test_periods_have_the_next_ones_for_neighbours(key: str, told: str, near: set[str]) -> None:
    assert set(periods.unlike(key, told, "")) == near


def test_amounts_are_asked_only_as_figures_to_keep_in_mind() -> None:
    keys = {
        d.to_data()["key"]
        for d in drafts_of_text("青葉市の人口は4万7,723人である。青葉川の長さは約120キロメートルである。")
    }

    assert "4万7,723人" not in keys
    assert "約120キロメートル" in keys


@pytest.mark.parametrize(
    ("text", "title", "key"),
    [
        ("北町は1950年に南町と合わさり、青葉唱歌集『青葉集』を青葉の一代記とともに出した。", "", "青葉集"),
        ("青葉市は、2001年に青葉川市と北町が合わさってできた市である。", "", "青葉市"),
        ("大沢光平は1899年に青葉市で新しい消防隊を作った。", "青葉外国人居留地", "青葉市"),
    ],
)
def test_what_the_rest_or_the_title_says_is_not_asked(text: str, title: str, key: str) -> None:
    assert key not in {d.to_data()["key"] for d in drafts_of_text(text, title)}


@pytest.mark.parametrize(
    ("amount", "judged"), [("2万羽", True), ("20羽", True), ("2羽", False), ("1.5倍", False), ("15倍", True)]
)
def test_only_an_amount_of_more_than_a_few_is_judged(amount: str, *, judged: bool) -> None:
    whole = page(f"青葉沼の鳥は町の林で{amount}に増えた。")

    assert bool(list(true_false.find(whole, whole.statements[0]))) is judged


@pytest.mark.parametrize(
    ("first", "later"), [("紀元前500年", ("500年", "505年", "510年")), ("明治5年", ("1970年", "1975年", "1980年"))]
)
def test_nobody_stands_beside_people_of_another_age(first: str, later: tuple[str, ...]) -> None:
    told = [
        "田口英一は{}に北町の青葉橋を",
        "大沢光平は{}に南町の沢北橋を",
        "鈴木次郎は{}に東町の北原橋を",
        "佐藤春子は{}に西町の港橋を",
    ]
    whole = page("\n\n".join(f"{one.format(year)}架けた。" for one, year in zip(told, (first, *later), strict=True)))
    beside = [whole.distractors(statement.names[0], statement, "") for statement in whole.statements]

    assert beside[0] == ()
    assert all(len(others) == 2 and "田口英一" not in others for others in beside[1:])


@pytest.mark.parametrize(("date", "judged"), [("1950年", True), ("1950年頃", False), ("1950年代", False)])
def test_a_date_that_is_judged_is_a_point_in_time(date: str, *, judged: bool) -> None:
    whole = page(f"青葉鉄道は{date}に北町駅を開業した。")

    assert bool(list(true_false.find(whole, whole.statements[0]))) is judged


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("牛乳の低温殺菌は1950年に大沢光平が北町で始めた。", True),
        ("ごみの処分は1950年に大沢光平が北町で始めた。", True),
        ("理性批判の講義は1950年に大沢光平が北町で始めた。", True),
        ("マハラジャの調査は1950年に大沢光平が北町で始めた。", True),
        ("犯罪の調査は1950年に大沢光平が北町で始めた。", False),
        ("パワハラの調査は1950年に大沢光平が北町で始めた。", False),
        ("大沢光平は1950年に北町で懲戒処分を受けた。", False),
        ("田口和夫は青葉鉄道を北町に作り、大沢光平が沢北鉄道を南町に作った。", True),
        ("空母が北町に来た1950年に大沢光平が沢北鉄道を南町に作った。", True),
        ("1950年の間に大沢光平が沢北鉄道を南町に作った。", True),
        ("妻は青葉鉄道を北町に作り、大沢光平が沢北鉄道を南町に作った。", False),
    ],
)
def test_nobody_is_asked_for_among_the_accused_or_of_kin(text: str, *, asked: bool) -> None:
    assert ("大沢光平" in {d.to_data()["key"] for d in drafts_of_text(text)}) is asked
