"""The database's sums give the figures that the answers themselves give, on both engines."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sqlalchemy import select

from quizapp.core.statistics import item_statistics, quiz_statistics
from quizapp.operations import authoring
from quizapp.store import statistics
from quizapp.store.tables import AttemptRow, ItemVersionRow, ResponseRow, StudentRow
from tests.builders import NOW, a_large_bank

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ITEMS = 6
SCORES = (0.0, 0.0, 0.5, 1.0, 1.0)


@pytest.fixture
def versions(session: Session) -> list[int]:
    """Give the item versions of a bank."""
    authoring.import_bank(session, a_large_bank(ITEMS), digest="d", now=NOW)
    return list(session.scalars(select(ItemVersionRow.id).order_by(ItemVersionRow.id)))


def sit(
    session: Session,
    versions: list[int],
    scores: list[float],
    *,
    name: str,
    finished: bool = True,
    student_id: int | None = None,
) -> None:
    """Keep an attempt with a score on each version, the answers being the scores in words."""
    attempt = AttemptRow(
        code=name, title="t", language="ja", rules={}, bank_id=1, student_id=student_id, seed="s", page_size=10,
        item_count=len(versions), started_at=NOW, finished_at=NOW if finished else None,
        score=sum(scores) / len(scores) if finished else None,
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    session.add_all(
        ResponseRow(
            attempt_id=attempt.id, position=position, version_id=version, form=0, answer=[f"option{score}"],
            score=score if finished else None,
        )
        for position, (version, score) in enumerate(zip(versions, scores, strict=True))
    )  # fmt: skip
    session.commit()


def fill(session: Session, versions: list[int], count: int) -> Any:
    rng = random.Random(5)
    rows = []
    for number in range(count):
        able = rng.random()
        rows.append([rng.choice(SCORES) if rng.random() > able else 1.0 for _ in versions])
        sit(session, versions, rows[-1], name=f"attempt{number}")
    return np.array(rows)


def test_the_figures_of_items_and_quiz_are_those_of_the_answers(session: Session, versions: list[int]) -> None:
    scores = fill(session, versions, 60)
    totals = scores.sum(axis=1)
    ranked = np.sort(totals)
    upper, lower = scores[totals >= ranked[-17]], scores[totals <= ranked[16]]

    of_quiz, sums = statistics.all_sums(session, AttemptRow.bank_id == 1)
    quiz = quiz_statistics(of_quiz, sums.values())

    assert sorted(sums) == versions
    for item, version in enumerate(versions):
        found = item_statistics(sums[version])
        assert found.n == 60
        assert found.facility.value == pytest.approx(scores[:, item].mean())
        assert found.discrimination.value == pytest.approx(upper[:, item].mean() - lower[:, item].mean())
        assert found.point_biserial.value == pytest.approx(np.corrcoef(scores[:, item], totals - scores[:, item])[0, 1])
    assert quiz.mean.value == pytest.approx(totals.mean() / ITEMS)
    assert quiz.alpha.value == pytest.approx(
        ITEMS / (ITEMS - 1) * (1 - scores.var(axis=0, ddof=1).sum() / totals.var(ddof=1))
    )
    places = np.minimum(np.floor(totals / ITEMS * 10 + 1e-9).astype(int), 9)
    assert list(quiz.histogram) == list(np.bincount(places, minlength=10))


def test_attempts_of_different_length_are_compared_by_their_mean_on_the_other_items(
    session: Session, versions: list[int]
) -> None:
    rng = random.Random(6)
    scores, rests = [], []
    for number in range(40):
        drawn = [versions[0], *rng.sample(versions[1:], rng.randint(1, 5))]
        row = [float(rng.random() < 0.6) for _ in drawn]
        scores.append(row[0])
        rests.append(sum(row[1:]) / len(row[1:]))
        sit(session, drawn, row, name=f"attempt{number}")

    found = item_statistics(statistics.item_sums(session, AttemptRow.bank_id == 1)[versions[0]])

    assert found.point_biserial.value == pytest.approx(np.corrcoef(scores, rests)[0, 1])


def test_unfinished_attempts_and_those_of_others_do_not_count(session: Session, versions: list[int]) -> None:
    sit(session, versions, [1.0] * ITEMS, name="done")
    sit(session, versions, [1.0] * ITEMS, name="open", finished=False)

    assert statistics.item_sums(session, AttemptRow.bank_id == 1)[versions[0]].all.n == 1
    assert statistics.all_sums(session, AttemptRow.bank_id == 1)[0].n == 1
    assert statistics.item_sums(session, AttemptRow.bank_id == 2) == {}
    assert statistics.all_sums(session, AttemptRow.bank_id == 2)[0].n == 0


def test_only_the_first_attempt_of_a_student_counts_where_that_is_wanted(session: Session, versions: list[int]) -> None:
    student = StudentRow(token_hash="h", created_at=NOW)  # noqa: S106
    session.add(student)
    session.flush()
    for number in range(3):
        sit(session, versions, [float(number > 0)] * ITEMS, name=f"again{number}", student_id=student.id)
    sit(session, versions, [1.0] * ITEMS, name="nobody")
    sit(session, versions, [1.0] * ITEMS, name="nobody else")

    all_of_them = statistics.item_sums(session, AttemptRow.bank_id == 1)[versions[0]].all
    first = statistics.item_sums(session, (AttemptRow.bank_id == 1) & statistics.is_first())[versions[0]].all

    assert (all_of_them.n, all_of_them.score) == (5, 4)
    assert (first.n, first.score) == (3, 2)
    assert statistics.all_sums(session, (AttemptRow.bank_id == 1) & statistics.is_first())[0].n == 3


def test_answers_are_counted_by_group(session: Session, versions: list[int]) -> None:
    for number in range(10):
        sit(session, versions, [float(number >= 5)] * 5 + [float(number in {8, 9})], name=f"attempt{number}")

    [first, second] = statistics.version_sums(session, AttemptRow.bank_id == 1, versions[0]).answers[0]

    assert {first.answer, second.answer} == {("option0.0",), ("option1.0",)}
    right = first if first.answer == ("option1.0",) else second
    assert (right.upper, right.middle, right.lower) == (5, 0, 0)


def test_a_perfect_score_stands_in_the_last_tenth(session: Session, versions: list[int]) -> None:
    sit(session, versions, [1.0] * ITEMS, name="perfect")
    sit(session, versions, [0.0] * ITEMS, name="empty")

    assert statistics.all_sums(session, AttemptRow.bank_id == 1)[0].bins == (1, *(0,) * 8, 1)


def test_an_answer_takes_the_time_since_the_one_before(session: Session, versions: list[int]) -> None:
    moments = [NOW + timedelta(seconds=seconds) for seconds in (40, 10, 70, 70, 100)]
    for number in range(2):
        sit(session, versions, [1.0] * ITEMS, name=f"attempt{number}")
    for row in session.scalars(select(ResponseRow).where(ResponseRow.position < len(moments))):
        row.saved_at = moments[row.position]
    session.commit()
    these = AttemptRow.code == "attempt1"
    found = statistics.answer_seconds(session, these)
    newest = statistics.answer_seconds(session, AttemptRow.code.startswith("attempt"), newest=1)
    one = statistics.answer_seconds(session, these, version_id=versions[4])

    assert found == {versions[0]: [30.0], versions[1]: [10.0], versions[4]: [30.0]}
    assert newest == found
    assert one == {versions[4]: [30.0]}
