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
        ("灯台とは何か？", "灯台"),
        ("よくわかる「青葉条約」って何?北町の港のきまり", "青葉条約"),
        ("harbour_news.txt", ""),
        ("第3章 気候", ""),
        ("", ""),
        ("北原国の統計をもとにした長い長い題名のついた記事", ""),
    ],
)
def test_a_short_noun_phrase_is_a_topic_and_a_headline_is_not(title: str, topic: str) -> None:
    assert Topic(Article(title, "ja", "")).name == topic


def test_what_the_sentence_leaves_to_the_title_stands_before_the_question() -> None:
    found = stems("北原国", CAPITAL)

    assert found
    assert all(stem.startswith("【北原国】") for stem in found)
    assert all(stem.startswith("【北原国】") for stem in stems("北原国", CAPITAL, Wishes(register="plain")))


def test_a_lead_changes_no_id() -> None:
    with_lead, without = (
        {(one.generator, one.to_data()["key"]): one for one in draft(Article(title, "ja", CAPITAL))}
        for title in ("北原国", "首都.txt")
    )
    both = with_lead.keys() & without.keys()

    assert both
    assert all(with_lead[asked].to_data()["stem"] != without[asked].to_data()["stem"] for asked in both)
    assert all(with_lead[asked].id == without[asked].id for asked in both)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        # The sentence names the topic, or part of it.
        ("北原国", "北原国の人口は2020年に約85万人であった。"),
        ("田口・英一", "田口は1901年に青葉港で沢北湖の地図を描いた。"),
        ("青葉橋が開通", "青葉橋は1901年に沢北村まで通じた。"),
        # Whose father he is stands in the sentence before.
        ("青葉の歌", "大沢光平は1880年に沢北村へ移った。父親は1887年に青葉橋を架けた。"),
        # What a file is called says nothing, nor does a sentence, nor what all such pages are called.
        ("harbour_news.txt", "首都は1901年に青葉港へ移された。"),
        ("首都は海辺にある。", "首都は1901年に青葉港へ移された。"),
        ("郷土館だより 第4号", "首都は1901年に青葉港へ移された。"),
    ],
)
def test_nothing_stands_before_a_question_that_says_what_it_is_about(title: str, text: str) -> None:
    found = stems(title, text)

    assert found
    assert not [stem for stem in found if stem.startswith("【") and "大沢" not in stem]


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("北原国", "北原国"),
        ("青葉橋が開通 北町は記念の行事", "青葉橋が開通"),
        ("3-2 北原国の首都", "北原国の首都"),
        ("ノートン大聖堂で火災 屋根を失う", "ノートン大聖堂で火災"),
        ("八部作が完結 町で上映", "八部作が完結"),
        ("コラムニストの死 町が悼む", "コラムニストの死"),
        ("【5分でわかる】北原国とは", "北原国"),
        ("海辺の国へ!青葉条約をやさしく解説", "青葉条約"),
        ("青葉条約と沢北条約、どこがちがうの?", "青葉条約と沢北条約"),
        ("青葉条約改定で、何が変わるの?", "青葉条約"),
        ("海はなぜ青いの?", "海はなぜ青いの?"),
        ("海はなぜ、夏の朝にも冬の夜にもこれほどまで青く見えるのでしょうか", ""),
    ],
)
def test_what_stands_for_a_headline_is_what_it_explains_or_how_it_begins(title: str, lead: str) -> None:
    told = "青葉条約は港の約束である。青葉条約は沢北条約より古く、青葉条約も沢北条約も北町で結ばれた。"

    topic = Topic(Article(title, "ja", told))

    assert topic.lead("首都が移されたのは何年ですか。", "1901年").startswith(f"【{lead}】") is bool(lead)
    assert topic.label == lead


@pytest.mark.parametrize(
    ("title", "stem", "leads"),
    [
        ("日本の気候", "首都が海辺に移ったのは何年ですか。", True),
        ("日本の気候", "日本の首都が海辺に移ったのは何年ですか。", True),
        ("日本の気候", "日本で気候が暖かくなったのは何年ですか。", False),
        ("サフランの利用", "サフランが北町で植えられたのは何年ですか。", False),
        ("サフランの利用", "土地の利用が決められたのは何年ですか。", True),
        ("田口・英一", "英一が海辺に移ったのは何年ですか。", False),
    ],
)
def test_a_topic_of_two_words_is_named_by_both_or_by_a_long_one(title: str, stem: str, *, leads: bool) -> None:
    assert Topic(Article(title, "ja", "")).lead(stem, "1950年").startswith("【") is leads


def test_a_title_that_the_article_begins_to_explain_is_a_topic() -> None:
    opening = "『星、空、海』は、1987年に北町で作られた映画である。"

    assert Topic(Article("星、空、海", "ja", opening)).name == "星、空、海"
    assert Topic(Article("橋、港、駅が完成", "ja", f"橋、港、駅が完成\n{opening}")).name == ""


@pytest.mark.parametrize(
    ("before", "sentence", "begins"),
    [
        ("『青葉の歌』は北町の映画である。", "本作は1987年に田口英一が北町の青葉座で公開した。", "『青葉の歌』は"),
        ("青葉の歌は北町の画家である。", "父親の田口清は1887年に青葉橋を北町に架けた。", "青葉の歌の父親の田口清"),
        # Whose father he is stands in the sentence before.
        (
            "青葉の歌は北町の画家である。大沢光平は1880年に沢北村へ移った。",
            "父親の田口清は1887年に青葉橋を北町に架けた。",
            "父親の田口清",
        ),
    ],
)
def test_a_word_for_the_topic_or_its_kin_is_told_with_its_name(before: str, sentence: str, begins: str) -> None:
    last = [stem for stem in stems("青葉の歌", before + sentence) if "田口" in stem]

    assert last
    assert all(stem.startswith(begins) for stem in last)


def test_a_line_without_a_topic_goes_on_with_what_the_line_before_told_of() -> None:
    text = (
        "田口英一は北町の画家である。大沢光平は北町の医師であった。\n1887年に青葉橋を渡って沢北村へ移り、医院を開いた。"
    )

    assert not [stem for stem in stems("田口英一", text) if stem.startswith("【") and "医院" in stem]


@pytest.mark.parametrize(
    ("title", "key"),
    [("人口85万人突破、祝う", "約85万人"), ("町を訪れた大沢さん", "大沢光平"), ("英国が勝利 町に歓声", "イギリス")],
)
def test_a_headline_that_tells_the_answer_does_not_stand_before_its_question(title: str, key: str) -> None:
    topic = Topic(Article(title, "ja", ""))

    assert topic.lead("首都が移されたのは何年ですか。", "1901年").startswith("【")
    assert not topic.lead("首都の港で大会を開いたのは誰ですか。", key).startswith("【")


def test_the_title_is_never_the_answer() -> None:
    told = "潮待ちとは、舟が港の中で流れの向きの変わる時を待つことである。"
    found = draft(Article("潮待ち", "ja", told))

    assert "潮待ち" not in {draft.to_data()["key"] for draft in found}
    assert "潮待ち" in {found.to_data()["key"] for found in draft(Article("舟の習わし", "ja", told))}
