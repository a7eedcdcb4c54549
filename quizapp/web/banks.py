"""Banks: what they are about, their facts and evidence, and the way to a quiz or a deck."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from quizapp.core.errors import ConflictError
from quizapp.core.quiz_settings import Feedback, Rules
from quizapp.operations import quizzing, reading, reporting
from quizapp.store import banks, snapshots
from quizapp.store import facts as facts_stored
from quizapp.store.database import db
from quizapp.web import access, questions, visitor
from quizapp.web.forms import ReportForm, StartForm
from quizapp.web.localisation import language
from quizapp.web.views import evidence_view, item_view

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("banks", __name__)

FACTS_PAGE = 50


@bp.route("/banks/<name>", methods=["GET", "POST"])
def bank(name: str) -> ResponseReturnValue:
    """Show a bank; begin a quiz from it when that is asked for."""
    row = access.bank(name)
    counts = banks.counts(db.session(), row.id)
    if request.method == "POST" and not counts.items:
        raise ConflictError("the bank '%(name)s' has no questions yet", name=name)
    form = StartForm().offer(counts.items, counts.askable)
    if form.validate_on_submit():
        wanted = form.count.data
        number = {"each": counts.askable, "all": counts.items}.get(wanted) or int(wanted)
        now = datetime.now(UTC)
        code = quizzing.start_practice(
            db.session(), name, count=number, page_size=int(form.page_size.data), with_siblings=wanted == "all",
            rules=Rules(feedback=Feedback(form.feedback.data)), student_id=visitor.student(now).id, now=now,
        )  # fmt: skip
        return redirect(url_for("attempts.page", code=code, page=1))
    is_first = "after" not in request.args
    facts = facts_stored.page(db.session(), row.id, after=_position(request.args.get("after")), most=FACTS_PAGE + 1)
    article = banks.article_value(row)
    status = 400 if request.method == "POST" else 200
    return render_template(
        "banks/bank.html",
        bank=row,
        article=article,
        counts=counts,
        form=form,
        facts=[view for _, fact in facts[:FACTS_PAGE] if (view := evidence_view(fact, article))],
        next_after=facts[FACTS_PAGE - 1][0] if len(facts) > FACTS_PAGE else None,
        samples=[
            questions.sample(number, content, language())
            for number, content in enumerate(banks.samples(db.session(), row.id, 3) if is_first else (), start=1)
        ],
    ), status  # fmt: skip


@bp.get("/banks/<name>/article")
def article(name: str) -> ResponseReturnValue:
    """Show a bank's article, each sentence with how it speaks."""
    row = access.bank(name)
    text = banks.article_value(row) or abort(404)
    facts = facts_stored.page(db.session(), row.id, most=1000)
    return render_template(
        "banks/article.html",
        bank=row,
        article=text,
        paragraphs=reading.paragraphs(text, [fact for _, fact in facts if fact.article is None]),
    )


@bp.get("/banks/<name>/items/<identity>")
def item(name: str, identity: str) -> ResponseReturnValue:
    """Show one item with its key, why, and its evidence; decks lead here."""
    row = access.bank(name)
    content = banks.get_item(db.session(), row.id, identity)
    return render_template(
        "banks/item.html",
        bank=row,
        q=item_view(snapshots.parse(content).item),
        explanation=questions.explanation(content, 0, language()),
        identity=identity,
    )


@bp.route("/banks/<name>/items/<identity>/report", methods=["GET", "POST"])
def report(name: str, identity: str) -> ResponseReturnValue:
    """Ask whoever comes from a card what is wrong with an item, and keep it for whoever keeps the bank."""
    row = access.bank(name)
    found = snapshots.parse(banks.get_item(db.session(), row.id, identity)).item
    form = ReportForm()
    back = access.own_path(request.args.get("back"), "")
    if form.validate_on_submit():
        current_app.extensions["limits"].count_report(f"{name} {identity}", request.remote_addr or "")
        reporting.report_read_item(
            db.session(), row.id, identity, reason=form.reason.data, words=form.words.data or "", now=datetime.now(UTC)
        )
        return redirect(url_for(".report", name=name, identity=identity, back=back or None, sent=1))
    return render_template(
        "attempts/report.html",
        form=form,
        number=None,
        stem=found.questions[0].stem,
        language_of_stem=found.language,
        back=back or url_for(".item", name=name, identity=identity),
        is_sent="sent" in request.args,
    ), 400 if request.method == "POST" else 200


def _position(text: str | None) -> int:
    """Return the position that an address names, -1 (before all) when it names none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1
