"""Drafting from many articles, and candidates, as a person at a terminal runs them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.terminal import ARTICLE, Terminal


def test_many_articles_become_a_bank_each_and_a_bad_one_stops_no_other(terminal: Terminal) -> None:
    for name in ("one.md", "two.md"):
        terminal.write(name, ARTICLE.replace("青葉", "若葉" if name == "two.md" else "青葉"))
    terminal.write("bad.md", "")
    done = terminal.run("draft", "one.md", "bad.md", "two.md", "-o", "banks")

    assert done.returncode == 1
    assert "bad.md" in done.stderr
    for name in ("one", "two"):
        assert terminal.run("check", f"banks/{name}.yaml").returncode == 0
    assert "若葉" in (terminal.folder / "banks" / "two.yaml").read_text("utf-8")


def test_many_articles_become_lines_of_json_in_the_order_given(terminal: Terminal) -> None:
    names = [terminal.write(f"{n}.md", ARTICLE) for n in range(3)]
    lines = [json.loads(line) for line in terminal.run("draft", *names, "--json").stdout.splitlines()]
    alone = json.loads(terminal.run("draft", names[0], "--json").stdout)

    assert [line["source"] for line in lines] == names
    assert all(line["drafts"] == alone for line in lines)


def test_a_glossary_and_a_bank_lend_wrong_options_and_the_register_is_chosen(terminal: Terminal) -> None:
    article = terminal.write(
        "water.md", "青葉水道局は、港の近くで青葉町の水を管理している。青葉町は2019年4月1日に汐見市と合併した。"
    )
    glossary = terminal.write("glossary.txt", "青葉水道局、北浜水道局、港南水道局\n")
    options = ["--glossary", glossary, "--register", "plain"]
    drafts = json.loads(terminal.run("draft", article, "--json", *options).stdout)
    lent = [option for draft in drafts for option in draft["options"] if option.get("from") == "glossary"]

    assert {option["text"] for option in lent} == {"北浜水道局", "港南水道局"}
    assert any(draft["stem"].endswith("か。") for draft in drafts)
    polite = ("です。", "ます。", "ました。", "ですか。", "ますか。", "ましたか。")
    assert not [draft for draft in drafts if draft["stem"].endswith(polite)]

    terminal.run("draft", article, "-o", "water.yaml", *options)
    again = json.loads(terminal.run("draft", article, "--json", "--bank", "water.yaml").stdout)
    assert any(option.get("from") == "bank" for draft in again for option in draft["options"])


@pytest.mark.parametrize("words", [["1.md", "2.md"], ["1.md", "2.md", "-o", "1.md"], ["1.md", "-", "--json"]])
def test_many_articles_need_a_place_to_go(terminal: Terminal, words: list[str]) -> None:
    terminal.write("1.md", ARTICLE)
    done = terminal.run("draft", *words)

    assert done.returncode == 1
    assert "several files need" in done.stderr


def test_candidates_come_line_by_line_best_first(terminal: Terminal) -> None:
    given: list[dict[str, Any]] = [
        {"id": 7, "text": ARTICLE},
        {"id": "b", "text": "The bridge was designed by Clara Whitmore in 1887."},
    ]
    done = terminal.run("candidates", "--limit", "5", stdin="\n".join(json.dumps(line) for line in given) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0, done.stderr
    assert [answer["id"] for answer in answers] == [7, "b"]
    for line, answer in zip(given, answers, strict=True):
        found = answer["candidates"]
        assert len({one["text"] for one in found}) == len(found) == 5
        assert all(str(line["text"])[one["start"] : one["end"]] == one["text"] for one in found)
        assert list(found[0]) == ["text", "start", "end", "type", "score"]
    assert "2019年4月1日" in {one["text"] for one in answers[0]["candidates"]}
    assert "Clara Whitmore" in {one["text"] for one in answers[1]["candidates"]}


def test_a_line_that_is_no_text_is_named_by_its_number(terminal: Terminal) -> None:
    done = terminal.run("candidates", stdin='{"id": 1, "text": "橋は長い。"}\n{"text": 3}\n')

    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert len(done.stdout.splitlines()) == 1
