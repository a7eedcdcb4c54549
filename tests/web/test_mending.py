"""The loop: nothing is said below 30 answers, the list names what to mend, judging again shows whom it meets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.core.inputs import Option
from quizapp.core.items import Gap
from quizapp.operations import authoring, editing
from quizapp.store.accounts import Account
from quizapp.store.database import db
from quizapp.store.tables import AttemptRow, BankRow, ItemReportRow, ItemVersionRow, QuizRow, ResponseRow
from tests.builders import LATER, NOW, a_bank, a_choice, a_full_bank, an_article, one_of_each
from tests.web.desk_people import a_teacher, browser_of
from tests.web.reading import page, token, words
from tests.web.test_quiz_desk import make_quiz, post, sit
from tests.web.test_roles import keep_owned

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from quizapp.core.bank import Bank
    from tests.conftest import Statements

OPTIONS = ("2019年4月", "2018年4月", "2020年4月")
ITEM = "/desk/banks/bridge/items/choice000001"


@pytest.fixture
def owner(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    keep_owned(app, keep, items=a_full_bank().items[:1])  # type: ignore[arg-type]
    return browser_of(app, "Owner")


def fill(app: Flask, code: str, count: int, *, wrong_above: float) -> None:
    """Keep attempts of two questions; those who are good at the second get the first one wrong."""
    with app.app_context():
        quiz = db.session.scalars(db.select(QuizRow).where(QuizRow.code == code)).one()
        version = db.session.scalars(db.select(ItemVersionRow)).first()
        assert version is not None
        ids = [option.id for option in a_choice().options]
        for number in range(count):
            able = number / count
            scores = [float(able < wrong_above), able, able, able]
            attempt = AttemptRow(
                code=f"filled{number}", quiz_id=quiz.id, title="", language="ja", rules={}, seed="s", page_size=5,
                item_count=4, started_at=NOW, finished_at=NOW, score=sum(scores) / 4, name=f"Pupil {number}",
            )  # fmt: skip
            db.session.add(attempt)
            db.session.flush()
            db.session.add(
                ResponseRow(
                    attempt_id=attempt.id, position=0, version_id=version.id, form=0,
                    answer=[ids[0] if scores[0] else ids[1]], score=scores[0],
                )
            )  # fmt: skip
        db.session.commit()


def test_below_thirty_answers_only_counts_are_said_and_how_many_are_needed(app: Flask, owner: FlaskClient) -> None:
    code = make_quiz(owner)
    fill(app, code, 12, wrong_above=0.5)
    for address in (f"/desk/quizzes/{code}/statistics", f"{ITEM}/statistics"):
        shown = words(owner.get(address))
        assert "too few" not in shown
        assert re.search(r"\d+ of 12 right", shown)
        assert "from 30 answers on; so far there are 12." in shown
        assert ("from 30 attempts on; so far there are 12." in shown) == ("quizzes" in address)
        assert not re.search(r"\d\.\d\d \(", shown)
        assert "<rect" not in owner.get(address).text


def test_where_each_question_has_fewer_answers_than_there_are_attempts_its_own_number_is_said(
    app: Flask, keep: Callable[..., Bank]
) -> None:
    keep_owned(app, keep, items=a_full_bank().items[:2])  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    code = make_quiz(owner)
    fill(app, code, 40, wrong_above=0.5)
    with app.app_context():
        other = db.session.scalars(db.select(ItemVersionRow.id)).all()[1]
        for answer in db.session.scalars(db.select(ResponseRow)).all()[22:]:
            answer.version_id = other  # what the pool gave to these attempts
        db.session.commit()
    shown = words(owner.get(f"/desk/quizzes/{code}/statistics"))

    assert re.search(r"Mean score \d+% \(\d+% – \d+%\) n = 40", shown)
    assert "Estimates, such as facility and discrimination, are told from 30 answers on; so far there are 22." in shown
    assert "attempts on; so far" not in shown


def test_figures_come_with_their_number_an_interval_a_chart_and_a_table(app: Flask, owner: FlaskClient) -> None:
    code = make_quiz(owner)
    fill(app, code, 80, wrong_above=0.5)
    quiz = owner.get(f"/desk/quizzes/{code}/statistics")
    item = words(owner.get(f"{ITEM}/statistics"))
    table = page(quiz).xpath("//table")[0]

    assert re.search(r"Mean score \d+% \(\d+% – \d+%\) n = 80", words(quiz))
    assert sum(int(cell.text) for cell in table.xpath(".//td[2]")) == 80
    assert len(page(quiz).xpath("//*[local-name()='rect']")) == 10
    assert "negative: is the key right?" in words(quiz)
    assert re.search(r"Facility 50% \(39% – 61%\) n = 80", item)
    assert re.search(r"2020年4月 ▲ Dead distractor 0%", item)


def test_what_pupils_typed_is_shown_to_those_alone_who_may_edit_the_bank(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep, items=one_of_each()[3:4])  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    typed = "/desk/banks/bridge/items/short0000001/statistics"
    code = make_quiz(owner)
    fill(app, code, 40, wrong_above=0.5)
    with app.app_context():
        db.session.execute(db.update(ResponseRow).values(answer=["my secret"]))
        db.session.commit()

    assert "my secret" in words(owner.get(typed))
    stranger = words(a_teacher(app, "Stranger").get(typed))
    assert "my secret" not in stranger
    assert "shown to those who may edit this bank" in stranger


def test_choices_in_gaps_are_told_by_gap_and_in_words(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep, items=one_of_each()[4:5])  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    code = make_quiz(owner)
    fill(app, code, 80, wrong_above=0.5)
    with app.app_context():
        chosen = Option("2018").id
        db.session.execute(db.update(ResponseRow).values(answer=["青葉橋", chosen]))
        db.session.commit()
    shown = words(owner.get("/desk/banks/bridge/items/cloze0000001/statistics"))
    post(owner, "/desk/mend")

    assert re.search(r"Gap 2 .* 2018 100% .* 2020 ▲ Dead distractor 0%", shown)
    assert "青葉橋 / 2018" in shown
    assert chosen not in shown
    assert "Dead distractor Gap 2: “2020” is chosen by 0%, n = 80" in words(owner.get("/desk/mend"))


def test_answers_of_gaps_that_are_only_chosen_are_shown_to_everybody(app: Flask, keep: Callable[..., Bank]) -> None:
    gaps = (Gap("青葉橋", distractors=("灯台",)), Gap("2019", distractors=("2018",)))
    keep_owned(app, keep, items=(replace(one_of_each()[4], gaps=gaps),))  # type: ignore[call-arg, arg-type]
    code = make_quiz(browser_of(app, "Owner"))
    fill(app, code, 40, wrong_above=0.5)
    with app.app_context():
        db.session.execute(db.update(ResponseRow).values(answer=[Option("灯台").id, Option("2018").id]))
        db.session.commit()
    shown = words(a_teacher(app, "Stranger").get("/desk/banks/bridge/items/cloze0000001/statistics"))

    assert "灯台 / 2018" in shown
    assert "What pupils typed" not in shown


@pytest.mark.parametrize(
    ("right_below", "said"),
    [
        (0.5, r"Negative discrimination .* Dead distractor “2020年4月” is chosen by 0%, n = 80"),
        (0.0, r"Hardly anybody knew it 0% got it right, n = 80: is the key right"),
    ],
)
def test_the_list_names_what_to_mend_the_gravest_first(
    app: Flask, owner: FlaskClient, right_below: float, said: str
) -> None:
    code = make_quiz(owner)
    fill(app, code, 80, wrong_above=right_below)
    assert "Nothing has been found yet" in words(owner.get("/desk/mend"))
    post(owner, "/desk/mend")

    shown = words(owner.get("/desk/mend"))
    assert "has not been looked over" not in shown
    assert re.search(said, shown)


def test_a_report_calls_for_a_new_look_and_goes_when_it_is_settled(app: Flask, owner: FlaskClient) -> None:
    code = make_quiz(owner)
    post(owner, "/desk/mend")
    assert "has not been looked over" not in words(owner.get("/desk/mend"))
    sit(app, code, "Aki")
    assert "has not been looked over" in words(owner.get("/desk/mend"))
    post(owner, "/desk/mend")
    with app.app_context():
        row = db.session.scalars(db.select(ResponseRow)).one()
        db.session.add(
            ItemReportRow(
                version_id=row.version_id, attempt_id=row.attempt_id, position=0, reason="wrong_key",
                words="<script>alert(1)</script>", reported_at=NOW,
            )
        )  # fmt: skip
        db.session.scalars(db.select(BankRow)).one().looked_over_at = NOW.replace(year=2020)
        db.session.commit()
    assert "has not been looked over" in words(owner.get("/desk/mend"))
    post(owner, "/desk/mend")
    listed, told = words(owner.get("/desk/mend")), owner.get(f"{ITEM}/reports")
    post(owner, f"{ITEM}/reports")

    assert "Reported The right answer is wrong (× 1)" in listed
    assert "&lt;script&gt;" in told.text
    assert "Reported" not in words(owner.get("/desk/mend"))
    record = words(owner.get(f"{ITEM}/record"))
    assert "settled reports about a question · Owner" in record
    assert "The right answer is wrong" in record
    assert "✓ settled" in record


def test_whoever_comes_from_a_card_can_report_it_and_the_owner_hears_of_it(app: Flask, owner: FlaskClient) -> None:
    reader = app.test_client()
    reader.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    (link,) = page(reader.get("/banks/bridge/items/choice000001")).xpath("//a[@class='report']/@href")
    data = {"csrf_token": token(reader, link), "reason": "wrong_key", "words": "2018年です"}
    assert "Choose what is wrong" in words(reader.post(link, data={**data, "reason": ""}))

    thanks = reader.post(link, data=data)

    assert "Thank you" in words(reader.get(thanks.location))
    assert "2018年です" in words(owner.get(f"{ITEM}/reports"))
    post(owner, "/desk/mend")
    assert "Reported The right answer is wrong (× 1)" in words(owner.get("/desk/mend"))
    assert [reader.post(link, data=data).status_code for _ in range(5)] == [302] * 4 + [429]
    others = [reader.post(link, data=data, environ_base={"REMOTE_ADDR": f"192.0.2.{at // 5}"}) for at in range(16)]
    assert [each.status_code for each in others] == [302] * 15 + [409]
    with app.app_context():
        bank = a_bank(items=(replace(a_choice(fact_id="bridge"), explanation="別の説明"),))
        authoring.import_bank(db.session(), bank, digest="new version", now=LATER)
    others.append(reader.post(link, data=data, environ_base={"REMOTE_ADDR": "192.0.2.9"}))
    assert others[-1].status_code == 409
    assert "yours was not kept" in words(others[-1])
    assert reader.get(link.replace("choice", "nothing")).status_code == 404


def test_two_questions_that_ask_the_same_are_listed(app: Flask, owner: FlaskClient) -> None:
    other = a_choice(options=(Option("2018年4月", correct=True), Option("2019年4月"), Option("2020年4月")))
    with app.app_context():
        session = db.session()
        bank = session.scalars(db.select(BankRow)).one()
        actor = Account(bank.owner_id or 0, "Owner", "teacher")
        editing.add_item(session, bank, other, None, actor=actor, now=NOW)
    post(owner, "/desk/mend")

    assert "asks the same and takes another answer for right" in words(owner.get("/desk/mend"))


def test_judging_again_shows_whose_score_changes_first_and_records_it(app: Flask, owner: FlaskClient) -> None:
    code = make_quiz(owner)
    sit(app, code, "Aki", "2018年4月")
    sit(app, code, "Ben")
    corrected = a_choice(
        options=tuple(replace(option, correct=option.text == "2018年4月") for option in a_choice().options),
        fact_id="bridge",
    )
    with app.app_context():
        bank = a_bank(items=(corrected,), article=an_article())
        authoring.import_bank(db.session(), bank, digest="corrected", now=LATER)
        db.session.scalars(db.select(BankRow)).one().owner_id = 1
        db.session.commit()

    preview = words(owner.get(f"{ITEM}/regrading"))
    other = a_teacher(app, "Other")
    with app.app_context():  # the bank is shared: names of pupils at another's quiz are none of its editors' business
        db.session.scalars(db.select(QuizRow)).one().owner_id = None
        db.session.commit()
    hidden = words(owner.get(f"{ITEM}/regrading"))
    post(owner, f"{ITEM}/regrading", reason="the key was wrong")

    assert re.search(r"Aki 0% 100% Ben 100% 0%", preview)
    assert "Aki" not in hidden
    assert "2 more scores change outside your quizzes" in hidden
    assert "No score changes" in words(owner.get(f"{ITEM}/regrading"))
    assert other.get(f"{ITEM}/regrading").status_code == 403
    record = words(a_teacher(app, "Admin", "admin").get("/desk/record"))
    assert re.search(r"Owner regraded a question choice000001 · 2 · the key was wrong", record)


def test_only_who_may_edit_a_bank_sees_what_is_to_be_mended_in_it(app: Flask, owner: FlaskClient) -> None:
    code = make_quiz(owner)
    fill(app, code, 40, wrong_above=0.5)
    post(owner, "/desk/mend")
    other = a_teacher(app, "Other")

    assert "青葉橋" not in words(other.get("/desk/mend"))
    app.config["WTF_CSRF_ENABLED"] = False
    assert other.post("/desk/mend", data={"bank": "bridge"}).status_code == 403
    assert other.post(f"{ITEM}/reports").status_code == 403


def test_pages_of_the_loop_ask_the_database_at_most_five_times(
    app: Flask, owner: FlaskClient, statements: Statements
) -> None:
    code = make_quiz(owner)
    fill(app, code, 40, wrong_above=0.5)
    post(owner, "/desk/mend")
    for address in (
        "/desk/mend", f"/desk/quizzes/{code}/statistics", f"{ITEM}/statistics", f"{ITEM}/regrading", f"{ITEM}/reports",
    ):  # fmt: skip
        statements.clear()
        owner.get(address)
        assert len(statements) <= 5, (address, *statements)
