"""A bank on its teacher's desk: its items, listed, searched and dealt with in bulk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import SearchField, SelectChoice, SelectField, StringField
from wtforms.validators import Length

from quizapp.core.article import Modality
from quizapp.core.items import ITEM_TYPES
from quizapp.operations import bulk
from quizapp.store import banks, listing
from quizapp.store.database import db
from quizapp.store.listing import Filter
from quizapp.translation import FINDING_LABELS, LABELS, TYPE_LABELS
from quizapp.web import access

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.store.tables import BankRow

bp = Blueprint("bank_desk", __name__)
bp.before_request(access.require_teacher)

PAGE = 50
_BANKS_OFFERED = 100
_ANY = SelectChoice("", later("any"))


class FilterForm(FlaskForm):  # type: ignore[misc]
    """What to look for; sent with GET, so that a list has an address."""

    class Meta:
        """Nothing is changed by looking: no token."""

        csrf = False

    q = SearchField(later("Words"), [Length(max=200)])
    tag = StringField(later("Tag"), [Length(max=100)])
    type = SelectField(
        later("Type"),
        validate_choice=False,
        choices=[_ANY, *(SelectChoice(kind, later(word)) for kind, word in TYPE_LABELS.items())],
    )
    state = SelectField(
        later("State"),
        validate_choice=False,
        choices=[_ANY, SelectChoice("live", later("in use")), SelectChoice("retired", later("retired"))],
    )
    modality = SelectField(
        later("Certainty"),
        validate_choice=False,
        choices=[_ANY, *(SelectChoice(each.value, later(LABELS[each].word)) for each in Modality)],
    )
    finding = SelectField(
        later("Findings"),
        validate_choice=False,
        choices=[
            _ANY,
            SelectChoice("any", later("with a finding")),
            *(SelectChoice(code, later(word)) for code, word in FINDING_LABELS.items()),
        ],
    )


@bp.get("/desk/banks/<name>")
def items(name: str) -> ResponseReturnValue:
    """List a bank's items: all, or those that are looked for."""
    bank = access.bank(name, "edit")
    form = FilterForm(request.args)
    wanted = _wanted(form) if form.validate() else Filter()
    after = request.args.get("after", default=0, type=int)
    found = listing.page(db.session(), bank.id, wanted, after=after, most=PAGE + 1)
    asked = {field: value for field, value in request.args.items() if value and field in form}
    return render_template(
        "desk/items.html",
        bank=bank,
        form=form,
        asked=asked,
        items=found[:PAGE],
        tags=sorted({tag for entry in found for tag in entry.item.tags}),
        next_after=found[PAGE - 1].id if len(found) > PAGE else None,
        after=after,
        kinds=ITEM_TYPES,
        others=_others(bank),
        undo=session.get("undo", {}).get(name),
    )


def _wanted(form: FilterForm) -> Filter:
    return Filter(
        words=form.q.data or "",
        tag=form.tag.data or "",
        kind=form.type.data or "",
        state=form.state.data or "",
        modality=form.modality.data or "",
        finding=form.finding.data or "",
    )


def _others(bank: BankRow) -> list[banks.DeskEntry]:
    mine = banks.desk_page(db.session(), access.me().id, most=_BANKS_OFFERED, may="edit")
    return [entry for entry in mine if entry.name != bank.name]


@bp.post("/desk/banks/<name>/bulk")
def act(name: str) -> ResponseReturnValue:
    """Do one thing to all items that were ticked; the list then offers to undo it."""
    bank = access.bank(name, "edit")
    ids = [int(word) for word in request.form.getlist("item")[: bulk.MOST] if word.isascii() and word.isdigit()]
    action, _dash, word = request.form.get("do", "").partition(" ")
    tag = word or "-".join(request.form.get("word", "").split())[:100]
    undo = _act(bank, ids, action, tag, request.form.get("to", ""))
    kept = dict(session.get("undo", {}))
    kept.pop(name, None)
    session["undo"] = {**kept, name: undo} if undo and not request.form.get("undo") else kept
    place = {field: request.form[f"at-{field}"] for field in (*_FILTERS, "after") if request.form.get(f"at-{field}")}
    return redirect(url_for(".items", name=name) + _query(place))


_FILTERS = ("q", "tag", "type", "state", "modality", "finding")


def _query(place: dict[str, str]) -> str:
    return f"?{urlencode(place)}" if place else ""


def _act(bank: BankRow, ids: list[int], action: str, tag: str, to: str) -> dict[str, object] | None:
    """Do it; return what "undo" sends: the action that takes it back, and the items it is about."""
    actor, now = access.me(), datetime.now(UTC)
    match action:
        case "retire" | "restore":
            done = bulk.retire(db.session(), bank, ids, is_retired=action == "retire", actor=actor, now=now)
            back: dict[str, object] = {"do": "restore" if action == "retire" else "retire"}
        case "tag" | "untag" if tag:
            is_there = action == "tag"
            done = bulk.tag(db.session(), bank, ids, tag, is_there=is_there, actor=actor, now=now)
            back = {"do": f"{'untag' if is_there else 'tag'} {tag}"}
        case "move" if to:
            done = bulk.move(db.session(), bank, access.bank(to, "edit"), ids, actor=actor, now=now)
            back = {"do": "move", "to": bank.name, "at": to}
        case "copy" if to:
            target = access.bank(to, "edit")
            done = bulk.copy(db.session(), bank, target, ids, actor=actor, now=now)
            back = {"do": "retire", "at": to}
        case "tag" | "untag" | "move" | "copy":
            flash(_("Write a tag or choose a bank first."))
            return None
        case _:
            abort(400)
    flash(ngettext("%(num)d question was changed.", "%(num)d questions were changed.", len(done)))
    return {"at": bank.name, **back, "items": done} if done else None
