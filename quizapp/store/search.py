"""The index of items: found by words (Japanese by any part of a word, too) and by tag, type, state and finding.

Every item has terms: pairs of signs for Japanese, triples for Latin (and each Latin word or number whole, so that
"第1234条" looks at no other item with 1234 in it), and one for each mark ("tag …"). SQLite keeps
them in an FTS5 table, PostgreSQL as numbers made of them in an array with a GIN index, since it compares numbers in
half the time of words; both give the items that hold all terms asked for, in
the order of their rows, without looking at the others. What the terms find is held against the words themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, bindparam, column, func, select, table, text
from sqlalchemy.dialects.postgresql import ARRAY

from quizapp.core import gate
from quizapp.rich_text import plain
from quizapp.store import snapshots
from quizapp.store.tables import ItemRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import BindParameter, ColumnElement, Engine, FromClause, Select
    from sqlalchemy.orm import Session

    from quizapp.store.snapshots import Snapshot

_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_MOST_WORDS = 4000


def folded(words: str) -> str:
    """Return words as they are compared: width, case and kana do not matter, nor do furigana and Markdown."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().translate(_HIRAGANA).split())


def words_of(data: Mapping[str, Any]) -> str:
    """Return what a search of the item with this ``data`` looks through: stem, every answer and option, and tags."""
    said = {name: value for name, value in data.items() if name not in _SILENT}
    return folded("\n".join([*data.get("tags", ()), *map(plain, _texts(said))]))[:_MOST_WORDS]


_SILENT = {"id", "type", "language", "explanation", "tags", "changed", "retired", "strict", "ordered", "holds"}


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, part in value.items():
                if name != "feedback":
                    yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)


def marks_of(snapshot: Snapshot, *, bank_id: int, is_retired: bool) -> set[str]:
    """Return the marks of an item: its type, state, modality, tags and the codes of its findings, each in its bank."""
    item = snapshot.item
    marks = {"", f"type {item.kind}", f"state {'retired' if is_retired else 'live'}"}
    marks |= {f"tag {folded(tag)}" for tag in item.tags}
    if snapshot.fact:
        marks.add(f"modality {snapshot.fact.claim.modality.value}")
    findings = gate.lint(snapshot.item, snapshot.fact, snapshot.article)
    marks |= {f"finding {finding.code}" for finding in findings} | ({"finding any"} if findings else set())
    return {f"{bank_id} {mark}" for mark in marks}


def wanted_terms(words: str) -> set[str]:
    """Return the terms that an item must hold to contain each of the ``words``."""
    found: set[str] = set()
    for word in folded(words).split():
        for match in _RUNS.finditer(word):
            run = match[0]
            size = 3 if run.isascii() else 2
            if run.isascii() and len(run) >= size and match.start() > 0 and match.end() < len(word):
                found.add(_whole(run))  # what stands around it in the word stands around it in the item
            else:
                found |= {run[at : at + size] for at in range(len(run) - size + 1)} or {run}
    return found


def unsure_words(words: str) -> list[str]:
    """Return those of the ``words`` of which an item may hold all terms and yet not contain them."""
    return [word for word in folded(words).split() if not (len(word) == 2 and _RUNS.fullmatch(word))]


def _terms(words: str) -> set[str]:
    found: set[str] = set()
    for run in _RUNS.findall(words):
        size = 3 if run.isascii() else 2
        found |= {run[at : at + size] for at in range(len(run) - size + 1)}
        if not run.isascii():
            found |= set(run)
        elif len(run) < size:
            found.add(run)
        else:
            found.add(_whole(run))
    return found


def _whole(run: str) -> str:
    """Return the term of a number or Latin word that is not part of a longer one; no mark is written like it."""
    return f"¤{run}"


def index(session: Session, entries: Iterable[tuple[ItemRow, Mapping[str, Any]]]) -> None:
    """Bring the index up to date for items with the contents of their versions in force."""
    values: list[dict[str, Any]] = []
    for row, content in entries:
        row.words = words = words_of(content["item"])
        marks = marks_of(snapshots.read(content), bank_id=row.bank_id, is_retired=row.is_retired)
        values.append({"id": row.id, "terms": [*sorted(map(_token, marks)), *sorted(_terms(words))]})
    if not values:
        return
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM item_search WHERE rowid = :id"), [{"id": each["id"]} for each in values])
        connection.execute(
            text("INSERT INTO item_search (rowid, terms) VALUES (:id, :terms)"),
            [{"id": each["id"], "terms": " ".join(each["terms"])} for each in values],
        )
        return
    connection.execute(
        text(
            "INSERT INTO item_search (id, terms) VALUES (:id, :terms) "
            "ON CONFLICT (id) DO UPDATE SET terms = excluded.terms"
        ),
        [{"id": each["id"], "terms": _numbers(each["terms"])} for each in values],
    )


def forget(session: Session, item_id: int) -> None:
    """Take an item out of the index."""
    connection = session.connection()
    name = "rowid" if connection.dialect.name == "sqlite" else "id"
    connection.execute(text(f"DELETE FROM item_search WHERE {name} = :id"), {"id": item_id})  # noqa: S608


def holding(dialect: str) -> tuple[FromClause, ColumnElement[int], ColumnElement[bool]]:
    """Return the index as a source to select from, the column with the item's row, and the condition of holding all.

    What is to be held is the value of "terms" that ``sought`` makes.
    """
    if dialect == "sqlite":
        source = table("item_search", column("rowid", Integer), column("terms"))
        return source, source.c.rowid, text("item_search MATCH :terms")  # type: ignore[return-value]
    source = table("item_search", column("id", BigInteger), column("terms", ARRAY(BigInteger)))
    return source, source.c.id, source.c.terms.contains(bindparam("terms", type_=ARRAY(BigInteger)))


def sought(engine: Engine, bank_id: int, marks: Iterable[str], terms: Iterable[str]) -> Any:
    """Return what an item of a bank must hold, as the index of this database wants it."""
    wanted = sorted({*(_token(f"{bank_id} {mark}") for mark in marks or [""]), *terms})
    return " AND ".join(f'"{term}"' for term in wanted) if engine.dialect.name == "sqlite" else _numbers(wanted)


def tagged(dialect: str, bank_ids: Iterable[int], tags: Sequence[str]) -> Select[int]:
    """Return the selection of the rows of items of banks that have one of the tags, whatever case and width."""
    wanted = sorted({_token(f"{bank_id} tag {folded(tag)}") for bank_id in bank_ids for tag in tags})
    source, row_id, _holds_all = holding(dialect)
    if dialect == "sqlite":
        any_of = " OR ".join(f'"{term}"' for term in wanted)
        return select(row_id).select_from(source).where(text("item_search MATCH :any_of").bindparams(any_of=any_of))
    return select(row_id).where(source.c.terms.overlap(_numbers(wanted)))


def place_of(dialect: str, word: BindParameter[str]) -> ColumnElement[int]:
    """Return where in an item's words a word stands, 0 for nowhere."""
    return (func.instr if dialect == "sqlite" else func.strpos)(ItemRow.words, word)


def _numbers(terms: Iterable[str]) -> list[int]:
    """Return a number of 64 bits for each term, in no other order; the words themselves decide in the end."""
    return [int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), signed=True) for term in terms]


@lru_cache(maxsize=4096)
def _token(mark: str) -> str:
    """Return a mark as one word of an index that knows words only by letters and digits."""
    return "¤" + "".join(sign if sign.isalnum() else f"·{ord(sign):x}·" for sign in mark)
