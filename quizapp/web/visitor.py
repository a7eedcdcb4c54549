"""Who visits: a student is known by a token in the signed cookie, whose hash alone is in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, session

from quizapp.operations import students
from quizapp.store.database import db

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.store.tables import StudentRow

_KEY = "student"


def find_student() -> StudentRow | None:
    """Return the student who visits; None for somebody who has not begun anything here."""
    if "student" not in g:
        g.student = students.find(db.session(), session.get(_KEY, ""))
    return g.student  # type: ignore[no-any-return]


def student_id() -> int | None:
    """Return the id of the student who visits, None as above."""
    found = find_student()
    return found.id if found else None


def student(now: datetime, name: str = "") -> StudentRow:
    """Return the student who visits, made known from now on where they were not."""
    found = find_student()
    if found is None:
        found, token = students.register(db.session(), name=name, now=now)
        remember(token)
        g.student = found
    return found


def remember(token: str) -> None:
    """Make this browser the student's who holds ``token``."""
    session.permanent = True
    session[_KEY] = token
    g.pop("student", None)


def forget() -> None:
    """Make this browser nobody's."""
    session.pop(_KEY, None)
    g.pop("student", None)
