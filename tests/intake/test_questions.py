"""Files of questions from elsewhere: what becomes an item, and what is said of the rest."""

from __future__ import annotations

import io

import openpyxl
import pytest

from quizapp import intake
from quizapp.core.errors import UnreadableError

TABLE = """\
問題,正答,誤答1,誤答2,解説,タグ,備考
橋の長さは?,320メートル,230メートル,32メートル,**記事**のとおり。,橋、長さ,x
橋は開通している。,正しい,,,,,
{{1}}は{{2}}年に開通した。,"1: 青葉橋
2: 2019",2: 2018,,,,
,答えだけ,,,,,
'=1+1は?,2,,,,,
"""


def test_a_table_is_understood_by_its_headings_and_the_rest_is_told_line_by_line() -> None:
    read = intake.read_bank(TABLE.encode(), ".csv")

    choice, judge, cloze, formula = (found.data for found in read.found)
    assert choice["type"] == "single_choice"
    assert [(option["text"], option.get("correct", False)) for option in choice["options"]] == [
        ("320メートル", True),
        ("230メートル", False),
        ("32メートル", False),
    ]
    assert (choice["explanation"], choice["tags"]) == ("**記事**のとおり。", ["橋", "長さ"])
    assert judge == {"type": "true_false", "stem": "橋は開通している。", "holds": True}
    assert cloze["gaps"] == [{"key": "青葉橋"}, {"key": "2019", "distractors": ["2018"]}]
    assert (formula["stem"], formula["key"]) == ("=1+1は?", "2")
    assert [(each.place, str(each.fault)) for each in read.rejected] == [(6, "the row has no question")]
    assert dict(read.columns)["誤答1"] == "distractors"
    assert dict(read.columns)["備考"] == ""


def test_headings_can_be_explained_and_a_table_can_do_without() -> None:
    named = intake.read_bank(b"Frage;Loesung\nx?;y\n", ".csv", columns={"Frage": "question", "Loesung": "key"})
    bare = intake.read_bank(b"x?\ty\tz\nv?\tw\n", ".tsv")

    assert [found.data["stem"] for found in named.found] == ["x?"]
    assert [(found.place, found.data["type"]) for found in bare.found] == [(1, "single_choice"), (2, "short_answer")]


def test_a_workbook_is_read_as_a_table() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (("Question", "Answer", "Wrong 1"), ("How long?", 320, 230), ("Long?", True, None), (None, None, None)):
        sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)

    read = intake.read_bank(out.getvalue(), ".xlsx")

    first, second = (found.data for found in read.found)
    assert [option["text"] for option in first["options"]] == ["320", "230"]
    assert second["holds"] is True


def test_anki_text_follows_its_headers() -> None:
    text = (
        "#separator:semicolon\n#html:true\n#guid column:1\n#tags column:4\n#deck:Capitals\n"
        "abc;What is the <b>capital</b> of Norway?;Oslo;geo::north leech\n"
        '# a comment\nabd;"{{c1::Oslo::city}} lies in {{c1::Norway}}";"because [sound:x.mp3]";\n'
        "abe;only;;\nabf;long;" + "x" * 61 + ";\n"
    )

    read = intake.read_bank(text.encode(), ".txt")

    assert read.title == "Capitals"
    typed, cloze = (found.data for found in read.found)
    assert typed == {
        "type": "short_answer",
        "stem": "What is the **capital** of Norway?",
        "key": "Oslo",
        "tags": ["north"],
    }
    assert (cloze["stem"], cloze["gaps"]) == ("{{1}} lies in {{2}}", [{"key": "Oslo"}, {"key": "Norway"}])
    assert cloze["explanation"] == "because"
    assert [each.place for each in read.rejected] == [9, 10]


@pytest.mark.parametrize(
    ("content", "ending", "reason"),
    [
        (b'a,b\n"x,y\n', ".csv", "quotation mark"),
        (b"\n\n", ".csv", "no text"),
        (b"question,key\n", ".csv", ""),
        (b"one\ntwo\n", ".txt", "no lines"),
        (b"x", ".docx", "cannot be read"),
    ],
)
def test_a_file_that_tells_nothing_is_refused_or_empty(content: bytes, ending: str, reason: str) -> None:
    if not reason:
        assert intake.read_bank(content, ending).found == ()
        return
    with pytest.raises(UnreadableError, match=reason):
        intake.read_bank(content, ending)
