"""A bank on its teacher's desk: its items, listed, searched and dealt with in bulk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.operations import bulk
from quizapp.store import bank_lists, listing
from quizapp.store.database import db, plain_engine
from quizapp.store.listing import Filter
from quizapp.web import access, bank_list

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.store.tables import BankRow

bp = Blueprint("bank_desk", __name__)
bp.before_request(access.require_teacher_looking_up_banks_of("bank_desk.items"))

PAGE = 50
_BANKS_OFFERED = 100
# In the order of ``Filter``'s fields.
_FILTERS = ("q", "tag", "type", "state", "modality", "finding")


@bp.get("/desk/banks/<name>")
def items(name: str) -> ResponseReturnValue:
    """List a bank's items: all, or those that are looked for."""
    bank = access.bank_head(name, "edit")
    args = request.args.to_dict()  # werkzeug's own dictionary makes an error of each name that is not there
    asked = {field: value[:200] for field in _FILTERS if (value := args.get(field))}
    after = access.number(args.get("after")) or 0
    wanted = Filter(*(asked.get(field, "") for field in _FILTERS)) if asked else None
    found = listing.lines(plain_engine(), bank.id, wanted, after=max(after, (bank.first_item or 1) - 1), most=PAGE + 1)
    return bank_list.html(
        bank,
        asked,
        found[:PAGE],
        count=None if after else _count(bank.id, found, is_asked=bool(asked)),
        after=after,
        next_after=found[PAGE - 1][0] if len(found) > PAGE else 0,
        undo=session.get("undo", {}).get(name),
    )


def _count(bank_id: int, found: list[listing.Line], *, is_asked: bool) -> int | None:
    """Return how many questions there are, or were found, by the first page of them; None where that costs much.

    Where there is but one page those in use alone are counted.
    """
    if is_asked:
        return len(found) if len(found) <= PAGE else None
    if len(found) > PAGE:
        return listing.count(plain_engine(), bank_id)
    return sum(not is_retired for _row, _version, _at, is_retired in found)


@bp.post("/desk/banks/<name>/bulk")
def act(name: str) -> ResponseReturnValue:
    """Do one thing to all items that were ticked; the list then offers to undo it."""
    bank = access.bank(name, "edit")
    ids = access.numbers(request.form.getlist("item"), bulk.MOST)
    action, _dash, word = request.form.get("do", "").partition(" ")
    tag = word or "-".join(request.form.get("word", "").split())[:100]
    if action == "target":
        return render_template("desk/target.html", bank=bank, ids=ids, others=_others(bank), place=_place())
    undo = _act(bank, ids, action, tag, request.form.get("to", ""))
    # Only the last one: the cookie has little room.
    session["undo"] = {name: undo} if undo and not request.form.get("undo") else {}
    place = _place()
    return redirect(url_for(".items", name=name) + (f"?{urlencode(place)}" if place else ""))


def _place() -> dict[str, str]:
    """Return where in the list somebody was: what was looked for, and after which row."""
    return {field: value for field in (*_FILTERS, "after") if (value := request.form.get(f"at-{field}"))}


def _others(bank: BankRow) -> list[bank_lists.DeskEntry]:
    mine = bank_lists.desk_page(db.session(), access.me().id, most=_BANKS_OFFERED, may="edit")
    return [entry for entry in mine if entry.name != bank.name]


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
