"""The command ``quizapp draft``, as a person at a terminal runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.terminal import ARTICLE
from tests.intake.sites import site

if TYPE_CHECKING:
    from tests.cli.terminal import Terminal


def test_drafts_are_printed_as_json_with_exact_quotes(terminal: Terminal) -> None:
    name = terminal.write("article.md", ARTICLE)
    done = terminal.run("draft", name, "--json")
    drafts = json.loads(done.stdout)

    assert done.returncode == 0, done.stderr
    assert drafts
    for draft in drafts:
        assert list(draft) == [
            "id",
            "kind",
            "stem",
            "key",
            "accepted",
            "options",
            "evidence",
            "claim",
            "fact",
            "score",
            "generator",
            "flags",
        ]
        evidence = draft["evidence"]
        assert ARTICLE[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert set(draft["claim"]) == {"kind", "modality"}


def test_an_article_may_come_on_standard_input(terminal: Terminal) -> None:
    done = terminal.run("draft", "-", "--json", "--limit", "1", stdin=ARTICLE)

    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 1


def test_an_article_may_be_an_address_where_the_operator_allows_it(terminal: Terminal) -> None:
    with site({"/bridge": lambda visit: visit.send(ARTICLE.encode(), "text/markdown; charset=utf-8")}) as here:
        refused = terminal.run("draft", f"{here.address}/bridge")
        drafted = terminal.run("draft", f"{here.address}/bridge", "--json", QUIZAPP_PRIVATE_ADDRESSES="1")

    assert refused.returncode == 1
    assert "127.0.0.1 is an address inside a private network" in refused.stderr
    assert drafted.returncode == 0, drafted.stderr
    assert json.loads(drafted.stdout)


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
