"""The order of a class list."""

from __future__ import annotations

import random

from quizapp.core.names import list_key


def test_numbers_in_names_count_as_numbers_whatever_case_and_width() -> None:
    in_order = [
        "1番 赤井", "２番 青木", "10番 佐藤", "Aki", "aki 2", "AKI ３", "aki 10", "aki 10b", "akiko", "Ben 9 x 2",
        "Ben 9 x 11", "ben 10 x 1", "青木", "青木2", "青木10",
    ]  # fmt: skip

    assert sorted(random.Random(1).sample(in_order, len(in_order)), key=list_key) == in_order
