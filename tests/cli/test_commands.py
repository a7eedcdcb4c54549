"""The commands, as a person at a terminal runs them."""

from __future__ import annotations

import json
import os
import pty
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from quizapp.store import bank_files
from tests.builders import a_bank, a_full_bank, a_large_bank
from tests.cli.terminal import ARTICLE, Terminal
from tests.export import packages
from tests.intake.sites import site

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "command", ["", "draft", "candidates", "check", "import", "export", "serve", "prepare", "schema"]
)
def test_every_command_tells_how_it_is_used(terminal: Terminal, command: str) -> None:
    done = terminal.run(*command.split(), "--help")

    assert done.returncode == 0
    assert "Usage: quizapp" in done.stdout


def test_help_speaks_japanese_too(terminal: Terminal) -> None:
    assert "問題集ファイルを検査し" in terminal.run("check", "--help", LANG="ja_JP.UTF-8").stdout


@pytest.mark.parametrize(
    "words", [["nonsense"], ["draft"], ["export", "x"], ["draft", "x", "--limit", "0"], ["check", "--what"]]
)
def test_misuse_exits_with_two_and_says_so(terminal: Terminal, words: list[str]) -> None:
    done = terminal.run(*words)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage" in done.stderr


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


def test_drafts_become_a_bank_that_passes_the_check_and_comes_in(prepared: Terminal) -> None:
    prepared.write("bridge.md", ARTICLE)
    drafted = prepared.run("draft", "bridge.md", "-o", "bridge.yaml")
    checked = prepared.run("check", "bridge.yaml")
    imported = prepared.run("import", "bridge.yaml")

    assert drafted.returncode == 0, drafted.stderr
    assert checked.returncode == 0, checked.stderr
    assert imported.returncode == 0, imported.stderr
    assert "bridge: " in imported.stderr


def test_drafting_writes_over_nothing_without_asking(terminal: Terminal) -> None:
    terminal.write("article.md", ARTICLE)
    terminal.write("bank.yaml", "mine")

    done = terminal.run("draft", "article.md", "-o", "bank.yaml", stdin="n\n")

    assert done.returncode == 1
    assert "left as it is" in done.stderr
    assert (terminal.folder / "bank.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "article.txt: there is no text in it"), (bytes(range(128, 256)), "UTF-8"), (b"\x00\x01PNG", "")],
)
def test_what_is_no_text_is_told_so(terminal: Terminal, content: bytes, word: str) -> None:
    (terminal.folder / "article.txt").write_bytes(content)
    done = terminal.run("draft", "article.txt")

    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_named(terminal: Terminal) -> None:
    for words in (["draft", "gone.txt"], ["check", "gone.yaml"], ["export", "gone.yaml", "-o", "x.apkg"]):
        done = terminal.run(*words)
        assert done.returncode == 1
        assert "gone" in done.stderr
        assert "Traceback" not in done.stderr


def test_the_check_names_what_could_be_better_with_its_place(terminal: Terminal) -> None:
    text = bank_files.serialize(a_bank()).replace("青葉橋が開通したのは", "この橋が開通したのは")
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "この橋" in words)
    name = terminal.write("bank.yaml", text)

    english, japanese = terminal.run("check", name), terminal.run("check", name, QUIZAPP_LANGUAGE="ja")

    assert english.returncode == japanese.returncode == 0
    assert f"bank.yaml:{line}:" in english.stderr
    assert "Warning: “この” points to something that the question does not name" in english.stderr
    assert "[pronoun_in_stem]" in english.stderr
    assert "2 items, 2 facts, 2 findings" in english.stderr
    assert "注意: 「この」が指すものが問題文にありません" in japanese.stderr


def test_the_check_names_every_fault_as_file_line_column(terminal: Terminal) -> None:
    text = (
        bank_files.serialize(a_full_bank())
        .replace("single_choice", "singel_choice")
        .replace("title: 橋と灯台の", "titel: 橋と灯台の")
    )
    done = terminal.run("check", terminal.write("bank.yaml", text))

    assert done.returncode == 1
    assert "bank.yaml:6:10: no field 'titel' here; did you mean 'title'?" in done.stderr
    assert "no item type 'singel_choice'; did you mean 'single_choice'?" in done.stderr


def test_faults_are_told_in_japanese_too(terminal: Terminal) -> None:
    text = bank_files.serialize(a_full_bank()).replace("single_choice", "singel_choice")
    done = terminal.run("check", terminal.write("bank.yaml", text), LANG="ja_JP.UTF-8")

    assert "「single_choice」ではありませんか" in done.stderr


def test_ids_are_added_where_they_are_missing(terminal: Terminal) -> None:
    text = bank_files.serialize(a_bank()).replace("- id: choice000001\n        type", "- type")
    name = terminal.write("bank.yaml", text)

    assert "--add-ids" in terminal.run("check", name).stderr
    assert terminal.run("check", "--add-ids", name).returncode == 0
    first = (terminal.folder / name).read_text()
    assert terminal.run("check", "--add-ids", name).returncode == 0
    assert (terminal.folder / name).read_text() == first


def test_importing_twice_changes_nothing_and_an_edit_makes_a_version(prepared: Terminal) -> None:
    text = bank_files.serialize(a_bank(name="edited"))
    name = prepared.write("edited.yaml", text)

    assert "edited: 2 new, 0 changed, 0 retired, 0 unchanged" in prepared.run("import", name).stderr
    assert "edited: 0 new, 0 changed, 0 retired, 2 unchanged" in prepared.run("import", name).stderr
    prepared.write("edited.yaml", text.replace("2018年4月", "2017年4月"))
    assert "edited: 0 new, 1 changed, 0 retired, 1 unchanged" in prepared.run("import", name).stderr


def test_a_faulty_bank_is_not_brought_in(prepared: Terminal) -> None:
    text = bank_files.serialize(a_bank(id="bank00000009", name="faulty")).replace("correct: true", "correct: false")
    done = prepared.run("import", prepared.write("faulty.yaml", text))

    assert done.returncode == 1
    assert "exactly one option" in done.stderr
    assert "no bank named 'faulty'" in prepared.run("export", "faulty", "-o", "faulty.apkg").stderr


def test_a_bank_goes_out_from_its_file_and_from_the_database(prepared: Terminal) -> None:
    shipped = str(ROOT / "question_banks/japan-us-deterrence-ja/bank.yaml")
    assert prepared.run("export", shipped, "-o", "file.apkg").returncode == 0
    assert prepared.run("export", "japan-us-deterrence-ja", "-o", "database.apkg").returncode == 0
    assert prepared.run("export", "japan-us-deterrence-ja", "-o", "again.apkg").returncode == 0

    file, database, again = ((prepared.folder / f"{name}.apkg").read_bytes() for name in ("file", "database", "again"))
    assert database == again
    assert file == database
    assert zipfile.is_zipfile(prepared.folder / "file.apkg")


def test_decks_are_chosen_as_on_the_site(prepared: Terminal) -> None:
    bank = "japan-us-deterrence-ja"
    choices = ["--words", "抑止", "--parts", "section", "--recall", "--plain", "--language", "en"]
    assert prepared.run("export", bank, "-o", "whole.apkg").returncode == 0
    assert prepared.run("export", bank, "-o", "part.apkg", *choices).returncode == 0

    whole, part = (packages.read((prepared.folder / f"{name}.apkg").read_bytes()) for name in ("whole", "part"))
    assert 0 < len(part.notes) < len(whole.notes)
    assert {note.guid.removesuffix("-recall") for note in part.notes} <= {note.guid for note in whole.notes}
    assert {note.fields["Answer word"] for note in part.notes} == {"Answer"}
    assert prepared.run("export", bank, "-o", "x.apkg", "--parts", "thirds").returncode == 2


def test_a_bank_in_the_database_comes_out_as_a_file_that_is_in_order(prepared: Terminal) -> None:
    assert prepared.run("export", "japan-us-deterrence-en", "-o", "out.yaml").returncode == 0

    assert "42 items, 25 facts" in prepared.run("check", "out.yaml").stderr


def test_an_ending_without_a_format_is_told_before_any_work(prepared: Terminal) -> None:
    done = prepared.run("export", "japan-us-deterrence-ja", "-o", "deck.docx")

    assert done.returncode == 1
    assert ".apkg" in done.stderr


def test_preparing_again_is_quick_and_keeps_everything(prepared: Terminal) -> None:
    key = (prepared.folder / "instance" / "secret_key").read_text()
    done = prepared.run("prepare")

    assert done.returncode == 0
    assert done.stderr == ""
    assert (prepared.folder / "instance" / "secret_key").read_text() == key


def test_serving_without_tables_says_what_to_do(terminal: Terminal) -> None:
    done = terminal.run("serve")

    assert done.returncode == 1
    assert "quizapp prepare" in done.stderr


def test_importing_before_preparing_says_what_to_do(terminal: Terminal) -> None:
    done = terminal.run("import", terminal.write("bank.yaml", bank_files.serialize(a_bank())))

    assert done.returncode == 1
    assert "quizapp prepare" in done.stderr


def test_a_folder_that_is_not_there_is_told(terminal: Terminal) -> None:
    done = terminal.run("draft", terminal.write("article.md", ARTICLE), "-o", "nowhere/bank.yaml")

    assert done.returncode == 1
    assert "nowhere/bank.yaml cannot be written" in done.stderr


def test_a_port_in_use_is_told_before_anything_else(prepared: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = prepared.run("serve", PORT=str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "try PORT=8001" in done.stderr
    assert "http://" not in done.stderr


def test_a_setting_that_cannot_be_is_told(terminal: Terminal) -> None:
    done = terminal.run("serve", PORT="http")

    assert done.returncode == 1
    assert "PORT must be a whole number" in done.stderr


def test_long_work_shows_its_progress_at_a_terminal(prepared: Terminal) -> None:
    name = prepared.write("large.yaml", bank_files.serialize(a_large_bank(1000, id="bank00000003", name="large")))
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "quizapp", "import", name],
        cwd=prepared.folder,
        env=prepared.environment,
        stdout=writer,
        stderr=writer,
    )
    os.close(writer)
    shown = b""
    while True:
        try:
            piece = os.read(reader, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(reader)

    assert process.wait(timeout=60) == 0
    assert b"Importing" in shown
    assert b"%" in shown
    assert b"large: 1000 new" in shown
