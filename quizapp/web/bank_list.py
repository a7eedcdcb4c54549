"""The list of a bank's items, put together from parts that were rendered before: as quick as a large bank needs it.

An item's line is rendered once for each version and language; the page around it once for each bank, look and choice
of filters. What differs from request to request fills holes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import current_app, get_flashed_messages, render_template, request, session
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from markupsafe import escape
from wtforms import SelectChoice, SelectField

from quizapp.core.article import Modality
from quizapp.core.items import ITEM_TYPES
from quizapp.store import listing
from quizapp.store.database import db
from quizapp.translation import FINDING_LABELS, LABELS, TYPE_LABELS
from quizapp.web import access, holes, visitor
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.store.bank_heads import BankHead
    from quizapp.store.listing import Line

_ANY = SelectChoice("", later("any"))
_MOST_LINES = 20_000
_LINES = holes.hole("lines")


class FilterForm(FlaskForm):  # type: ignore[misc]
    """What to look for besides words and tag; sent with GET, so that a list has an address."""

    class Meta:
        """Nothing is changed by looking: no token."""

        csrf = False

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


def html(
    bank: BankHead,
    asked: dict[str, str],
    found: Sequence[Line],
    *,
    after: int,
    next_after: int,
    count: int | None,
    undo: dict[str, object] | None,
) -> bytes:
    """Return the page: the lines ``found`` of a bank, under what was ``asked`` for; ``count`` is told where known."""
    words = language()
    chosen = tuple(asked.get(name, "")[:40] for name in ("type", "state", "modality", "finding"))
    parts = _frame(
        words,
        session.get("theme", "auto"),
        session.get("furigana", "off"),
        access.me().name,
        (bank.name, bank.title, bank.language, bank.has_article),
        chosen,
        (bool(asked), bool(found), bool(after), bool(next_after)),
    )
    query = urlencode(asked)
    kept = {**asked, **({"after": str(after)} if after else {})}
    html = holes.fill(
        parts,
        {
            "csrf": visitor.form_token(),
            "back": str(escape(request.full_path.rstrip("?"))),
            "messages": "".join(f'<p class="notice" role="status">{escape(m)}</p>' for m in get_flashed_messages()),
            "undo": render_template("desk/_undo.html", undo=undo) if undo else "",
            "count": _counted(count, len(found), is_asked=bool(asked)),
            "q": str(escape(asked.get("q", ""))),
            "tag": str(escape(asked.get("tag", ""))),
            "query": str(escape(f"?{query}")) if query else "",
            "next": str(escape("?" + urlencode({**asked, "after": next_after}))),
            "kept": "".join(f'<input type="hidden" name="at-{k}" value="{escape(v)}">' for k, v in kept.items()),
            "lines": _LINES,
        },
    )
    before, _lines, after_lines = html.partition(_LINES)
    return b"".join([before.encode(), *_rendered(bank.name, found, words), after_lines.encode()])


def _counted(count: int | None, most: int, *, is_asked: bool) -> str:
    """Return in words how many questions there are; "" for a page that does not tell."""
    if count is None:
        return ""
    if count > listing.COUNTED:
        return str(_("more than %(number)s questions", number=format_decimal(listing.COUNTED)))
    if is_asked:
        return str(ngettext("%(num)d question found", "%(num)d questions found", count))
    if count > most:
        return str(ngettext("%(num)d question, retired or not", "%(num)d questions, retired or not", count))
    return str(ngettext("%(num)d question", "%(num)d questions", count))


def _rendered(bank_name: str, found: Sequence[Line], words: str) -> list[bytes]:
    # Of the application, not of the process: two applications may keep different items under one number.
    kept: dict[tuple[str, str], dict[Line, bytes]] = current_app.extensions.setdefault("item_lines", {})
    lines = kept.setdefault((bank_name, words), {})
    missing = [line for line in found if line not in lines]
    if missing:
        if sum(map(len, kept.values())) + len(missing) > _MOST_LINES:
            kept.clear()
            lines = kept[bank_name, words] = {}
            missing = list(found)
        for entry, line in zip(listing.entries(db.session(), missing), missing, strict=False):
            lines[line] = render_template("desk/_item.html", entry=entry, bank_name=bank_name).encode()
    return [lines.get(line, b"") for line in found]


@lru_cache(maxsize=512)
def _frame(
    _language: str,
    _theme: str,
    _furigana: str,
    _account_name: str,
    bank: tuple[str, str, str, bool],
    chosen: tuple[str, ...],
    there: tuple[bool, bool, bool, bool],
) -> holes.Parts:
    name, title, bank_language, has_article = bank
    is_asked, has_items, has_after, has_next = there
    form = FilterForm(formdata=None, **dict(zip(("type", "state", "modality", "finding"), chosen, strict=True)))
    return holes.cut(
        render_template(
            "desk/items.html",
            hole=holes.hole,
            csrf_token=lambda: holes.hole("csrf"),
            back=holes.hole("back"),
            bank={"name": name, "title": title, "language": bank_language, "article_title": has_article},
            form=form,
            is_narrowed=any(chosen),
            is_asked=is_asked,
            has_items=has_items,
            has_after=has_after,
            has_next=has_next,
            kinds=ITEM_TYPES,
        )
    )
