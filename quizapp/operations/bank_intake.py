"""Bringing questions from files into a bank: first a preview, then what was accepted of it.

A file may tell of items that the bank has. What it tells otherwise is a difference, taken over only where a person
accepts it; whatever a file does not tell stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quizapp import intake
from quizapp.core.bank import Bank
from quizapp.core.errors import Fault, UnreadableError
from quizapp.core.items import ITEM_TYPES
from quizapp.intake import anki_own
from quizapp.intake.bank_intake import Found, Rejected
from quizapp.operations import authoring, own_notes
from quizapp.operations.authoring import Imported, new_identity
from quizapp.store import bank_data, bank_faults, banks
from quizapp.translation import tell, translator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from quizapp.core.items import Item

_PARTS = (
    "stem", "holds", "options", "ordered", "key", "accepted", "gaps", "term", "reading", "meaning", "distractors",
    "explanation", "tags",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of an item (as a bank file names it) that the file tells otherwise, at its ``place`` there."""

    place: int
    item: Item
    part: str
    value: Any

    @property
    def ours(self) -> str:
        """What the bank says, as text."""
        return _as_text(self.item.to_data().get(self.part, ""))

    @property
    def theirs(self) -> str:
        """What the file says, as text."""
        return _as_text(self.value)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring into ``bank``, which is a new one where ``is_new``. Nothing is kept yet."""

    bank: Bank
    is_new: bool
    added: tuple[Item, ...]
    differences: tuple[Difference, ...]
    same: int
    rejected: tuple[Rejected, ...]
    columns: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    first_row: tuple[str, ...] = ()

    def accept(self, differences: Iterable[Difference], *, now: datetime) -> Bank:
        """Return the bank with the new items and the accepted differences."""
        taken: dict[str, dict[str, Any]] = {}
        for difference in differences:
            taken.setdefault(difference.item.id, {})[difference.part] = difference.value
        items = [_with(item, taken[item.id], now) if item.id in taken else item for item in self.bank.items]
        return replace(self.bank, items=(*items, *self.added))


def preview(
    content: bytes,
    ending: str,
    *,
    into: Bank | None,
    name: str,
    now: datetime,
    columns: Mapping[str, str] | None = None,
) -> Preview:
    """Return what a file would bring in; without a bank to bring it ``into`` a new one is made, called ``name``.

    ``columns`` says of headings of a table what they stand for.

    :raise UnreadableError: the file cannot be read, or is made to harm.
    """
    read = intake.read_bank(content, ending, **({"columns": columns} if columns else {}))
    bank = into or _new_bank(name, read, now)
    known = {item.id: item for item in bank.items}
    exported = own_notes.exported(bank, read.found)
    new: list[Found] = []
    differences: list[Difference] = []
    rejected, same = list(read.rejected), 0
    for found in read.found:
        if found.own:
            found = replace(found, data=anki_own.item_data(found.own))  # noqa: PLW2901 (the same, more fully)
        item = known.get(found.data.get("id", own_notes.item_id(found)))
        if item is None:
            new.append(found)
            continue
        ours = own_notes.untouched(item, found.own, exported)
        told = [Difference(found.place, item, part, value) for part, value in _differing(ours, found.data)]
        rejected += own_notes.untakable(found, exported)
        checked = _rejected(
            bank, [(found.place, item.to_data() | {each.part: each.value, "id": new_identity()}) for each in told]
        )
        rejected += checked
        differences += [] if checked else told
        same += not told
    added, refused = _added(bank, new)
    return Preview(
        bank,
        into is None,
        added,
        tuple(differences),
        same,
        tuple(sorted([*rejected, *refused], key=lambda each: each.place)),
        read.columns,
        read.warnings,
        read.first_row,
    )


def open_file(
    session: Session, path: Path, *, into: str | None, now: datetime, columns: Mapping[str, str] | None = None
) -> Preview:
    """Return what a file would bring into the bank called ``into``.

    Without one it is the bank of this site that the file was exported from, else a new one with the file's name.

    :raise UnreadableError: the file cannot be read, or is made to harm.
    :raise NotFoundError: there is no such bank.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError("the file cannot be read: %(reason)s", reason=error.strerror) from error
    name = into or owner_of(session, content, path.suffix)
    bank = banks.read_whole(session, name) if name else None
    return preview(content, path.suffix, into=bank, name=path.stem, now=now, columns=columns)


def keep(session: Session, preview: Preview, accepted: Iterable[Difference], *, now: datetime) -> Imported:
    """Bring the new items of a preview and the accepted differences into the database.

    :raise ConflictError: the name of a new bank is taken, or an item belongs to another bank.
    """
    bank = preview.accept(accepted, now=now)
    return authoring.import_bank(session, bank, digest=new_identity(), now=now)


def owner_of(session: Session, content: bytes, ending: str) -> str:
    """Return the bank that owns the items of a file that was exported from this site, "" for other files."""
    found = intake.read_bank(content, ending).found
    ids = [str(each.own.fields["Item"] if each.own else each.data.get("id", "")) for each in found]
    owners = set(banks.owners(session, [each for each in ids if each], other_than=None).values())
    return owners.pop() if len(owners) == 1 else ""


def as_text(preview: Preview, language: str) -> Iterator[str]:
    """Yield the lines of a preview: what is understood, what is not, and why."""
    _ = translator(language)
    for heading, meaning in preview.columns:
        yield _("column '%(heading)s': %(meaning)s") % {"heading": heading, "meaning": meaning or _("left out")}
    for each in preview.rejected:
        yield f"{each.place}: {tell(each.fault, language)}"
    for warning in preview.warnings:
        yield _("Note: %(loss)s") % {"loss": _(warning)}
    yield _(
        "'%(bank)s': %(added)d new, %(differences)d told otherwise, %(same)d as they are, %(rejected)d left out"
    ) % {
        "bank": preview.bank.name,
        "added": len(preview.added),
        "differences": len(preview.differences),
        "same": preview.same,
        "rejected": len({each.place for each in preview.rejected}),
    }


def question(difference: Difference, language: str) -> str:
    """Return what to ask a person who is to accept or refuse a difference."""
    _ = translator(language)
    return _("%(id)s, %(part)s:\n  bank: %(ours)s\n  file: %(theirs)s\nTake over what the file says?") % {
        "id": difference.item.id,
        "part": difference.part,
        "ours": difference.ours,
        "theirs": difference.theirs,
    }


def _differing(ours: dict[str, Any] | None, theirs: dict[str, Any]) -> list[tuple[str, Any]]:
    if ours is None:
        return []
    return [
        (part, theirs[part]) for part in _PARTS if part in theirs and _essence(theirs[part]) != _essence(ours.get(part))
    ]


def _added(bank: Bank, new: list[Found]) -> tuple[tuple[Item, ...], list[Rejected]]:
    """Return the new items, and what is wrong with the others."""
    told, rejected = [], []
    for found in new:
        if "type" in found.data:
            told.append((found.place, {"id": new_identity(), **found.data}))
        else:
            rejected.append(Rejected(found.place, Fault((), "the note no longer tells the whole question")))
    rejected += _rejected(bank, told)
    bad = {each.place for each in rejected}
    items = (
        ITEM_TYPES[data["type"]].from_data(data, language=bank.language) for place, data in told if place not in bad
    )
    return tuple(items), rejected


def _rejected(bank: Bank, told: list[tuple[int, dict[str, Any]]]) -> list[Rejected]:
    """Return the faults of items, as a bank file's check finds them."""
    head = bank_data.of(replace(bank, items=(), facts=(), article=None))
    found: list[Rejected] = []
    for start in range(0, len(told), 500):
        part = told[start : start + 500]
        faults = bank_faults.find(head | {"items": [data for _, data in part]}, None)
        found += [Rejected(part[int(fault.path[1])][0], fault) for fault in faults if fault.path[:1] == ("items",)]
    return found


def _with(item: Item, parts: dict[str, Any], now: datetime) -> Item:
    data = {**item.to_data(), **parts}
    return replace(type(item).from_data(data, language=item.language, fact_id=item.fact_id), changed=now)


def _new_bank(name: str, read: intake.BankIntake, now: datetime) -> Bank:
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or f"bank-{new_identity().casefold()}"
    return Bank(new_identity(), slug, read.title or name, read.language, now)


def _essence(value: Any) -> Any:
    """Return a value without what a table or a field cannot carry: line ends, and the order of options."""
    match value:
        case str():
            return " ".join(value.split())
        case [*parts] if all(isinstance(part, dict) and "text" in part for part in parts):
            return sorted((sorted((name, _essence(each)) for name, each in part.items()) for part in parts), key=str)
        case [*parts]:
            return [_essence(part) for part in parts]
        case dict():
            return {name: _essence(each) for name, each in value.items() if name != "hint"}
        case None:
            return ""
        case _:
            return value


def _as_text(value: Any) -> str:
    match value:
        case {"text": text}:
            return f"{text} ✓" if value.get("correct") else str(text)
        case {"key": key}:
            return " / ".join([key, *value.get("accepted", ()), *value.get("distractors", ())])
        case [*parts]:
            return "; ".join(_as_text(part) for part in parts)
        case _:
            return str(value)
