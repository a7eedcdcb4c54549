"""Bank files: a bank as YAML 1.2, read with every fault at its place, and written back.

The file says what ``bank_schema`` allows; an article may stand in a file of its own beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from quizapp.core.errors import Fault, QuizError, UnreadableError
from quizapp.store import bank_data, bank_faults, bank_yaml
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizapp.core.bank import Bank
    from quizapp.core.gate import Finding


_MOST_VALUES = 5_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A fault with the file, line and column (both from 1) where it stands."""

    file: str
    line: int
    column: int
    fault: Fault

    @property
    def where(self) -> str:
        """The place as compilers write it."""
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.where}: {self.fault}"


class BankFormatError(QuizError):
    """A bank file does not say what a bank file must say; ``places`` lists every fault."""

    def __init__(self, file: str, places: Sequence[Place]) -> None:
        super().__init__(mark("%(file)s is not a usable bank: %(count)d faults"), file=file, count=len(places))
        self.places = tuple(places)


def load(path: Path) -> Bank:
    """Return the bank in the file at ``path``.

    :raise BankFormatError: it has faults; all are named.
    :raise UnreadableError: there is no such file, or it is not UTF-8 text.
    """
    return parse(read_text(path), name=str(path), folder=path.parent)


def load_with_places(path: Path) -> tuple[Bank, Callable[[Finding], Place]]:
    """Return the bank in the file at ``path``, and a function that tells where in the file a finding is.

    :raise BankFormatError: it has faults; all are named.
    :raise UnreadableError: there is no such file, or it is not UTF-8 text.
    """
    tree, bank = _parse(read_text(path), str(path), path.parent)
    paths = {str(item["id"]): at for at, item in bank_faults.items_of(tree)}

    def place(finding: Finding) -> Place:
        at = (*paths.get(finding.item_id, ()), *finding.path)
        return Place(str(path), *bank_yaml.position(tree, at), Fault(at, finding.message, finding.values))

    return bank, place


def parse(text: str, *, name: str, folder: Path | None = None) -> Bank:
    """Return the bank that ``text`` describes; ``name`` stands in messages, ``folder`` is where its article lies.

    :raise BankFormatError: it has faults; all are named.
    """
    return _parse(text, name, folder)[1]


def _parse(text: str, name: str, folder: Path | None) -> tuple[Any, Bank]:
    tree = _read_yaml(text, name)
    try:
        data = _plain(tree)
    except RecursionError as error:
        raise UnreadableError("this file stands for parts within parts without an end: write them out") from error
    article_text, faults = _article_text(data, folder)
    faults += bank_faults.find(data, article_text)
    if faults:
        places = [Place(name, *bank_yaml.position(tree, fault.path), fault) for fault in faults]
        distinct = {(place.line, place.column, str(place.fault)): place for place in places}
        raise BankFormatError(name, [place for _, place in sorted(distinct.items())])
    return tree, bank_data.as_bank(data, article_text)


def digest(path: Path) -> str:
    """Return a digest of all that the bank at ``path`` is made of: the file and the article beside it.

    :raise UnreadableError: there is no such file, or it is not UTF-8 text.
    """
    text = read_text(path)
    named = sorted(file for file in path.parent.iterdir() if file.is_file() and file != path and file.name in text)
    return sha256(b"\0".join([text.encode(), *(file.read_bytes() for file in named)])).hexdigest()


def serialize(bank: Bank) -> str:
    """Return ``bank`` as the text of a bank file, with its article inside."""
    out = io.StringIO()
    bank_yaml.parser().dump(bank_data.of(bank), out)
    return "# yaml-language-server: $schema=../bank.schema.json\n" + out.getvalue()


def add_ids(text: str, *, name: str, new_id: Callable[[], str]) -> tuple[str, int]:
    """Return ``text`` with an id for every item that had none, and how many those were; all else stays as it was.

    :raise BankFormatError: the text is no YAML.
    """
    tree = _read_yaml(text, name)
    parts: list[Any] = [tree, *(tree.get("facts") or ())] if isinstance(tree, dict) else []
    items = [item for part in parts if isinstance(part, dict) for item in part.get("items") or ()]
    bare: list[Any] = [item for item in items if isinstance(item, dict) and "id" not in item]
    for item in bare:
        item.insert(0, "id", new_id())
    out = io.StringIO()
    bank_yaml.parser().dump(tree, out)
    return out.getvalue() if bare else text, len(bare)


def read_text(path: Path) -> str:
    """Return the text of a file.

    :raise UnreadableError: there is no such file, or it is not UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableError("%(file)s cannot be read: %(reason)s", file=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UnreadableError(
            "%(file)s is not UTF-8 text (byte %(byte)d): save it as UTF-8", file=path, byte=error.start
        ) from error


def _read_yaml(text: str, name: str) -> Any:
    try:
        return bank_yaml.parser().load(text)
    except RecursionError as error:
        raise UnreadableError("this file stands for parts within parts without an end: write them out") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        fault = Fault((), "this is not YAML: %(problem)s", {"problem": error.problem or error.context})
        if isinstance(error, bank_yaml.TooDeepError):
            fault = Fault(
                (), "more than %(most)d parts stand within one another: close brackets, or begin less far to the right",
                {"most": bank_yaml.MOST_LEVELS},
            )  # fmt: skip
        raise BankFormatError(name, [Place(name, line, column, fault)]) from error
    except YAMLError as error:
        raise BankFormatError(
            name, [Place(name, 1, 1, Fault((), "this is not YAML: %(problem)s", {"problem": error}))]
        ) from error


def _plain(tree: Any) -> Any:
    """Return the tree as plain values; an alias is written out, so that a small file may stand for a huge tree.

    :raise UnreadableError: it stands for more than any bank holds.
    """
    if _size(tree, {}) > _MOST_VALUES:
        raise UnreadableError("the aliases (*name) in this file stand for too much: write the parts out")
    return _written_out(tree)


def _size(tree: Any, known: dict[int, int]) -> int:
    """Return how many values a tree has once written out; a part that aliases name is counted once, and remembered."""
    if not isinstance(tree, dict | list):
        return 1
    if id(tree) not in known:
        parts = tree.values() if isinstance(tree, dict) else tree
        known[id(tree)] = 1 + sum(_size(part, known) for part in parts)
    return known[id(tree)]


def _written_out(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _written_out(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_written_out(value) for value in tree]
    return str(tree) if isinstance(tree, str) else tree


def _article_text(data: Any, folder: Path | None) -> tuple[str | None, list[Fault]]:
    article = data.get("article") if isinstance(data, dict) else None
    if not isinstance(article, dict):
        return None, []
    file = article.get("file")
    if not isinstance(file, str):
        text = article.get("text")
        return (text if isinstance(text, str) else None), []
    if folder is None or Path(file).name != file:
        return None, [Fault(("article", "file"), "the article must be a file beside the bank, named without a folder")]
    try:
        return read_text(folder / file), []
    except UnreadableError as error:
        return None, [Fault(("article", "file"), error.message, error.values)]
