"""A student's history is theirs: what they missed, on which device it is, and that it can be deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.core.quiz_settings import Review
from quizapp.operations import answer_file, judging, students
from quizapp.store import attempts, history
from quizapp.store import quizzes as stored
from quizapp.store.tables import AttemptRow, ResponseRow, StudentRow
from tests.builders import NOW, a_bank, a_choice, a_full_bank, arrived_student
from tests.operations.test_quizzes import MINUTE, a_quiz, a_student, answer, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank

DAY = timedelta(days=1)


def sit(session: Session, quiz: str, student: int, *, rightly: bool, now: Any = NOW) -> str:
    code = begin(session, quiz, student, now=now)
    answer(session, code, rightly=rightly, now=now)
    judging.finish_attempt(session, code, now=now)
    return code


def missed(session: Session, student: int, now: Any = NOW, code: str = "") -> list[str]:
    return students.missed_items(session, student, now=now, day_of=lambda moment: moment.date(), code=code)


def practise(session: Session, student: int, now: Any = NOW) -> str:
    return students.practise_missed(
        session, student, title="間違えた問題", language="ja", now=now, day_of=lambda moment: moment.date()
    )


def test_what_was_missed_is_practised_until_right_on_two_days(session: Session, keep: Callable[..., Bank]) -> None:
    keep(items=(a_choice(fact_id="bridge"),))
    quiz, student = a_quiz(session), a_student(session)
    sit(session, quiz, student, rightly=False)
    for day, left in ((1, 1), (1, 1), (2, 0)):
        code = practise(session, student, NOW + day * DAY)
        answer(session, code, now=NOW + day * DAY)
        judging.finish_attempt(session, code, now=NOW + day * DAY)
        assert len(missed(session, student, NOW + 9 * DAY)) == left

    with pytest.raises(ConflictError, match="nothing left"):
        practise(session, student, NOW + 9 * DAY)


def test_what_must_not_be_seen_yet_is_not_practised(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    student = a_student(session)
    sit(session, a_quiz(session, review=Review.NEVER), student, rightly=False)
    closing = a_quiz(session, review=Review.AFTER_CLOSING, closes_at=NOW + MINUTE)
    sit(session, closing, student, rightly=False)

    assert missed(session, student) == []
    assert len(missed(session, student, NOW + MINUTE)) == 2


def test_only_ones_own_attempt_can_be_practised(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student = a_quiz(session), a_student(session)
    code = sit(session, quiz, a_student(session), rightly=False)

    assert missed(session, student) == []
    with pytest.raises(NotFoundError):
        students.practise_missed(
            session, student, title="", language="ja", now=NOW, day_of=lambda moment: moment.date(), code=code
        )


def test_the_token_finds_the_student_until_it_is_changed(session: Session) -> None:
    student, token = arrived_student(session)
    found = students.find(session, token)
    assert found is not None
    moved = students.sign_in_elsewhere(session, student.id)

    assert students.find(session, token) is None
    assert students.find(session, moved) is not None
    assert students.find(session, "") is None


def test_nothing_of_a_student_stays_after_deletion(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student, other = a_quiz(session), a_student(session), a_student(session)
    sit(session, quiz, student, rightly=True)
    kept = sit(session, quiz, other, rightly=True)
    students.forget(session, student)

    assert session.scalar(select(func.count()).select_from(StudentRow)) == 1
    assert list(session.scalars(select(AttemptRow.code))) == [kept]
    assert session.scalar(select(func.count()).select_from(ResponseRow)) == 2


def test_the_answer_file_holds_every_answer_and_no_key_that_is_not_due(
    session: Session, keep: Callable[..., Bank]
) -> None:
    keep(a_full_bank())
    student = a_student(session)
    sit(session, a_quiz(session), student, rightly=True)
    before = "".join(answer_file.rows(session, student, language="ja", now=NOW))
    students.forget(session, student)
    student = a_student(session)
    sit(session, a_quiz(session, review=Review.NEVER), student, rightly=False)
    hidden = "".join(answer_file.rows(session, student, language="ja", now=NOW))

    assert before.count("\r\n") == 7
    assert "青葉橋" in before.split("正解")[-1]
    assert "2019年4月" in before
    assert "2019年4月" not in hidden


def test_a_cell_that_looks_like_a_formula_is_disarmed(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_bank(items=(a_choice("＝1+1は何ですか。"),)))
    student = a_student(session)
    sit(session, a_quiz(session), student, rightly=True)

    assert ",'＝1+1は何ですか。," in "".join(answer_file.rows(session, student, language="ja", now=NOW))


def test_a_long_history_comes_in_pages(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student = a_quiz(session), a_student(session)
    codes = [sit(session, quiz, student, rightly=True, now=NOW + n * MINUTE) for n in range(5)]
    first = history.past_attempts(session, student, most=3)
    rest = history.past_attempts(session, student, before=first[-1].id, most=3)

    assert [each.code for each in (*first, *rest)] == codes[::-1]
    assert attempts.get(session, codes[0]).quiz_code == quiz
    assert stored.get(session, quiz).title == "小テスト"
