"""The gate names what a careful teacher would object to in an item, and offers a mend where one can be made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core import gate
from quizapp.core.article import Claim, Modality, Span
from quizapp.core.bank import Evidence
from quizapp.core.gate import Severity
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap, Item, MultipleResponse, ShortAnswer, SingleChoice, Term, TrueFalse
from tests.builders import a_choice, a_fact, a_plan, an_article, one_of_each


def codes(item: Item, **context: Any) -> set[str]:
    return {finding.code for finding in gate.lint(item, **context)}


def choice(*texts: str, stem: str = "町が2019年に開いたものは何ですか。", language: str = "ja") -> SingleChoice:
    """Return a single choice whose first option is the key."""
    options = tuple(Option(text, correct=position == 0) for position, text in enumerate(texts))
    return a_choice(stem, options=options, language=language)


def english(*texts: str, stem: str = "What did the town open in 2019?") -> SingleChoice:
    return choice(*texts, stem=stem, language="en")


def statement(stem: str, *, holds: bool = True, language: str = "ja") -> TrueFalse:
    return TrueFalse(id="truefalse001", language=language, stem=stem, holds=holds)


def short(stem: str, key: str, language: str = "ja") -> ShortAnswer:
    return ShortAnswer(id="short0000001", language=language, stem=stem, key=key)


def mended(item: Item, code: str, **context: Any) -> Item:
    """Return the item as the finding with a code would have it."""
    [finding] = [finding for finding in gate.lint(item, **context) if finding.code == code]
    [mend] = finding.mends
    assert mend.id == item.id
    assert code not in codes(mend, **context)
    return mend


@pytest.mark.parametrize("item", one_of_each(), ids=lambda item: item.kind)
def test_a_sound_item_of_any_type_passes_in_silence(item: Item) -> None:
    assert gate.lint(item) == ()


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (choice("海と町をつなぐ長い橋とその横の広い公園", "町の公園", "町の灯台"), True),
        (choice("海にかかる橋", "町の公園", "町の灯台"), False),
        (choice("{青葉橋|あおばばし}", "公園", "灯台"), False),
        (english("A bridge from the old harbour to the new market", "A park by the sea", "A lighthouse"), True),
        (english("A bridge to the harbour", "A park by the sea", "A lighthouse"), False),
    ],
)
def test_a_key_that_is_clearly_the_longest_is_found(item: Item, found: bool) -> None:
    assert ("key_is_longest" in codes(item)) is found


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (choice("橋を渡る人", "必ず船に乗る人", "公園で休む人"), True),
        (choice("必ず橋を渡る人", "必ず船に乗る人", "公園で休む人"), False),
        (choice("橋を渡る人", "船に乗る人", "公園で休む人", stem="次のすべてに共通するのは何ですか。"), False),
        (statement("町の人はすべて橋を渡ります。", holds=False), True),
        (statement("町の人は橋を渡ります。", holds=False), False),
        (english("It opens in spring", "It never opens", "It opens at night"), True),
        (statement("The bridge always opens at noon.", holds=False, language="en"), True),
        (statement("The hall opens at noon.", holds=False, language="en"), False),
    ],
)
def test_a_strong_word_that_gives_an_option_or_a_statement_away_is_found(item: Item, found: bool) -> None:
    assert ("absolute_word" in codes(item)) is found


def test_a_strong_word_that_the_article_uses_itself_is_no_give_away() -> None:
    article = an_article(text="町は必ず橋を守る。")
    fact = a_fact(evidence=(Evidence(Span(0, 9), "町は必ず橋を守る。"),))

    assert "absolute_word" not in codes(statement("町は必ず橋を守ります。"), fact=fact, article=article)
    assert "absolute_word" in codes(statement("町は常に橋を守ります。"), fact=fact, article=article)


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (choice("橋を造ったこと", "公園", "灯台"), True),
        (choice("橋を造ったこと", "公園を広げたこと", "灯台を建てたこと"), False),
        (choice("橋を造った。", "公園を広げた", "灯台を建てた"), True),
        (choice("2019年", "公園", "灯台"), True),
        (choice("2019年4月", "2018年", "2020年4月"), False),
        (choice("二酸化炭素", "酸素補給", "燃料補給"), False),
        (choice("三年", "二年", "五か月"), False),
        (choice("三年", "公園", "灯台"), True),
        (english("to cross the river", "a park", "a tower"), True),
        (english("to cross the river", "to rest", "to see the sea"), False),
        (english("crossing the river", "to rest", "by the sea"), False),
    ],
)
def test_a_key_of_another_form_than_the_wrong_options_is_found(item: Item, found: bool) -> None:
    assert ("unequal_options" in codes(item)) is found


def test_full_stops_are_made_alike() -> None:
    item = mended(choice("橋を造った。", "公園を広げた", "灯台を建てた。"), "unequal_options")

    assert isinstance(item, SingleChoice)
    assert [option.text for option in item.options] == ["橋を造った。", "公園を広げた。", "灯台を建てた。"]


def test_options_that_read_the_same_are_found_and_the_spare_one_dropped() -> None:
    item = choice("ＧＩＧＯ", "ジャイゴ", "gigo")

    kept = mended(item, "duplicate_options")

    assert isinstance(kept, SingleChoice)
    assert [option.text for option in kept.options] == ["ＧＩＧＯ", "ジャイゴ"]
    assert kept.options[0].correct


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("東アジア", "アジア", "欧州"), True),
        (("1月", "11月", "12月"), False),
        (("10〜20人", "15〜30人", "40〜50人"), True),
        (("10〜20人", "20〜30人", "40〜50人"), False),
        (("10人以上", "5人以上", "3人"), True),
        (("10人以上", "10人未満", "わからない"), False),
        (("増やす", "増やさない", "変えない"), False),
        (("the bridge", "the bridge and the park", "the tower"), True),
        (("art", "party", "smart"), False),
        (("published", "not published", "burned"), False),
    ],
)
def test_options_of_which_one_holds_the_other_are_found(texts: tuple[str, ...], found: bool) -> None:
    language = "en" if texts[0].isascii() and texts[0][0].isalpha() else "ja"

    assert ("overlapping_options" in codes(choice(*texts, language=language))) is found


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (choice("青葉橋", "若葉橋", "双葉橋", stem="青葉橋の開通で町に架かった橋はどれですか。"), True),
        (choice("橋と港", "公園", "灯台", stem="橋と港、公園、灯台のうち、2019年に開いたのはどれですか。"), False),
        (short("{青葉橋|あおばばし}の名前は何ですか。", "青葉橋"), True),
        (short("Which art is shown at the party?", "art", "en"), True),
        (short("Who is shown at the party?", "art", "en"), False),
        (Cloze(id="cloze0000001", language="ja", stem="{{1}}は2019年に開通し、青葉橋と名付けられました。",
               gaps=(Gap("青葉橋"),)), True),
        (Cloze(id="cloze0000001", language="ja", stem="{{1}}は2019年に開通しました。", gaps=(Gap("青葉橋"),)), False),
        (Cloze(id="cloze0000001", language="ja", stem="2019年4月に{{1}}年の計画ができた。", gaps=(Gap("19"),)), False),
        (Term(id="term00000001", language="ja", term="開通", reading="かいつう", accepted=("供用開始",),
              meaning="道路の供用開始"), True),
    ],
)  # fmt: skip
def test_a_question_that_says_its_answer_is_found(item: Item, found: bool) -> None:
    assert ("answer_in_stem" in codes(item)) is found


@pytest.mark.parametrize(
    ("modality", "stem", "found"),
    [
        (Modality.PLANNED, "町は2028年に灯台を建て替えます。", True),
        (Modality.PLANNED, "町は2028年に灯台を建て替える予定です。", False),
        (Modality.PLANNED, "記事によると、町は2028年に灯台を建て替えます。", False),
        (Modality.ASSERTED, "町は2028年に灯台を建て替えます。", False),
        (Modality.INFERRED, "町は2028年に灯台を建て替えます。", True),
        (Modality.INFERRED, "町は2028年に灯台を建て替えると推測されています。", False),
        (Modality.REPORTED, "町は2028年に灯台を建て替えるとされています。", False),
        (Modality.EXPECTED, "町の灯台は観光に役立ちます。", True),
        (Modality.ASSESSMENT, "町の灯台は世界で最も美しい灯台です。", True),
    ],
)
def test_a_claim_that_the_article_hedges_is_not_asked_as_a_fact(modality: Modality, stem: str, found: bool) -> None:
    fact = a_plan(claim=Claim(modality=modality))

    assert ("hedged_as_fact" in codes(statement(stem), fact=fact, article=an_article())) is found


def test_a_hedged_claim_asked_as_a_fact_is_mended_by_naming_the_article() -> None:
    japanese = statement("町は2028年に灯台を建て替えます。")
    question = a_choice("What did the town rebuild?", language="en")
    fact = a_plan(claim=Claim(modality=Modality.INFERRED))

    assert mended(japanese, "hedged_as_fact", fact=fact) == replace(
        japanese, stem="記事によると、町は2028年に灯台を建て替えます。"
    )
    assert mended(question, "hedged_as_fact", fact=fact) == replace(
        question, stem="According to the article, what did the town rebuild?"
    )


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("この橋の長さは何メートルですか。", True),
        ("記事によると、この橋はいつ開通しましたか。", True),
        ("2019年に同社が造ったものは何ですか。", True),
        ("両氏は何に合意しましたか。", True),
        ("下線部の意味はどれですか。", True),
        ("青葉橋とその横の公園はいつ開きましたか。", False),
        ("日米の首脳会談で、両首脳は何に合意しましたか。", False),
        ("この記事によると、橋はいつ開通しましたか。", False),
        ("It was opened in 2019. What is it?", True),
        ("Which of these did the town open?", False),
        ("According to the report, they agreed on what?", True),
        ("According to this article, what did the town open?", False),
    ],
)
def test_a_question_that_points_outside_itself_is_found(stem: str, found: bool) -> None:
    item = a_choice(stem, language="ja" if stem[-1] == "。" else "en")

    assert ("pronoun_in_stem" in codes(item)) is found


def test_an_option_that_the_evidence_names_beside_the_key_may_be_right_too() -> None:
    text = "町には青葉橋と若葉橋がある。双葉橋はない。"
    article = an_article(text=text)
    fact = a_fact(evidence=(Evidence(Span(0, 14), text[:14]),))
    item = choice("青葉橋", "若葉橋", "双葉橋", stem="町にある橋はどれですか。")

    [finding] = [f for f in gate.lint(item, fact, article) if f.code == "several_keys"]

    assert finding.path == ("options", 1, "text")
    assert finding.values == {"text": "若葉橋"}


def test_evidence_must_stand_in_the_article_word_for_word() -> None:
    item, article = a_choice(), an_article()

    assert codes(item, fact=a_fact(), article=article) == set()
    assert codes(item, fact=a_fact(), article=an_article(text=article.text[1:])) == {"evidence_not_verbatim"}
    assert codes(item, fact=a_fact(evidence=()), article=article) == {"evidence_missing"}
    assert codes(item, article=article) == {"evidence_missing"}
    assert codes(item) == set()


def test_a_text_with_too_many_gaps_keeps_its_first_three() -> None:
    gaps = tuple(map(Gap, ("青葉橋", "2019", "4", "町")))
    item = Cloze(id="cloze0000001", language="ja", stem="{{1}}は{{2}}年{{3}}月に{{4}}で開通。", gaps=gaps)

    assert mended(item, "too_many_gaps") == replace(item, stem="{{1}}は{{2}}年{{3}}月に町で開通。", gaps=gaps[:3])


def test_the_worst_comes_first_and_each_finding_names_its_item_and_place() -> None:
    item = MultipleResponse(
        id="multiple0001",
        language="ja",
        stem="この町にある橋はどれですか。",
        options=(Option("橋", correct=True), Option("港"), Option("必ず港"), Option("港　")),
    )

    found = gate.lint(item)

    assert [finding.severity for finding in found] == sorted(
        (finding.severity for finding in found), key=list(Severity).index
    )
    assert {finding.item_id for finding in found} == {"multiple0001"}
    assert ("options", 2, "text") in {finding.path for finding in found if finding.code == "absolute_word"}


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=5, unique=True))
def test_no_text_that_a_person_may_type_breaks_the_gate(stem: str, texts: list[str]) -> None:
    for item in (choice(*texts, stem=stem), english(*texts, stem=stem), statement(stem)):
        for finding in gate.lint(item, a_plan(), an_article()):
            assert str(finding)
            assert all(mend.id == item.id for mend in finding.mends)
