"""A bank file is read with every fault at its place, and written back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.core.errors import QuizError, UnreadableError
from quizapp.store import bank_files
from quizapp.store.bank_files import BankFormatError
from tests.builders import a_full_bank

GOOD = """\
# A comment that a person wrote
format: 1
about:
  id: abcdefghij12
  name: test
  title: テスト
  language: ja
  changed: 2026-11-23T09:00:00+09:00
article:
  title: 題
  text: 町は橋を造った。費用は不明だ。
facts:
  - id: f1
    statement: 町は橋を造りました。
    evidence:
      - quote: 町は橋を造った。  # the first sentence
    claim: {modality: asserted}
    terms: [橋]
    items:
      - id: itemitem0001
        type: short_answer
        stem: 町は何を造りましたか。
        key: 橋
"""


def faults(text: str, folder: Path | None = None) -> list[str]:
    with pytest.raises(BankFormatError) as caught:
        bank_files.parse(text, name="b.yaml", folder=folder)
    return [str(place) for place in caught.value.places]


def test_a_good_file_becomes_a_bank() -> None:
    bank = bank_files.parse(GOOD, name="b.yaml")

    assert bank.title == "テスト"
    assert bank.facts[0].evidence[0].span.start == 0
    assert bank.items[0].fact_id == "f1"
    assert bank.items[0].language == "ja"


def test_a_bank_comes_back_as_it_was_written() -> None:
    bank = a_full_bank()

    assert bank_files.parse(bank_files.serialize(bank), name="b.yaml") == bank


def test_every_fault_is_named_at_once_with_line_and_column() -> None:
    text = (
        GOOD.replace("type: short_answer", "type: short_anser")
        .replace("title: テスト", "titel: テスト")
        .replace("quote: 町は橋を造った。", "quote: 町は橋を作った。")
        .replace("terms: [橋]", "terms: [港]")
    )

    assert faults(text) == [
        "b.yaml:3:1: the field 'title' is missing",
        "b.yaml:6:10: no field 'titel' here; did you mean 'title'?",
        "b.yaml:16:16: the article does not say this word for word: '町は橋を作った。'",
        "b.yaml:18:13: the term '港' does not stand in the evidence of this fact",
        "b.yaml:21:15: no item type 'short_anser'; did you mean 'short_answer'?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format: 1", "format: 2", 2, "'2' cannot stand here; there are: 1"),
        ("modality: asserted", "modality: sure", 17, "there are: asserted, planned"),
        ("2026-11-23T09:00:00+09:00", "yesterday", 8, "not a date or time"),
        ("2026-11-23T09:00:00+09:00", "2026-11-23T09:00:00", 8, "not a date or time"),
        ("name: test", "name: Täst", 5, "not written as"),
        ("id: itemitem0001", "id: a b", 20, "not written as"),
        ("\n      - quote: 町は橋を造った。  # the first sentence\n", " []\n", 15, "at least 1"),
        ("key: 橋", "key: ''", 23, "must not be empty"),
        ("key: 橋", "key: [橋]", 23, "not of the type string"),
        ("key: 橋", "key: 橋\n        strict: [kanna]", 24, "did you mean 'kana'"),
        ("      - id: itemitem0001\n        type", "      - type", 20, "--add-ids"),
        ("text: 町は橋を造った。", "text: 町は橋を造った。町は橋を造った。", 16, "says this 2 times"),
        ("  text: 町は橋を造った。費用は不明だ。\n", "", 9, "either 'file' or 'text'"),
        ("language: ja", "language: jp", 7, "there are: ja, en"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_cure(old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    found = faults(GOOD.replace(old, new))

    assert any(fault.startswith(f"b.yaml:{line}:") and words in fault for fault in found), found


@pytest.mark.parametrize("text", ["a: [1", "a: 1\na: 2", "\t- x", "key: 'open", "*alias"])
def test_what_is_no_yaml_is_told_with_its_place(text: str) -> None:
    found = faults(text)

    assert len(found) == 1
    assert "this is not YAML" in found[0]


@pytest.mark.parametrize("text", ["", "[]", "just words", "42", "format: 1\nabout: 7\nfacts: {}\nitems: 3"])
def test_any_other_yaml_is_refused_without_a_crash(text: str) -> None:
    assert faults(text)


def test_a_copied_item_is_told_to_get_its_own_id() -> None:
    item = GOOD[GOOD.index("      - id: itemitem0001") :]

    assert any("needs an id of its own" in fault for fault in faults(GOOD + item))


def test_a_quote_that_stands_twice_is_found_by_its_start() -> None:
    text = GOOD.replace("text: 町は橋を造った。", "text: 町は橋を造った。町は橋を造った。")
    bank = bank_files.parse(text.replace("  # the first sentence", "\n        start: 8"), name="b.yaml")

    assert bank.facts[0].evidence[0].span.start == 8
    assert bank_files.parse(bank_files.serialize(bank), name="b.yaml") == bank


def test_the_article_may_stand_in_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("町は橋を造った。", "utf-8")
    text = GOOD.replace("text: 町は橋を造った。費用は不明だ。", "file: article.md")

    assert bank_files.parse(text, name="b.yaml", folder=tmp_path).facts[0].evidence[0].span.start == 0
    assert "cannot be read" in faults(text.replace("article.md", "other.md"), tmp_path)[0]


@pytest.mark.parametrize("file", ["../secret", "/etc/passwd", "a/b.md"])
def test_the_article_cannot_be_fetched_from_elsewhere(tmp_path: Path, file: str) -> None:
    text = GOOD.replace("text: 町は橋を造った。費用は不明だ。", f"file: {file}")

    assert any("named without a folder" in fault for fault in faults(text, tmp_path))


def test_ids_are_added_and_nothing_else_is_touched() -> None:
    bare = GOOD.replace("      - id: itemitem0001\n        type", "      - type")

    text, count = bank_files.add_ids(bare, name="b.yaml", new_id=lambda: "itemitem0001")

    assert count == 1
    assert text == GOOD


def test_a_file_with_all_its_ids_is_left_alone() -> None:
    assert bank_files.add_ids(GOOD, name="b.yaml", new_id=lambda: "x") == (GOOD, 0)


def test_a_file_that_is_not_utf8_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_bytes("問題".encode("shift_jis"))

    with pytest.raises(UnreadableError, match="save it as UTF-8"):
        bank_files.load(path)


@pytest.mark.parametrize("deep", ["d: [[" + "[" * 5000, "d: " + "{a: " * 5000, "d:\n" + "- " * 5000])
def test_parts_within_parts_are_refused_where_they_get_too_deep(deep: str) -> None:
    words = "[" * 60
    found = faults(f"a: '{words}'\nb: x # {words}\nc: |\n  {words}\n{deep}")

    assert len(found) == 1
    assert "more than 50 parts stand within one another" in found[0]
    assert found[0].startswith("b.yaml:5:" if deep.startswith(("d: [", "d: {")) else "b.yaml:6:")


def test_a_file_whose_aliases_stand_for_a_huge_tree_is_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 12)}]\n" for n in range(1, 9))

    with pytest.raises(UnreadableError, match="aliases"):
        bank_files.parse("a0: &a0 [x]\n" + levels, name="b.yaml")


def test_the_digest_changes_with_the_article_too(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(GOOD.replace("text: 町は橋を造った。費用は不明だ。", "file: article.md  # beside"), "utf-8")
    (tmp_path / "article.md").write_text("町は橋を造った。", "utf-8")
    before = bank_files.digest(path)
    (tmp_path / "article.md").write_text("町は橋を造った。！", "utf-8")

    assert bank_files.digest(path) != before


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("quote: 町は橋を造った。", "start: 0.0\n        quote: 町は橋を造った。", "not of the type integer"),
        ("name: test", 'name: "test\\n"', "is not written as"),
        ("id: itemitem0001", 'id: "itemitem0001\\n"', "is not written as"),
        ("2026-11-23T09", "0001-01-01T00", "is not a date or time"),
        ("2026-11-23T09", "9999-12-31T23", "is not a date or time"),
    ],
)
def test_values_that_nothing_could_be_done_with_are_faults(old: str, new: str, wanted: str) -> None:
    assert any(wanted in fault for fault in faults(GOOD.replace(old, new)))


def test_faults_in_what_is_merged_in_are_told() -> None:
    item = """      - &first {id: itemitem0002, type: short_answer, stem: 問い, key: 橋, wrong: 1}
      - {<<: *first, id: itemitem0003}
"""
    assert len([fault for fault in faults(GOOD + item) if "wrong" in fault]) == 2


@pytest.mark.parametrize("text", ["items: " + "[" * 500 + "]" * 500, "items: &all [*all]"])
def test_parts_within_parts_without_an_end_are_refused(text: str) -> None:
    with pytest.raises(QuizError):
        bank_files.parse(text, name="b.yaml")
