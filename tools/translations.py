"""Collect the messages of code and templates into each language's catalogue, and compile it.

``python tools/translations.py`` rewrites ``quizapp/translations/*/LC_MESSAGES/messages.{po,mo}``; tests prove that
nothing is left to collect, compile or translate.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "quizapp" / "translations"
FOLDERS = ("quizapp", "export", "templates")
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_IDLE_HEADERS = (
    b'"POT-C',
    b'"PO-Rev',
    b'"Generated-By',
    b'"Report-Msg',
    b'"Last-Tr',
    b'"Language-Team',
    b"#, fuzzy",
)
_ERRORS = (
    "QuizError", "NotFoundError", "UnreadableError", "SettingError", "ConflictError", "AnswerError", "BankFormatError",
    "EditConflictError", "ForbiddenError", "LimitError", "NameTakenError", "WeakPasswordError",
    "QuizSettingError", "ModelError", "ReviewError",
)  # fmt: skip
KEYWORDS: Mapping[str, Any] = {
    **DEFAULT_KEYWORDS,
    "later": None,
    "mark": None,
    "Fault": (2,),
    "Finding": (3,),
    **dict.fromkeys(_ERRORS),
}


def collect() -> Catalog:
    """Return every message that the code and the templates can show."""
    catalogue = Catalog(project="quizapp")
    for folder in FOLDERS:
        found = extract_from_dir(str(ROOT / folder), METHODS, keywords=KEYWORDS, strip_comment_tags=True)
        for filename, _line, message, comments, context in found:
            catalogue.add(message, None, [(f"{folder}/{filename}", 0)], auto_comments=comments, context=context)
    return catalogue


def updated(path: Path) -> Catalog:
    """Return the catalogue at ``path`` with what is there now, its translations kept."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return the text of a catalogue, always the same for the same messages."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = out.getvalue().lstrip().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_IDLE_HEADERS))


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as ``gettext`` reads it, always the same for the same messages."""
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Bring every catalogue up to date and name what lacks a translation."""
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        catalogue = updated(path)
        path.write_bytes(as_po(catalogue))
        with path.open("rb") as file:
            path.with_suffix(".mo").write_bytes(as_mo(read_po(file, locale=path.parts[-3])))
        missing = [str(message.id) for message in catalogue if message.id and not _is_translated(message.string)]
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(missing)} without translation")  # noqa: T201
        for text in missing:
            print(f"  {text}")  # noqa: T201


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()
