"""Tables of questions (CSV, tab text, XLSX): one row an item, the columns told by their headings.

``HEADINGS`` lists what each column may be called. A table without headings has question, key and distractors in this
order. Several keys, distractors or accepted answers stand in lines of one cell.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import Fault, UnreadableError
from quizapp.core.items import ITEM_TYPES
from quizapp.intake import header, workbook
from quizapp.intake.bank_intake import BankIntake, Found, Rejected
from quizapp.intake.encoding import decode
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_ROWS = 20_000
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "type": ("type", "kind", "種類", "形式"),
    "language": ("language", "言語"),
    "question": ("question", "stem", "front", "term", "問題", "問題文", "質問", "設問", "用語"),
    "key": (
        "key", "answer", "correct", "correct answer", "back", "definition", "meaning",
        "正答", "正解", "答え", "解答", "意味",
    ),
    "distractors": (
        "distractors", "distractor", "wrong", "wrong answer", "wrong answers", "option", "options", "choice", "choices",
        "誤答", "選択肢", "不正解",
    ),
    "accepted": ("accepted", "also accepted", "別解", "許容解"),
    "explanation": ("explanation", "why", "解説", "説明"),
    "tags": ("tags", "tag", "タグ"),
    "feedback": ("feedback", "フィードバック"),
    "ordered": ("ordered", "順序固定"),
}  # fmt: skip
_COLUMN_OF = {name: column for column, names in HEADINGS.items() for name in names}
_TRUE, _FALSE = {"true", "正しい", "正", "○", "〇", "yes"}, {"false", "誤り", "誤", "×", "no"}
_QUOTED_FORMULA = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")
_GAP = re.compile(r"\{\{(\d{1,2})\}\}")
_NUMBERED = re.compile(r"(\d{1,2}):\s*(.+)")
_RUBY = re.compile(r"\{([^{}|\n]{1,40})\|([^{}|\n]{1,80})\}")
FACTS = mark("Facts and evidence are left out: they need the article that they stand in.")
Row = tuple[int, list[str]]


def read_text(content: bytes, *, columns: Mapping[str, str] | None = None) -> BankIntake:
    """Return the items of CSV or tab text; ``columns`` says of headings what they stand for (see ``HEADINGS``).

    :raise UnreadableError: there are no rows, too many, or quotation marks do not match.
    """
    text, _ = decode(content)
    first = text.partition("\n")[0]
    separator = max("\t;,", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        return _intake(((rows.line_num, cells) for cells in rows), columns or {})
    except csv.Error as error:
        raise UnreadableError(
            "line %(line)d cannot be read: a quotation mark is out of place", line=rows.line_num
        ) from error


def read_workbook(content: bytes, *, columns: Mapping[str, str] | None = None) -> BankIntake:
    """Return the items of the first sheet of an XLSX file.

    :raise UnreadableError: it is no XLSX file, damaged, or made to harm.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 (heavy)

    workbook.check(content)
    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=40), start=1)
        return _intake(((number, [_cell(value) for value in values]) for number, values in rows), columns or {})
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError("the XLSX file is damaged") from error


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _intake(rows: Iterable[Row], wanted: Mapping[str, str]) -> BankIntake:
    filled = _filled(rows)
    first = next(filled, None)
    if first is None:
        raise UnreadableError("there are no rows in it")
    columns = [column_of(heading, wanted) for heading in first[1]]
    headings = [*zip(first[1], columns, strict=True)]
    if "question" not in columns or "key" not in columns:
        columns = ["question", "key", *["distractors"] * 30]
        headings = []
    found, rejected = [], []
    for place, cells in filled if headings else _with(first, filled):
        made = _made(_gathered(columns, cells))
        if isinstance(made, Fault):
            rejected.append(Rejected(place, made))
        else:
            found.append(Found(place, made))
    sample = " ".join(str(each.data.get("stem", each.data.get("term"))) for each in found[:50])
    first_row = () if headings else tuple(first[1])
    lost = (FACTS,) if {"fact", "evidence"} & {heading.casefold() for heading, _ in headings} else ()
    return BankIntake("", header.language_of(sample), tuple(found), tuple(rejected), tuple(headings), lost, first_row)


def _with(first: Row, others: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from others


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with something in them, without the signs that keep spreadsheets from running a cell."""
    for count, (place, cells) in enumerate(rows):
        if count > MOST_ROWS:
            raise UnreadableError("the file has more than %(most)d rows", most=MOST_ROWS)
        stripped = [
            _QUOTED_FORMULA.sub("", cell.strip(), count=1) if cell[:1] == "'" else cell.strip() for cell in cells
        ]
        if any(stripped):
            yield place, stripped


def column_of(heading: str, wanted: Mapping[str, str]) -> str:
    """Return what a heading stands for, "" for nothing that is known; ``wanted`` says it of single headings."""
    if heading in wanted:
        return wanted[heading]
    return _COLUMN_OF.get(re.sub(r"[\s_]*[0-9０-９]{0,2}$", "", heading.casefold()), "")


def _gathered(columns: list[str], cells: list[str]) -> dict[str, str]:
    """Return the cells by column; those of one column are put together as lines."""
    row: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell:
            row[column] = f"{row[column]}\n{cell}" if column in row else cell
    return row


def _made(row: dict[str, str]) -> dict[str, Any] | Fault:
    """Return the item that a row makes, or why it makes none."""
    if not row.get("question"):
        return Fault((), "the row has no question")
    if not row.get("key"):
        return Fault((), "the row has no right answer")
    kind = row.get("type") or _kind(row)
    if kind not in ITEM_TYPES:
        return Fault(
            (), "there is no item type '%(type)s'; there are: %(known)s", {"type": kind, "known": ", ".join(ITEM_TYPES)}
        )
    data: dict[str, Any] = {"id": row["id"]} if row.get("id") else {}
    data |= {"type": kind, **_asked(kind, row)}
    for name in ("language", "explanation"):
        if row.get(name):
            data[name] = row[name]
    if row.get("tags"):
        data["tags"] = list(
            dict.fromkeys("_".join(tag.split()) for tag in re.split(r"[\n,、;]", row["tags"]) if tag.strip())
        )
    if row.get("ordered", "").casefold() in _TRUE and kind in {"single_choice", "multiple_response"}:
        data["ordered"] = True
    return data


def _kind(row: dict[str, str]) -> str:
    if _GAP.search(row["question"]):
        return "cloze"
    if row.get("distractors"):
        return "multiple_response" if "\n" in row["key"] else "single_choice"
    return "true_false" if row["key"].casefold() in _TRUE | _FALSE else "short_answer"


def _asked(kind: str, row: dict[str, str]) -> dict[str, Any]:
    question, keys = row["question"], row["key"].split("\n")
    wrong, accepted = _several(row.get("distractors", "")), _several(row.get("accepted", ""))
    match kind:
        case "single_choice" | "multiple_response":
            feedback = dict(line.split(" => ", 1) for line in row.get("feedback", "").split("\n") if " => " in line)
            options = [*((key, True) for key in keys), *((text, False) for text in wrong if text not in keys)]
            return {
                "stem": question,
                "options": [_option(text, correct, feedback.get(text, "")) for text, correct in options],
            }
        case "true_false":
            return {"stem": question, "holds": row["key"].casefold() in _TRUE}
        case "cloze":
            own, others, also = _by_gap(keys), _by_gap(wrong), _by_gap(accepted)
            gaps = [
                {"key": own[number][0]}
                | ({"distractors": others[number]} if number in others else {})
                | ({"accepted": also[number]} if number in also else {})
                for number in sorted(own)
            ]
            return {"stem": question, "gaps": gaps}
        case "term":
            ruby = _RUBY.fullmatch(question)
            more = {"reading": ruby[2]} if ruby else {}
            lists = {name: texts for name, texts in (("accepted", accepted), ("distractors", wrong)) if texts}
            return {"term": ruby[1] if ruby else question, "meaning": row["key"], **more, **lists}
        case _:
            return {
                "stem": question,
                "key": keys[0],
                **({"accepted": [*keys[1:], *accepted]} if keys[1:] or accepted else {}),
            }


def _several(cell: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in cell.split("\n") if line.strip()))


def _option(text: str, correct: bool, feedback: str) -> dict[str, Any]:
    return {"text": text, **({"correct": True} if correct else {}), **({"feedback": feedback} if feedback else {})}


def _by_gap(lines: list[str]) -> dict[int, list[str]]:
    """Return the texts by the number of their gap; lines without numbers are one gap each."""
    found: dict[int, list[str]] = {}
    for position, line in enumerate(lines, start=1):
        match = _NUMBERED.fullmatch(line)
        found.setdefault(int(match[1]) if match else position, []).append(match[2] if match else line)
    return found
