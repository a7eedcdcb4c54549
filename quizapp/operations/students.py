"""Students: known by a token on their devices, with their history, what they missed, and the right to be forgotten."""

from __future__ import annotations

import secrets
from hashlib import blake2s
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from quizapp.core import missed
from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.operations import quizzing
from quizapp.store import attempts, history
from quizapp.store.account_tables import AccountRow
from quizapp.store.database import begin_writing
from quizapp.store.tables import AttemptRow, StudentRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from sqlalchemy.orm import Session


def find(session: Session, token: str) -> StudentRow | None:
    """Return the student whose device holds ``token``."""
    return session.scalar(select(StudentRow).where(StudentRow.token_hash == _hash(token))) if token else None


def of_account(session: Session, account_id: int) -> StudentRow | None:
    """Return the student who signs in with an account."""
    return session.scalar(select(StudentRow).where(StudentRow.account_id == account_id))


def arriving(*, name: str = "", now: datetime, account_id: int | None = None) -> tuple[StudentRow, str]:
    """Return a new student, not kept yet, and the token for the device, which is kept nowhere else."""
    token = secrets.token_urlsafe(24)
    row = StudentRow(token_hash=_hash(token), name=name.strip()[:80], created_at=now, account_id=account_id)
    return row, token


def keep(session: Session, student: StudentRow) -> None:
    """Keep a student who has arrived."""
    begin_writing(session)
    session.add(student)
    session.commit()


def attach(session: Session, student_id: int, account_id: int) -> None:
    """Give a student an account, by which alone they are known from now on: devices with their token forget them."""
    begin_writing(session)
    token_hash = _hash(secrets.token_urlsafe(24))
    session.execute(
        update(StudentRow)
        .where(StudentRow.id == student_id, StudentRow.account_id.is_(None))
        .values(account_id=account_id, token_hash=token_hash)
    )
    session.commit()


def rename(session: Session, student_id: int, name: str) -> None:
    """Keep the name that a student goes by from now on; names on earlier attempts stay."""
    begin_writing(session)
    session.execute(update(StudentRow).where(StudentRow.id == student_id).values(name=name.strip()[:80]))
    session.commit()


def sign_in_elsewhere(session: Session, student_id: int) -> str:
    """Return a new token for a student; devices with the old one are signed out.

    :raise NotFoundError: the student is gone.
    """
    token = secrets.token_urlsafe(24)
    begin_writing(session)
    changed = session.execute(
        update(StudentRow).where(StudentRow.id == student_id).values(token_hash=_hash(token)).returning(StudentRow.id)
    ).scalar()
    session.commit()
    if changed is None:
        raise NotFoundError("this student's data was deleted")
    return token


def holds(session: Session, student_id: int, begins: str) -> bool:
    """Say whether the student is there and the hash of their token still begins like this."""
    token_hash = session.scalar(select(StudentRow.token_hash).where(StudentRow.id == student_id))
    return token_hash is not None and token_hash.startswith(begins)


def forget(session: Session, student_id: int) -> None:
    """Delete a student with every attempt and answer, and a pupil's account. It cannot be undone."""
    begin_writing(session)
    account_id = session.scalar(select(StudentRow.account_id).where(StudentRow.id == student_id))
    session.execute(delete(AttemptRow).where(AttemptRow.student_id == student_id))
    session.execute(delete(StudentRow).where(StudentRow.id == student_id))
    session.execute(delete(AccountRow).where(AccountRow.id == account_id, AccountRow.role == "pupil"))
    session.commit()


def missed_items(
    session: Session, student_id: int, *, now: datetime, day_of: Callable[[datetime], date], code: str = ""
) -> list[str]:
    """Return the identities of the items to practise, newest miss first; with ``code`` only that attempt's.

    Items whose keys the student may not see yet are left out.
    """
    outcomes = history.outcomes(session, student_id, now=now)
    due = missed.to_practise(outcomes, day_of)
    if not code:
        return due
    here = {outcome.identity for outcome in outcomes if outcome.attempt_code == code}
    return [identity for identity in due if identity in here]


def practise_missed(
    session: Session,
    student_id: int,
    *,
    title: str,
    language: str,
    now: datetime,
    day_of: Callable[[datetime], date],
    code: str = "",
) -> str:
    """Begin an attempt of what a student missed and return its code.

    :raise ConflictError: there is nothing to practise.
    :raise NotFoundError: the attempt ``code`` is not this student's.
    """
    if code and attempts.get(session, code).student_id != student_id:
        raise attempts.no_attempt()
    identities = missed_items(session, student_id, now=now, day_of=day_of, code=code)
    if not identities:
        raise ConflictError("there is nothing left to practise: every question was answered right")
    return quizzing.practise_items(session, identities, student_id=student_id, title=title, language=language, now=now)


def _hash(token: str) -> str:
    return blake2s(token.encode(), digest_size=32).hexdigest()
