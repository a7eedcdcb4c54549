"""Decks: what is to be in them, an address that always gives the newest, and how to update in Anki."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask_babel import lazy_gettext as later
from wtforms import BooleanField, Form, HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import Length

from export import anki_text, tab_text, table
from export.anki import Wishes
from quizapp.operations import exporting, students
from quizapp.store import banks, quizzes
from quizapp.store.database import db
from quizapp.web import access, visitor
from quizapp.web.localisation import LANGUAGE_NAMES
from quizapp.web.results import day_here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.core.bank import Bank
    from quizapp.store.tables import BankRow

bp = Blueprint("decks", __name__)

# What each format of text cannot carry.
_LOSSES = {".txt": anki_text.LOSSES, ".csv": table.LOSSES, ".tsv": tab_text.LOSSES}
_TYPES = {".apkg": "application/octet-stream", ".csv": "text/csv; charset=utf-8"}


class DeckForm(Form):  # type: ignore[misc]
    """What is to be in a deck. It is part of the address, so that the address gives the same choice again."""

    tag = SelectField(later("Only questions with the tag"), choices=[], default="", validate_choice=False)
    words = StringField(later("Only questions with the words"), default="", validators=[Length(max=100)])
    parts = SelectField(
        later("Sub-decks"),
        default="whole",
        choices=[
            SelectChoice("whole", later("no sub-decks")),
            SelectChoice("section", later("by section")),
            SelectChoice("tag", later("by tag")),
        ],
    )
    language = SelectField(
        later("Language of headings and labels"),
        default="",
        choices=[SelectChoice("", later("as the question")), *(SelectChoice(*each) for each in LANGUAGE_NAMES.items())],
    )
    quiz = HiddenField(default="", validators=[Length(max=32)])
    recall = BooleanField(later("Ask choices without their options"))
    plain = BooleanField(later("Leave out furigana"))
    missed = BooleanField(later("Only what I missed in quizzes here"))

    @property
    def choices(self) -> dict[str, str]:
        """The choices that are not as they are by default, as parts of an address."""
        return {
            field.name: "1" if field.data is True else str(field.data).strip()
            for field in self
            if field.data and field.data != "whole"
        }


@bp.get("/banks/<name>/deck")
def page(name: str) -> ResponseReturnValue:
    """Let a learner choose what is in a deck, and tell how to update it."""
    row = access.bank(name)
    form = DeckForm(request.args)
    form.tag.choices = [
        SelectChoice("", later("any")),
        *(SelectChoice(tag, tag) for tag in banks.tags(db.session(), row.id)),
    ]
    is_valid = form.validate()
    choices = form.choices if is_valid else {}
    shared = {key: value for key, value in choices.items() if key in {"tag", "words", "quiz"}}
    return render_template(
        "decks/page.html",
        bank=row,
        form=form,
        address=url_for(".file", name=name, ending="apkg", _external=True) + _query(choices),
        texts=[
            (ending, url_for(".file", name=name, ending=ending[1:]) + _query(shared), losses)
            for ending, losses in _LOSSES.items()
        ],
    ), 200 if is_valid else 400


@bp.get("/banks/<name>/deck.<ending>")
def file(name: str, ending: str) -> ResponseReturnValue:
    """Send a bank as an Anki deck, a table or text; as long as nothing has changed only that is said."""
    row = access.bank(name)
    exporting.require_format(f".{ending}")
    return _send(row, f".{ending}")


def _send(row: BankRow, ending: str) -> ResponseReturnValue:
    form = DeckForm(request.args)
    if not form.validate():
        abort(400)
    missed = _missed() if form.missed.data else None
    asked = quizzes.item_identities(db.session(), form.quiz.data) if form.quiz.data else None
    choices = (ending, request.host_url, sorted(form.choices.items()), missed, asked)
    digest = exporting.deck_digest(row, banks.deck_state(db.session(), row.id), *choices)
    response = make_response()
    response.set_etag(digest)
    response.headers["Cache-Control"] = "private, no-cache"
    if request.if_none_match.contains(digest):
        return response.make_conditional(request)
    bank = _chosen(banks.read_whole(db.session(), row.name), form, missed, asked)
    wishes = Wishes(
        recall=form.recall.data, furigana=not form.plain.data, parts=form.parts.data, words=form.language.data
    )
    response.data = exporting.export_bank(bank, ending, address=request.host_url, wishes=wishes).content
    response.headers["Content-Type"] = _TYPES.get(ending, "text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.name}{ending}"'
    return response


def _query(choices: dict[str, str]) -> str:
    return f"?{urlencode(choices)}" if choices else ""


def _chosen(bank: Bank, form: DeckForm, *among: list[str] | None) -> Bank:
    for ids in among:
        bank = bank if ids is None else exporting.choose(bank, ids=set(ids))
    if form.tag.data or form.words.data:
        return exporting.choose(bank, tag=form.tag.data or "", words=form.words.data or "")
    return bank


def _missed() -> list[str]:
    """Return the identities of what the visitor missed, in a fixed order."""
    student_id = visitor.student_id()
    if student_id is None:
        return []
    return sorted(students.missed_items(db.session(), student_id, now=datetime.now(UTC), day_of=day_here))
