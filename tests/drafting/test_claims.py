"""Claims: what kind of sentence it is, and how sure it is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.article import Article, ClaimKind, Modality
from quizapp.drafting import label
from quizapp.drafting.sentences import split
from tests.drafting.reading import article, english, japanese


def kind_of(text: str, language: str = "ja") -> str:
    return label(Article("", language, text))[0].claim.kind.value


def modality_of(text: str, language: str = "ja") -> str:
    return label(Article("", language, text))[0].claim.modality.value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fact", "橋の長さは320メートルである。"),
        ("fact", "✅ 町は新しい橋を造りました。"),
        ("fact", "- 橋は2019年に開通した"),
        ("fact", "> 橋は2019年に開通した。"),
        ("fact", "青葉橋は、北町にある石造りの橋。"),
        ("heading", "# 橋の歴史"),
        ("heading", "橋の歴史と町の暮らし"),
        ("heading", "町と川をつなぐ新しい道。"),
        ("question", "橋は何のためにあるのか?"),
        ("question", "町はこれからどうなるのでしょうか。"),
        ("question", "渡し船の行方は?"),
        ("opinion", "橋の保存はとても重要です。"),
        ("opinion", "町がもっと栄えることを期待します。"),
        ("opinion", "古い橋は残すべきである。"),
        ("chatter", "橋の夜景はきれいですね。"),
        ("chatter", "みなさんもぜひ見てくださいね!"),
        ("chatter", "それでは見ていきましょう。"),
        ("chatter", "今回の記事では、橋の歴史をご紹介しました。"),
        ("boilerplate", "公開日:2025/02/03"),
        ("boilerplate", "さらに読む ⇒ 町の広報 https://example.org/1"),
        ("boilerplate", "Menu Home Contact"),
        ("boilerplate", "---"),
    ],
)
def test_japanese_sentences_are_told_apart(kind: str, text: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("asserted", "町は橋を造りました。"),
        ("planned", "町は来年、橋を造る予定です。"),
        ("planned", "町は橋を直す計画だ。"),
        ("aim", "町は川をきれいにすることを目指しています。"),
        ("aim", "工事は洪水を防ぐことを目的としている。"),
        ("reported", "橋は平安時代に造られたとされています。"),
        ("reported", "市長は橋を直すと述べた。"),
        ("reported", "町の発表によると、橋は7月に閉じる。"),
        ("inferred", "石は寺の跡と推測されます。"),
        ("inferred", "橋は古いものである可能性がある。"),
        ("expected", "観光客の増加が期待されます。"),
        ("expected", "今後、町は大きくなるでしょう。"),
        ("assessment", "橋は町の暮らしに重要な役割を果たします。"),
        ("asserted", "橋の予定地を町が買い、工事を始めた。"),
    ],
)
def test_the_end_of_a_japanese_sentence_tells_how_sure_it_is(modality: str, text: str) -> None:
    assert modality_of(text) == modality


def test_the_one_who_says_so_is_named() -> None:
    assert label(japanese("町の発表によると、橋は7月に閉じる。"))[0].claim.says == "町の発表"
    assert label(japanese("大沢町長は、橋を直すと述べた。"))[0].claim.says == "大沢町長"
    assert label(japanese("橋は古いとされている。"))[0].claim.says == ""
    assert label(english("According to the Harbour Trust, the lamp is new."))[0].claim.says == "the Harbour Trust"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fact", "The lighthouse was built in 1887."),
        ("heading", "## A new lamp"),
        ("heading", "A lighthouse for all"),
        ("question", "Who built it?"),
        ("opinion", "I think everyone should see it."),
        ("chatter", "Thanks for reading!"),
        ("boilerplate", "Read more: https://example.org"),
        ("boilerplate", "Published: 12 March 2024"),
    ],
)
def test_english_sentences_are_told_apart(kind: str, text: str) -> None:
    assert kind_of(text, "en") == kind


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("asserted", "The council opened a library in 2012."),
        ("planned", "The council plans to open a library."),
        ("planned", "The tower will be open in May 2025."),
        ("aim", "The project aims to save power."),
        ("reported", "The mayor said the tower was old."),
        ("inferred", "The tower is believed to be older."),
        ("expected", "More visitors are expected this summer."),
        ("assessment", "The tower plays a key role in the town."),
    ],
)
def test_english_hedges_are_heard(modality: str, text: str) -> None:
    assert modality_of(text, "en") == modality


def test_a_line_mostly_of_fragments_is_a_teaser_as_a_whole() -> None:
    line = "町の橋が新しく!北と南を結び、暮らしを変える。川辺に広がる散歩道。未来への大きな一歩。"

    assert {sentence.claim.kind for sentence in label(japanese(line))} == {ClaimKind.HEADING}


def test_of_several_headings_in_a_row_the_first_names_the_section() -> None:
    text = "# 橋の話\n\n橋の話をもう一度\n\n橋は2019年に開通した。\n\n## 川の話\n\n川は北から南へ流れている。"
    sections = {sentence.text: sentence.section for sentence in label(japanese(text))}

    assert sections["橋は2019年に開通した。"] == "橋の話"
    assert sections["川は北から南へ流れている。"] == "川の話"


def test_what_is_fenced_off_as_code_is_page_furniture() -> None:
    kinds = [s.claim.kind.value for s in label(japanese("```\n町は橋を造った。\n```\n町は橋を造った。"))]

    assert kinds == ["boilerplate", "boilerplate", "boilerplate", "fact"]


@given(st.text(max_size=200), st.sampled_from(["ja", "en"]))
def test_every_sentence_is_labelled_in_its_place(text: str, language: str) -> None:
    whole = Article("", language, text)
    sentences = split(whole)
    labelled = label(whole)

    assert [sentence.span for sentence in labelled] == [sentence.span for sentence in sentences]
    assert all(sentence.claim.modality is Modality.ASSERTED for sentence in labelled if sentence.claim.kind != "fact")


def test_line_ends_do_not_change_labels() -> None:
    whole = article("harbour_news.txt")
    spaced = replace(whole, text=whole.text.replace("\n", "\n\n"))

    assert [s.claim for s in label(spaced)] == [s.claim for s in label(whole)]


def test_labelling_loads_no_dictionary() -> None:
    code = (
        "import sys; from quizapp.core.article import Article; from quizapp import drafting;"
        "drafting.label(Article('', 'ja', '橋は長い。')); print('sudachipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
