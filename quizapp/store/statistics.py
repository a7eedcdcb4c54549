"""Sums over answers, made in the database: what ``core.statistics`` calculates its figures from.

Every function takes a condition on attempts (``(AttemptRow.quiz_id == 3) & is_first()``) and counts finished attempts
alone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlalchemy.orm import aliased

from quizapp.core.statistics import AnswerCount, ItemSums, QuizSums, Sums
from quizapp.store.columns import UtcDateTime
from quizapp.store.score_groups import NAMES, ScoreCount, group, groups, quiz_sums, score_counts
from quizapp.store.tables import AttemptRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy.orm import Session
    from sqlalchemy.sql.functions import FunctionElement


def is_first() -> ColumnElement[bool]:
    """Return the condition that an attempt is its student's first at its quiz (or bank); nobody's attempts all are."""
    earlier, later = aliased(AttemptRow), aliased(AttemptRow)
    repeated = select(later.id).join(
        earlier,
        (earlier.student_id == later.student_id)
        & earlier.quiz_id.is_not_distinct_from(later.quiz_id)
        & earlier.bank_id.is_not_distinct_from(later.bank_id)
        & (earlier.id < later.id),
    )
    return AttemptRow.id.not_in(repeated)


def item_sums(session: Session, attempts: ColumnElement[bool]) -> dict[int, ItemSums]:
    """Return the sums of each item version that was asked, by version id; reads every response once."""
    return all_sums(session, attempts)[1]


def all_sums(session: Session, attempts: ColumnElement[bool]) -> tuple[QuizSums, dict[int, ItemSums]]:
    """Return the sums over the scores of attempts, and ``item_sums``, by reading every response once."""
    query = (
        select(AttemptRow.score, AttemptRow.item_count, func.aggregate_strings(_judged(), ","))
        .join(ResponseRow, ResponseRow.attempt_id == AttemptRow.id)
        .where(attempts, AttemptRow.score.is_not(None))  # finished: every response has a score
        .group_by(AttemptRow.id)
    )
    alike: defaultdict[tuple[float, int], Counter[str]] = defaultdict(Counter)
    attempts_alike: Counter[tuple[float, int]] = Counter()
    rows: Iterable[Any] = session.execute(query)
    for share, length, answers in rows:
        attempts_alike[share, length] += 1
        alike[share, length].update(answers.split(","))
    scores = [ScoreCount(share, n, length, length) for (share, length), n in sorted(attempts_alike.items())]
    group_of = groups(scores)
    sums: defaultdict[tuple[int, int, int], list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0.0, 0.0, 0.0])
    for (share, length), counts in alike.items():
        group = group_of(share)
        for text, n in counts.items():
            version_id, score = _read(text)
            one = sums[version_id, group, length]
            one[0] += n
            one[1] += n * score
            one[2] += n * score * score
            one[3] += n * share
            one[4] += n * share * share
            one[5] += n * score * share
    found: defaultdict[int, defaultdict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    for (version_id, group, length), (count, *others) in sums.items():
        found[version_id][NAMES[group]] += _with_rests(length, int(count), *others)
    return quiz_sums(scores), {version_id: ItemSums(**parts) for version_id, parts in found.items()}


def _judged() -> ColumnElement[str]:
    """Return a response as few signs: the version where it is right, -version where wrong, else version:score.

    The answers of an attempt, put together so, come in the order of the table; to sort half a million rows by version
    takes SQLite twice as long as to make them and to count them here.
    """
    version, score = ResponseRow.version_id, ResponseRow.score
    return case(
        (score == 1, cast(version, String)),
        (score == 0, cast(-version, String)),
        else_=cast(version, String) + ":" + cast(score, String),
    )


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[int, float]:
    """Return the version and the score that ``_judged`` wrote."""
    version, partly, score = text.partition(":")
    return (int(version), float(score)) if partly else (abs(int(version)), float(version[0] != "-"))


def _with_rests(length: int, n: int, score: float, squares: float, share: float, shares: float, both: float) -> Sums:
    """Return sums with those of the rest scores, which are (length * share - score) / (length - 1)."""
    if length < 2:
        return Sums(n, score, squares)
    others = length - 1
    return Sums(
        n,
        score,
        squares,
        rest_n=n,
        rest=(length * share - score) / others,
        rest_squares=(length * length * shares - 2 * length * both + squares) / (others * others),
        products=(length * both - squares) / others,
    )


@dataclass(frozen=True, slots=True)
class VersionSums:
    """What was answered to one item version: its sums, and how often each answer was given, by the way of asking."""

    sums: ItemSums
    answers: dict[int, tuple[AnswerCount, ...]]


def version_sums(session: Session, attempts: ColumnElement[bool], version_id: int) -> VersionSums:
    """Return the sums and answers of an item version; the most frequent answers come first."""
    answer = cast(ResponseRow.answer, String).label("given")
    part_of = group(score_counts(session, attempts)).label("part")
    score, share = ResponseRow.score, AttemptRow.score
    query = (
        select(
            ResponseRow.form,
            answer,
            part_of,
            AttemptRow.item_count,
            func.count(),
            func.sum(score),
            func.sum(score * score),
            func.sum(share),
            func.sum(share * share),
            func.sum(score * share),
        )
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(attempts, AttemptRow.score.is_not(None), ResponseRow.version_id == version_id)
        .group_by(ResponseRow.form, "given", "part", AttemptRow.item_count)
    )
    groups: defaultdict[str, Sums] = defaultdict(Sums)
    found: defaultdict[int, defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows: Iterable[Any] = session.execute(query)
    for form, text, part, length, n, *sums in rows:
        name = NAMES[part]
        groups[name] += _with_rests(length, n, *sums)
        found[form][text][name] = found[form][text].get(name, 0) + n
    return VersionSums(ItemSums(**groups), {form: _counted(answers) for form, answers in found.items()})


def answer_seconds(
    session: Session, attempts: ColumnElement[bool], *, version_id: int | None = None, newest: int = 200
) -> dict[int, list[float]]:
    """Return how many seconds answers took, by version id: since the answer saved before, or the beginning.

    Answers that were saved together with others, as a page without scripts sends them, say nothing of single ones.
    Where a version is named its times alone are returned. So many attempts are looked at, the ``newest``: enough for a
    median, and quick where thousands sat a quiz.
    """
    counted = select(AttemptRow.id).where(attempts, AttemptRow.score.is_not(None))
    counted = counted.order_by(AttemptRow.id.desc()).limit(newest)
    saved = (
        select(
            ResponseRow.version_id,
            ResponseRow.saved_at,
            AttemptRow.started_at,
            _neighbour(func.lag).label("before"),
            _neighbour(func.lead).label("after"),
        )
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(AttemptRow.id.in_(counted), ResponseRow.saved_at.is_not(None))
        .subquery()
    )
    at, since = saved.c.saved_at, func.coalesce(saved.c.before, saved.c.started_at, type_=UtcDateTime)
    query = select(saved.c.version_id, at, since).where(
        at.is_distinct_from(saved.c.before), at.is_distinct_from(saved.c.after)
    )
    if version_id is not None:
        query = query.where(saved.c.version_id == version_id)
    found: defaultdict[int, list[float]] = defaultdict(list)
    rows: Iterable[Any] = session.execute(query)
    for version, saved_at, began in rows:
        found[version].append(max(0.0, (saved_at - began).total_seconds()))
    return dict(found)


def _neighbour(function: Callable[..., FunctionElement[Any]]) -> ColumnElement[Any]:
    """Return when the answer before or after was saved."""
    asked = function(ResponseRow.saved_at, type_=UtcDateTime)
    return asked.over(partition_by=ResponseRow.attempt_id, order_by=ResponseRow.saved_at)


def _counted(answers: Mapping[str, Mapping[str, int]]) -> tuple[AnswerCount, ...]:
    return tuple(
        AnswerCount(tuple(json.loads(text)), **parts)
        for text, parts in sorted(answers.items(), key=lambda entry: (-sum(entry[1].values()), entry[0]))
    )


def answer_totals(session: Session, attempts: ColumnElement[bool]) -> dict[tuple[int, int], tuple[AnswerCount, ...]]:
    """Return how often each answer was given, by version id and way of asking, without groups (all in the middle)."""
    answer = cast(ResponseRow.answer, String).label("given")
    query = (
        select(ResponseRow.version_id, ResponseRow.form, answer, func.count())
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(attempts, AttemptRow.score.is_not(None))
        .group_by(ResponseRow.version_id, ResponseRow.form, "given")
    )
    found: defaultdict[tuple[int, int], dict[str, dict[str, int]]] = defaultdict(dict)
    for version_id, form, text, count in session.execute(query):
        found[version_id, form][text] = {"middle": count}
    return {place: _counted(answers) for place, answers in found.items()}
