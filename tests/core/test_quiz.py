"""A draw is fair, stable, and keeps siblings apart."""

from __future__ import annotations

from collections import Counter

from quizapp.core.inputs import OneOf, Option
from quizapp.core.quiz import draw, form_of, in_order

ITEMS = [(f"i{number}", number // 2) for number in range(20)]
FACTS = dict(ITEMS)


def test_the_same_seed_draws_the_same_quiz_whatever_order_items_come_in() -> None:
    assert draw(ITEMS, "s", 5) == draw(ITEMS[::-1], "s", 5)
    assert draw(ITEMS, "s", 5) != draw(ITEMS, "t", 5)


def test_everybody_is_asked_the_same_in_an_order_of_their_own_where_the_quiz_chooses() -> None:
    one, other = (draw(ITEMS, seed, 5, chosen_by="quiz") for seed in "st")
    again = draw(ITEMS, "s", 5, chosen_by="quiz", seen=dict.fromkeys(one, 1))

    assert set(one) == set(other)
    assert one != other
    assert not set(one) & set(again)


def test_what_a_quiz_once_drew_it_draws_for_whoever_comes_later() -> None:
    assert draw(ITEMS, "s", 5, chosen_by="quiz") == ["i10", "i18", "i15", "i2", "i17"]
    assert draw(ITEMS, "s", 5, shuffle=False, seen={"i1": 1}) == ["i5", "i6", "i9", "i16", "i19"]


def test_no_two_items_of_one_fact_are_drawn() -> None:
    for seed in map(str, range(50)):
        facts = [FACTS[identity] for identity in draw(ITEMS, seed, 10)]
        assert len(set(facts)) == len(facts) == 10


def test_siblings_are_drawn_when_wanted() -> None:
    assert set(draw(ITEMS, "s", 20, with_siblings=True)) == set(FACTS)


def test_items_without_a_fact_are_no_siblings() -> None:
    loose = [(f"l{number}", None) for number in range(4)]

    assert len(draw(loose, "s", 4)) == 4


def test_facts_are_drawn_equally_often_however_many_items_they_have() -> None:
    items = [("only", 1), *((f"m{number}", 2) for number in range(9))]
    first = Counter(draw(items, str(seed), 1)[0] for seed in range(2000))

    assert 850 < first["only"] < 1150


def test_every_position_of_the_key_is_about_equally_frequent() -> None:
    shape = OneOf((Option("key", correct=True), Option("b"), Option("c")))
    places = Counter(
        [option.correct for option in in_order(shape, str(seed), "item")].index(True) for seed in range(3000)
    )

    assert set(places) == {0, 1, 2}
    assert all(850 < count < 1150 for count in places.values())


def test_ordered_options_stay_in_order() -> None:
    shape = OneOf((Option("1", correct=True), Option("2"), Option("3")), ordered=True)

    assert [option.text for option in in_order(shape, "s", "item")] == ["1", "2", "3"]


def test_both_ways_of_asking_come_up() -> None:
    assert {form_of(str(seed), "item", 2) for seed in range(50)} == {0, 1}
    assert {form_of(str(seed), "item", 1) for seed in range(50)} == {0}
