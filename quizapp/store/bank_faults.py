"""Every fault of a bank file's data at once: against the schema first, then what a schema cannot say."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from quizapp.core.errors import Fault, nearest
from quizapp.core.items import ITEM_TYPES
from quizapp.store.bank_schema import SCHEMA, item_schema
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_YEARS = range(1970, 2200)  # moments beyond could not be turned into every time zone, nor be overtaken by a change
_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_moment(text: object) -> bool:
    if not isinstance(text, str):
        return True
    moment = datetime.fromisoformat(text)
    return moment.tzinfo is not None and moment.year in _YEARS


@_formats.checks("date", raises=ValueError)
def _is_date(text: object) -> bool:
    return not isinstance(text, str) or bool(date.fromisoformat(text))


def _pattern(_validator: object, pattern: str, found: object, _schema: object) -> Iterator[ValidationError]:
    """Yield what does not match: JSON Schema's "$" is the very end, Python's would let a line end through."""
    if isinstance(found, str) and not re.search(pattern.replace("$", r"\Z"), found):
        yield ValidationError(f"{found!r} does not match {pattern!r}")


_Validator = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
_ITEM_VALIDATORS = {kind: _Validator(item_schema(kind), format_checker=_formats) for kind in ITEM_TYPES}
_VALIDATOR = _Validator(SCHEMA, format_checker=_formats)


def find(data: Any, article_text: str | None) -> list[Fault]:
    """Return the faults of ``data``; parts that the schema refuses are not looked at further."""
    faults = [fault for error in _VALIDATOR.iter_errors(data) for fault in _schema_faults(error)]
    if isinstance(data, dict):
        broken = {fault.path[:length] for fault in faults for length in range(len(fault.path) + 1)}
        faults += _repeated_ids(data)
        faults += _evidence_faults(data, article_text)
        for path, item in items_of(data):
            if path not in broken:
                faults += _item_faults(path, item, data)
    return faults


def find_in_item(data: Mapping[str, Any], language: str) -> list[Fault]:
    """Return the faults of one item, as it would stand in a bank file."""
    faults = [fault for error in _ITEM_VALIDATORS[data["type"]].iter_errors(data) for fault in _schema_faults(error)]
    return faults or list(ITEM_TYPES[data["type"]].from_data(data, language=language).faults())


def items_of(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Yield every item of a bank file's data with the path to it."""
    for index, fact in enumerate(_entries(data, "facts")):
        for position, item in enumerate(_entries(fact, "items")):
            yield ("facts", index, "items", position), item
    for position, item in enumerate(_entries(data, "items")):
        yield ("items", position), item


def _entries(data: Any, name: str) -> list[Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _item_faults(path: tuple[str | int, ...], item: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Fault]:
    about = data.get("about")
    language = about.get("language") if isinstance(about, dict) else None
    kind = ITEM_TYPES[item["type"]]
    for fault in kind.from_data(item, language=language if language in ("ja", "en") else "ja").faults():
        yield fault.below(*path)


def _repeated_ids(data: Mapping[str, Any]) -> Iterator[Fault]:
    facts: set[str] = set()
    for index, fact in enumerate(_entries(data, "facts")):
        name = fact.get("id") if isinstance(fact, dict) else None
        if isinstance(name, str):
            if name in facts:
                yield Fault(("facts", index, "id"), "the id '%(id)s' stands more than once", {"id": name})
            facts.add(name)
    items: set[str] = set()
    for path, item in items_of(data):
        name = item.get("id") if isinstance(item, dict) else None
        if isinstance(name, str):
            if name in items:
                yield Fault(
                    (*path, "id"),
                    "the id '%(id)s' stands more than once: a copied item needs an id of its own "
                    "(delete it and run 'quizapp check --add-ids')",
                    {"id": name},
                )
            items.add(name)


def _evidence_faults(data: Mapping[str, Any], article_text: str | None) -> Iterator[Fault]:
    for index, fact in enumerate(_entries(data, "facts")):
        own = fact.get("article") if isinstance(fact, dict) else None
        text = own.get("text") if isinstance(own, dict) else article_text
        if not isinstance(text, str):
            if own is None and "article" not in data:
                yield Fault(("facts", index), "facts rest on an article: add 'article'")
            continue
        quotes = []
        for position, evidence in enumerate(_entries(fact, "evidence")):
            if not isinstance(evidence, dict) or not isinstance(evidence.get("quote"), str):
                continue
            quotes.append(evidence["quote"])
            path = ("facts", index, "evidence", position)
            yield from (fault.below(*path) for fault in _quote_faults(evidence, text))
        for position, term in enumerate(_entries(fact, "terms")):
            if isinstance(term, str) and quotes and not any(term in quote for quote in quotes):
                yield Fault(
                    ("facts", index, "terms", position),
                    "the term '%(term)s' does not stand in the evidence of this fact",
                    {"term": term},
                )


def _quote_faults(evidence: Mapping[str, Any], text: str) -> Iterator[Fault]:
    quote, start = evidence["quote"], evidence.get("start")
    count = text.count(quote) if quote else 0
    if isinstance(start, float):  # JSON Schema takes 4.0 for an integer
        yield Fault(("start",), "'%(found)s' is not of the type %(wanted)s", {"found": start, "wanted": "integer"})
    if not count:
        yield Fault(("quote",), "the article does not say this word for word: '%(quote)s'", {"quote": _short(quote)})
    elif isinstance(start, int) and text[start : start + len(quote)] != quote:
        yield Fault(("start",), "the quote does not start at character %(start)d of the article", {"start": start})
    elif count > 1 and start is None:
        yield Fault(
            ("quote",),
            "the article says this %(count)d times: add 'start: %(start)d' for the first, or quote more words",
            {"count": count, "start": text.find(quote)},
        )


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# What the schema's rules say when they are broken; %(found)s is what stands there, %(wanted)s what the rule asks.
_MESSAGES = {
    "type": mark("'%(found)s' is not of the type %(wanted)s"),
    "format": mark("'%(found)s' is not a date or time as in 2026-11-23T09:00:00+09:00 (a date: 2026-11-23)"),
    "pattern": mark("'%(found)s' is not written as %(wanted)s"),
    "minLength": mark("this must not be empty"),
    "minItems": mark("this list needs at least %(wanted)s entries"),
    "uniqueItems": mark("this list holds the same entry twice"),
    "minimum": mark("'%(found)s' is less than %(wanted)s"),
    "oneOf": mark("the article needs either 'file' or 'text', and not both"),
}


def _schema_faults(error: ValidationError) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    found: Any = error.instance
    match error.validator:
        case "additionalProperties":
            schema: Any = error.schema
            for name in found.keys() - schema["properties"].keys():
                yield _unknown_field(path, name, list(schema["properties"]))
        case "required":
            for name in wanted:
                if name not in found and f"'{name}'" in error.message:
                    yield _missing_field(path, name)
        case "enum":
            yield _unknown_value(path, str(found), [str(value) for value in wanted])
        case "const":
            yield _unknown_value(path, str(found), [str(wanted)])
        case rule:
            yield Fault(path, _MESSAGES[str(rule)], {"found": _short(str(found)), "wanted": wanted})


def _unknown_field(path: tuple[str | int, ...], name: str, known: list[str]) -> Fault:
    near = nearest(name, known)
    if near:
        return Fault((*path, name), "no field '%(name)s' here; did you mean '%(near)s'?", {"name": name, "near": near})
    return Fault(
        (*path, name),
        "no field '%(name)s' here; there are: %(known)s",
        {"name": name, "known": ", ".join(known)},
    )


def _missing_field(path: tuple[str | int, ...], name: str) -> Fault:
    if name == "id" and "items" in path:
        return Fault(path, "this item has no id: run 'quizapp check --add-ids' to give it one")
    return Fault(path, "the field '%(name)s' is missing", {"name": name})


def _unknown_value(path: tuple[str | int, ...], found: str, known: list[str]) -> Fault:
    values = {"found": found, "near": nearest(found, known), "known": ", ".join(known)}
    match path[-1:] == ("type",), bool(values["near"]):
        case True, True:
            return Fault(path, "no item type '%(found)s'; did you mean '%(near)s'?", values)
        case True, False:
            return Fault(path, "no item type '%(found)s'; there are: %(known)s", values)
        case False, True:
            return Fault(path, "'%(found)s' cannot stand here; did you mean '%(near)s'?", values)
        case _:
            return Fault(path, "'%(found)s' cannot stand here; there are: %(known)s", values)
