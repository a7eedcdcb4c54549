"""Bank files: a bank as YAML 1.2, read with every fault at its place, and written back.

The file says what ``bank_schema`` allows; an article may stand in a file of its own beside it.
"""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import LiteralScalarString

from quizapp.core.article import Article, Claim, ClaimKind, Modality, Source, Span
from quizapp.core.bank import Bank, Evidence, Fact
from quizapp.core.errors import Fault, QuizError, UnreadableError
from quizapp.core.items import ITEM_TYPES, Item
from quizapp.store import bank_faults, bank_yaml
from quizapp.store.bank_schema import FORMAT
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    return tree, _bank(data, article_text)


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
    bank_yaml.parser().dump(as_data(bank), out)
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
        raise BankFormatError(name, [Place(name, line, column, fault)]) from error
    except YAMLError as error:
        raise BankFormatError(
            name, [Place(name, 1, 1, Fault((), "this is not YAML: %(problem)s", {"problem": error}))]
        ) from error


def _plain(tree: Any, left: list[int] | None = None) -> Any:
    """Return the tree as plain values; an alias is written out, so that a small file may stand for a huge tree.

    :raise UnreadableError: it stands for more than any bank holds.
    """
    left = left or [_MOST_VALUES]
    left[0] -= 1
    if left[0] < 0:
        raise UnreadableError("the aliases (*name) in this file stand for too much: write the parts out")
    if isinstance(tree, dict):
        return {str(key): _plain(value, left) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value, left) for value in tree]
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


def _bank(data: Mapping[str, Any], article_text: str | None) -> Bank:
    about = data["about"]
    language = about["language"]
    article = _article(data["article"], article_text or "", language) if "article" in data else None
    facts, items = [], []
    for entry in data.get("facts", ()):
        facts.append(_fact(entry, article_text or "", language))
        items += [_item(item, language, entry["id"]) for item in entry.get("items", ())]
    items += [_item(item, language, None) for item in data.get("items", ())]
    return Bank(
        id=about["id"],
        name=about["name"],
        title=about["title"],
        language=language,
        changed=datetime.fromisoformat(about["changed"]),
        description=about.get("description", ""),
        deck=about.get("deck", ""),
        licence=about.get("licence", ""),
        article=article,
        facts=tuple(facts),
        items=tuple(items),
    )


def _article(data: Mapping[str, Any], text: str, language: str) -> Article:
    return Article(
        title=data["title"],
        language=data.get("language", language),
        text=text,
        published=date.fromisoformat(data["published"]) if "published" in data else None,
        sources=tuple(Source(source["name"], source.get("url", "")) for source in data.get("sources", ())),
    )


def _fact(data: Mapping[str, Any], text: str, language: str) -> Fact:
    claim = data["claim"]
    own = _article(data["article"], data["article"]["text"], language) if "article" in data else None
    text = own.text if own else text
    evidence = []
    for entry in data["evidence"]:
        start = entry.get("start", text.find(entry["quote"]))
        evidence.append(Evidence(Span(start, start + len(entry["quote"])), entry["quote"]))
    return Fact(
        id=data["id"],
        statement=data["statement"],
        evidence=tuple(evidence),
        claim=Claim(ClaimKind(claim.get("kind", "fact")), Modality(claim["modality"]), claim.get("says", "")),
        terms=tuple(data.get("terms", ())),
        article=own,
    )


def _item(data: Mapping[str, Any], language: str, fact_id: str | None) -> Item:
    return ITEM_TYPES[data["type"]].from_data(data, language=language, fact_id=fact_id)


def as_data(bank: Bank) -> dict[str, Any]:
    """Return ``bank`` as the data of a bank file."""
    about = {
        "id": bank.id,
        "name": bank.name,
        "title": bank.title,
        "language": bank.language,
        "description": _block(bank.description),
        "deck": bank.deck,
        "licence": bank.licence,
        "changed": bank.changed.isoformat(),
    }
    data: dict[str, Any] = {"format": FORMAT, "about": _filled(about)}
    items: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for item in bank.items:
        items[item.fact_id].append(_item_data(item, bank))
    if bank.article:
        data["article"] = _article_data(bank.article, bank.language)
    if bank.article or bank.facts:
        data["facts"] = [_fact_data(fact, bank, items[fact.id]) for fact in bank.facts]
    if items[None]:
        data["items"] = items[None]
    return data


def _article_data(article: Article, language: str) -> dict[str, Any]:
    return _filled({
        "title": article.title,
        "language": article.language if article.language != language else "",
        "published": article.published.isoformat() if article.published else "",
        "sources": [_filled({"name": source.name, "url": source.url}) for source in article.sources],
        "text": _block(article.text),
    })  # fmt: skip


def _fact_data(fact: Fact, bank: Bank, items: list[dict[str, Any]]) -> dict[str, Any]:
    claim = {"kind": fact.claim.kind.value, "modality": fact.claim.modality.value, "says": fact.claim.says}
    if fact.claim.kind is ClaimKind.FACT:
        del claim["kind"]
    return _filled({
        "id": fact.id,
        "statement": _block(fact.statement),
        "evidence": [_evidence_data(evidence, bank.article_of(fact)) for evidence in fact.evidence],
        **({"article": _article_data(fact.article, bank.language)} if fact.article else {}),
        "claim": _filled(claim),
        "terms": list(fact.terms),
        "items": items,
    })  # fmt: skip


def _evidence_data(evidence: Evidence, article: Article | None) -> dict[str, Any]:
    is_ambiguous = article is not None and len(article.places_of(evidence.quote)) > 1
    return {"quote": evidence.quote} | ({"start": evidence.span.start} if is_ambiguous else {})


def _item_data(item: Item, bank: Bank) -> dict[str, Any]:
    data = item.to_data()
    if data.get("language") == bank.language:
        del data["language"]
    return {name: _block(value) if isinstance(value, str) else value for name, value in data.items()}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [])}


def _block(text: str) -> str:
    """Write what has several lines as a block, so that a person can read and edit it."""
    is_plain = "\n" in text and not any(line != line.rstrip() for line in text.split("\n")) and "\t" not in text
    return LiteralScalarString(text) if is_plain else text
