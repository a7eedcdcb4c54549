"""What a sentence leaves to the sentences before it in its line: a topic that goes on, two people, words of a page."""

from __future__ import annotations

from typing import Any

import pytest

from quizapp.core.article import Article
from quizapp.drafting import label
from quizapp.drafting.ja.page import Page
from quizapp.drafting.rules import cloze, date, naming, true_false
from tests.drafting.reading import page


def last(text: str, title: str = "") -> str:
    article = Article(title, "ja", text)
    return Page(article, label(article)).statements[-1].text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        # A time before the topic, and a pronoun for it between.
        ("1901年、青葉国は北町の港を開いた。1905年には廃止も検討された。", "青葉国は、"),
        ("北原国も1890年に港を閉ざした。同国は船を造らなかった。1905年には廃止も検討された。", "北原国は、"),
        ("NTTは1952年に青葉町で始まった。1985年には民営化も検討された。", "NTTは、"),
        # Another is spoken of, or does something, or belongs to it.
        ("青葉国は1890年に港を開いた。その港で、田口英一は船を造った。1905年には廃止も検討された。", "1905年"),
        ("青葉国は1890年に港を開いた。大沢光平が1905年に北町へ来日した。1906年には廃止も検討された。", "1906年"),
        ("青葉国は1890年に港を開いた。その港は広い。1905年には廃止も検討された。", "1905年"),
        ("青葉国は1890年に港を開いた。沢北村には1905年に灯台も建った。", "沢北村"),
    ],
)
def test_a_topic_goes_on_until_another_is_named(text: str, begins: str) -> None:
    assert last(text).startswith(begins)


def test_in_an_article_on_somebody_a_line_about_another_is_not_continued() -> None:
    text = "大沢光平は北町の医師であった。1905年には村への招きも検討された。"

    assert last(text).startswith("大沢光平は、")
    assert last(text, "田口英一").startswith("1905年")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("田口英一と大沢光平は北町に住んだ。二人は1905年に灯台を建てた。", "田口英一と大沢光平は1905年に灯台を建てた"),
        (
            "田口英一は北町の人である。大沢光平は医師である。曲は中原文雄と二人で1905年に書いた。",
            "曲は中原文雄と二人で",
        ),
    ],
)
def test_two_people_are_those_of_one_sentence(text: str, told: str) -> None:
    assert last(text).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("操縦士の大沢光平(en)は1905年に青葉橋(英語版)を渡った。", "操縦士の大沢光平は1905年に青葉橋を渡った"),
        ("**保存** 青葉町の氷室は1905年に沢北村へ移された。", "青葉町の氷室は1905年に沢北村へ移された"),
        ("そんな中、青葉橋は1905年に北町に架けられた。", "青葉橋は1905年に北町に架けられた"),
    ],
)
def test_words_of_a_page_are_no_words_of_the_sentence(text: str, told: str) -> None:
    assert last(text) == told


def test_what_was_only_a_theory_is_not_cut_off_as_a_fact() -> None:
    told = page(
        "北町の学者の田口英一は、青葉川の水は沢北湖の底から湧く泉にあり、港の町の井戸はその水を分け合って使うものだという青葉水源説を1905年に唱えた。"
    )
    stems = [gap.stem for statement in told.statements for gap in cloze.find(told, statement)]

    assert stems
    assert all(stem.endswith("唱えた。") for stem in stems)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # The year is the programme's and the meeting's, not NHK's and the society's.
        ("田口英一は2009年6月24日に放送されたNHKの『青い歌』でも歌を歌った。", date),
        ("1990年に始められた青葉協会の大会は北町の名物である。", date),
        # By 1995 it was so as well if it was by 1992.
        ("1995年までに、北町で使われた石油は青葉運河を通って運ばれた。", true_false),
        # From whom he had it, and who played it, is no part of what describes it.
        (
            "田口英一は北町へ上り、日赤を通じて本部から、沢北村で効果を上げた治療法「青葉療法」の資料を手に入れた。",
            naming,
        ),
        ("青葉座が北町で豪華な歌劇『青い歌』を上演すると、沢北座でも踊りが広まった。", naming),
    ],
)
def test_a_rule_gives_nothing_where_what_it_needs_belongs_to_another_part(text: str, rule: Any) -> None:
    told = page(text)

    assert [found.stem for statement in told.statements for found in rule.find(told, statement)] == []
