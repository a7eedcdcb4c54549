"""Files made to harm are refused at once, in words that name the reason."""

from __future__ import annotations

import gc
import resource
import time

import pytest

from quizapp import intake
from quizapp.core.errors import UnreadableError
from quizapp.intake import anki_own
from quizapp.intake.bank_intake import OwnNote
from quizapp.translation import tell
from tests.intake import hostile

CASES = {name: (make, reason) for name, (make, reason) in hostile.ARCHIVES.items()} | {
    f"collection: {name}": (lambda make=make: hostile.package(make()), reason)
    for name, (make, reason) in hostile.COLLECTIONS.items()
}


def test_a_harmless_package_is_read() -> None:
    read = intake.read_bank(hostile.package(), ".apkg")

    assert read.title == "Capitals"
    assert [found.data for found in read.found] == [
        {"type": "short_answer", "stem": "Capital 0?", "key": "Oslo0", "tags": ["geo"]}
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_file_made_to_harm_is_refused_at_once_and_says_why(name: str) -> None:
    make, reason = CASES[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    gc.collect()  # what earlier tests left behind costs time, too
    begun = time.process_time()

    with pytest.raises(UnreadableError) as refused:
        intake.read_bank(content, ".apkg")

    assert time.process_time() - begun < 5
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 400
    assert reason in str(refused.value)
    assert tell(refused.value, "ja") != str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_of_its_own_is_refused(encoding: str) -> None:
    content = hostile.zipped({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(encoding)})

    with pytest.raises(UnreadableError, match="entities"):
        intake.read_bank(content, ".xlsx")


def test_options_without_end_cost_no_more_than_others() -> None:
    note = OwnNote("quizapp choice", "guid", {"Item": "x", "Options answered": "<li>" * 40_000}, 1)
    begun = time.process_time()

    assert anki_own.item_data(note) == {}
    assert time.process_time() - begun < 10


def test_furigana_without_end_in_a_word_document_cost_no_more_than_others() -> None:
    content = hostile.zipped({"word/document.xml": b"<w:ruby>" * 20_000})
    begun = time.process_time()

    with pytest.raises(UnreadableError, match="damaged"):
        intake.read(content, ".docx")
    assert time.process_time() - begun < 10
