"""Writing items by hand: the editor for every item type, its preview, versions and copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from quizapp.core.items import ITEM_TYPES
from quizapp.drafting.ja.readings import with_furigana
from quizapp.operations import checking, editing, gatekeeping, items
from quizapp.operations.items import EditConflictError
from quizapp.store import banks, drafts, snapshots
from quizapp.store import facts as facts_stored
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access, item_fields, item_forms, previews
from quizapp.web.differences import described, difference
from quizapp.web.drafts import place_of
from quizapp.web.localisation import language
from quizapp.web.previews import Desk

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.core.bank import Fact
    from quizapp.core.items import Item
    from quizapp.store.desk_tables import DraftRow
    from quizapp.store.snapshots import Snapshot
    from quizapp.store.tables import BankRow
    from quizapp.web.item_forms import ItemForm

bp = Blueprint("editor", __name__)
bp.before_request(access.require_teacher)

_FACTS_OFFERED = 300
_RICH = {"stem", "explanation", "meaning"}


@bp.route("/desk/banks/<name>/items/new/<kind>", methods=["GET", "POST"])
def new(name: str, kind: str) -> ResponseReturnValue:
    """Write a new item."""
    if kind not in ITEM_TYPES:
        abort(404)
    return _edit(Desk(access.bank(name, "edit"), kind))


@bp.route("/desk/banks/<name>/items/<identity>", methods=["GET", "POST"])
def item(name: str, identity: str) -> ResponseReturnValue:
    """Write a new version of an item."""
    return _edit(_at_item(access.bank(name, "edit"), identity))


def _at_item(bank: BankRow, identity: str) -> Desk:
    row, version = items.current(db.session(), bank.id, identity)
    snapshot = snapshots.read(version.content)
    return Desk(bank, version.kind, identity, row.version_number, snapshot=snapshot, fact_id=row.fact_id)


@bp.route("/desk/banks/<name>/drafts/<int(max=999999999999999999):draft_id>", methods=["GET", "POST"])
def draft(name: str, draft_id: int) -> ResponseReturnValue:
    """Give a draft other words."""
    bank = access.bank(name, "edit")
    row = drafts.get(db.session(), bank.id, draft_id)
    if row.state == "kept":
        return redirect(url_for(".item", name=name, identity=row.identity))
    return _edit(_at_draft(bank, row))


def _at_draft(bank: BankRow, row: DraftRow) -> Desk:
    found = drafts.value(row)
    snapshot = snapshots.Snapshot(found.item, found.fact, banks.article_value(bank))
    return Desk(bank, found.item.kind, row.name, row.revision, row.id, snapshot)


@bp.post("/desk/banks/<name>/preview/<kind>")
def preview(name: str, kind: str) -> ResponseReturnValue:
    """Show what is being written as a student and as a learner of cards would see it; nothing is kept."""
    bank = access.bank(name, "edit")
    if kind not in ITEM_TYPES:
        abort(404)
    form = item_forms.FORMS[kind](item_forms.sent(kind, request.form))
    identity, draft_id = request.args.get("item", ""), access.number(request.args.get("draft"))
    desk = Desk(bank, kind)
    if draft_id:
        desk = _at_draft(bank, drafts.get(db.session(), bank.id, draft_id))
    elif identity:
        desk = _at_item(bank, identity)
    return render_template("desk/_preview.html", preview=previews.of(replace(desk, kind=kind), form))


def _edit(desk: Desk) -> ResponseReturnValue:
    form_class = item_forms.FORMS[desk.kind]
    action = request.form.get("do", "")
    if request.method == "GET":
        return _page(desk, form_class(formdata=None, **_first(desk)))
    form = form_class(item_forms.sent(desk.kind, request.form))
    if action not in {"save", "keep"}:
        # A button that only rearranges the form: what was written stays, nothing is kept.
        shown = {field.short_name: field.data for field in form if field.short_name != "csrf_token"}
        if action.startswith("mend "):
            return _page(desk, form_class(formdata=None, **{**shown, **_mended(desk, form, action)}))
        return _page(desk, form_class(formdata=None, **_after(shown, action)))
    saved = _save(desk, form, action) if form.validate() else None
    return saved if saved is not None else (_page(desk, form), 400)


def _first(desk: Desk) -> dict[str, Any]:
    if desk.snapshot is None:
        return {**item_fields.empty_form(desk.kind), "number": "0"}
    shown = item_fields.form_data(desk.snapshot.item.to_data())
    now = desk.became.renewed if desk.became else None
    if now:
        quotes = {each.quote for each in desk.snapshot.fact.evidence} if desk.snapshot.fact else set()
        changed = next((each for each in now.evidence if each.quote not in quotes), now.evidence[0])
        shown |= {"quote": changed.quote, "modality": now.claim.modality.value, "says": now.claim.says}
    return {**shown, "number": str(desk.number), "fact": "=" if desk.snapshot.fact else ""}


def _after(shown: dict[str, Any], action: str) -> dict[str, Any]:
    verb, _dash, name = action.partition("-")
    if verb == "furigana" and name in _RICH and shown.get(name):
        return {**shown, name: with_furigana(shown[name])}
    return item_fields.rearranged(shown, action)


def _mended(desk: Desk, form: ItemForm, action: str) -> dict[str, Any]:
    """Return the fields of the item as the gate's proposal would have it."""
    _verb, code, number = (*action.split(" "), "", "")[:3]
    written = _written_item(desk, form)
    if written is None:
        return {}
    findings = previews.findings(desk, form, written)
    mended = gatekeeping.mended(written, code, access.number(number) or 0, findings)
    return item_fields.form_data(mended.to_data())


def _written_item(desk: Desk, form: ItemForm) -> Item | None:
    data = item_fields.item_data(form, desk.kind, identity=desk.identity or "new-question")
    return editing.read_item(data, desk.language)[0]


def _save(desk: Desk, form: ItemForm, action: str) -> ResponseReturnValue | None:
    """Keep what was written and lead on, or put what is wrong beside its field and return None."""
    data = item_fields.item_data(form, desk.kind, identity=desk.identity or "new-question")
    written, faults = editing.read_item(data, desk.language)
    fact, fact_faults = editing.find_fact(db.session(), desk.bank, previews.wish(form))
    item_forms.tell_faults(form, [*faults, *fact_faults])
    if written is None or fact_faults:
        return None
    try:
        return _keep(desk, form, written, fact, action)
    except EditConflictError as error:
        db.session.rollback()
        form.number.errors = [tell(error, language())]
        _show_theirs(desk, form)
        return None


def _keep(desk: Desk, form: ItemForm, written: Item, fact: Fact | None, action: str) -> ResponseReturnValue:
    session, now, name = db.session(), datetime.now(UTC), desk.bank.name
    number = access.number(form.number.data) or 0
    if desk.draft_id is not None:
        checking.edit(session, desk.bank, desk.draft_id, written, revision=number)
        if action == "keep":
            checking.set_state(session, desk.bank, [desk.draft_id], "kept", actor=access.me(), now=now)
        flash(_("The question is kept.") if action == "keep" else _("The draft is changed."))
        return redirect(place_of(desk.bank, desk.draft_id))
    if not desk.identity:
        identity = editing.add_item(session, desk.bank, written, fact, actor=access.me(), now=now)
        again = Markup('{} <a href="{}">{}</a>').format(
            _("The question is kept."), url_for(".new", name=name, kind=desk.kind), _("Write the next one")
        )
        flash(again)
        return redirect(url_for(".item", name=name, identity=identity))
    _row, version = items.current(session, desk.bank.id, desk.identity)
    ground = items.ground_of(version.content) if form.fact.data == "=" else None
    is_changed = editing.save_item(
        session, desk.bank, written, fact, number=number, actor=access.me(), now=now, ground=ground
    )
    flash(_("The question is saved as a new version.") if is_changed else _("Nothing was different."))
    return redirect(url_for(".item", name=name, identity=desk.identity))


def _show_theirs(desk: Desk, form: ItemForm) -> None:
    """Show the version that somebody else wrote; saving once more, knowing it, puts one's own on top of it."""
    if desk.draft_id is not None:
        row = drafts.get(db.session(), desk.bank.id, desk.draft_id)
        desk.theirs, desk.number = snapshots.Snapshot(drafts.value(row).item, None, None), row.revision
    else:
        row_item, version = items.current(db.session(), desk.bank.id, desk.identity)
        desk.theirs, desk.number = snapshots.read(version.content), row_item.version_number
    form.number.data = str(desk.number)


def _page(desk: Desk, form: ItemForm) -> str:
    session = db.session()
    article = banks.article_value(desk.bank)
    facts = [fact for _, fact in facts_stored.page(session, desk.bank.id, most=_FACTS_OFFERED)]
    has_ground = bool(desk.snapshot and desk.snapshot.fact)
    item_forms.offer_facts(form, facts, has_article=bool(article), has_ground=has_ground)
    return render_template(
        "desk/item.html",
        desk=desk,
        bank=desk.bank,
        form=form,
        own=item_forms.OWN[desk.kind],
        seldom=item_forms.SELDOM,
        seldom_used=item_forms.is_seldom_used(form),
        rich=_RICH,
        errors=item_forms.all_errors(form),
        article=article,
        preview=previews.of(desk, form),
        became_pieces=difference(desk.became.before, desk.became.after) if desk.became else [],
        theirs=difference(_words(desk.theirs), _written(form, desk)) if desk.theirs else None,
    )


@bp.get("/desk/banks/<name>/items/<identity>/versions")
def versions(name: str, identity: str) -> ResponseReturnValue:
    """Show the versions of an item, each with its difference to the one before."""
    bank = access.bank(name, "edit")
    rows = editing.versions(db.session(), bank, identity)
    texts = [_words(snapshots.read(row.content)) for row in rows]
    return render_template(
        "desk/versions.html",
        bank=bank,
        identity=identity,
        versions=[
            (row, difference(texts[at + 1] if at + 1 < len(texts) else "", texts[at])) for at, row in enumerate(rows)
        ],
    )


@bp.post("/desk/banks/<name>/items/<identity>/versions")
def restore(name: str, identity: str) -> ResponseReturnValue:
    """Bring an earlier version back, as a new one."""
    bank = access.bank(name, "edit")
    number = access.number(request.form.get("number")) or 0
    editing.restore_version(db.session(), bank, identity, number, actor=access.me(), now=datetime.now(UTC))
    flash(_("Version %(number)d is in force again, as a new version.", number=number))
    return redirect(url_for(".item", name=name, identity=identity))


@bp.post("/desk/banks/<name>/items/<identity>/copies")
def copy(name: str, identity: str) -> ResponseReturnValue:
    """Make a copy of an item, to write something like it."""
    bank = access.bank(name, "edit")
    copied = editing.copy_item(db.session(), bank, identity, actor=access.me(), now=datetime.now(UTC))
    flash(_("This is the copy."))
    return redirect(url_for(".item", name=name, identity=copied))


def _words(snapshot: Snapshot | None) -> str:
    """Return an item as text for comparing."""
    return described(snapshot.item.to_data()) if snapshot else ""


def _written(form: ItemForm, desk: Desk) -> str:
    return described(item_fields.item_data(form, desk.kind, identity=desk.identity))
