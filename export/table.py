"""CSV: a table with one row an item, for spreadsheets; what comes back is read by ``intake.table``.

Text is Markdown as it was written. Several keys, distractors or accepted answers stand in lines of one cell; where
they belong to a gap the line begins with its number: ``2: 281``.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from export.anki.markup import printable
from export.exported import Exported
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

COLUMNS = (
    "id", "type", "language", "question", "key", "distractors", "accepted", "explanation", "tags", "feedback",
    "ordered", "fact", "evidence", "modality", "says",
)  # fmt: skip
LOSSES = (
    mark("The article is not in the table, only the sentences that the questions rest on."),
    mark("Retired questions are not in the table."),
)
_STRICT = mark("Which differences count in typed answers is not in the table.")
# Spreadsheets run what begins so as a formula; numbers stay numbers.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def write(bank: Bank, *, address: str = "", advance: Callable[[float], None] = lambda _share: None) -> Exported:  # noqa: ARG001
    """Return ``bank`` as CSV in UTF-8 with a byte order mark, which Excel needs; ``address`` is not used."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    items = bank.live_items
    is_strict = False
    for position, item in enumerate(items, start=1):
        cells = _cells(item, bank)
        rows.writerow([_harmless(printable(cells.get(column, ""))) for column in COLUMNS])
        is_strict |= "strict" in item.to_data()
        advance(position / len(items))
    lost = (*LOSSES, *([_STRICT] if is_strict else ())) if items else ()
    return Exported(f"\ufeff{out.getvalue()}".encode(), lost)


def _cells(item: Item, bank: Bank) -> dict[str, str]:
    data = item.to_data()
    cells = {
        "id": item.id,
        "type": item.kind,
        "language": item.language,
        "explanation": item.explanation,
        "tags": _lines(item.tags),
        "ordered": "yes" if data.get("ordered") else "",
        **_asked(data),
    }
    fact = bank.fact_of(item)
    if fact:
        cells |= {
            "fact": fact.statement,
            "evidence": _lines(evidence.quote for evidence in fact.evidence),
            "modality": fact.claim.modality.value,
            "says": fact.claim.says,
        }
    return cells


def _asked(data: dict[str, Any]) -> dict[str, str]:
    """Return the cells that say what is asked, by the shape of the item's data."""
    match data:
        case {"options": options, "stem": stem}:
            return {
                "question": stem,
                "key": _lines(option["text"] for option in options if option.get("correct")),
                "distractors": _lines(option["text"] for option in options if not option.get("correct")),
                "feedback": _lines(
                    f"{' '.join(option['text'].split())} => {' '.join(option['feedback'].split())}"
                    for option in options
                    if option.get("feedback")
                ),
            }
        case {"holds": holds, "stem": stem}:
            return {"question": stem, "key": "true" if holds else "false"}
        case {"gaps": gaps, "stem": stem}:
            return {
                "question": stem,
                "key": _numbered((gap["key"],) for gap in gaps),
                "distractors": _numbered(gap.get("distractors", ()) for gap in gaps),
                "accepted": _numbered(gap.get("accepted", ()) for gap in gaps),
            }
        case {"term": term, "meaning": meaning}:
            reading = data.get("reading")
            return {
                "question": f"{{{term}|{reading}}}" if reading else term,
                "key": meaning,
                "distractors": _lines(data.get("distractors", ())),
                "accepted": _lines(data.get("accepted", ())),
            }
        case _:
            accepted = _lines(data.get("accepted", ()))
            return {"question": data["stem"], "key": data["key"], "accepted": accepted}


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.split("\n")) for text in texts)


def _numbered(texts: Iterable[Iterable[str]]) -> str:
    return _lines(f"{number}: {text}" for number, several in enumerate(texts, start=1) for text in several)


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
