"""Links that make another browser a student's: signed, of short life, and good for one use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, current_app, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer

from quizapp.operations import students
from quizapp.store.database import db

if TYPE_CHECKING:
    from quizapp.store.tables import StudentRow

OWN_MINUTES = 15
TEACHERS_MINUTES = 24 * 60
_SALTS = {OWN_MINUTES: "another device", TEACHERS_MINUTES: "a pupil's other device"}


def make(student: StudentRow, minutes: int) -> str:
    """Return a link by which another browser becomes a student's."""
    said = _signer(minutes).dumps([student.id, student.token_hash[:12]])
    return url_for("history.devices", link=said, _external=True)


def student_of(signed: str) -> int:
    """Return the student whom a link carries; it works once, as the token changes when it is used."""
    for minutes in _SALTS:
        try:
            student_id, begins = _signer(minutes).loads(signed, max_age=minutes * 60)
        except BadSignature:
            continue
        if students.holds(db.session(), student_id, begins):
            return int(student_id)
    return abort(403, _("This link has been used or is too old. Make a new one on the device where your history is."))


def _signer(minutes: int) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_SALTS[minutes])
