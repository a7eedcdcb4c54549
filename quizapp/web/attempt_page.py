"""The page of questions, put together from parts that were rendered before: it is shown more often than any other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import render_template, session
from flask_babel import format_datetime
from flask_babel import gettext as _
from markupsafe import escape

from quizapp.core.quiz_settings import Feedback
from quizapp.web import holes, questions, visitor
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from quizapp.store.attempts import Asked, Sitting


def html(sitting: Sitting, page: int, asked: Sequence[Asked], now: datetime, *, missed: int | None = None) -> str:
    """Return a page of an attempt; ``asked`` are all its questions, those of the page with their content.

    ``missed`` is the number of a question that was to be checked before there was an answer.
    """
    here = [each for each in asked if each.content]
    answered_count = sum(each.is_answered for each in asked)
    to_judge = sitting.rule_data["feedback"] == Feedback.EACH_PAGE and any(each.checked_at is None for each in here)
    words = language()
    parts = _shell(
        words,
        session.get("theme", "auto"),
        session.get("furigana", "off"),
        (page, sitting.page_count, sitting.item_count),
        to_judge,
        sitting.deadline is not None,
    )
    left = seconds_left(sitting, now)
    return holes.fill(
        parts,
        {
            "title": str(escape(sitting.title)),
            "lang": sitting.language,
            "code": sitting.code,
            "size": str(sitting.page_size),
            "csrf": visitor.form_token(),
            "count": str(answered_count),
            "saved": _saved(words) if answered_count else "",
            "left": "" if left is None else str(left),
            "deadline": sitting.deadline.isoformat() if sitting.deadline else "",
            "until": str(escape(format_datetime(sitting.deadline, "short"))) if sitting.deadline else "",
            "questions": "".join(
                questions.ask(each, sitting, words, is_missed=each.position + 1 == missed and not each.is_answered)
                if each.checked_at is None
                else questions.reviewed(each, sitting, words)
                for each in here
            ),
            "grid": _grid(asked, sitting.page_of(page), words),
        },
    )


def seconds_left(sitting: Sitting, now: datetime) -> int | None:
    """Return the whole seconds until answers stop counting, 0 when it is past; None without a limit."""
    return max(0, int((sitting.deadline - now).total_seconds())) if sitting.deadline else None


@lru_cache(maxsize=1024)
def _shell(
    _language: str, _theme: str, _furigana: str, place: tuple[int, int, int], to_judge: bool, has_deadline: bool
) -> holes.Parts:
    page, page_count, item_count = place
    return holes.cut(
        render_template(
            "attempts/page.html",
            hole=holes.hole,
            page=page,
            page_count=page_count,
            item_count=item_count,
            to_judge=to_judge,
            has_deadline=has_deadline,
            grid_words=_grid_words(_language),
        )
    )


@lru_cache
def _saved(_language: str) -> str:
    return str(_("Saved"))


@lru_cache
def _grid_words(_language: str) -> dict[str, str]:
    """Return what the grid says of a question, by its state; {} stands for the number."""
    return {
        "": _("Question %(number)s: not answered", number="{}"),
        "answered": _("Question %(number)s: answered", number="{}"),
        "flagged": _("Question %(number)s: not answered, unsure", number="{}"),
        "answered flagged": _("Question %(number)s: answered, unsure", number="{}"),
    }


def _grid(asked: Sequence[Asked], here: range, words: str) -> str:
    return "".join(
        _button(each.position + 1, each.is_answered, each.is_flagged, each.position in here, words) for each in asked
    )


@lru_cache(maxsize=4096)
def _button(number: int, is_answered: bool, is_flagged: bool, is_here: bool, words: str) -> str:
    state = " ".join(word for word, holds in (("answered", is_answered), ("flagged", is_flagged)) if holds)
    return (
        f'<button name="then" value="q{number}" data-number="{number}" class="{state}"'
        f"{' aria-current=true' if is_here else ''}"
        f' aria-label="{escape(_grid_words(words)[state].format(number))}">{number}</button>'
    )
