"""Settings of a quiz say what can be, survive being kept, and name what cannot be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizapp.core.quiz_settings import Entry, Feedback, QuizSettingError, QuizSettings, Review, Rules


def test_settings_come_back_as_they_were_kept() -> None:
    settings = QuizSettings(
        banks=("b",), tags=("t",), count=3, feedback=Feedback.AT_ONCE, review=Review.NEVER,
        entry=Entry.NAME, weights={"i": 2.0}, time_limit=60, pass_share=0.6,
    )  # fmt: skip

    assert QuizSettings.from_data(json.loads(json.dumps(settings.to_data()))) == settings
    assert QuizSettings.from_data({**settings.to_data(), "items": []}) == settings  # as an earlier release kept them
    assert Rules.from_data(json.loads(json.dumps(settings.rules.to_data()))) == settings.rules


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"count": 0}, "'count' is 0"), ({"page_size": 9999}, "between 1 and 200"), ({"pass_share": 1.5}, "pass_share"),
        ({"time_limit": 1}, "time_limit"), ({"grace": -1}, "grace"), ({"weights": {"a": -1}}, "-1 points"),
        ({"feedback": "soon"}, "at_once, each_page, at_end"), ({"colour": "red"}, "no setting 'colour'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(data: dict[str, Any], words: str) -> None:
    with pytest.raises(QuizSettingError) as error:
        QuizSettings.from_data(data)
    assert words in str(error.value)
