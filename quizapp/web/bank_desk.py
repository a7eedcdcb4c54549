"""A bank on its teacher's desk: its items, listed, searched and dealt with in bulk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from quizapp.core.items import ITEM_TYPES
from quizapp.operations import editing
from quizapp.store import listing
from quizapp.store.database import db
from quizapp.web import access

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("bank_desk", __name__)
bp.before_request(access.require_teacher)

PAGE = 50


@bp.get("/desk/banks/<name>")
def items(name: str) -> ResponseReturnValue:
    """List a bank's items."""
    bank = access.bank(name, "edit")
    found = listing.page(db.session(), bank.id, after=request.args.get("after", default=0, type=int), most=PAGE + 1)
    return render_template(
        "desk/items.html",
        bank=bank,
        items=found[:PAGE],
        next_after=found[PAGE - 1].id if len(found) > PAGE else None,
        kinds=ITEM_TYPES,
    )


@bp.post("/desk/banks/<name>/items/<identity>/retirement")
def retirement(name: str, identity: str) -> ResponseReturnValue:
    """Take an item out of use, or back into it."""
    bank = access.bank(name, "edit")
    is_retired = request.form.get("retired") == "1"
    editing.retire_item(db.session(), bank, identity, is_retired=is_retired, actor=access.me(), now=datetime.now(UTC))
    return redirect(url_for(".items", name=name))
