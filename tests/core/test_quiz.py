"""A draw is fair, stable, and keeps siblings apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from quizapp.core.inputs import OneOf, Option
from quizapp.core.quiz import draw, form_of, in_order


@dataclass(frozen=True)
class Candidate:
    """An item as a draw sees it."""

    identity: str
    fact_id: int | None


ITEMS = [Candidate(f"i{number}", number // 2) for number in range(20)]


def test_the_same_seed_draws_the_same_quiz_whatever_order_items_come_in() -> None:
    assert draw(ITEMS, "s", 5) == draw(ITEMS[::-1], "s", 5)
    assert draw(ITEMS, "s", 5) != draw(ITEMS, "t", 5)


def test_everybody_is_asked_the_same_in_an_order_of_their_own_where_the_quiz_chooses() -> None:
    one, other = (draw(ITEMS, seed, 5, chosen_by="quiz") for seed in "st")
    again = draw(ITEMS, "s", 5, chosen_by="quiz", seen={item.identity: 1 for item in one})

    assert set(one) == set(other)
    assert one != other
    assert not set(one) & set(again)


def test_no_two_items_of_one_fact_are_drawn() -> None:
    for seed in map(str, range(50)):
        facts = [item.fact_id for item in draw(ITEMS, seed, 10)]
        assert len(set(facts)) == len(facts) == 10


def test_siblings_are_drawn_when_wanted() -> None:
    assert set(draw(ITEMS, "s", 20, with_siblings=True)) == set(ITEMS)


def test_items_without_a_fact_are_no_siblings() -> None:
    loose = [Candidate(f"l{number}", None) for number in range(4)]

    assert len(draw(loose, "s", 4)) == 4


def test_facts_are_drawn_equally_often_however_many_items_they_have() -> None:
    items = [Candidate("only", 1), *(Candidate(f"m{number}", 2) for number in range(9))]
    first = Counter(draw(items, str(seed), 1)[0].fact_id for seed in range(2000))

    assert 850 < first[1] < 1150


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
