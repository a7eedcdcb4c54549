"""The command ``quizapp draft --model``, as a person at a terminal runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.terminal import ARTICLE

if TYPE_CHECKING:
    from tests.cli.terminal import Terminal


def test_a_language_model_must_be_named_before_it_is_asked(terminal: Terminal) -> None:
    name = terminal.write("article.md", ARTICLE)

    unnamed = terminal.run("draft", name, "--model")
    half = terminal.run("draft", name, QUIZAPP_MODEL="small")
    gone = terminal.run(
        "draft", name, "--json", "--model", QUIZAPP_MODEL="small", QUIZAPP_MODEL_URL="http://127.0.0.1:9/v1"
    )

    assert (unnamed.returncode, half.returncode, gone.returncode) == (1, 1, 0)
    assert "no language model is set" in unnamed.stderr
    assert "set both, or neither" in half.stderr
    assert "Note: the language model at 127.0.0.1 does not answer" in gone.stderr
    assert json.loads(gone.stdout)
