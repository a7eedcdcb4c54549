"""English names: what else is right for one, where one begins, and how a sentence that opens with one reads on."""

from __future__ import annotations

import pytest

from quizapp.core.article import Article
from quizapp.drafting import Wishes, draft
from quizapp.drafting.en.names import names_of, untitled
from quizapp.drafting.glossary import parse


def drafted(text: str) -> list[dict[str, object]]:
    return [each.to_data() for each in draft(Article("", "en", text))]


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("King Henry VIII", ("Henry VIII",)),
        ("Queen Elizabeth II", ("Elizabeth II",)),
        ("General Motors", ()),
        ("General Electric", ()),
        ("King County", ()),
        ("Queen Mary University", ()),
        ("Major League Soccer", ()),
        ("Father Time Ltd", ()),
        ("Prince of Wales", ()),
        ("Prince Edward Island", ()),
        ("King James Bible", ()),
        ("King Charles of Norland", ("Charles of Norland",)),
        ("King Arthur", ("Arthur",)),
        ("Sir Edmund Hill", ("Edmund Hill",)),
        ("Sir Walter Holt", ("Walter Holt", "Holt")),
        ("Vice Admiral Edmund Vale", ("Edmund Vale", "Vale")),
        ("General Robert E. Holt", ("Robert E. Holt", "Holt")),
        ("Robert A. Holt of Norland", ("Robert A. Holt", "Holt")),
    ],
)
def test_only_a_person_is_known_without_the_title(name: str, others: tuple[str, ...]) -> None:
    assert untitled(name) == others


@pytest.mark.parametrize(
    ("text", "key", "wrong"),
    [
        ("The Harbour Lamp was introduced by General Motors.", "General Motors", "Motors"),
        ("The Harbour School was founded by King Henry VIII.", "King Henry VIII", "VIII"),
        (
            "In 1911 lamps were sold to King County. The keepers of Port Arden met in the County.",
            "King County",
            "County",
        ),
    ],
)
def test_a_word_for_a_sort_or_a_number_is_no_answer(text: str, key: str, wrong: str) -> None:
    found = [each for each in drafted(text) if each["key"] == key]

    assert found
    assert not [each for each in found if wrong in each["accepted"]]  # type: ignore[operator]


def test_a_shorter_name_that_ends_in_a_word_for_a_sort_is_right_too() -> None:
    text = "In 1911 Mary Holt opened the Arden Harbour Bridge. Lamps were hung by the monks on the Harbour Bridge."
    accepted = {str(each["key"]): each["accepted"] for each in drafted(text)}

    assert accepted["Arden Harbour Bridge"] == ["Harbour Bridge"]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Italy reportedly sold 211 old lamps to the keepers of Port Arden.", "Italy"),
        ("Emily Holt reportedly sold 211 old lamps to the keepers of Port Arden.", "Emily"),
        ("WHO experts reportedly sold 211 old lamps to the keepers of Port Arden.", "WHO"),
        ("Will Holt reportedly sold 211 old lamps to the keepers of Port Arden.", "Will"),
        ("April Holt reportedly sold 211 old lamps to the keepers of Port Arden.", "April"),
        ("In Norland 211 old lamps were reportedly sold to the keepers of Port Arden.", "in"),
        ("Originally 211 old lamps were reportedly sold to the keepers of Port Arden.", "originally"),
        ("The keepers of Port Arden reportedly sold 211 old lamps.", "the"),
    ],
)
def test_a_hedged_sentence_keeps_the_capitals_of_names(text: str, begins: str) -> None:
    stems = [str(each["stem"]) for each in drafted(text)]

    assert stems
    assert all(
        stem.startswith((f"According to the article, {begins} ", "According to the article, {{1}}")) for stem in stems
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Since 1949 NATO has used the old lamps of the harbour.", "NATO"),
        ("In 1911 IBM sold old lamps to the keepers of the harbour.", "IBM"),
        ("In 1911 Sir Walter Holt sold old lamps to the keepers of the harbour.", "Sir Walter Holt"),
        ("In the summer of 1969 NASA sold old lamps to the keepers of the harbour.", "NASA"),
    ],
)
def test_a_name_behind_a_year_is_asked_for(text: str, key: str) -> None:
    assert key in {each["key"] for each in drafted(text)}


@pytest.mark.parametrize("unit", ["GHz", "ATP", "GBP"])
def test_a_unit_behind_a_number_is_not_asked_for(unit: str) -> None:
    text = f"The lamp of Cape Arden was lit in Norland by Mary Holt with a cost of 1800 {unit} a night."

    assert unit not in {each["key"] for each in drafted(text)}


@pytest.mark.parametrize("name", ["Will Holt", "Work Foundation", "Play School", "Modern Records"])
def test_a_name_may_open_a_sentence_with_a_common_word(name: str) -> None:
    assert names_of(f"{name} sold old lamps to the keepers.")[0].text == name


@pytest.mark.parametrize(
    "opening", ["Within Norland", "Modern Norlandians", "Twenty Norland", "Residents of the District"]
)
def test_what_only_opens_a_sentence_is_no_name(opening: str) -> None:
    assert opening not in {name.text for name in names_of(f"{opening} sold old lamps to the keepers.")}


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Also Sprach Holt was sold by Mary Vale in 1911.", "Also Sprach"),
        ("Also in 1911 lamps were sold by Mary Vale.", "In 1911"),
    ],
)
def test_a_title_that_begins_with_also_is_left_whole(text: str, begins: str) -> None:
    assert all(str(each["fact"]).startswith(begins) for each in drafted(text))
    assert drafted(text)


def test_lent_terms_with_numbers_of_many_parts_are_options() -> None:
    text = "The lamp of the harbour at Cape Arden was Lantern2."
    found = draft(Article("", "en", text), wishes=Wishes(groups=parse("Lantern2, Lantern 1.2.3, Lantern 2.3.4")))
    options = {option["text"] for each in found for option in each.to_data()["options"]}

    assert {"Lantern2", "Lantern 1.2.3", "Lantern 2.3.4"} <= options
