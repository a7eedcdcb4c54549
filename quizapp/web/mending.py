"""What is to be mended: the list, the figures of an item, students' reports, and judging again after a correction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from quizapp.core.article import Modality
from quizapp.core.errors import ConflictError
from quizapp.core.gate import Finding, Severity
from quizapp.core.inputs import is_typed
from quizapp.core.statistics import ENOUGH, item_statistics, median, option_tables
from quizapp.operations import mending, regrading, sharing
from quizapp.operations.answer_file import answer_words
from quizapp.operations.items import current
from quizapp.store import accounts, snapshots, versions
from quizapp.store import mending as store
from quizapp.store import statistics as sums
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.differences import difference
from quizapp.web.forms import REPORT_REASONS, RegradeForm
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from flask.typing import ResponseReturnValue

bp = Blueprint("mending", __name__)
bp.before_request(access.require_teacher_looking_up_banks_of("mending.statistics"))

PAGE = 50
_CONFIRMED = "confirmed"
_MOST_UNDONE = 50  # the cookie has little room
_REPORT_WORDS = {choice.value: choice.label for choice in REPORT_REASONS}


@bp.get("/desk/mend")
def index() -> ResponseReturnValue:
    """List the items that want mending, the gravest first."""
    me = access.me()
    after, bank = request.args.get("after", ""), request.args.get("bank", "")
    weight, _dash, item_id = after.partition("-")
    at = access.numbers([weight, item_id], 2)
    place = (at[0], at[1]) if len(at) == 2 else None
    found = store.page(db.session(), me.id, after=place, bank_name=bank, most=PAGE + 1)
    banks = store.banks(db.session(), me.id)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return render_template(
        "mending/index.html",
        entries=[
            (each, [(reason, _finding(reason)) for reason in each.reasons], _correction(each.reasons))
            for each in found[:PAGE]
        ],
        banks=banks,
        stale=[bank for bank in banks if bank.is_stale],
        bank=bank,
        after=after,
        next_after=f"{last.weight}-{last.item_id}" if last else "",
        report_words=_REPORT_WORDS,
        confirmed=_to_undo(),
    )


def _correction(reasons: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what a correction of the article made of the sentences that an item rests on."""
    found = next((reason for reason in reasons if reason.get("was")), None)
    return found and {**found, "pieces": difference(found["was"], found["now"])}


@bp.post("/desk/banks/<name>/items/<identity>/still-right")
def confirm(name: str, identity: str) -> ResponseReturnValue:
    """Let an item, and all on the same fact, rest on the corrected sentences, or take that back."""
    bank, me, now = access.bank(name, "edit"), access.me(), datetime.now(UTC)
    last = session.pop(_CONFIRMED, {})
    try:
        if request.form.get("undo"):
            numbers = last["numbers"] if (last.get("bank"), last.get("item")) == (name, identity) else {}
            mending.take_back(db.session(), bank, numbers, actor=me, now=now)
        else:
            done = mending.confirm(db.session(), bank, identity, seen=request.form.get("seen", ""), actor=me, now=now)
            said = access.number(request.form.get("questions"))
            if len(done.numbers) <= _MOST_UNDONE:
                session[_CONFIRMED] = {
                    "bank": name, "item": identity, "numbers": done.numbers, "done": done.live, "said": said
                }  # fmt: skip
            else:
                flash(_rest_on_new_words(done.live, said))
    except ConflictError as error:
        db.session.rollback()
        flash(tell(error, language()), "warning")
    return redirect(url_for(".index", bank=request.form.get("shown") or None))


def _rest_on_new_words(done: int, said: int | None) -> str:
    """Return how many questions were found still right, and that it is not the number that was shown before."""
    told = str(
        ngettext(
            "%(num)d question rests on the new words, as a new version.",
            "%(num)d questions rest on the new words, as new versions.",
            done,
        )
    )
    if said is None or said == done:
        return told
    before = _("When the question bank was looked over it was %(num)d.", num=said)
    return f"{told} {before}"


def _to_undo() -> dict[str, Any] | None:
    """Return what was last found still right, as long as nothing came after it."""
    last = session.get(_CONFIRMED)
    # What an earlier release noted says less.
    if last and "done" not in last:
        session.pop(_CONFIRMED)
        return None
    if last and store.numbers_in_force(db.session(), last["bank"], last["numbers"]) != last["numbers"]:
        session.pop(_CONFIRMED)
        return None
    return last and {**last, "words": _rest_on_new_words(last["done"], last.get("said"))}


def _finding(reason: dict[str, Any]) -> str:
    """Return what the gate said, in the visitor's language; "" for what the gate did not say."""
    if reason["kind"] != "finding":
        return ""
    known = {modality.value: modality for modality in Modality}
    values = {name: known.get(value, value) if isinstance(value, str) else value
              for name, value in reason["values"].items()}  # fmt: skip
    said = reason["message"]
    return tell(Finding("", Severity(reason["severity"]), said, values), language())


@bp.post("/desk/mend")
def look() -> ResponseReturnValue:
    """Look one bank over: the one that is named, else the one that waits longest."""
    waiting = store.banks(db.session(), access.me().id)
    name = request.form.get("bank") or (waiting[0].name if waiting else "")
    if name:
        mending.look_over(db.session(), access.bank(name, "edit"), now=datetime.now(UTC))
    return redirect(url_for(".index", bank=request.args.get("bank")))


@bp.get("/desk/banks/<name>/items/<identity>/statistics")
def statistics(name: str, identity: str) -> ResponseReturnValue:
    """Show what first attempts tell of one version of an item: by default of the newest."""
    bank = access.bank_head(name)
    every = versions.of_item(db.session(), bank.id, identity) or abort(404)
    number = request.args.get("version", every[-1].number, type=int)
    entry = next((each for each in every if each.number == number), every[-1])
    these = versions.attempts_with(entry.version_id) & sums.is_first()
    found = sums.version_sums(db.session(), these, entry.version_id)
    may_edit = sharing.allows(bank, access.me(), "edit", lambda: bank.share)
    forms = []
    for form, counts in sorted(found.answers.items()):
        question = entry.item.questions[form]
        given = [(answer_words(question.input, each.answer), each) for each in counts[:20]]
        may_see = may_edit or not is_typed(question.input)
        forms.append((question, option_tables(question.input, counts), given if may_see else None))
    seconds = sums.answer_seconds(db.session(), these, version_id=entry.version_id)
    return render_template(
        "mending/statistics.html",
        bank=bank,
        identity=identity,
        entry=entry,
        versions=every,
        figures=item_statistics(found.sums),
        seconds=median(seconds.get(entry.version_id, [])),
        forms=forms,
        enough=ENOUGH,
    )


@bp.route("/desk/banks/<name>/items/<identity>/regrading", methods=["GET", "POST"])
def regrade(name: str, identity: str) -> ResponseReturnValue:
    """Show whose scores change by the version in force, and judge again once that is wanted."""
    bank, me = access.bank(name, "edit"), access.me()
    _row, version = current(db.session(), bank.id, identity)
    form = RegradeForm()
    if form.validate_on_submit():
        changes = regrading.regrade(
            db.session(), identity, reason=form.reason.data or "", actor=me, now=datetime.now(UTC)
        )
        count = len(changes)
        flash(ngettext("%(num)d score was changed.", "%(num)d scores were changed.", count))
        return redirect(url_for(".regrade", name=name, identity=identity))
    changes = regrading.preview(db.session(), identity)
    mine = {change.attempt_id for change in changes}
    if changes and not me.is_admin:
        mine = set(store.own_attempts(db.session(), mine, me.id))
    return render_template(
        "mending/regrade.html",
        bank=bank,
        identity=identity,
        item=snapshots.read(version.content).item,
        form=form,
        changes=[change for change in changes if change.attempt_id in mine],
        others=sum(change.attempt_id not in mine for change in changes),
    ), 400 if form.is_submitted() else 200


@bp.get("/desk/banks/<name>/items/<identity>/record")
def record(name: str, identity: str) -> ResponseReturnValue:
    """Show what became of an item: who wrote, changed, settled and judged again, and when."""
    bank = access.bank(name, "edit")
    row, version = current(db.session(), bank.id, identity)
    return render_template(
        "mending/record.html",
        bank=bank,
        identity=identity,
        item=snapshots.read(version.content).item,
        entries=accounts.audit_about(db.session(), [f"{bank.name} {identity}", identity]),
        reports=versions.reports(db.session(), row.id, with_settled=True),
        report_words=_REPORT_WORDS,
    )


@bp.route("/desk/banks/<name>/items/<identity>/reports", methods=["GET", "POST"])
def reports(name: str, identity: str) -> ResponseReturnValue:
    """Show what students report of an item, and settle it."""
    bank = access.bank(name, "edit")
    row, version = current(db.session(), bank.id, identity)
    if request.method == "POST":
        mending.settle_reports(db.session(), bank, identity, actor=access.me(), now=datetime.now(UTC))
        return redirect(url_for(".index"))
    return render_template(
        "mending/reports.html",
        bank=bank,
        identity=identity,
        item=snapshots.read(version.content).item,
        reports=versions.reports(db.session(), row.id),
        report_words=_REPORT_WORDS,
    )
