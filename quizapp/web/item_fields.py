"""The way from an item, as in a bank file, to the fields of its form, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import FieldList, RadioField

from quizapp.web.item_forms import MOST_PARTS, OWN, ItemForm, Lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS: dict[str, dict[str, Any]] = {
    "options": {"text": "", "correct": False, "feedback": ""},
    "gaps": {"key": "", "accepted": "", "distractors": ""},
}
_REQUIRED = {"stem", "key", "term", "meaning"}


def empty_form(kind: str) -> dict[str, Any]:
    """Return what the form of a new item holds."""
    count = {"options": 4, "gaps": 1}
    return {name: [dict(part) for _ in range(count[name])] for name, part in _PARTS.items() if name in OWN[kind]}


def form_data(item_data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of an item (as in a bank file)."""
    shown: dict[str, Any] = {}
    for name, value in item_data.items():
        match name, value:
            case "options", _:
                shown[name] = [{**_PARTS[name], **option} for option in value]
            case "gaps", _:
                shown[name] = [{key: _as_lines(part) for key, part in gap.items()} for gap in value]
            case "holds", _:
                shown[name] = "true" if value else "false"
            case "tags", _:
                shown[name] = " ".join(value)
            case "strict", _:
                shown[name] = list(value)
            case _:
                shown[name] = _as_lines(value)
    return shown


def item_data(form: ItemForm, kind: str, *, identity: str) -> dict[str, Any]:
    """Return what a form says, as an item of a bank file; empty parts at the end are left out."""
    data: dict[str, Any] = {"id": identity, "type": kind}
    for name in OWN[kind]:
        value = form[name].data
        match form[name]:
            case FieldList() as parts:
                data[name] = _filled_parts([_part(part.data) for part in parts])
            case Lines():
                data[name] = _split(value)
            case RadioField():
                data[name] = value == "true"
            case _:
                data[name] = (value or "").replace("\r\n", "\n").strip() if isinstance(value, str | None) else value
    data["explanation"] = (form.explanation.data or "").replace("\r\n", "\n").strip()
    data["tags"] = list(dict.fromkeys((form.tags.data or "").split()))
    return {name: value for name, value in data.items() if value not in ("", [], None, False) or name in _must(kind)}


def is_blank(data: Mapping[str, Any]) -> bool:
    """Say whether nothing was written yet of an item as ``item_data`` returns it."""
    parts = [*data.get("options", ()), *data.get("gaps", ())]
    names = {*data} - {"id", "type", "holds", "options", "gaps", "ordered"}
    return not any(data[name] for name in names) and not any(any(part.values()) for part in parts)


def _must(kind: str) -> set[str]:
    return (_REQUIRED & set(OWN[kind])) | ({"holds"} & set(OWN[kind])) | ({"options", "gaps"} & set(OWN[kind]))


def _part(data: Mapping[str, Any]) -> dict[str, Any]:
    part = {
        name: (
            _split(value) if name in {"accepted", "distractors"} else value.strip() if isinstance(value, str) else value
        )
        for name, value in data.items()
        if name != "csrf_token"
    }
    return {
        name: value for name, value in part.items() if value not in ("", [], None, False) or name in {"text", "key"}
    }


def _filled_parts(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    while len(parts) > 1 and not any(parts[-1].values()):
        parts.pop()
    return parts


def _split(text: str | None) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def _as_lines(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list | tuple) else value


def rearranged(shown: dict[str, Any], action: str) -> dict[str, Any]:
    """Return what a form holds after a button: "add-options", "remove-options-2", "up-options-2", "down-options-2"."""
    verb, _, rest = action.partition("-")
    name, _, place = rest.partition("-")
    parts = shown.get(name)
    if name not in _PARTS or not isinstance(parts, list):
        return shown
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else len(parts)
    if verb == "add" and len(parts) < MOST_PARTS:
        parts.append(dict(_PARTS[name]))
    elif verb == "remove" and at < len(parts) > 1:
        parts.pop(at)
    elif verb in {"up", "down"}:
        other = at - 1 if verb == "up" else at + 1
        if 0 <= at < len(parts) and 0 <= other < len(parts):
            parts[at], parts[other] = parts[other], parts[at]
    return shown
