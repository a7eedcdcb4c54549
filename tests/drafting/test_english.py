"""English: what is asked for is whole and of weight, what nothing makes clear is asked last, and options are alike."""

from __future__ import annotations

import pytest

from quizapp.core.article import Article
from quizapp.drafting import draft


def keys(text: str, title: str = "") -> set[str]:
    """Return what the gaps and questions on ``text`` ask for."""
    return {each.to_data()["key"] for each in draft(Article(title, "en", text))}


def best(text: str, title: str = "") -> float:
    """Return how good the best draft on ``text`` is, 0 where there is none."""
    return max((each.score for each in draft(Article(title, "en", text))), default=0)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("In Norland, the theatre of the Nine Winters' War has no name of its own.", "Winters"),
        ("The evening news is shown by Arden on Call to all the islands of the bay.", "Call"),
        ("Ships with small crews are built by the rules of Class B schools near the quays.", "Class"),
        ("The first book of the series, A Salted Lamp, tells of a keeper named Mary Holt.", "Salted Lamp"),
        ("No sailor may keep a lamp under the rules of the Harbour (Lights) Act 1911.", "Act"),
        ("A bill was passed by Mary Holt to found the U.S. Department of Salt on the island.", "S. Department of Salt"),
        ("A letter was sent to the Salt Council on Lamps by the mayor of Port Arden in 1911.", "Salt Council"),
        ("The lamps of Port Arden are sold by shops like Holt Brothers, Vale Glass and Marsh Oil.", "Holt Brothers"),
    ],
)
def test_a_part_of_a_name_is_not_asked_for(text: str, key: str) -> None:
    assert key not in keys(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Edmund Vale (1858–1940) wrote the harbour song for the keepers of Cape Arden.", "1940"),
        ("Salt was sold on Cape Arden every year between 1507 and 1850 by the monks.", "1507"),
        ("Salt was sold on Cape Arden from the spring of 1507 to the fire of 1850.", "1850"),
        ("Lamp 95 was made known to the keepers of Port Arden in 1995.", "1995"),
        ("The salt of Port Arden holds 63% lime and 37% ash.", "37%"),
        ("Mary Holt has sold lamps in Port Arden for the last 12 years.", "12 years"),
        ("As of 2016, the tallest lighthouse on Cape Arden has 211 steps.", "2016"),
        ("Cape Arden has a population of 1,345 and had one of 1,210 in 2010.", "2010"),
    ],
)
def test_years_told_by_the_way_are_not_asked_for(text: str, key: str) -> None:
    assert key not in keys(text)


@pytest.mark.parametrize(
    ("title", "text", "key"),
    [
        ("Northern Salt Board", "In 1950, Edmund Vale made a lamp for the NSB at Cape Arden.", "NSB"),
        ("Norland Parliament", "Councils can meet in many towns throughout Norland with Edmund Vale.", "Norland"),
        (
            "Tide Office",
            "The Tide Office (TO2) is a bureau at Cape Arden. A lamp was given to TO2 by Edmund Vale.",
            "TO2",
        ),
        ("", "Norland sent the Norlandic Army to Port Arden in 1911.", "Norlandic Army"),
        ("", "The old road runs to the fort of Gullsend, the “gull's end”, near Cape Arden.", "Gullsend"),
        ("", "Maps by Edmund Vale show how the West saw the East in 1911.", "West"),
    ],
)
def test_what_the_title_or_the_sentence_tells_is_not_asked_for(title: str, text: str, key: str) -> None:
    found = keys(text, title)

    assert found
    assert key not in found


@pytest.mark.parametrize(
    "text",
    [
        "The old case of 1911 was heard in the court of Cape Arden as Holt v. Vale before many people.",
        "The market of Cape Arden itself, was opened in 1835 by Mary Holt.",
        "Many winds were measured by Holt, Vale & Marsh 1998, Reddy & Hale 2000 at Cape Arden.",
        "In 1911, it was given to Mary Holt by the people of Port Arden.",
        "Port Arden and its salt were of great worth to M.H. and the harbour of Norland was a gift to E.F.",
        "During that time in Norland, Mary Holt built a lighthouse on Cape Arden.",
    ],
)
def test_a_broken_sentence_is_not_asked_about(text: str) -> None:
    assert not keys(text)


@pytest.mark.parametrize(
    ("clear", "unclear"),
    [
        (
            "The tides of Norland were described in the journal Seafarer.",
            "The findings were described in the journal Seafarer.",
        ),
        ("Mary Holt was heard in the halls of Port Arden.", "A version was heard in the halls of Port Arden."),
        ("In December 1911 Mary Holt sailed to Port Arden.", "In December Mary Holt sailed to Port Arden."),
        (
            "The Arden keepers were given a lamp by Mary Holt.",
            "The previous Arden keepers were given a lamp by Mary Holt.",
        ),
        ("The Salt Council met for the first time in Port Arden.", "The Council met for the first time in Port Arden."),
        ("Mary Holt won a prize in Port Arden.", "Mary Holt will win a prize in Port Arden."),
    ],
)
def test_what_only_the_paragraph_makes_clear_is_asked_last(clear: str, unclear: str) -> None:
    assert best(unclear) < best(clear) - 0.09


def test_the_subject_of_the_title_is_clear() -> None:
    sentence = "The salt was sold to the monks of Cape Arden by Mary Holt."

    assert best(sentence) < best(sentence, "Salt on the islands") - 0.3


def test_a_mark_of_the_encyclopaedia_is_not_shown() -> None:
    stems = [
        each.to_data()["stem"] for each in draft(Article("", "en", "Mary Holt[update] sold 211 books in Port Arden."))
    ]

    assert stems
    assert not any("update" in stem for stem in stems)


def test_names_stand_beside_names_of_their_sort_only() -> None:
    text = (
        "In 1911 Mary Holt gave her maps to the Arden University. The cup was won by the Harbour Trust in 1902. "
        "In 1950 Ada Marsh gave a lamp to the Norland University. In 1960 Ruth Hale gave a bell to the Salt University."
    )
    wrong = {
        option["text"]
        for each in draft(Article("", "en", text))
        for option in each.to_data()["options"]
        if each.to_data()["key"] == "Arden University" and not option["correct"]
    }

    assert wrong == {"Norland University", "Salt University"}


def test_the_other_name_that_an_article_has_for_someone_is_right_too() -> None:
    text = "In 1911, Edmund Vale came to Cape Arden. The first lamp of Port Arden was given to Vale by the monks."
    accepted = {each.to_data()["key"]: each.to_data()["accepted"] for each in draft(Article("", "en", text))}

    assert accepted["Edmund Vale"] == ["Vale"]


def test_what_initials_stand_for_is_right_too() -> None:
    text = "The Bureau of Norland Tides (BNT) measures the sea. At Port Arden lamps are lit by the BNT."
    accepted = {each.to_data()["key"]: each.to_data()["accepted"] for each in draft(Article("", "en", text))}

    assert accepted["BNT"] == ["Bureau of Norland Tides"]


def test_beside_a_day_stand_days_of_the_article_of_other_years() -> None:
    text = (
        "The lamp of Port Arden was lit by Mary Holt on 12 May 1887. The bell of Cape Arden was hung by Ada Marsh on "
        "3 June 1885. The road to Norland was opened by Ruth Hale on 20 March 1891."
    )
    options = {
        each.to_data()["key"]: {option["text"] for option in each.to_data()["options"]}
        for each in draft(Article("", "en", text))
    }

    assert options["12 May 1887"] == {"12 May 1887", "3 June 1885", "20 March 1891"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Salt from the islands of Norland was sold by Mary Holt to the United States in 1911.", "United States"),
        ("With the exception of the timber roof of Port Arden, the Market is in its first form.", "Market"),
        ("The lamp of Cape Arden sends its signal to Norland at about 90 GHz on every night.", "GHz"),
        ("Women had a higher risk for PM2.5 disease in Port Arden than the men of Norland had.", "PM2"),
        ("Residents of the District can vote for the mayor of Port Arden.", "Residents of the District"),
        ("The old lamp was sold in 1990/1991 by Mary Holt to the monks of Cape Arden.", "1991"),
    ],
)
def test_what_everyone_guesses_and_what_is_no_name_is_not_asked_for(text: str, key: str) -> None:
    assert key not in keys(text)


@pytest.mark.parametrize(
    ("text", "key", "accepted"),
    [
        (
            "In 1809 Norland was opened by President James Holt.",
            "President James Holt",
            ["James Holt", "Holt"],
        ),
        ("Mary Holt sold lamps in Salt Market. The keepers of Norland met her at the Market.", "Salt Market", []),
    ],
)
def test_a_person_needs_no_title_and_a_place_its_whole_name(text: str, key: str, accepted: list[str]) -> None:
    found = {each.to_data()["key"]: each.to_data()["accepted"] for each in draft(Article("", "en", text))}

    assert found[key] == accepted


def test_a_question_comes_before_a_gap_and_a_gap_before_a_share() -> None:
    text = (
        "The Harbour Mural was painted by Edmund Vale. Lamps from the island of Norland were first sold by Mary Holt. "
        "About 41% of the keepers of Cape Arden voted for the mayor."
    )
    score: dict[str, float] = {}
    for each in draft(Article("", "en", text)):
        data = each.to_data()
        score[str(data["key"])] = max(each.score, score.get(str(data["key"]), 0))

    assert score["Edmund Vale"] > score["Mary Holt"] > score.get("41%", 0)


def test_the_same_english_article_is_weighed_alike_every_time() -> None:
    article = Article("", "en", "In 1911, Edmund Vale came to Cape Arden. Mary Holt sold 211 books in Port Arden.")

    assert [one.score for one in draft(article)] == [one.score for one in draft(article)]


def test_a_hedged_sentence_reads_on_after_the_article_is_named() -> None:
    text = "Starting in 1911, the lamp of Cape Arden was reportedly lit by Mary Holt."
    stems = [each.to_data()["stem"] for each in draft(Article("", "en", text))]

    assert stems
    assert all(stem.startswith("According to the article, starting in ") for stem in stems)
