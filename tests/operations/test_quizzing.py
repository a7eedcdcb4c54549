"""An attempt keeps its questions and answers, whatever happens around it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.core.inputs import Gaps, OneOf, SomeOf, Typed
from quizapp.operations import authoring, judging, quizzing, saving
from quizapp.operations.saving import Change
from quizapp.store import attempts
from tests.builders import LATER, NOW, a_bank, a_choice, a_full_bank, one_of_each

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank
    from quizapp.core.inputs import Response
    from quizapp.store.attempts import Asked


def right_answer(asked: Asked) -> Response:
    match asked.question.input:
        case OneOf(options) | SomeOf(options):
            return tuple(option.id for option in options if option.correct)
        case Typed(accepted):
            return accepted[:1]
        case Gaps(gaps):
            return tuple(
                next(o.id for o in gap.options if o.correct) if isinstance(gap, OneOf) else gap.keys[0] for gap in gaps
            )


def start(session: Session, count: int = 10, **changes: object) -> str:
    return quizzing.start_practice(session, "bridge", count=count, page_size=5, now=NOW, **changes)  # type: ignore[arg-type]


def test_all_right_gives_full_score(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())
    code = start(session)
    asked = attempts.asked(session, attempts.get(session, code).id)

    saving.save_page(code, [Change(each.position, 0, right_answer(each)) for each in asked], now=NOW)
    judging.finish_attempt(session, code, now=NOW)

    sitting = attempts.get(session, code)
    assert sitting.score == 1
    assert sum(each.is_answered for each in attempts.asked(session, sitting.id)) == 6
    assert [each.score for each in attempts.asked(session, sitting.id)] == [1.0] * 6


def test_nothing_answered_gives_none(session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())
    code = start(session)
    judging.finish_attempt(session, code, now=NOW)

    assert attempts.get(session, code).score == 0


def test_handing_in_twice_keeps_the_first_result(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    code = start(session)
    judging.finish_attempt(session, code, now=NOW)
    judging.finish_attempt(session, code, now=LATER + timedelta(days=9))

    assert attempts.get(session, code).finished_at == NOW


def test_after_handing_in_answers_are_refused(session: Session, keep: Callable[..., Bank]) -> None:
    keep()
    code = start(session)
    judging.finish_attempt(session, code, now=NOW)

    with pytest.raises(ConflictError, match="handed in"):
        saving.save_page(code, [Change(0, 0, ("x",))], now=NOW)


def test_an_answer_can_be_changed_and_taken_back(session: Session, keep: Callable[..., Bank]) -> None:
    keep(items=(a_choice(fact_id="bridge"),))
    code = start(session)
    for answer, count in ((("a",), 1), (("b",), 1), ((), 0)):
        saving.save_page(code, [Change(0, 0, answer)], now=NOW)
        session.rollback()
        found = attempts.asked(session, attempts.get(session, code).id)[0]
        assert found.is_answered == bool(count)
        assert found.answer == answer


def test_an_attempt_keeps_the_version_it_began_with(session: Session, keep: Callable[..., Bank]) -> None:
    bank = keep(items=(a_choice(fact_id="bridge"),))
    code = start(session)
    corrected = replace(bank, items=(a_choice("直した問い", fact_id="bridge"),))
    authoring.import_bank(session, corrected, digest="2", now=NOW)

    old = attempts.asked(session, attempts.get(session, code).id)[0]
    new = attempts.asked(session, attempts.get(session, start(session)).id)[0]

    assert old.question.stem == "青葉橋が開通したのはいつですか。"
    assert new.question.stem == "直した問い"


def test_retired_items_are_not_asked(session: Session, keep: Callable[..., Bank]) -> None:
    bank = a_bank()
    keep(replace(bank, items=tuple(replace(item, retired=True) for item in bank.items)))

    with pytest.raises(ConflictError, match="no questions yet"):
        start(session)


def test_siblings_are_only_drawn_when_wanted(session: Session, keep: Callable[..., Bank]) -> None:
    keep(items=one_of_each("bridge"))

    assert attempts.get(session, start(session)).item_count == 1
    assert attempts.get(session, start(session, with_siblings=True)).item_count == 6


def test_an_unknown_code_finds_nothing(session: Session, keep: Callable[..., Bank]) -> None:
    keep()

    with pytest.raises(NotFoundError):
        attempts.get(session, "guessed")
    with pytest.raises(NotFoundError):
        saving.save_page("guessed", [Change(0, 0, ("x",))], now=NOW)


def test_answers_sent_at_the_same_time_are_all_kept(app: Flask, session: Session, keep: Callable[..., Bank]) -> None:
    keep(a_full_bank())
    code = start(session)
    errors: list[BaseException] = []

    def save(position: int) -> None:
        try:
            with app.app_context():
                for turn in range(10):
                    saving.save_page(code, [Change(position, 0, (f"{turn}",))], now=NOW)
        except BaseException as error:  # noqa: BLE001 (shown by the assertion below)
            errors.append(error)

    threads = [threading.Thread(target=save, args=(position,)) for position in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    session.rollback()
    assert [each.answer for each in attempts.asked(session, attempts.get(session, code).id)] == [("9",)] * 6
