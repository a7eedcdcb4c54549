"""Beginning to sit a quiz: what is drawn, for how long, and for whom."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp.core import quiz
from quizapp.core.errors import ConflictError, ForbiddenError
from quizapp.core.quiz_settings import Feedback, QuizSettings, Rules
from quizapp.store import banks, classes, drawable, quizzes
from quizapp.store.database import begin_writing
from quizapp.store.tables import AllowanceRow, AttemptRow, ResponseRow, StudentRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.store.drawable import DrawnItem
    from quizapp.store.tables import QuizRow

_ASK = ResponseRow.__table__.insert()  # type: ignore[attr-defined]
PRACTICE = Rules(feedback=Feedback.AT_ONCE)


def start_practice(  # noqa: PLR0913 - what a visitor chooses on a bank's page
    session: Session,
    bank_name: str,
    *,
    count: int,
    page_size: int,
    now: datetime,
    with_siblings: bool = False,
    seed: str = "",
    student_id: int | None = None,
    rules: Rules | None = None,
) -> str:
    """Draw up to ``count`` questions from a bank, those not seen yet first; return the new attempt's code.

    :raise NotFoundError: there is no such bank.
    :raise ConflictError: the bank has no question to ask.
    """
    bank = banks.get(session, bank_name)
    seed = seed or secrets.token_hex(8)
    seen = quizzes.times_seen(session, student_id) if student_id else None
    found, most = drawable.items(session, bank_ids=[bank.id]), min(count, quiz.MOST_ITEMS)
    drawn = _in_force(session, quiz.draw(found, seed, most, with_siblings=with_siblings, seen=seen))
    if not drawn:
        raise ConflictError("the bank '%(name)s' has no questions yet", name=bank_name)
    attempt = AttemptRow(
        code=secrets.token_urlsafe(16), bank_id=bank.id, student_id=student_id, title=bank.title,
        language=bank.language, rules=(rules or Rules()).to_data(), seed=seed, page_size=page_size,
        item_count=len(drawn), started_at=now,
    )  # fmt: skip
    begin_writing(session)  # versions never change, so that the draw itself needs no lock
    return _begin(session, attempt, drawn, lambda _identity: 1.0)


def practise_items(
    session: Session, identities: Sequence[str], *, student_id: int, title: str, language: str, now: datetime
) -> str:
    """Begin an attempt of these items in this order, each checked as soon as it is answered; return its code.

    :raise ConflictError: none of the items is asked any more.
    """
    chosen = identities[: quiz.MOST_ITEMS]
    drawn = _in_force(session, chosen)
    if not drawn:
        raise ConflictError("there is nothing left to practise: every question was answered right")
    attempt = AttemptRow(
        code=secrets.token_urlsafe(16), student_id=student_id, title=title, language=language,
        rules=PRACTICE.to_data(), seed=secrets.token_hex(8), page_size=1, item_count=len(drawn), started_at=now,
    )  # fmt: skip
    begin_writing(session)  # versions never change, so that the draw itself needs no lock
    return _begin(session, attempt, drawn, lambda _identity: 1.0)


def start_quiz(session: Session, code: str, *, student: StudentRow, name: str = "", now: datetime) -> str:
    """Begin a student's attempt at a quiz and return its code; one that is still open is gone on with instead.

    A student who is new here is kept with the attempt.

    :raise NotFoundError: there is no such quiz.
    :raise ConflictError: the quiz is not open, has no question, or no attempt is left.
    :raise ForbiddenError: the quiz is for a class that the student is not in.
    """
    row = quizzes.get(session, code)
    student_id: int | None = student.id
    if row.class_id is not None:
        pupil = classes.pupil(session, row.class_id, student_id) if student_id else None
        if pupil is None:
            raise ForbiddenError("this quiz is for a class: join the class first, with the link from your teacher")
        name = pupil.name
    settings = QuizSettings.from_data(row.settings)
    _must_be_open(row, now)
    seed = secrets.token_hex(8)
    of_quiz = row.id if settings.same_items else None
    seen = quizzes.times_seen(session, student_id, of_quiz) if student_id else {}
    drawn = draw_for(session, row, seed, seen=seen)
    if not drawn:
        raise ConflictError("the quiz '%(title)s' has no questions: its banks are empty or its tags match none",
                            title=row.title)  # fmt: skip
    begin_writing(session)
    if student_id is None:
        session.add(student)
        session.flush()
        student_id, mine, allowance = student.id, [], None
    else:
        session.execute(select(StudentRow.id).where(StudentRow.id == student_id).with_for_update())
        mine = quizzes.attempts_of(session, row.id, student_id)
        for attempt in mine:
            if attempt.finished_at is None and (attempt.accepts_until is None or attempt.accepts_until >= now):
                session.commit()
                return attempt.code
        allowance = session.get(AllowanceRow, (row.id, student_id))
    allowed = settings.attempts_allowed
    if allowed is not None and len(mine) >= allowed + (allowance.attempts if allowance else 0):
        raise ConflictError("no attempt is left at this quiz: %(count)s of %(count)s are used", count=len(mine))
    deadline = deadline_of(settings, row, now, allowance.time_factor if allowance else 1.0)
    begun = AttemptRow(
        code=secrets.token_urlsafe(16), quiz_id=row.id, student_id=student_id, name=name, title=row.title,
        language=row.language, rules=settings.rules.to_data(), seed=seed, page_size=settings.page_size,
        item_count=len(drawn), started_at=now, deadline=deadline,
        accepts_until=deadline and deadline + timedelta(seconds=settings.grace),
    )  # fmt: skip
    return _begin(session, begun, drawn, settings.weight_of, form_seed(row, seed, seen))


def form_seed(row: QuizRow, seed: str, seen: Mapping[str, int]) -> str:
    """Return the seed of the ways in which a quiz asks its items of somebody: who is asked the same, the same way."""
    return row.code if QuizSettings.from_data(row.settings).same_items and not seen else seed


def draw_for(session: Session, row: QuizRow, seed: str, *, seen: Mapping[str, int] | None = None) -> list[DrawnItem]:
    """Return what a quiz asks somebody, in order; ``seen`` as in ``core.quiz.draw``."""
    settings = QuizSettings.from_data(row.settings)
    chosen = quiz.draw(
        quizzes.drawable_items(session, settings),
        seed,
        min(settings.count or quiz.MOST_ITEMS, quiz.MOST_ITEMS),
        with_siblings=settings.with_siblings,
        shuffle=settings.shuffle_items,
        seen=seen,
        chosen_by=row.code if settings.same_items else "",
    )
    return _in_force(session, chosen)


def _in_force(session: Session, drawn: Sequence[str]) -> list[DrawnItem]:
    found = drawable.in_force(session, drawn)
    return [found[identity] for identity in drawn if identity in found]


def _must_be_open(row: QuizRow, now: datetime) -> None:
    if row.opens_at and now < row.opens_at:
        raise ConflictError("the quiz '%(title)s' has not opened yet", title=row.title)
    if row.closes_at and row.closes_at <= now:
        raise ConflictError("the quiz '%(title)s' is closed", title=row.title)


def deadline_of(
    settings: QuizSettings, row: QuizRow, started_at: datetime, time_factor: float | None
) -> datetime | None:
    """Return when an attempt's time is up: after the limit times the factor (None: no limit), or at closing."""
    limits = [row.closes_at]
    if settings.time_limit and time_factor:
        limits.append(started_at + timedelta(seconds=settings.time_limit * time_factor))
    return min((limit for limit in limits if limit), default=None)


def _begin(
    session: Session,
    attempt: AttemptRow,
    drawn: Sequence[DrawnItem],
    weight_of: Callable[[str], float],
    forms_by: str = "",
) -> str:
    session.add(attempt)
    session.flush()
    session.connection().execute(
        _ASK,
        [
            {
                "attempt_id": attempt.id,
                "position": position,
                "version_id": item.version_id,
                "form": quiz.form_of(forms_by or attempt.seed, item.identity, item.form_count),
                "weight": weight_of(item.identity),
                "answer": [],
                "sequence": 0,
                "device": "",
                "is_flagged": False,
            }
            for position, item in enumerate(drawn)
        ],
    )
    session.commit()
    return attempt.code
