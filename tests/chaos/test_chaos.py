"""Nothing acknowledged is lost, whatever the network and the machine do; and a trial would tell if it were."""

from __future__ import annotations

import pytest

from tests.chaos.audit import Faults
from tests.chaos.trial import try_out


@pytest.mark.parametrize(("database", "database_kills"), [("sqlite", 0), ("postgresql", 1)])
def test_no_acknowledged_answer_is_lost_though_the_server_is_killed(database: str, database_kills: int) -> None:
    outcome = try_out(database, answers=800, kills=2, database_kills=database_kills)

    assert outcome.faults == Faults()
    assert outcome.acknowledged >= 800
    assert outcome.handed_in >= 16
    assert outcome.put_aside > 0
    assert min(outcome.requests_lost, outcome.requests_doubled) > 10


def test_a_trial_notices_when_answers_are_acknowledged_before_they_are_safe() -> None:
    assert try_out("sqlite", answers=500, kills=2, mutant="acknowledge_before_commit").faults.lost > 0


def test_a_trial_notices_when_the_last_arrival_wins() -> None:
    assert try_out("sqlite", answers=300, kills=0, mutant="last_arrival_wins").faults.stale > 0


def test_a_trial_notices_when_handing_in_twice_grades_twice() -> None:
    assert try_out("sqlite", answers=300, kills=0, mutant="submit_is_not_idempotent").faults.double_grades > 0
