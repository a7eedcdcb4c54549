"""Correcting a bank's article: first what the correction means for its questions, then the correction.

A correction that came as a new bank is led here from there: ``?by=`` names that bank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from quizapp import intake
from quizapp.core.article import Article, Source
from quizapp.operations import correcting, editions, sharing
from quizapp.operations.items import EditConflictError
from quizapp.store import banks
from quizapp.store import editions as editions_stored
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import access
from quizapp.web.account_forms import add_error
from quizapp.web.differences import difference
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from quizapp.core.items import Item
    from quizapp.operations.correcting import Corrected, Former, Outlook
    from quizapp.store.tables import BankRow

bp = Blueprint("corrections", __name__)
bp.before_request(access.require_teacher)


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """An article as it shall be; ``seen`` is what it was corrected from, ``shown`` what was looked at last."""

    title = StringField(later("Title"), [DataRequired(later("Write a title."))])
    published = DateField(later("Published on"), [Optional()])
    sources = TextAreaField(later("Sources"), [Optional()], render_kw={"rows": 2})
    text = TextAreaField(
        later("The article's text"),
        [DataRequired(later("Write or paste the text."))],
        render_kw={"rows": 20, "class": "long"},
    )
    seen = HiddenField()
    shown = HiddenField()
    let_go = BooleanField(later("Take the new bank off my desk: none of its drafts was kept"), default=True)


@dataclass(frozen=True, slots=True)
class TouchedView:
    """What changes of a sentence, the questions that rest on it, and whether their facts may rest on the new words."""

    fact_ids: tuple[str, ...]
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
    by = _by(bank)
    if not form.is_submitted():
        return _brought(bank, old, by) if by else _opened(bank, old)
    if not form.validate():
        return _page(bank, form), 400
    former = correcting.former(db.session(), bank)
    before = [old, former.article if former else None, editions.as_correction(bank, by) if by else None]
    new = _article(form, old.language if old else bank.language, before)
    if request.form.get("do") != "correct" or form.shown.data != correcting.digest(new):
        form.shown.data = correcting.digest(new)
        return _page(bank, form, correcting.outlook(db.session(), bank, new))
    if new == old:
        flash(_("Nothing was different."))
        _let_go(form, by)
        return redirect(url_for("drafts.review", name=name))
    try:
        done = correcting.correct(
            db.session(), bank, new, seen=form.seen.data or "", renewed=_renewed(),
            actor=access.me(), now=datetime.now(UTC),
        )  # fmt: skip
    except EditConflictError as error:
        db.session.rollback()
        bank = access.bank(name, "edit")
        add_error(form, "text", tell(error, language()))
        return _page(bank, form, correcting.outlook(db.session(), bank, new), theirs=_compared(bank, form, new)), 400
    _let_go(form, by)
    return _led_on(name, done, can_be_taken_back=old is not None)


@bp.get("/desk/banks/<name>/article/earlier")
def earlier(name: str) -> ResponseReturnValue:
    """Let the teacher say which article of their other banks a bank's article corrects."""
    bank = access.bank(name, "edit")
    if not bank.article_title:
        abort(404)
    return render_template("desk/earlier.html", bank=bank, found=editions.earlier(db.session(), bank, access.me()))


def _by(bank: BankRow) -> BankRow | None:
    """Return the bank as which a correction came."""
    name = request.args.get("by", "")
    by = access.bank(name, "edit") if name else None
    return by if by and by.id != bank.id and by.article_title else None


def _can_go(by: BankRow | None) -> bool:
    """Say whether whoever corrects may take the bank away as which the correction came."""
    is_own = by is not None and sharing.may(db.session(), by, access.me(), "own")
    return is_own and by is not None and not editions_stored.has_items(db.session(), by.id)


def _let_go(form: CorrectionForm, by: BankRow | None) -> None:
    if by and form.let_go.data and _can_go(by):
        editions.let_go(db.session(), by, actor=access.me(), now=datetime.now(UTC))
        flash(_("The new bank is off your desk."))


def _brought(bank: BankRow, old: Article | None, by: BankRow) -> str:
    """Return the page with the article that came as another bank, and what it would change here."""
    brought = editions.as_correction(bank, by)
    form = CorrectionForm(formdata=None, data={**_shown(brought), "seen": correcting.digest(old)})
    new = _article(form, old.language if old else bank.language, [brought])
    form.shown.data = correcting.digest(new)
    return _page(bank, form, correcting.outlook(db.session(), bank, new))


def _compared(bank: BankRow, form: CorrectionForm, new: Article) -> list[tuple[str, str]]:
    """Return how an article differs from what somebody else made of it; correcting once more, knowing it, wins."""
    theirs = banks.article_value(bank)
    form.seen.data = correcting.digest(theirs)
    return difference(_as_text(theirs), _as_text(new))


def _led_on(name: str, done: Corrected, *, can_be_taken_back: bool) -> ResponseReturnValue:
    flash(_("The article is corrected."))
    if can_be_taken_back:
        flash(_("To take that back: “Correct the article”, then “Put the former article back”."))
    if done.items_touched:
        flash(
            ngettext(
                "%(num)d question rests on a sentence that changed: it stands under “To mend”.",
                "%(num)d questions rest on sentences that changed: they stand under “To mend”.",
                done.items_touched,
            )
        )
    if done.code:
        return redirect(url_for("articles.progress_page", code=done.code))
    return redirect(url_for("drafts.review", name=name))


def _opened(bank: BankRow, old: Article | None) -> str:
    """Return the page with the article as it is, or as it was before the last correction, if that is wished."""
    former = correcting.former(db.session(), bank)
    if former is None or "former" not in request.args:
        offered = former if former and former.article != old else None
        return _page(bank, CorrectionForm(formdata=None, data=_shown(old)), former=offered)
    form = CorrectionForm(formdata=None, data={**_shown(former.article), "seen": correcting.digest(old)})
    new = _article(form, former.article.language, [former.article])
    form.shown.data = correcting.digest(new)
    return _page(bank, form, correcting.outlook(db.session(), bank, new), ticked=former.renewed)


def _shown(article: Article | None) -> dict[str, object]:
    if article is None:
        return {"seen": correcting.digest(None)}
    return {
        "title": article.title,
        "published": article.published,
        "sources": "\n".join(map(_line, article.sources)),
        "text": article.text,
        "seen": correcting.digest(article),
    }


def _as_text(article: Article | None) -> str:
    shown = _shown(article)
    return "\n".join(str(shown[name]) for name in ("title", "published", "sources", "text") if shown.get(name))


def _line(source: Source) -> str:
    return " ".join(f"{source.name} {source.url}".split())


def _article(form: CorrectionForm, spoken: str, before: Sequence[Article | None]) -> Article:
    """Return the article that a form holds; a source shown of an article ``before`` is that one, not its line read."""
    known = {_line(source): source for article in reversed(before) if article for source in article.sources}
    lines = [" ".join(line.split()) for line in (form.sources.data or "").splitlines()]
    return Article(
        title=(form.title.data or "").strip(),
        language=spoken,
        text=(form.text.data or "").replace("\r\n", "\n").strip("\n"),
        published=form.published.data,
        sources=tuple(known.get(line) or _source(line) for line in lines if line),
    )


def _source(line: str) -> Source:
    name, _space, last = line.rpartition(" ")
    return Source(name.strip() or last, last) if intake.is_address(last) else Source(line)


def _page(
    bank: BankRow,
    form: CorrectionForm,
    outlook: Outlook | None = None,
    *,
    ticked: Sequence[str] | None = None,
    former: Former | None = None,
    theirs: list[tuple[str, str]] | None = None,
) -> str:
    ticked = _renewed() if ticked is None else ticked
    by = _by(bank)
    return render_template(
        "desk/correction.html", bank=bank, form=form, outlook=outlook, touched=_touched(outlook, ticked), former=former,
        theirs=theirs, by=by, can_go=_can_go(by), carried=() if outlook else ticked,
    )  # fmt: skip


def _renewed() -> list[str]:
    """Return the names of the facts that were ticked: those of one sentence stand together."""
    return [name for names in request.form.getlist("renewed") for name in names.split(" ")]


def _touched(outlook: Outlook | None, ticked: Sequence[str]) -> list[TouchedView]:
    """Return what changes, sentence by sentence: several facts may rest on one."""
    together: dict[tuple[str, str, bool], list[tuple[str, tuple[Item, ...]]]] = {}
    for change, items in outlook.touched if outlook else ():
        if items:
            key = change.before, change.after, change.renewed is not None
            together.setdefault(key, []).append((change.fact.id, items))
    return [
        TouchedView(
            tuple(name for name, _items in facts), difference(before, after),
            tuple(item for _name, items in facts for item in items), can_be_renewed,
            all(name in ticked for name, _items in facts),
        )
        for (before, after, can_be_renewed), facts in together.items()
    ]  # fmt: skip
