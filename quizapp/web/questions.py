"""Questions as they are asked on a page of an attempt, quickly: each is rendered once, then only filled."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup, escape

from quizapp.core import quiz
from quizapp.core.inputs import Gaps, OneOf, SomeOf, Typed
from quizapp.core.quiz_settings import Feedback
from quizapp.store import snapshots
from quizapp.web import holes
from quizapp.web.forms import LONGEST_ANSWER
from quizapp.web.views import asking_view, evidence_of, reviewing_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.core.inputs import Input, Response
    from quizapp.operations.quizzes import DrawnQuestion
    from quizapp.store.attempts import Asked, Sitting
    from quizapp.store.regrades import RegradeNote

_OPTION, _CHOSEN, _LAST = "option", "chosen", "last"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place to be filled: with what was typed (``typed``, with a gap's number behind), or by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class _Options:
    """Options to be put in order; ``blocks`` are the HTML before and after the sign of choice, by option id."""

    gap: int | None
    sign: str
    blocks: dict[str, tuple[str, str]]


_Part: TypeAlias = str | _Slot | _Options


def ask(asked: Asked, sitting: Sitting, language: str, *, is_missed: bool = False) -> str:
    """Return the HTML of a question that still can be answered, with what was answered so far.

    ``is_missed`` tells that it was to be checked before there was an answer.
    """
    checks = sitting.rule_data["feedback"] == Feedback.AT_ONCE
    number = asked.position + 1
    parts = _parts("attempts/_question.html", asked.content, asked.form, language, number, asked.weight, checks)
    values = {
        "shown": escape(json.dumps([*asked.answer, asked.is_flagged]))
        if asked.answer or asked.is_flagged
        else "[false]",
        "code": sitting.code,
        "sequence": str(asked.sequence),
        "flag": " checked" if asked.is_flagged else "",
        "told": _missed() if is_missed else "",
    }
    return _filled(parts, asked.content, asked.form, asked.answer, sitting.option_seed, values)


def _missed() -> Markup:
    return Markup('<p class="error" role="alert">{}</p>').format(_("There is no answer yet: give one, then check it."))


def reviewed(asked: Asked, sitting: Sitting, language: str, notes: Sequence[RegradeNote] = ()) -> Markup:
    """Return the HTML of a question that was judged: the answer, the key, why, the evidence, and corrections."""
    answer = _without_words(asked.question.input, asked.answer)
    parts = _review(asked.content, asked.form, language, answer, asked.score, asked.weight, is_flagged=asked.is_flagged)
    values = {
        "code": sitting.code,
        "number": str(asked.position + 1),
        "explanation": explanation(asked.content, asked.form, language),
        "notes": render_template("attempts/_corrected.html", notes=notes) if notes else "",
    }
    return holes.join([_filled(parts, asked.content, asked.form, asked.answer, sitting.option_seed, values)])


def _without_words(shape: Input, answer: Response) -> Response:
    """Return an answer that is judged alike, with nothing that somebody typed: what is kept has holes for it."""
    match shape:
        case Gaps(gaps=gaps):
            return tuple(_without_words(gap, (text,))[0] for gap, text in zip(gaps, answer, strict=False))
        case Typed() if any(answer):
            return shape.keys if shape.judge(answer).score == 1 else (holes.hole("wrong"),)
        case _:
            return answer


def sample(number: int, content: str, language: str, template: str = "banks/_sample.html") -> Markup:
    """Return a question as it would be asked, outside any attempt, its options shuffled all the same."""
    parts = _parts(template, content, 0, language, number, 1.0, checks=False)
    return holes.join([_filled(parts, content, 0, (), "sample", {})])


def preview(number: int, drawn: DrawnQuestion, language: str, seed: str) -> Markup:
    """Return a question as a quiz would ask it, to be looked at only."""
    parts = _parts("quiz_desk/_question.html", drawn.content, drawn.form, language, number, drawn.weight, checks=False)
    return holes.join([_filled(parts, drawn.content, drawn.form, (), seed, {})])


def _filled(
    parts: Sequence[_Part], content: str, form: int, answer: Response, seed: str, values: Mapping[str, str]
) -> str:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, _Slot):
            gap = part.name.removeprefix("typed")
            pieces.append(_typed(answer, int(gap or 1)) if gap != part.name else values[part.name])
        else:
            chosen = answer if part.gap is None else answer[part.gap - 1 : part.gap]
            for identity in _order(content, form, part.gap, seed):
                before, after = part.blocks[identity]
                pieces += (before, part.sign if identity in chosen else "", after)
    return "".join(pieces)


def _typed(answer: Response, gap: int) -> str:
    return escape(answer[gap - 1]) if len(answer) >= gap else ""


@lru_cache(maxsize=8192)
def _order(content: str, form: int, gap: int | None, seed: str) -> list[str]:
    """Return the ids of the options of a question, or of one of its gaps (from 1), as they stand in an attempt."""
    snapshot = snapshots.parse(content)
    shape, identity = snapshots.question(content, form).input, snapshot.item.id
    if isinstance(shape, Gaps) and gap is not None:
        shape, identity = shape.gaps[gap - 1], f"{identity} {gap - 1}"
    return [option.id for option in quiz.in_order(shape, seed, identity)] if isinstance(shape, OneOf | SomeOf) else []


@lru_cache(maxsize=4096)
def _html(template: str, content: str, form: int, _language: str, weight: float, checks: bool) -> tuple[str, bool]:
    """Return a question's HTML with holes, for its number too, and whether it has gaps."""
    view = asking_view(snapshots.parse(content).item, form)
    html = render_template(
        template, q=view, hole=holes.hole, weight=weight, checks=checks, longest_answer=LONGEST_ANSWER
    )
    return html, bool(view.gaps)


@lru_cache(maxsize=8192)
def _parts(
    template: str, content: str, form: int, language: str, number: int, weight: float, checks: bool
) -> tuple[_Part, ...]:
    html, has_gaps = _html(template, content, form, language, weight, checks)
    return _cut(html.replace(holes.hole("number"), str(number)), " selected" if has_gaps else " checked")


@lru_cache(maxsize=2048)
def _review(
    content: str, form: int, _language: str, answer: Response, score: float | None, weight: float, *, is_flagged: bool
) -> tuple[_Part, ...]:
    view = reviewing_view(snapshots.parse(content).item, form, answer)
    view = replace(view, score=score, weight=weight, is_flagged=is_flagged)
    return _cut(render_template("attempts/_reviewed.html", q=view, hole=holes.hole), "")


def _cut(html: str, sign: str) -> tuple[_Part, ...]:
    """Return HTML cut at its holes, its options gathered; ``sign`` stands at those that were chosen."""
    text, *rest = holes.cut(html)
    parts: list[_Part] = [text]
    blocks: dict[str, tuple[str, str]] = {}
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        gap, _, identity = name.removeprefix(_OPTION).removeprefix(_CHOSEN).rpartition("x")
        if name.startswith(_OPTION):
            blocks[identity] = (after, "")
        elif name.startswith(_CHOSEN):
            blocks[identity] = (blocks[identity][0], after)
        elif name.startswith(_LAST):
            gap = name.removeprefix(_LAST)
            if blocks:
                parts.append(_Options(int(gap) if gap else None, sign, blocks))
            blocks = {}
            parts.append(after)
        else:
            parts += (_Slot(name), after)
    return tuple(parts)


@lru_cache(maxsize=4096)
def explanation(content: str, form: int, _language: str) -> Markup:
    """Return why an item's key is right, and its evidence: the same for everybody."""
    snapshot = snapshots.parse(content)
    evidence = evidence_of(snapshot, snapshots.question(content, form))
    return holes.join([render_template("items/_explanation.html", item=snapshot.item, evidence=evidence)])
