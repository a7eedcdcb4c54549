"""Telling students apart who sat a quiz under one name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp.store.account_tables import AccountRow
from quizapp.store.accounts import name_key
from quizapp.store.class_tables import ClassRow, PupilRow
from quizapp.store.database import batched
from quizapp.store.tables import StudentRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.store.results import Seat, Taker
    from quizapp.store.tables import QuizRow


@dataclass(frozen=True, slots=True)
class Namesake:
    """What a student is known by beside their name; "" for what there is not.

    ``login`` is the name they sign in with; ``place`` the class of the quiz's teacher that they joined last, and who
    they are there where that differs; ``came_at`` is when they first came.
    """

    login: str
    place: str
    came_at: datetime


def find(session: Session, quiz: QuizRow, people: Iterable[Seat | Taker]) -> dict[int, Namesake]:
    """Return what tells those of ``people`` apart who share a name with another student, by student id."""
    alike: defaultdict[str, set[int]] = defaultdict(set)
    for each in people:
        if each.name and each.student_id:
            alike[name_key(each.name)].add(each.student_id)
    names = {student_id: key for key, some in alike.items() if len(some) > 1 for student_id in some}
    found: dict[int, Namesake] = {}
    for some in batched(list(names)):
        query = (
            select(StudentRow.id, AccountRow.name, ClassRow.name, PupilRow.name, StudentRow.created_at)
            .outerjoin(AccountRow, AccountRow.id == StudentRow.account_id)
            .outerjoin(PupilRow, PupilRow.student_id == StudentRow.id)
            .outerjoin(ClassRow, (ClassRow.id == PupilRow.class_id) & (ClassRow.owner_id == quiz.owner_id))
            .where(StudentRow.id.in_(some))
            .order_by(PupilRow.joined_at)
        )
        for student_id, login, class_name, class_knows, came_at in session.execute(query):
            if student_id in found and not class_name:
                continue  # a class of another teacher
            is_same = not class_name or name_key(class_knows) == names[student_id]
            place = (class_name or "") if is_same else f"{class_name}: {class_knows}"
            found[student_id] = Namesake(login or "", place, came_at)
    return found
