"""Sentences labelled by hand, of five genres: how far the rules agree."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from quizapp.core.article import Article
from quizapp.drafting import label

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "labelled.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def agrees(row: list[str]) -> bool:
    _, language, kind, modality, text = row
    claims = [sentence.claim for sentence in label(Article("", language, text))]
    return [(claim.kind.value, claim.modality.value) for claim in claims] == [(kind, modality)]


def test_there_are_sentences_enough_of_every_genre() -> None:
    assert len(ROWS) >= 200
    assert min(Counter(row[0] for row in ROWS).values()) >= 15
    assert len({row[4] for row in ROWS}) == len(ROWS)


def test_the_rules_agree_with_hand_made_labels() -> None:
    wrong = [row for row in ROWS if not agrees(row)]

    assert len(wrong) <= 0.05 * len(ROWS), wrong


def test_no_genre_is_left_behind() -> None:
    of_genre = Counter(row[0] for row in ROWS)
    right = Counter(row[0] for row in ROWS if agrees(row))

    assert all(right[genre] >= 0.93 * count for genre, count in of_genre.items())
