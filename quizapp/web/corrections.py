"""Correcting a bank's article: first what the correction means for its questions, then the correction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from quizapp import intake
from quizapp.core.article import Article, Source
from quizapp.operations import correcting
from quizapp.operations.items import EditConflictError
from quizapp.store import banks
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.account_forms import add_error
from quizapp.web.differences import difference
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from quizapp.core.items import Item
    from quizapp.operations.correcting import Outlook
    from quizapp.store.tables import BankRow

bp = Blueprint("corrections", __name__)
bp.before_request(access.require_teacher)


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """An article as it shall be; ``seen`` is what it was corrected from, ``shown`` what was looked at last."""

    title = StringField(later("Title"), [InputRequired(later("Write a title.")), Length(max=200)])
    published = DateField(later("Published on"), [Optional()])
    sources = TextAreaField(later("Sources"), [Length(max=5000)], render_kw={"rows": 2})
    text = TextAreaField(
        later("The article's text"), [InputRequired(later("Write or paste the text."))], render_kw={"rows": 20}
    )
    seen = HiddenField()
    shown = HiddenField()


@dataclass(frozen=True, slots=True)
class TouchedView:
    """A fact whose words change, with the difference, its questions, and whether it may rest on the new words."""

    fact_id: str
    pieces: list[tuple[str, str]]
    items: tuple[Item, ...]
    can_be_renewed: bool
    is_ticked: bool


@bp.route("/desk/banks/<name>/article", methods=["GET", "POST"])
def correct(name: str) -> ResponseReturnValue:
    """Show what correcting the article would do, and correct it once that was seen."""
    bank = access.bank(name, "edit")
    old = banks.article_value(bank)
    form = CorrectionForm()
    if not form.is_submitted():
        return _page(bank, CorrectionForm(formdata=None, data=_shown(old)))
    if not form.validate():
        return _page(bank, form), 400
    new = _article(form, old.language if old else bank.language)
    if request.form.get("do") != "correct" or form.shown.data != correcting.digest(new):
        form.shown.data = correcting.digest(new)
        return _page(bank, form, correcting.outlook(db.session(), bank, new))
    try:
        done = correcting.correct(
            db.session(), bank, new, seen=form.seen.data or "", renewed=request.form.getlist("renewed"),
            actor=access.me(), now=datetime.now(UTC),
        )  # fmt: skip
    except EditConflictError as error:
        db.session.rollback()
        form.seen.data = correcting.digest(banks.article_value(access.bank(name, "edit")))
        add_error(form, "text", tell(error, language()))
        return _page(bank, form, correcting.outlook(db.session(), bank, new)), 400
    flash(_("The article is corrected."))
    if done.items_touched:
        flash(
            ngettext(
                "%(num)d question rests on a sentence that changed: it stands under “To mend”.",
                "%(num)d questions rest on sentences that changed: they stand under “To mend”.",
                done.items_touched,
            )
        )
    if done.drafts_added:
        flash(ngettext("%(num)d new draft.", "%(num)d new drafts.", done.drafts_added))
    return redirect(url_for("drafts.review", name=name))


def _shown(article: Article | None) -> dict[str, object]:
    if article is None:
        return {"seen": correcting.digest(None)}
    lines = [f"{source.name} {source.url}".strip() for source in article.sources]
    return {
        "title": article.title, "published": article.published, "sources": "\n".join(lines), "text": article.text,
        "seen": correcting.digest(article),
    }  # fmt: skip


def _article(form: CorrectionForm, spoken: str) -> Article:
    return Article(
        title=(form.title.data or "").strip(),
        language=spoken,
        text=(form.text.data or "").replace("\r\n", "\n").strip("\n"),
        published=form.published.data,
        sources=tuple(_source(line.strip()) for line in (form.sources.data or "").splitlines() if line.strip()),
    )


def _source(line: str) -> Source:
    name, _space, last = line.rpartition(" ")
    return Source(name.strip() or last, last) if intake.is_address(last) else Source(line)


def _page(bank: BankRow, form: CorrectionForm, outlook: Outlook | None = None) -> str:
    ticked = request.form.getlist("renewed")
    touched = [
        TouchedView(
            each.fact.id, difference(each.before, each.after), of_fact, each.renewed is not None, each.fact.id in ticked
        )
        for each, of_fact in (outlook.touched if outlook else ())
        if of_fact
    ]
    return render_template("desk/correction.html", bank=bank, form=form, outlook=outlook, touched=touched)
