"""What every item has, whatever its type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from quizapp.core.inputs import Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizapp.core.errors import Fault
    from quizapp.core.inputs import Question

RICH: dict[str, object] = {
    "type": "string",
    "minLength": 1,
    "description": "Markdown; furigana as {漢字|かんじ}",
}
PLAIN: dict[str, object] = {"type": "string", "minLength": 1, "description": "Plain text"}
PLAIN_LIST: dict[str, object] = {"type": "array", "items": PLAIN, "uniqueItems": True}


@dataclass(frozen=True, kw_only=True)
class Item(ABC):
    """A question of a bank.

    ``id`` is made once, at random, and never changes: it leads from the bank to answers and to learners' decks.
    ``changed`` is when its content last changed (None: with its bank); a ``retired`` item is asked no more.
    Stem, explanation and feedback are rich text (Markdown with furigana); keys that are typed are plain text.
    """

    kind: ClassVar[str]
    # JSON Schema of the fields that only this type has.
    schema: ClassVar[Mapping[str, object]]

    id: str
    language: str
    fact_id: str | None = None
    explanation: str = ""
    tags: tuple[str, ...] = ()
    changed: datetime | None = None
    retired: bool = False

    @property
    @abstractmethod
    def questions(self) -> tuple[Question, ...]:
        """The ways of asking this item, at least one; a quiz picks one of them."""

    @abstractmethod
    def faults(self) -> Iterator[Fault]:
        """Yield what makes the item unusable; paths lead into the item's data."""

    @classmethod
    def own_values(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Turn the fields of this type, as in a bank file, into arguments for the constructor."""
        names = {field.name for field in fields(cls)} - _SHARED
        return {name: _frozen(value) for name, value in data.items() if name in names}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], *, language: str, fact_id: str | None = None) -> Self:
        """Make the item that ``data`` (an item of a bank file, already held against the schema) describes."""
        changed = data.get("changed")
        return cls(
            id=data.get("id", ""),
            language=data.get("language", language),
            fact_id=fact_id,
            explanation=data.get("explanation", ""),
            tags=tuple(data.get("tags", ())),
            changed=datetime.fromisoformat(changed) if changed else None,
            retired=data.get("retired", False),
            **cls.own_values(data),
        )

    def to_data(self) -> dict[str, Any]:
        """Return the item as in a bank file, without its fact; what is at its default is left out."""
        data: dict[str, Any] = {"id": self.id, "type": self.kind}
        for field in fields(self):
            value = getattr(self, field.name)
            default = field.default if field.default_factory is MISSING else field.default_factory()
            if field.name not in {"id", "fact_id"} and value != default:
                data[field.name] = _plain(value)
        # The explanation reads best after what it explains.
        for name in ("explanation", "tags", "changed", "retired"):
            if name in data:
                data[name] = data.pop(name)
        return data


_SHARED = {field.name for field in fields(Item)}

OPTIONS_SCHEMA: dict[str, object] = {
    "type": "array",
    "minItems": 2,
    "items": {
        "type": "object",
        "properties": {
            "text": RICH,
            "correct": {"type": "boolean", "description": "true for a key; left out for a distractor"},
            "feedback": RICH,
        },
        "required": ["text"],
        "additionalProperties": False,
    },
}


def options_from(data: list[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Return the options that a bank file lists."""
    return tuple(Option(**option) for option in data)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _ if hasattr(value, "__dataclass_fields__"):
            return {
                field.name: _plain(getattr(value, field.name))
                for field in fields(value)
                if getattr(value, field.name) != field.default
            }
        case _:
            return value
