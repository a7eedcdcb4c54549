"""Wrong options that banks and a glossary lend, and the register that drafts are asked in."""

from __future__ import annotations

import re

import pytest

from quizapp.core.article import Article
from quizapp.core.errors import UnreadableError
from quizapp.core.inputs import Option
from quizapp.core.items import ShortAnswer, SingleChoice, TrueFalse
from quizapp.drafting import Wishes, draft
from quizapp.drafting.draft import Origin
from quizapp.drafting.glossary import Group, of_items, parse
from quizapp.drafting.ja import register
from tests.drafting.reading import article, drafts_of, english, japanese

ARTICLE = japanese("青葉水道局は、港の近くで青葉町の水を管理している。青葉町は2019年4月1日に汐見市と合併した。")


def _options(groups: tuple[Group, ...], key: str, about: Article = ARTICLE) -> dict[str, Origin]:
    found = draft(about, wishes=Wishes(groups=groups))
    return {origin.text: origin for each in found if each.to_data()["key"] == key for origin in each.origins}


def test_a_glossary_lends_wrong_options_where_the_article_has_too_few() -> None:
    assert _options((), "青葉水道局") == {}

    lent = _options(parse("青葉水道局、北浜水道局、港南水道局"), "青葉水道局")

    assert lent == {name: Origin(name, "glossary") for name in ("北浜水道局", "港南水道局")}


def test_the_bank_comes_before_the_glossary() -> None:
    bank = Group(("青葉水道局", "北浜水道局", "東雲水道局"), "bank")
    lent = _options((*parse("青葉水道局、港南水道局"), bank), "青葉水道局")

    assert lent == {name: Origin(name, "bank") for name in ("北浜水道局", "東雲水道局")}


def test_a_term_that_the_article_speaks_of_is_not_lent() -> None:
    assert _options(parse("青葉水道局、岩木山、汐見市"), "青葉水道局") == {}


def test_terms_of_the_keys_sort_are_lent_without_it_in_their_group() -> None:
    lent = _options(parse("富士山、高尾山"), "岩木山", japanese("青葉町の水は岩木山のふもとから引かれている。"))

    assert lent.keys() == {"富士山", "高尾山"}


def test_a_place_is_typed_and_offered_among_others_where_a_teachers_group_lends_them() -> None:
    text = japanese("青葉町の水は岩木山のふもとから引かれている。")
    alone, lent = (
        [
            one.to_data()["options"]
            for one in draft(text, wishes=Wishes(groups=groups))
            if one.to_data()["key"] == "岩木山"
        ]
        for groups in ((), parse("富士山、岩木山、高尾山"))
    )

    assert alone == [[]]
    assert [{option["text"] for option in options} for options in lent] == [{"富士山", "岩木山", "高尾山"}]


def test_every_wrong_option_tells_where_it_came_from() -> None:
    dates = _options((), "2019年4月1日")

    assert [origin.source for origin in dates.values()] == ["near", "near"]

    found = [
        each for drafted in drafts_of("lighthouse_news.md") for each in drafted.origins if each.source == "article"
    ]
    text = article("lighthouse_news.md").text
    assert found
    assert all(each.span and text[each.span.start : each.span.end] == each.text for each in found)


def test_a_made_up_number_does_not_stand_in_a_longer_one() -> None:
    (found,) = (
        each
        for each in draft(japanese("北町の港には会社が8社ある。\n\n7月と10月には北町の倉庫を17社と110社が使う。"))
        if each.to_data()["key"] == "8社"
    )

    assert [(origin.text, origin.source) for origin in found.origins] == [("7社", "near"), ("10社", "near")]


def test_an_english_glossary_lends_what_stands_beside_the_key() -> None:
    whole = english("The keeper of the lighthouse at Cape Arden was Clara Whitmore.")
    found = draft(whole, wishes=Wishes(groups=parse("Clara Whitmore, Edith Hale, Ruth Marsh")))

    assert any({origin.text for origin in each.origins} == {"Edith Hale", "Ruth Marsh"} for each in found)


def test_a_glossary_is_read_line_by_line() -> None:
    groups = parse("# 県の役所\n\n東京、大阪，名古屋, 福岡\n海\t山\n")

    assert [group.terms for group in groups] == [("東京", "大阪", "名古屋", "福岡"), ("海", "山")]


def test_what_is_no_term_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableError) as told:
        parse("東京、大阪\n" + "これは用語ではなく長い文章です" * 5)

    assert told.value.values["line"] == 2


def test_the_options_of_a_banks_items_are_groups() -> None:
    options = (Option("東京", correct=True), Option("大阪"), Option("名古屋"))
    items = (
        SingleChoice(id="a", language="ja", stem="首都は？", options=options),
        ShortAnswer(id="b", language="ja", stem="港は？", key="横浜"),
        TrueFalse(id="c", language="ja", stem="海は青い。", holds=True),
    )

    assert [group.terms for group in of_items(items)] == [("東京", "大阪", "名古屋"), ("横浜",)]


@pytest.mark.parametrize(
    ("plain", "polite"),
    [
        ("橋は2019年に開通した。", "橋は2019年に開通しました。"),
        ("犬は動物である。", "犬は動物です。"),
        ("町は{{1}}と呼ばれている。", "町は{{1}}と呼ばれています。"),
        ("祭りは行われなかった。", "祭りは行われませんでした。"),
        ("例はほかに見られない。", "例はほかに見られません。"),
        ("駅は未だない。", "駅は未だありません。"),
        ("この橋は最も長い。", "この橋は最も長いです。"),
        ("人は少なかった。", "人は少なかったです。"),
        ("町が本を読んだ。", "町が本を読みました。"),
    ],
)
def test_the_register_changes_and_nothing_else(plain: str, polite: str) -> None:
    assert register.plain(polite) == plain
    assert register.polite(plain) == polite


@pytest.mark.parametrize(
    ("plain", "polite"),
    [
        ("橋が開通したのは何年か。", "橋が開通したのは何年ですか。"),
        ("町は何を確認したか。", "町は何を確認しましたか。"),
        ("この祭りを何というか。", "この祭りを何といいますか。"),
    ],
)
def test_questions_are_made_plain(plain: str, polite: str) -> None:
    assert register.plain(polite) == plain


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("町は2019年に合併。", "町は2019年に合併しました。"),
        ("1950年、町は初めて選手権で優勝。", "1950年、町は初めて選手権で優勝しました。"),
        ("1950年に架けられた橋は町で最古の建築。", "1950年に架けられた橋は町で最古の建築です。"),
        ("1950年の橋は大規模な建築。", "1950年の橋は大規模な建築です。"),
        ("1950年に生まれた町長の趣味は料理。", "1950年に生まれた町長の趣味は料理。"),
        ("橋は「{{1}}」。", "橋は「{{1}}」です。"),
        ("水が豊か。", "水が豊かです。"),
    ],
)
def test_an_end_that_is_cut_off_is_ended_politely(cut: str, whole: str) -> None:
    assert register.polite(cut) == whole


@pytest.mark.parametrize(("wanted", "other"), [("polite", "plain"), ("plain", "polite")])
def test_all_drafts_of_an_article_are_in_one_register(wanted: str, other: str) -> None:
    text = "青葉橋は2019年4月1日に開通した。橋の長さは320メートルです。町は橋を「虹の橋」と呼んでいる。"
    found = draft(japanese(text), wishes=Wishes(wanted))
    stems = [str(each.to_data()["stem"]) for each in found if each.item.kind != "term"]

    assert stems
    is_polite = [re.search(r"(?:(?:ま|で)(?:す|した)|ません|ください)か?。$", stem) is not None for stem in stems]
    assert is_polite == [wanted == "polite"] * len(stems), stems
    others = draft(japanese(text), wishes=Wishes(other))
    assert [each.id for each in found] == [each.id for each in others]
    assert [each.to_data()["stem"] for each in found] != [each.to_data()["stem"] for each in others]
