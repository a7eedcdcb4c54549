"""A quiz keeps to its settings: what it asks, how often, until when, and what a single student is given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.core.quiz_settings import Feedback, QuizSettings, Review
from quizapp.operations import judging, mending, quizzes, quizzing, saving
from quizapp.operations.saving import Change
from quizapp.store import attempts, banks, search
from quizapp.store import quizzes as stored
from quizapp.store.tables import ItemRow, StudentRow
from tests.builders import NOW, a_bank, a_choice, a_large_bank, arrived_student
from tests.operations.test_quizzing import right_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank

MINUTE = timedelta(minutes=1)


def a_quiz(session: Session, opens_at: Any = None, closes_at: Any = None, **settings: Any) -> str:
    given = QuizSettings(**{"banks": ("bank00000001",), **settings})
    return quizzes.create(session, "小テスト", "ja", given, now=NOW, opens_at=opens_at, closes_at=closes_at)


def a_student(session: Session) -> int:
    return arrived_student(session)[0].id


def begin(session: Session, quiz: str, student: int, **changes: Any) -> str:
    row = session.get_one(StudentRow, student)
    return quizzing.start_quiz(session, quiz, student=row, **{"now": NOW, **changes})


def items_of(session: Session, code: str) -> list[str]:
    return [each.snapshot.item.id for each in attempts.asked(session, attempts.get(session, code).id)]


def answer(session: Session, code: str, *, rightly: bool = True, now: Any = NOW) -> None:
    found = attempts.asked(session, attempts.get(session, code).id)
    changes = [Change(each.position, 9, right_answer(each) if rightly else ("x",)) for each in found]
    saving.save_changes(code, changes, device="t", now=now)


def test_a_quiz_draws_as_many_questions_as_it_says(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(30))
    code = begin(session, a_quiz(session, count=7), a_student(session))

    assert len(items_of(session, code)) == 7


def test_a_retake_asks_first_what_was_not_asked_yet(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(10))
    quiz, student = a_quiz(session, count=5), a_student(session)
    first = begin(session, quiz, student)
    judging.finish_attempt(session, first, now=NOW)
    second = begin(session, quiz, student)

    assert set(items_of(session, first)).isdisjoint(items_of(session, second))


def test_tags_narrow_what_is_asked(session: Session, keep: Callable[..., Bank]) -> None:
    items = tuple(a_choice(f"問い{n}", id=f"tagged{n:06d}", tags=("橋",) if n % 2 else ("港",)) for n in range(6))
    keep(a_bank(items=items))
    code = begin(session, a_quiz(session, tags=("橋",)), a_student(session))

    assert set(items_of(session, code)) == {"tagged000001", "tagged000003", "tagged000005"}


def test_what_the_index_has_not_come_to_yet_is_asked_too(session: Session, keep: Callable[..., Bank]) -> None:
    keep(items=(a_choice("問い", id="tagged000001", tags=("橋",)), a_choice("他", id="tagged000002", tags=("港",))))
    for row in session.scalars(select(ItemRow)):
        row.words = None
        search.forget(session, row.id)
    session.commit()
    code = begin(session, a_quiz(session, tags=("橋",)), a_student(session))

    assert items_of(session, code) == ["tagged000001"]


def test_as_many_questions_are_announced_as_are_asked(session: Session, keep: Callable[..., Bank]) -> None:
    tags = [("Port",), ("port",), ("橋", "Port"), (), ("橋",), ("Port",)]
    items = [
        a_choice(f"問い{n}", id=f"tagged{n:06d}", tags=each, fact_id="bridge" if n < 4 else None, retired=n == 5)
        for n, each in enumerate(tags)
    ]
    keep(items=tuple(items))
    chosen: list[tuple[dict[str, Any], int]] = [
        ({}, 2), ({"with_siblings": True}, 5), ({"with_siblings": True, "count": 3}, 3),
        ({"tags": ("Port",), "with_siblings": True}, 2), ({"tags": ("Port", "橋")}, 2), ({"tags": ("port",)}, 1),
    ]  # fmt: skip
    for settings, count in chosen:
        quiz = a_quiz(session, **settings)
        asked = items_of(session, begin(session, quiz, a_student(session)))

        assert stored.question_count(session, QuizSettings(banks=("bank00000001",), **settings)) == len(asked) == count
    assert stored.question_count(session, QuizSettings(banks=("bankgone0001",), tags=("Port",))) == 0


def test_unshuffled_questions_and_options_stand_as_they_were_written(
    session: Session, keep: Callable[..., Bank]
) -> None:
    keep(a_large_bank(8))
    code = begin(session, a_quiz(session, shuffle_items=False, shuffle_options=False), a_student(session))

    assert items_of(session, code) == sorted(items_of(session, code))
    assert attempts.get(session, code).option_seed == ""


def test_beginning_twice_goes_on_with_the_open_attempt(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student = a_quiz(session), a_student(session)

    assert begin(session, quiz, student) == begin(session, quiz, student)


def test_no_more_attempts_than_are_allowed_but_those_given_on_top(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student = a_quiz(session, attempts_allowed=1), a_student(session)
    judging.finish_attempt(session, begin(session, quiz, student), now=NOW)
    with pytest.raises(ConflictError, match="no attempt is left"):
        begin(session, quiz, student)

    quizzes.allow(session, quiz, student, more_attempts=1, now=NOW)

    assert begin(session, quiz, student)


def test_a_quiz_cannot_be_begun_before_it_opens_or_after_it_closed(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    student = a_student(session)
    with pytest.raises(ConflictError, match="not opened"):
        begin(session, a_quiz(session, opens_at=NOW + MINUTE), student)
    quiz = a_quiz(session, closes_at=NOW)
    with pytest.raises(ConflictError, match="closed"):
        begin(session, quiz, student)

    quizzes.reschedule(session, quiz, opens_at=None, closes_at=NOW + MINUTE, now=NOW)

    assert begin(session, quiz, student)


def test_a_quiz_that_closes_before_it_opens_is_refused(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    with pytest.raises(ConflictError, match="before it opens"):
        a_quiz(session, opens_at=NOW, closes_at=NOW)


def test_a_quiz_without_questions_is_refused(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    with pytest.raises(ConflictError, match="no questions"):
        a_quiz(session, tags=("nothing",))
    with pytest.raises(NotFoundError, match="did you mean 'bridge'"):
        quizzes.bank_identities(session, ["brigde"])


@pytest.mark.parametrize(("factor", "minutes"), [(1.0, 10.0), (1.25, 12.5), (1.5, 15.0), (2.0, 20.0), (None, None)])
def test_extra_time_moves_the_deadline(
    session: Session, keep: Callable[..., Bank], factor: float | None, minutes: float | None
) -> None:
    keep()
    quiz, student = a_quiz(session, time_limit=600), a_student(session)
    code = begin(session, quiz, student)
    quizzes.allow(session, quiz, student, time_factor=factor, now=NOW)

    deadline = attempts.get(session, code).deadline
    assert deadline == (None if minutes is None else NOW + timedelta(minutes=minutes))


def test_the_next_acknowledgement_carries_the_moved_deadline(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student = a_quiz(session, time_limit=600), a_student(session)
    code = begin(session, quiz, student)
    quizzes.allow(session, quiz, student, time_factor=2.0, now=NOW)
    outcome = saving.save_changes(code, [Change(0, 1, ("x",))], device="t", now=NOW)[0]

    assert outcome.deadline == NOW + 20 * MINUTE


def test_closing_a_quiz_ends_running_attempts_with_it(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz, student = a_quiz(session), a_student(session)
    code = begin(session, quiz, student)
    quizzes.reschedule(session, quiz, opens_at=None, closes_at=NOW + MINUTE, now=NOW)

    assert attempts.get(session, code).deadline == NOW + MINUTE


def test_answers_count_within_the_grace_and_are_put_aside_after_it(session: Session, keep: Callable[..., Bank]) -> None:
    keep(items=(a_choice(fact_id="bridge"),))
    quiz, student = a_quiz(session, time_limit=60, grace=30), a_student(session)
    code = begin(session, quiz, student)
    key = right_answer(attempts.asked(session, attempts.get(session, code).id)[0])

    def save(sequence: int, seconds: int, *given: str) -> str:
        change = [Change(0, sequence, given)]
        return saving.save_changes(code, change, device="t", now=NOW + timedelta(seconds=seconds))[0].word

    assert save(1, 59, "x") == "saved"
    assert save(2, 89, *key) == "saved"
    assert save(3, 91, "y") == "late"
    judging.finish_attempt(session, code, now=NOW + timedelta(seconds=200))

    sitting = attempts.get(session, code)
    assert sitting.score == 1
    assert sitting.finished_at == NOW + MINUTE
    assert sitting.late_count == 1


def test_attempts_whose_time_is_up_are_closed_from_what_was_saved(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    quiz = a_quiz(session, time_limit=60)
    code = begin(session, quiz, a_student(session))
    answer(session, code)
    quiz_id = stored.get(session, quiz).id

    assert judging.finish_expired(session, quiz_id, now=NOW + MINUTE) == 0
    assert judging.finish_expired(session, quiz_id, now=NOW + 2 * MINUTE) == 1
    assert attempts.get(session, code).score == 1


def test_a_look_over_a_bank_counts_attempts_whose_time_is_up(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    code = begin(session, a_quiz(session, time_limit=60), a_student(session))
    mending.look_over(session, banks.get(session, "bridge"), now=NOW + 2 * MINUTE)

    assert attempts.get(session, code).finished_at == NOW + MINUTE


def test_a_large_class_is_closed_some_at_a_time(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(2))
    quiz = a_quiz(session, time_limit=60)
    codes = [begin(session, quiz, a_student(session)) for _ in range(60)]
    answer(session, codes[0])
    answer(session, codes[-1])
    quiz_id = stored.get(session, quiz).id
    commits: list[object] = []
    event.listen(session, "after_commit", commits.append)

    assert judging.finish_expired(session, quiz_id, now=NOW + 2 * MINUTE) == 60
    assert len(commits) < 6
    scores = [attempts.get(session, code).score for code in codes]
    assert scores == [1, *[0] * 58, 1]
    assert {attempts.get(session, code).finished_at for code in codes} == {NOW + MINUTE}
    assert judging.finish_expired(session, quiz_id, now=NOW + 2 * MINUTE) == 0


def test_questions_count_by_their_weight(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_large_bank(2))
    quiz = a_quiz(session, weights={"large0000000": 3.0}, shuffle_items=False)
    code = begin(session, quiz, a_student(session))
    first = attempts.asked(session, attempts.get(session, code).id)[0]
    saving.save_changes(code, [Change(0, 1, right_answer(first))], device="t", now=NOW)
    judging.finish_attempt(session, code, now=NOW)

    assert attempts.get(session, code).score == 0.75


def test_a_checked_answer_is_judged_and_cannot_change(session: Session, keep: Callable[..., Bank]) -> None:
    keep(items=(a_choice(fact_id="bridge"),))
    code = begin(session, a_quiz(session, feedback=Feedback.AT_ONCE), a_student(session))
    judging.check_answers(session, code, range(1), now=NOW)
    assert attempts.asked(session, attempts.get(session, code).id)[0].score is None
    answer(session, code, rightly=False)
    judging.check_answers(session, code, range(1), now=NOW)
    word = saving.save_changes(code, [Change(0, 99, ("y",))], device="t", now=NOW)[0].word
    saving.save_page(code, [Change(0, 99, ("z",))], now=NOW)

    found = attempts.asked(session, attempts.get(session, code).id)[0]
    assert (word, found.score, found.answer) == ("closed", 0, ("x",))


def test_no_answer_is_checked_where_feedback_comes_at_the_end(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    code = begin(session, a_quiz(session), a_student(session))
    with pytest.raises(ConflictError, match="at the end"):
        judging.check_answers(session, code, range(1), now=NOW)


@pytest.mark.parametrize(
    ("review", "closes_in", "minutes", "shows"),
    [
        (Review.AT_ONCE, None, 1, True), (Review.NEVER, None, 1, False), (Review.AFTER_CLOSING, None, 1, False),
        (Review.AFTER_CLOSING, 5, 4, False), (Review.AFTER_CLOSING, 5, 5, True),
    ],
)  # fmt: skip
def test_keys_are_shown_when_the_quiz_says(
    session: Session, keep: Callable[..., Bank], review: Review, closes_in: int | None, minutes: int, shows: bool
) -> None:
    keep()
    quiz = a_quiz(session, review=review, closes_at=closes_in and NOW + closes_in * MINUTE)
    code = begin(session, quiz, a_student(session))
    judging.finish_attempt(session, code, now=NOW)

    assert attempts.get(session, code).shows_keys(NOW + minutes * MINUTE) is shows
