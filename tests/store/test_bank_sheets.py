"""Spreadsheets of banks come back as they went out, and damaged ones are refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest

from quizapp.core import cells
from quizapp.core.errors import QuizError
from quizapp.core.items import Term
from quizapp.store import bank_sheets
from tests.builders import a_bank, a_full_bank


def damaged(content: bytes, part: str) -> bytes:
    """Return a workbook with the second half of one of its parts cut off."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name.endswith(part) else data)
    return out.getvalue()


@pytest.mark.parametrize(
    "part", ["sheet1.xml", "workbook.xml", "styles.xml", "workbook.xml.rels", "[Content_Types].xml"]
)
def test_a_damaged_workbook_is_refused(part: str) -> None:
    bank = a_full_bank()
    content = damaged(bank_sheets.write(bank), part)

    def bring_in() -> None:
        bank_sheets.bank_id(content)
        bank_sheets.read(content, "b.xlsx", bank, new_id=lambda: "new-id-00001")

    with pytest.raises(QuizError):
        bring_in()


@pytest.mark.parametrize(
    "distractors", [("一\n\n二",), ("一\n二", "三"), ("[1]",), ('["一"]',), ("[1]", "二"), ("一", "二")]
)
def test_wrong_meanings_of_several_lines_come_back_whole(distractors: tuple[str, ...]) -> None:
    bank = a_bank(
        items=(Term(id="termtermterm", language="ja", term="橋", meaning="渡るもの", distractors=distractors),)
    )

    assert bank_sheets.read(bank_sheets.write(bank), "b.xlsx", bank, new_id=lambda: "new").items == bank.items


def test_control_signs_of_an_answer_do_not_reach_a_spreadsheet() -> None:
    assert cells.safe("青葉\x0b橋\x00") == "青葉橋"
    assert cells.safe("\x0b=1+1") == "'=1+1"
