"""A question says what it is about: where the sentence does not, the article's title stands before it."""

from __future__ import annotations

import pytest

from quizapp.core.article import Article
from quizapp.drafting import Wishes, draft
from quizapp.drafting.ja.topic import Topic

CAPITAL = "人口は2020年に約85万人であった。首都は1901年に青葉港へ移された。国土の最高地点は標高1,991メートルである。"


def stems(title: str, text: str, wishes: Wishes | None = None) -> list[str]:
    return [found.to_data()["stem"] for found in draft(Article(title, "ja", text), wishes=wishes or Wishes())]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("北原国", "北原国"),
        ("田口・英一 (画家)", "田口・英一"),
        ("沢北湖_の魚", "沢北湖 の魚"),
        ("青葉橋が開通", ""),
        ("灯台とは何か？", ""),
        ("harbour_news.txt", ""),
        ("第3章 気候", ""),
        ("", ""),
        ("北原国の統計をもとにした長い長い題名のついた記事", ""),
    ],
)
def test_a_short_noun_phrase_is_a_topic_and_a_headline_is_not(title: str, topic: str) -> None:
    assert Topic(title).name == topic


def test_what_the_sentence_leaves_to_the_title_stands_before_the_question() -> None:
    found = stems("北原国", CAPITAL)

    assert found
    assert all(stem.startswith("【北原国】") for stem in found)
    assert all(stem.startswith("【北原国】") for stem in stems("北原国", CAPITAL, Wishes(register="plain")))


def test_a_lead_changes_no_id() -> None:
    with_lead, without = (draft(Article(title, "ja", CAPITAL)) for title in ("北原国", "国の人口が増加"))

    assert {found.id for found in without} <= {found.id for found in with_lead}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        # The sentence names the topic, or part of it.
        ("北原国", "北原国の人口は2020年に約85万人であった。"),
        ("田口・英一", "田口は1901年に青葉港で沢北湖の地図を描いた。"),
        # It is about another name.
        ("北原国", "青葉町は1955年に港町と合併した。"),
        # Its line has gone over to another name.
        ("北原国", "青葉町は国の北部にある港の町である。人口は2020年に約85万人であった。"),
        # The title is a headline.
        ("青葉橋が開通", "人口は2020年に約85万人であった。"),
    ],
)
def test_nothing_stands_before_a_question_that_is_about_something_else(title: str, text: str) -> None:
    assert not [stem for stem in stems(title, text) if stem.startswith("【")]


def test_the_title_is_never_the_answer() -> None:
    found = draft(Article("潮待ち", "ja", "潮待ちとは、舟が港の中で流れの向きの変わる時を待つことである。"))

    assert "潮待ち" not in {draft.to_data()["key"] for draft in found}
