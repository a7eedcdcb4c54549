"""Checking drafts: the article on the left, its drafts on the right; keep, edit, drop, undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from quizapp.core.article import Span
from quizapp.core.errors import ConflictError
from quizapp.operations import checking, gatekeeping, reading
from quizapp.store import banks, drafts
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.localisation import language
from quizapp.web.views import QuestionView, item_view

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.core.gate import Finding
    from quizapp.store.drafts import StoredDraft
    from quizapp.store.tables import BankRow

bp = Blueprint("drafts", __name__)
bp.before_request(access.require_teacher)

PAGE = 40
_MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with the question as it would be reviewed; ``spans`` are its evidence's places ("12-40 70-90")."""

    draft: StoredDraft
    question: QuestionView
    spans: str
    findings: tuple[Finding, ...]


@bp.get("/desk/banks/<name>/drafts")
def review(name: str) -> ResponseReturnValue:
    """Show a bank's article beside its drafts."""
    bank = access.bank(name, "edit")
    state = request.args.get("state", "")
    shown = state if state in drafts.STATES else ""
    found = drafts.page(db.session(), bank.id, state=shown, after=_place(request.args.get("after")), most=PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    article = banks.article_value(bank) or abort(404)
    said = gatekeeping.findings_of(found[:PAGE], article)
    facts = {each.fact.id: each.fact for each in found}
    return render_template(
        "desk/drafts.html",
        bank=bank,
        article=article,
        paragraphs=reading.paragraphs(article, list(facts.values())),
        drafts=[_view(number, each, said[each.id]) for number, each in enumerate(found[:PAGE], start=1)],
        counts=drafts.counts(db.session(), bank.id),
        state=shown,
        next_after=f"{last.position}-{last.id}" if last else "",
        undo=_undo(),
    )


def _view(number: int, draft: StoredDraft, findings: tuple[Finding, ...]) -> DraftView:
    spans = " ".join(f"{evidence.span.start}-{evidence.span.end}" for evidence in draft.fact.evidence)
    return DraftView(draft, item_view(draft.item, number=number), spans, findings)


@bp.post("/desk/banks/<name>/drafts/state")
def state(name: str) -> ResponseReturnValue:
    """Keep, drop or put back one draft or several."""
    bank = access.bank(name, "edit")
    chosen = request.form.get("state", "")
    ids = access.numbers(request.form.getlist("draft"), _MOST_AT_ONCE)
    if chosen not in drafts.STATES:
        abort(400)
    before = checking.set_state(db.session(), bank, ids, chosen, actor=access.me(), now=datetime.now(UTC))
    if request.accept_mimetypes.best == "application/json":
        return jsonify(before={str(key): value for key, value in before.items()},
                       counts=drafts.counts(db.session(), bank.id))  # fmt: skip
    undo = ".".join(str(key) for key, value in before.items() if value == "open")
    return redirect(
        url_for(".review", name=name, state=request.form.get("shown") or None,
                after=request.form.get("after") or None, undo=undo or None)
    )  # fmt: skip


@bp.post("/desk/banks/<name>/drafts/words")
def words(name: str) -> ResponseReturnValue:
    """Make a draft whose key are words that were selected in the article."""
    bank = access.bank(name, "edit")
    start, end = request.form.get("start", type=int), request.form.get("end", type=int)
    span = Span(start, end) if start is not None and end is not None and 0 <= start < end else None
    try:
        draft_id = checking.draft_words(db.session(), bank, span, request.form.get("words", ""))
    except ConflictError as error:
        flash(tell(error, language()), "warning")
        return redirect(url_for(".review", name=name, undo=request.form.get("undo") or None))
    flash(_("The draft with your words as its key stands at its place in the order of the article."))
    return redirect(place_of(bank, draft_id, undo=request.form.get("undo") or None))


def place_of(bank: BankRow, draft_id: int, *, undo: str | None = None) -> str:
    """Return the address of a draft among the others."""
    row = drafts.get(db.session(), bank.id, draft_id)
    after = drafts.before_page_of(db.session(), row, PAGE)
    return url_for("drafts.review", name=bank.name, after="-".join(map(str, after)) if after else None,
                   undo=undo, _anchor=f"d{draft_id}")  # fmt: skip


@bp.post("/desk/banks/<name>/drafts/<int(max=999999999999999999):draft_id>/mending")
def mending(name: str, draft_id: int) -> ResponseReturnValue:
    """Mend a draft as the gate proposes."""
    bank = access.bank(name, "edit")
    code, _dash, number = request.form.get("mend", "").partition(" ")
    gatekeeping.mend_draft(db.session(), bank, draft_id, code, access.number(number) or 0)
    return redirect(place_of(bank, draft_id))


def _undo() -> list[int]:
    """Return the drafts that the last button changed, which "undo" puts back."""
    return access.numbers(request.args.get("undo", "").split("."), _MOST_AT_ONCE)


def _place(text: str | None) -> tuple[int, int]:
    position, _dash, draft_id = (text or "").partition("-")
    if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (position, draft_id)):
        return int(position), int(draft_id)
    return -1, 0
