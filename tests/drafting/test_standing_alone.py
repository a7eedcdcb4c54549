"""Drafts stand alone: who says what is kept, what points back is resolved or not asked, and options are sensible."""

from __future__ import annotations

import re

import pytest

from quizapp.core.article import Modality
from quizapp.drafting import draft, label
from quizapp.drafting.claims_ja import spoken
from quizapp.drafting.en.names import is_listed, names_of
from quizapp.drafting.en.page import Page as EnglishPage
from quizapp.drafting.ja import references
from quizapp.drafting.told_years import latest_year
from tests.drafting.reading import NAMES, drafts_of, english, japanese, page


@pytest.mark.parametrize(
    "text",
    [
        "両首脳は会談した",
        "両政府は合意した",
        "両チームは引き分けた",
        "同氏は辞めた",
        "同紙は伝えた",
        "双方は譲らない",
        "本法は1950年に定められた",
        "当局は港を閉じた",
        "同様に北町も港を開いた",
        "北町も例外ではない",
        "橋が残ったことからも分かる",
    ],
)
def test_a_word_for_what_was_named_before_does_not_stand_alone(text: str) -> None:
    assert references.stands_not_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "川の両岸に町がある",
        "北南両政府は合意した",
        "同盟を結んだ",
        "協同組合ができた",
        "10両編成の列車が走る",
        "海洋基本法は2007年に制定された",
        "コウモリは犬と同様に乳で子を育てる",
        "1950年、北原国当局は港を閉じた",
        "規則の例外は町長が決める",
        "星の動きから地球が回ることが分かった",
    ],
)
def test_a_word_that_only_looks_so_stands_alone(text: str) -> None:
    assert not references.stands_not_alone(text)


def test_both_leaders_are_named_from_the_sentences_before() -> None:
    text = "田中大臣は北町の新しい港を見た。鈴木大臣は南町の古い船に乗った。両大臣は港の工事を急ぐことで一致した。"

    assert page(text).statements[-1].text.startswith("田中大臣と鈴木大臣は")


def test_a_bare_role_takes_the_name_it_had_or_is_not_asked_about() -> None:
    named = page("大沢町長は新しい橋を開いた。町長は古い橋を残す考えを示した。")
    alone = page("町長は古い橋を残す考えを示した。")

    assert [s.text[:4] for s in named.statements] == ["大沢町長", "大沢町長"]
    assert not alone.statements


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("assessment", "港の新聞は、町が橋を必要としている、ともみている。"),
        ("assessment", "港の新聞は、橋を町の宝だったと評価している。"),
        ("reported", "港の新聞は、橋が町を変えつつあると説明する。"),
        ("reported", "港の新聞は、橋が町を変えるとしている。"),
        ("reported", "大沢町長は橋を「町の宝」と位置づけた。"),
    ],
)
def test_a_topic_that_says_or_judges_is_named(modality: str, text: str) -> None:
    claim = label(japanese(text))[0].claim

    assert claim.modality == modality
    assert claim.says in {"港の新聞", "大沢町長"}


def test_a_speaker_is_carried_over_to_what_is_said_as_well() -> None:
    text = "港の新聞は、橋が町を変えつつあると説明する。また、町の川は魚を育てるとも述べている。"

    assert label(japanese(text))[1].claim.says == "港の新聞"
    assert page(text).statements[1].text == "港の新聞によると、町の川は魚を育てる"


def test_what_somebody_says_has_its_own_subject_after_the_speaker() -> None:
    said = spoken("港の新聞は、古い橋を北町は残している、ともみている", "港の新聞")

    assert said == "港の新聞によると、古い橋を北町は残している"
    assert spoken("大沢町長は、橋を残すと述べた", "大沢町長") == ""


def test_a_definition_ends_before_what_follows_it() -> None:
    text = "引き船とは、力を使って大きな船を港の中で動かす小さな船であり、冬には氷を割って進むこともある船である。"
    stems = [d.to_data()["stem"] for d in draft(japanese(text))]

    assert any(stem.startswith("力を使って大きな船を港の中で動かす小さな船を") for stem in stems)
    assert not any("であり" in stem for stem in stems if "何といいますか" in stem)


@pytest.mark.parametrize(
    ("modality", "says", "text"),
    [
        ("expected", "", "The tower is also expected to draw more visitors."),
        ("reported", "", "The stones are widely said to be older."),
        ("assessment", "The harbour page", "The harbour page assesses the tower as a sign of pride."),
        ("assessment", "The harbour page", "The harbour page also takes the view that the tower is too tall."),
    ],
)
def test_english_hedges_are_heard_through_adverbs(modality: str, says: str, text: str) -> None:
    claim = label(english(text))[0].claim

    assert (claim.modality, claim.says) == (Modality(modality), says)


def test_an_english_speaker_is_carried_over() -> None:
    text = "The Harbour Trust said that the lamp was new. It also said that the tower was old."

    assert label(english(text))[1].claim.says == label(english(text))[0].claim.says != ""


def test_english_sentences_lose_their_also_and_lean_on_nothing() -> None:
    text = (
        "The page of the Harbour Trust praises the Cape Arden tower. The page praises the Cape Arden bridge as well. "
        "The two governments opened a road to Cape Arden in 1950. The Cape Arden mill was also painted in 1960."
    )
    whole = english(text)

    assert [s.text for s in EnglishPage(whole, label(whole)).statements] == [
        "The page of the Harbour Trust praises the Cape Arden tower.",
        "The Cape Arden mill was painted in 1960.",
    ]


def test_a_name_of_two_owners_is_cut_before_them_and_lists_are_not_asked() -> None:
    text = "They named the Harbour Council Group of the North Bank and South Bank after Arden, Vale and Whitmore."
    found = {name.text: name for name in names_of(text)}

    assert "Harbour Council Group" in found
    assert is_listed(text, found["Vale"])


def test_wrong_years_are_never_newer_than_the_article() -> None:
    whole = english("The old lighthouse was built in 1887. The museum at Cape Arden was opened in 2024.")
    years = [int(y) for d in draft(whole) for o in d.to_data()["options"] for y in re.findall(r"\d{4}", o["text"])]

    assert latest_year(whole) == 2024
    assert max(years) <= 2024


@pytest.mark.parametrize("name", NAMES)
def test_a_long_list_has_a_false_statement_among_its_first_where_one_is_clean(name: str) -> None:
    drafts = drafts_of(name)
    false = [d for d in drafts if d.to_data()["key"] == "false"]

    assert len(drafts) < 10 or not false or any(d in false for d in drafts[:10])


def test_a_page_that_lost_words_is_not_asked_about() -> None:
    assert not page("1541年に大沢軍が遠征してを行い、北町の港をおさえた。").statements
