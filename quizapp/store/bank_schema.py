"""The JSON Schema of a bank file, put together from the item types, for editors and for ``bank_files``."""

from __future__ import annotations

from typing import Any

from quizapp.core.article import LANGUAGES, ClaimKind, Modality
from quizapp.core.items import ITEM_TYPES
from quizapp.core.items.item import PLAIN, PLAIN_LIST, RICH

FORMAT = 1

_ID = {
    "type": "string",
    "pattern": "^[A-Za-z0-9_-]{10,32}$",
    "description": "Made once at random, never changed",
}
_NAME = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$"}
_LANGUAGE = {"enum": list(LANGUAGES)}
_MOMENT = {
    "type": "string",
    "format": "date-time",
    "description": "When the content last changed: 2026-11-23T09:00:00+09:00",
}


def _closed(properties: dict[str, Any], required: list[str], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        **more,
    }


_ABOUT = _closed(
    {
        "id": _ID,
        "name": {**_NAME, "description": "The short name in addresses and commands"},
        "title": PLAIN,
        "language": _LANGUAGE,
        "description": RICH,
        "deck": {
            **PLAIN,
            "description": "The name of the Anki deck; never change it once learners have the deck",
        },
        "licence": PLAIN,
        "changed": _MOMENT,
    },
    ["id", "name", "title", "language", "changed"],
)

_ARTICLE_PARTS: dict[str, Any] = {
    "title": PLAIN,
    "language": _LANGUAGE,
    "text": {"type": "string", "minLength": 1, "description": "The text itself"},
    "published": {"type": "string", "format": "date"},
    "sources": {
        "type": "array",
        "items": _closed({"name": PLAIN, "url": {"type": "string", "pattern": "^https?://"}}, ["name"]),
    },
}

_ARTICLE = _closed(
    {**_ARTICLE_PARTS, "file": {**PLAIN, "description": "The text, in a file beside this one"}},
    ["title"],
    oneOf=[{"required": ["file"]}, {"required": ["text"]}],
)

_ITEM_COMMON: dict[str, Any] = {
    "id": _ID,
    "type": {"enum": list(ITEM_TYPES)},
    "language": _LANGUAGE,
    "explanation": RICH,
    "tags": {"type": "array", "items": {"type": "string", "pattern": r"^\S+$"}, "uniqueItems": True},
    "changed": _MOMENT,
    "retired": {"type": "boolean", "description": "true: asked no more, and taken out of learners' decks"},
}

_EVIDENCE = _closed(
    {
        "quote": {"type": "string", "minLength": 1, "description": "The article's words, letter for letter"},
        "start": {
            "type": "integer",
            "minimum": 0,
            "description": "Where it starts, in characters; needed when the words stand there more than once",
        },
    },
    ["quote"],
)


def item_schema(kind: str) -> dict[str, Any]:
    """Return the schema of one item type."""
    own = ITEM_TYPES[kind].schema
    properties = {**_ITEM_COMMON, "type": {"const": kind}, **own["properties"]}  # type: ignore[dict-item]
    return _closed(properties, ["id", "type", *own["required"]])  # type: ignore[misc]


_CHOOSE_ITEM: dict[str, Any] = {
    "type": "object",
    "properties": {"type": _ITEM_COMMON["type"]},
    "required": ["type"],
    "allOf": [
        {
            "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in ITEM_TYPES
    ],
}

_FACT = _closed(
    {
        "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,40}$", "description": "Once in this bank"},
        "statement": {**RICH, "description": "The fact in plain words"},
        "evidence": {"type": "array", "minItems": 1, "items": _EVIDENCE},
        "claim": _closed(
            {
                "kind": {"enum": [kind.value for kind in ClaimKind]},
                "modality": {"enum": [modality.value for modality in Modality]},
                "says": {**PLAIN, "description": "Who says it, when it is not the article itself"},
            },
            ["modality"],
        ),
        "terms": {**PLAIN_LIST, "description": "Key words as they stand in the quotes"},
        "article": {
            **_closed(_ARTICLE_PARTS, ["title", "text"]),
            "description": "The paragraphs with the evidence, when another article than this bank's tells the fact",
        },
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    ["id", "statement", "evidence", "claim"],
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "quizapp question bank",
    **_closed(
        {
            "format": {"const": FORMAT},
            "about": _ABOUT,
            "article": _ARTICLE,
            "facts": {"type": "array", "items": _FACT},
            "items": {
                "type": "array",
                "items": {"$ref": "#/$defs/item"},
                "description": "Items that rest on no fact of the article",
            },
        },
        ["format", "about"],
    ),
    "$defs": {"item": _CHOOSE_ITEM, **{kind: item_schema(kind) for kind in ITEM_TYPES}},
}
