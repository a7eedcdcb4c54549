"""A bank's items as a spreadsheet that a person may edit: one row an item, read back with every fault at its cell.

The sheet "items" holds everything an item says; article and facts stay with the bank. The sheet "bank" tells which
bank it is. Whatever begins like a formula is written as text.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from quizapp.core import cells
from quizapp.core.errors import Fault, UnreadableError
from quizapp.core.items import ITEM_TYPES
from quizapp.store import bank_faults
from quizapp.store.bank_files import BankFormatError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from quizapp.core.bank import Bank
    from quizapp.core.items import Item

_LINES = ("accepted", "distractors", "tags", "strict")
_SWITCHES = ("holds", "ordered", "retired")
_FIXED = (
    "id", "type", "fact", "stem", "term", "reading", "meaning", "holds", "key", "accepted", "distractors",
    "explanation", "tags", "strict", "ordered", "retired", "language",
)  # fmt: skip
_PARTS = {"option": ("text", "correct", "feedback"), "gap": ("key", "accepted", "distractors")}
_PART = re.compile(r"(option|gap) ([1-9]\d?) (\w+)")
_TRUE, _FALSE = {"true", "1", "yes", "x", "○", "真"}, {"false", "0", "no", "", "×", "偽"}
_MOST_ROWS = 200_000
# What openpyxl raises for a workbook that was cut or written by hand; ParseError and XMLSyntaxError are SyntaxErrors.
_DAMAGED = (
    BadZipFile, InvalidFileException, SyntaxError, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError,
    EOFError, zlib.error,
)  # fmt: skip


def write(bank: Bank) -> bytes:
    """Return the items of a bank as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("items")
    rows = [_flat(item, bank) for item in bank.items]
    columns = [*_FIXED, *sorted({name for row in rows for name in row} - set(_FIXED), key=_part_order)]
    sheet.freeze_panes = "E2"
    for number, name in enumerate(columns, start=1):
        wide = 40 if name in {"stem", "explanation", "meaning"} else 20 if name not in _SWITCHES else 9
        sheet.column_dimensions[get_column_letter(number)].width = wide
    sheet.append(columns)
    for row in rows:
        sheet.append([_cell(sheet, row.get(name)) for name in columns])
    about = book.create_sheet("bank")
    for name, value in (("id", bank.id), ("name", bank.name), ("title", bank.title), ("language", bank.language)):
        about.append([name, _cell(about, value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: object) -> object:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=cells.holdable(value))
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell


def _part_order(name: str) -> tuple[str, int, int]:
    kind, number, field = name.split(" ")
    return kind, int(number), _PARTS[kind].index(field)


def _flat(item: Item, bank: Bank) -> dict[str, object]:
    data = {**item.to_data(), "fact": item.fact_id or ""}
    data.pop("changed", None)
    if data.get("language") == bank.language:
        del data["language"]
    row: dict[str, object] = {}
    for name, value in data.items():
        match name:
            case "options" | "gaps":
                kind = name[:-1]
                for number, part in enumerate(value, start=1):
                    row |= {f"{kind} {number} {field}": _said(inner) for field, inner in part.items()}
            case _:
                row[name] = _said(value)
    return row


def _said(value: object) -> object:
    if not isinstance(value, list):
        return value
    is_plain = all(entry and entry == entry.strip() and "\n" not in entry and entry[:1] != "[" for entry in value)
    return "\n".join(value) if is_plain else json.dumps(value, ensure_ascii=False)


def _entries(text: str) -> list[str]:
    """Return the entries of a cell: its lines, or a JSON list where an entry has several lines itself."""
    if text.startswith("["):
        with suppress(ValueError):
            found = json.loads(text)
            if isinstance(found, list) and all(isinstance(entry, str) for entry in found):
                return found
    return [line.strip() for line in text.split("\n") if line.strip()]


def bank_id(content: bytes) -> str:
    """Return the identity of the bank that a workbook came from, "" when it does not say.

    :raise UnreadableError: it is no workbook.
    """
    book = _open(content)
    if "bank" not in book.sheetnames:
        return ""
    told = {str(name.value): str(value.value) for name, value, *_ in _rows(book, "bank", max_row=10, max_col=2)}
    return told.get("id", "")


def read(content: bytes, name: str, bank: Bank, *, new_id: Callable[[], str]) -> Bank:
    """Return ``bank`` with the items of a workbook; a row without an id is a new item.

    :raise BankFormatError: it has faults; all are named, each with its cell.
    :raise UnreadableError: it is no workbook.
    """
    book = _open(content)
    if "items" not in book.sheetnames:
        raise UnreadableError("%(file)s has no sheet called “items”: take the spreadsheet of a bank", file=name)
    rows = _rows(book, "items", max_row=_MOST_ROWS)
    header = [str(cell.value or "").strip() for cell in next(rows, ())]
    places: list[Place] = []
    for number, title in enumerate(header, start=1):
        if title and title not in _FIXED and not _PART.fullmatch(title):
            places.append(_place(name, 1, number, Fault((), "no column is called '%(name)s'", {"name": title})))
    items: list[Item] = []
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        values = {title: _value(cell) for title, cell in zip(header, row, strict=False) if title}
        if not any(values.values()):
            continue
        formulas = [at for at, cell in enumerate(row, start=1) if cell.data_type == "f"]
        places += [_place(name, line, at, Fault((), "this is a formula: write the text itself")) for at in formulas]
        item, faults = _item(values, bank, new_id)
        if item and item.id in seen:
            faults.append(Fault(("id",), "the id '%(id)s' stands more than once: leave it out", {"id": item.id}))
        places += [_place(name, line, _column(header, fault), fault) for fault in faults]
        if item:
            seen.add(item.id)
            items.append(item)
    if places:
        raise BankFormatError(name, places)
    return replace(bank, items=tuple(items))


def _open(content: bytes) -> Any:
    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except _DAMAGED as error:
        raise UnreadableError("this is no spreadsheet (.xlsx)") from error


def _rows(book: Any, sheet: str, **limits: int) -> Iterator[Any]:
    """Yield the rows of a sheet, which are read only now."""
    try:
        rows = book[sheet].iter_rows(**limits)
    except _DAMAGED as error:
        raise UnreadableError("this is no spreadsheet (.xlsx)") from error
    while True:
        try:
            row = next(rows, None)
        except _DAMAGED as error:
            raise UnreadableError("this spreadsheet is damaged: save it again") from error
        if row is None:
            return
        yield row


def _value(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _item(values: dict[str, str], bank: Bank, new_id: Callable[[], str]) -> tuple[Item | None, list[Fault]]:
    kind = values.get("type", "")
    if kind not in ITEM_TYPES:
        known = ", ".join(ITEM_TYPES)
        return None, [
            Fault(("type",), "no item type '%(found)s'; there are: %(known)s", {"found": kind, "known": known})
        ]
    fact = values.get("fact", "")
    if fact and fact not in {each.id for each in bank.facts}:
        return None, [Fault(("fact",), "this bank has no fact '%(id)s'", {"id": fact})]
    faults: list[Fault] = []
    data: dict[str, Any] = {"id": values.get("id") or new_id(), **dict(_fields(values, faults))}
    for group, part_kind in (("options", "option"), ("gaps", "gap")):
        if parts := list(_parts(values, part_kind, faults)):
            data[group] = parts
    own = ITEM_TYPES[kind].schema
    for name in own["required"]:  # type: ignore[attr-defined]
        data.setdefault(name, [] if name in {"options", "gaps"} else "")
    language = data.get("language", bank.language)
    faults += bank_faults.find_in_item(data, language)
    if faults:
        return None, faults
    return ITEM_TYPES[kind].from_data(data, language=language, fact_id=fact or None), []


def _fields(values: dict[str, str], faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    for name, text in values.items():
        if not text or name in {"id", "fact"} or name not in _FIXED:
            continue
        if name in _SWITCHES:
            if (is_on := _switch(text)) is None:
                faults.append(Fault((name,), "write true or false here, not '%(found)s'", {"found": text}))
            elif is_on or name == "holds":
                yield name, is_on
        else:
            yield name, _entries(text) if name in _LINES else text


def _parts(values: dict[str, str], kind: str, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    numbers = sorted({int(match[2]) for name in values if (match := _PART.fullmatch(name)) and match[1] == kind})
    for at, number in enumerate(numbers):
        part: dict[str, Any] = {}
        for field in _PARTS[kind]:
            text = values.get(f"{kind} {number} {field}", "")
            if field == "correct" and text:
                if (is_on := _switch(text)) is None:
                    faults.append(
                        Fault((f"{kind}s", at, field), "write true or false here, not '%(found)s'", {"found": text})
                    )
                elif is_on:
                    part[field] = True
            elif text:
                part[field] = _entries(text) if field in _LINES else text
        if part:
            yield {_PARTS[kind][0]: "", **part}


def _switch(text: str) -> bool | None:
    word = text.casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def _column(header: Iterable[str], fault: Fault) -> int:
    """Return the column (from 1) that a fault is about."""
    names = list(header)
    match fault.path:
        case ("options" | "gaps" as group, int(at), str(field), *_):
            wanted = f"{group[:-1]} {at + 1} {field}"
        case ("options" | "gaps" as group, *_):
            wanted = f"{group[:-1]} 1 {_PARTS[group[:-1]][0]}"
        case (str(name), *_):
            wanted = name
        case _:
            wanted = "type"
    return names.index(wanted) + 1 if wanted in names else 1


def _place(name: str, line: int, column: int, fault: Fault) -> Place:
    return Place(f"{name}!{get_column_letter(column)}{line}", line, column, fault)
