"""Sums over answers, made in the database: what ``core.statistics`` calculates its figures from.

Every function takes a condition on attempts (``(AttemptRow.quiz_id == 3) & is_first()``) and counts finished attempts
alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from math import ceil
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Float, Integer, String, case, cast, func, literal, select
from sqlalchemy.orm import aliased

from quizapp.core.statistics import AnswerCount, ItemSums, QuizSums, Sums
from quizapp.core.statistics.items import GROUP_SHARE
from quizapp.core.statistics.quizzes import BINS
from quizapp.store.tables import AttemptRow, ResponseRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_LOWER, _MIDDLE, _UPPER = 0, 1, 2
# More items than any attempt has; the place value of a version and its group.
_LONGEST = 65_536
_NAMES = {_UPPER: "upper", _MIDDLE: "middle", _LOWER: "lower"}


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
    score, share = ResponseRow.score, AttemptRow.score
    # One number for version, group and length of the attempt: SQLite sorts the rows by it in half the time that three
    # columns take, and does not walk the index of versions, which jumps about in a far larger table.
    key = (ResponseRow.version_id * 4 + _group(session, attempts)) * _LONGEST + AttemptRow.item_count
    query = (
        select(
            key.label("part"),
            func.count(),
            func.sum(score),
            func.sum(score * score),
            func.sum(share),
            func.sum(share * share),
            func.sum(score * share),
        )
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(attempts, AttemptRow.score.is_not(None))  # finished: every response has a score
        .group_by("part")
    )
    found: defaultdict[int, defaultdict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    rows: Iterable[Any] = session.execute(query)
    for part, *sums in rows:
        rest, length = divmod(part, _LONGEST)
        version_id, group = divmod(rest, 4)
        found[version_id][_NAMES[group]] += _with_rests(length, *sums)
    return {version_id: ItemSums(**parts) for version_id, parts in found.items()}


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


def answer_counts(
    session: Session, attempts: ColumnElement[bool], version_id: int
) -> dict[int, tuple[AnswerCount, ...]]:
    """Return how often each answer was given to an item version, by the way it was asked, the most frequent first."""
    answer = cast(ResponseRow.answer, String).label("given")
    group = _group(session, attempts).label("part")
    query = (
        select(ResponseRow.form, answer, group, func.count())
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(attempts, AttemptRow.finished_at.is_not(None), ResponseRow.version_id == version_id)
        .group_by(ResponseRow.form, "given", "part")
    )
    found: defaultdict[int, defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for form, text, part, count in session.execute(query):
        found[form][text][_NAMES[part]] = count
    return {
        form: tuple(
            AnswerCount(tuple(json.loads(text)), **parts)
            for text, parts in sorted(answers.items(), key=lambda entry: (-sum(entry[1].values()), entry[0]))
        )
        for form, answers in found.items()
    }


def quiz_sums(session: Session, attempts: ColumnElement[bool]) -> QuizSums:
    """Return the sums over the scores of attempts."""
    place = cast(func.floor(AttemptRow.score * BINS + 1e-9), Integer)
    column = case((place > BINS - 1, BINS - 1), else_=place).label("bin")
    query = (
        select(
            column,
            func.count(),
            func.sum(AttemptRow.score),
            func.sum(AttemptRow.score * AttemptRow.score),
            func.min(AttemptRow.item_count),
            func.max(AttemptRow.item_count),
        )
        .where(attempts, AttemptRow.finished_at.is_not(None), AttemptRow.score.is_not(None))
        .group_by("bin")
    )
    rows = session.execute(query).all()
    if not rows:
        return QuizSums()
    places, counts, scores, squares, fewest, most = zip(*rows, strict=True)
    by_place = dict(zip(places, counts, strict=True))
    return QuizSums(
        n=sum(counts),
        score=sum(scores),
        score_squares=sum(squares),
        bins=tuple(by_place.get(place, 0) for place in range(BINS)),
        fewest_items=min(fewest),
        most_items=max(most),
    )


def _group(session: Session, attempts: ColumnElement[bool]) -> ColumnElement[int]:
    """Return the group of an attempt: upper, middle or lower 27 % by score.

    Attempts with the same score are in the same group, so that groups may be larger; where all scores are the same,
    everybody is in the middle.
    """
    these = (attempts, AttemptRow.finished_at.is_not(None), AttemptRow.score.is_not(None))
    count = session.scalar(select(func.count()).select_from(AttemptRow).where(*these)) or 0
    size = ceil(count * GROUP_SHARE)
    if not size:
        return literal(_MIDDLE)
    scores = select(AttemptRow.score).where(*these).limit(1).offset(size - 1)
    high = session.scalar(scores.order_by(AttemptRow.score.desc()))
    low = session.scalar(scores.order_by(AttemptRow.score))
    if high is None or low is None or high <= low:
        return literal(_MIDDLE)
    return case(
        (AttemptRow.score >= literal(high, Float), _UPPER),
        (AttemptRow.score <= literal(low, Float), _LOWER),
        else_=_MIDDLE,
    )
