"""A corrected item is judged anew, with a record; what was asked and answered stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFoundError
from quizapp.core.inputs import Option
from quizapp.core.items import ShortAnswer
from quizapp.operations import authoring, judging, regrading, saving
from quizapp.operations.saving import Change
from quizapp.store import attempts, regrades
from quizapp.store.tables import RegradeRow
from tests.builders import LATER, NOW, a_bank, a_choice
from tests.operations.meanwhile import crossed
from tests.operations.test_quizzes import a_quiz, a_student, begin

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from quizapp.core.items import Item


def bring(session: Session, *items: Item) -> None:
    bank = a_bank(items=items, changed=LATER)
    authoring.import_bank(session, bank, digest=str(hash(items)), now=NOW)


def sit(session: Session, *given: str) -> str:
    code = begin(session, a_quiz(session), a_student(session))
    saving.save_changes(code, [Change(0, 1, given)], device="t", now=NOW)
    judging.finish_attempt(session, code, now=NOW)
    return code


def score(session: Session, code: str) -> Any:
    return attempts.get(session, code).score


def test_a_corrected_key_changes_scores_with_a_record(session: Session) -> None:
    item = a_choice()
    bring(session, item)
    right, wrong = sit(session, item.options[0].id), sit(session, item.options[1].id)
    options = (Option("2019年4月"), Option("2018年4月", correct=True), Option("2020年4月"))
    bring(session, replace(item, options=options))
    assert {change.code for change in regrading.preview(session, item.id)} == {right, wrong}
    assert (score(session, right), score(session, wrong)) == (1, 0)

    regrading.regrade(session, item.id, reason="広報の訂正", now=NOW)

    assert (score(session, right), score(session, wrong)) == (0, 1)
    note = regrades.of_attempt(session, attempts.get(session, right).id)[1][0]
    assert (note.old_score, note.new_score, note.reason, note.keys) == (1, 0, "広報の訂正", ("2018年4月",))
    assert attempts.asked(session, attempts.get(session, right).id)[0].answer == (item.options[0].id,)


def test_regrading_twice_changes_nothing_more(session: Session) -> None:
    item = ShortAnswer(id="short0000009", language="ja", stem="橋の名前は何ですか。", key="青葉橋")
    bring(session, item)
    code = sit(session, "あおば橋")
    bring(session, replace(item, accepted=("あおば橋",)))

    assert len(regrading.regrade(session, item.id, reason="", now=NOW)) == 1
    assert regrading.regrade(session, item.id, reason="", now=NOW) == []
    assert score(session, code) == 1


@pytest.mark.parametrize(("other", "records"), [("short0000002", 2), ("short0000001", 1)])
def test_two_who_regrade_at_once_count_both_and_nothing_twice(
    app: Flask, session: Session, other: str, records: int
) -> None:
    one, two = (
        ShortAnswer(id=name, language="ja", stem=f"{name}の橋は何ですか。", key="青葉橋")
        for name in ("short0000001", "short0000002")
    )
    bring(session, one, two)
    code = begin(session, a_quiz(session), a_student(session))
    saving.save_changes(code, [Change(at, 1, ("あおば橋",)) for at in (0, 1)], device="t", now=NOW)
    judging.finish_attempt(session, code, now=NOW)
    bring(session, *(replace(each, accepted=("あおば橋",)) for each in (one, two)))

    def regrade(session: Session, identity: str) -> None:
        regrading.regrade(session, identity, reason="", now=NOW)

    raised = crossed(app, lambda s: regrade(s, one.id), lambda s: regrade(s, other), at="UPDATE attempt")

    session.rollback()
    assert raised == []
    assert score(session, code) == records / 2
    assert len(session.scalars(select(RegradeRow)).all()) == records


def test_a_mended_slip_in_an_option_takes_no_point_away(session: Session) -> None:
    item = a_choice()
    bring(session, item)
    code = sit(session, item.options[0].id)
    bring(session, replace(item, options=(Option("2019年4月（平成31年）", correct=True), *item.options[1:])))

    assert regrading.regrade(session, item.id, reason="", now=NOW) == []
    assert score(session, code) == 1


def test_an_item_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        regrading.preview(session, "nowhere")
