"""Names: their types, what is the same, and what may stand for what as a wrong option."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizapp.drafting.duplicates import Content, retellings
from quizapp.drafting.en import names as english_names
from quizapp.drafting.ja.name_types import person_core
from quizapp.drafting.ja.names import names_of
from quizapp.drafting.rules import cloze
from quizapp.drafting.words import words
from tests.drafting.reading import page, parsed


def types(sentence: str) -> dict[str, str]:
    return {name.text: name.type for name in names_of(parsed(sentence))}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("山田防衛大臣が町を訪れた", "山田防衛大臣", "person"),
        ("ジョンソン英首相が町を訪れた", "ジョンソン英首相", "person"),
        ("文部科学省が町を助けた", "文部科学省", "organisation"),
        ("町は京都議定書に触れた", "京都議定書", "rule"),
        ("日米首脳会談が開かれた", "日米首脳会談", "event"),
        ("町は2011年3月11日に変わった", "2011年3月11日", "date"),
        ("人口は約15万人である", "約15万人", "quantity"),
        ("船はフランスから来た", "フランス", "country"),
        ("町は「川の灯」を始めた", "川の灯", "quoted"),
        ("町は『川の歌』を出した", "川の歌", "work"),
        ("町は地下水位を調べた", "地下水位", "term"),
    ],
)
def test_names_are_typed(sentence: str, name: str, kind: str) -> None:
    assert types(sentence)[name] == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "問題の解決が必要である",
        "3〜4人が来た",
        "3年間続いた",
        "市長は「橋を直したい。」と述べた",
        "今年は雨が多い",
        "1人につき2つ配る",
    ],
)
def test_vague_words_parts_and_sentences_are_no_names(sentence: str) -> None:
    assert not {name for name in types(sentence) if name not in {"2つ"}}


def test_a_name_in_quotes_knows_its_category_and_its_reading() -> None:
    name = names_of(parsed("国際機関「WXYZ（ウェズ）」が始まった"))[0]

    assert (name.text, name.category, name.reading) == ("WXYZ", "国際機関", "ウェズ")


def test_names_of_one_person_or_country_are_the_same() -> None:
    whole = page("青葉市（通称アオバ）は町である。")

    assert whole.are_same("山田防衛大臣", "山田氏")
    assert whole.are_same("山田防衛相", "山田大臣")
    assert whole.are_same("米国", "アメリカ")
    assert whole.are_same("日米両国", "日本")
    assert whole.are_same("首相", "総理")
    assert whole.are_same("アオバ", "青葉市")
    assert not whole.are_same("山田大臣", "田中大臣")
    assert not whole.are_same("日本", "中国")


def test_wrong_options_are_other_people_and_not_those_of_the_sentence() -> None:
    text = (
        "山田町長は川の祭りを30年ぶりに開いた。\n\n田中知事は海の祭りを見た。\n\n佐藤博士は川の魚の数を数えた。\n\n山田氏は町の古い旗を掲げた。\n\n"
        "鈴木社長は夜明けに船を出した。"
    )
    whole = page(text)
    first = whole.statements[0]
    chosen = whole.distractors(first.names[0], first)

    assert len(chosen) == 2
    assert set(chosen) <= {"田中知事", "佐藤博士", "鈴木社長"}


def test_where_two_good_options_are_not_to_be_had_there_are_none() -> None:
    whole = page("山田町長は川の祭りを30年ぶりに開いた。田中知事は海の祭りを見た。")

    assert whole.distractors(whole.statements[0].names[0], whole.statements[0]) == ()


def test_retellings_are_found_and_plans_do_not_retell_facts() -> None:
    bridge = Content(tuple(words("町 橋 石 川 北 造る")), "asserted", frozenset({"1908"}), denies=False)
    again = replace(bridge, words=tuple(words("町 橋 石 川 北 建てる")))
    other = replace(bridge, words=tuple(words("船 海 魚 網 港 出る")))

    assert retellings([bridge, other, again]) == [[0, 2], [1]]
    assert retellings([bridge, other, replace(again, kind="planned")]) == [[0], [1], [2]]
    assert retellings([bridge, other, replace(again, denies=True)]) == [[0], [1], [2]]
    assert retellings([bridge, other, replace(again, figures=frozenset({"1931"}))]) == [[0], [1], [2]]
    assert retellings([bridge, other, replace(again, people=frozenset({"大沢"}))]) == [[0], [1], [2]]


def test_english_names_are_typed_by_their_words_and_neighbours() -> None:
    names = {
        name.text: name.type
        for name in english_names.names_of(
            "In 1911 Clara Whitmore said the Arden Harbour Trust in Scotland lost 4.5 million pounds on 3 May 1910."
        )
    }

    assert names["Clara Whitmore"] == "person"
    assert names["Arden Harbour Trust"] == "organisation"
    assert names["Scotland"] == "place"
    assert names["3 May 1910"] == "date"
    assert names["4.5 million pounds"] == "quantity"


def test_a_family_name_of_one_sign_belongs_to_the_name() -> None:
    assert "森昌彦" in types("後任には森昌彦が選ばれた")


def test_a_person_of_another_age_is_no_wrong_option() -> None:
    told = page(
        "1205年に山田太郎は寺を建てた。1207年に鈴木次郎は橋を架けた。"
        "2003年に田中花子は学校を開いた。2005年に中村春子は病院を開いた。2006年に高橋夏子は店を開いた。"
    )
    late = told.statements[2]
    name = next(name for name in late.names if name.type == "person")

    assert set(told.distractors(name, late)) == {"中村春子", "高橋夏子"}


@pytest.mark.parametrize(
    ("called", "core"),
    [
        ("山中さん", "山中"),
        ("田中首相", "田中"),
        ("田口防衛大臣", "田口"),
        ("大沢光平官房副長官", "大沢光平"),
        ("李氏", "李"),
    ],
)
def test_a_name_without_its_office_is_whole(called: str, core: str) -> None:
    assert person_core(called) == core


def test_what_a_sentence_says_beside_a_gap_is_not_right_in_it() -> None:
    told = page("石油(炭化水素)は北町で採れた。石油とは、炭化水素を主成分とする液状の油で、港の会社が1905年に売った。")
    gaps = [gap for statement in told.statements for gap in cloze.find(told, statement)]

    assert "炭化水素" in {gap.key for gap in gaps}
    assert not [other for gap in gaps for other in gap.accepted if other in gap.stem]
