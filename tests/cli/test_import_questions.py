"""Questions from tables and decks at the terminal: shown first, then brought in when the person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.terminal import Terminal

TABLE = "question,key,wrong,remark\nHow long is it?,320 metres,230 metres,x\nNo key?,,,\n"


def test_a_table_is_shown_first_and_comes_in_on_yes(ready: Terminal) -> None:
    ready.write("bridge.csv", TABLE)
    refused = ready.run("import", "bridge.csv", stdin="n\n")
    accepted = ready.run("import", "bridge.csv", stdin="y\n")
    edited = ready.run("export", "bridge", "-o", "out.csv")
    table = (ready.folder / "out.csv").read_text("utf-8-sig").replace("230", "240")
    ready.write("out.csv", table)
    differing = ready.run("import", "out.csv", stdin="y\ny\n")
    again = ready.run("import", "out.csv", "--yes")

    assert "column 'remark': left out" in refused.stderr
    assert "3: the row has no right answer" in refused.stderr
    assert "Nothing was changed." in refused.stderr
    assert "bridge: 1 new, 0 changed" in accepted.stderr
    assert edited.returncode == 0
    assert "240 metres" in differing.stderr
    assert "bridge: 0 new, 1 changed" in differing.stderr
    assert "Nothing of it is new" in again.stderr


def test_a_hostile_file_is_refused_with_its_name_and_the_reason(ready: Terminal) -> None:
    ready.write("deck.apkg", "PK nothing")

    done = ready.run("import", "deck.apkg", QUIZAPP_LANGUAGE="ja")

    assert done.returncode == 1
    assert done.stderr.strip() == "deck.apkg: ZIPファイルではないか、壊れています"


def test_progress_can_be_made_anew_at_the_terminal(ready: Terminal) -> None:
    done = ready.run("rebuild-study")

    assert done.returncode == 0
    assert "0 cards were worked out, 0 stood otherwise." in done.stderr
