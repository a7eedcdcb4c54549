"""Each item type asks, judges and finds its own faults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.core.inputs import Gaps, OneOf, Option, SomeOf, Typed
from quizapp.core.items import (
    ITEM_TYPES,
    Cloze,
    Gap,
    MultipleResponse,
    ShortAnswer,
    SingleChoice,
    Term,
    TrueFalse,
)
from tests.builders import a_choice, one_of_each

if TYPE_CHECKING:
    from quizapp.core.items import Item


def _ids(shape: OneOf | SomeOf, *texts: str) -> tuple[str, ...]:
    return tuple(option.id for option in shape.options if option.text in texts)


def test_a_single_choice_gives_one_for_the_key_only() -> None:
    shape = a_choice().questions[0].input
    assert isinstance(shape, OneOf)

    assert shape.judge(_ids(shape, "2019年4月")).score == 1
    assert shape.judge(_ids(shape, "2018年4月")).score == 0
    assert shape.judge(()).score == 0
    assert shape.judge(_ids(shape, "2019年4月", "2018年4月")).score == 0
    assert shape.judge(("made up",)).score == 0


@pytest.mark.parametrize(
    ("chosen", "score"), [("ab", 1), ("a", 0.5), ("abc", 0.5), ("ac", 0), ("abcd", 0), ("cd", 0), ("", 0)]
)
def test_a_multiple_response_gives_right_minus_wrong_and_never_less_than_nothing(chosen: str, score: float) -> None:
    shape = SomeOf(tuple(Option(text, correct=text in "ab") for text in "abcd"))

    assert shape.judge(_ids(shape, *chosen)).score == score


@pytest.mark.parametrize(("holds", "word"), [(True, "正しい"), (False, "誤り")])
def test_true_or_false_is_asked_in_the_items_language(holds: bool, word: str) -> None:
    question = TrueFalse(id="x", language="ja", stem="空は青い。", holds=holds).questions[0]
    assert isinstance(question.input, OneOf)

    assert question.input.keys == (word,)
    assert question.input.ordered


def test_a_short_answer_accepts_its_variants_and_tells_which_rule_matched() -> None:
    shape = ShortAnswer(id="x", language="ja", stem="?", key="米国", accepted=("アメリカ",)).questions[0].input

    assert shape.judge(("アメリカ",)).score == 1
    assert shape.judge(("あめりか",)).rules == ("kana",)
    assert shape.judge(("英国",)).score == 0
    assert shape.judge(()).score == 0


def test_a_cloze_gives_credit_gap_by_gap() -> None:
    shape = (
        Cloze(id="x", language="ja", stem="{{1}}と{{2}}", gaps=(Gap("甲"), Gap("乙", distractors=("丙",))))
        .questions[0]
        .input
    )
    assert isinstance(shape, Gaps)
    second = shape.gaps[1]
    assert isinstance(second, OneOf)
    key = _ids(second, "乙")[0]

    assert shape.judge(("甲", key)).score == 1
    assert shape.judge(("甲",)).score == 0.5
    assert shape.judge(("", key)).parts == (0.0, 1.0)
    assert shape.judge(()).score == 0


def test_a_term_is_asked_both_ways() -> None:
    term = Term(
        id="x",
        language="ja",
        term="開通",
        reading="かいつう",
        meaning="使えるようになること",
        distractors=("壊すこと",),
    )
    by_meaning, by_term = term.questions

    assert isinstance(by_meaning.input, Typed)
    assert by_meaning.input.judge(("カイツウ",)).score == 1
    assert "開通" not in by_meaning.stem
    assert isinstance(by_term.input, OneOf)
    assert by_term.input.keys == ("使えるようになること",)


def test_a_term_without_wrong_meanings_is_only_asked_for_its_name() -> None:
    assert len(Term(id="x", language="en", term="opening", meaning="first use").questions) == 1


@pytest.mark.parametrize("item", one_of_each(), ids=lambda item: item.kind)
def test_an_item_comes_back_from_its_data_as_it_was(item: Item) -> None:
    full = replace(item, tags=("a", "b"), explanation="なぜなら", retired=True)

    assert ITEM_TYPES[item.kind].from_data(full.to_data(), language="en") == full


@pytest.mark.parametrize("item", one_of_each(), ids=lambda item: item.kind)
def test_a_sound_item_has_no_faults(item: Item) -> None:
    assert list(item.faults()) == []


@pytest.mark.parametrize("item", one_of_each(), ids=lambda item: item.kind)
def test_the_right_answer_always_scores_one(item: Item) -> None:
    for question in item.questions:
        match question.input:
            case OneOf() | SomeOf() as shape:
                response = _ids(shape, *shape.keys)
            case Typed(accepted=accepted):
                response = accepted[:1]
            case Gaps(gaps=gaps):
                response = tuple(_ids(gap, gap.keys[0])[0] if isinstance(gap, OneOf) else gap.keys[0] for gap in gaps)
        assert question.input.judge(response).score == 1


@pytest.mark.parametrize(
    ("item", "path", "words"),
    [
        (a_choice(options=(Option("a"), Option("b"))), ("options",), "exactly one"),
        (a_choice(options=(Option("a", correct=True), Option("b", correct=True))), ("options",), "not 2"),
        (a_choice(options=(Option("a", correct=True), Option("a "))), ("options", 0, "text"), "more than once"),
        (
            MultipleResponse(id="x", language="ja", stem="?", options=(Option("a"), Option("b"))),
            ("options",),
            "at least one option",
        ),
        (
            MultipleResponse(
                id="x", language="ja", stem="?", options=(Option("a", correct=True), Option("b", correct=True))
            ),
            ("options",),
            "wrong option",
        ),
        (Cloze(id="x", language="ja", stem="{{1}}", gaps=(Gap("a"), Gap("b"))), ("stem",), "{{1}} {{2}}"),
        (Cloze(id="x", language="ja", stem="{{1}}{{1}}", gaps=(Gap("a"),)), ("stem",), "exactly once"),
        (Cloze(id="x", language="ja", stem="{{1}}{{2}}", gaps=(Gap("a"),)), ("gaps",), "gap 2 is missing"),
        (
            Cloze(id="x", language="ja", stem="{{1}}", gaps=(Gap("a", distractors=("a",)),)),
            ("gaps", 0, "distractors", 0),
            "both",
        ),
        (Term(id="x", language="ja", term="橋", meaning="川にかける橋"), ("meaning",), "away"),
        (
            Term(id="x", language="ja", term="橋", meaning="渡るもの", distractors=("渡るもの",)),
            ("distractors", 0),
            "both",
        ),
    ],
)
def test_a_faulty_item_says_what_is_wrong_and_where(item: Item, path: tuple[str | int, ...], words: str) -> None:
    faults = [fault for fault in item.faults() if fault.path == path]

    assert any(words in str(fault) for fault in faults)


def test_an_option_id_tells_nothing_about_the_key() -> None:
    assert Option("東京", correct=True).id == Option("東京", correct=False, feedback="ちがいます").id


def test_single_choice_keeps_its_order_when_told_so() -> None:
    shape = (
        SingleChoice(id="x", language="ja", stem="?", options=(Option("1", correct=True), Option("2")), ordered=True)
        .questions[0]
        .input
    )
    assert isinstance(shape, OneOf)
    assert shape.ordered
