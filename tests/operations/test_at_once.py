"""Two people at the same moment: nothing is overwritten unseen, and whoever was slower is told in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, select, update

from quizapp.core.errors import ConflictError, ForbiddenError, NotFoundError
from quizapp.core.quiz_settings import QuizSettings
from quizapp.operations import (
    accounts,
    authoring,
    bulk,
    checking,
    classes,
    correcting,
    editing,
    items,
    mending,
    quizzes,
    transfer,
)
from quizapp.store import accounts as people
from quizapp.store import bank_files, banks
from quizapp.store import classes as rooms
from quizapp.store import quizzes as kept_quizzes
from quizapp.store.account_tables import AccountRow
from quizapp.store.class_tables import PupilRow
from quizapp.store.database import db
from quizapp.store.desk_tables import UploadRow
from quizapp.store.tables import BankRow, ItemRow
from tests.builders import NOW, a_bank, a_large_bank, arrived_student
from tests.operations.meanwhile import crossed, meanwhile

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import UpdateBase
    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account
    from tests.conftest import Statements


@pytest.fixture
def teacher(session: Session) -> Account:
    """Give a teacher with a bank."""
    found = accounts.create_account(session, "T", "correct horse battery", role="teacher", now=NOW)
    authoring.import_bank(session, a_bank(), digest="", now=NOW, owner_id=found.id)
    return found


def test_of_two_who_save_a_question_the_second_is_told(app: Flask, session: Session, teacher: Account) -> None:
    item = banks.read_whole(session, "bridge").items[0]

    def first(session: Session) -> None:
        new = replace(item, fact_id=None, explanation="by Aki")
        items.change(session, banks.get(session, "bridge"), new, None, number=1, now=NOW)

    def second(session: Session) -> None:
        new = replace(item, fact_id=None, explanation="by Ben")
        editing.save_item(session, banks.get(session, "bridge"), new, None, number=1, actor=teacher, now=NOW)

    assert isinstance(meanwhile(app, first, second), items.EditConflictError)
    assert banks.read_whole(session, "bridge").items[0].explanation == "by Aki"


def test_a_correction_is_worked_out_before_it_keeps_others_from_writing(
    app: Flask, statements: Statements, session: Session, teacher: Account
) -> None:
    def first(session: Session) -> None:
        items.touch(banks.get(session, "bridge"), NOW + timedelta(hours=1))

    assert meanwhile(app, first, lambda session: correct(session, teacher)) is None
    write = next(place for place, said in enumerate(statements) if "UPDATE bank" in said and "article_text=" in said)
    assert "FROM bank" in statements[write - 1]


def test_a_correction_of_a_bank_that_is_deleted_meanwhile_is_refused_in_words(
    app: Flask, session: Session, teacher: Account
) -> None:
    def first(session: Session) -> None:
        session.delete(banks.get(session, "bridge"))

    assert isinstance(meanwhile(app, first, lambda session: correct(session, teacher)), NotFoundError)


def test_a_correction_that_is_planned_again_tells_that_the_bank_was_deleted(session: Session, teacher: Account) -> None:
    # The first rollback comes before writing, the second before planning again.
    done: list[UpdateBase] = [delete(BankRow), update(BankRow).values(changed_at=NOW + timedelta(hours=1))]

    @event.listens_for(session, "after_rollback")
    def _(_session: Session) -> None:
        if done:
            with db.engine.begin() as another:
                another.execute(done.pop())

    with pytest.raises(NotFoundError):
        correct(session, teacher)
    assert not done


def correct(session: Session, actor: Account, opened: str = "2019年5月") -> None:
    """Correct in the article when the bridge was opened."""
    bank = banks.get(session, "bridge")
    old = banks.article_value(bank)
    assert old
    new = replace(old, text=re.sub("2019年.月", opened, old.text))
    correcting.correct(session, bank, new, seen=correcting.digest(old), renewed=(), actor=actor, now=NOW)


@pytest.mark.parametrize(("one", "other"), [("tag", "confirm"), ("look over", "confirm"), ("put back", "correct")])
def test_two_who_write_in_a_bank_take_turns(
    app: Flask, session: Session, teacher: Account, one: str, other: str
) -> None:
    """Whatever each of them locks first, neither waits for the other for good."""
    correct(session, teacher)
    mending.look_over(session, banks.get(session, "bridge"), now=NOW)
    draft_id = checking.draft_words(session, banks.get(session, "bridge"), None, "320メートル")
    checking.set_state(session, banks.get(session, "bridge"), [draft_id], "kept", actor=teacher, now=NOW)
    later = NOW + timedelta(hours=1)
    item = banks.read_whole(session, "bridge").items[0]

    def tag(session: Session) -> None:
        rows = session.scalars(select(ItemRow.id)).all()
        bulk.tag(session, banks.get(session, "bridge"), rows, "橋", is_there=True, actor=teacher, now=later)

    def confirm(session: Session) -> None:
        seen = "青葉橋は2019年5月に開通した。"
        mending.confirm(session, banks.get(session, "bridge"), item.id, seen=seen, actor=teacher, now=NOW)

    def look_over(session: Session) -> None:
        mending.look_over(session, banks.get(session, "bridge"), now=NOW)

    def set_state(session: Session, state: str) -> None:
        checking.set_state(session, banks.get(session, "bridge"), [draft_id], state, actor=teacher, now=later)

    what = {
        "tag": tag, "confirm": confirm, "look over": look_over,
        "put back": lambda session: set_state(session, "open"),
        "correct": lambda session: correct(session, teacher, "2019年6月"),
    }  # fmt: skip
    assert crossed(app, what[one], what[other], at="UPDATE bank") == []


def test_joining_a_class_twice_at_once_joins_it_once(app: Flask, session: Session, teacher: Account) -> None:
    code = classes.create(session, "4B", owner=teacher, now=NOW)
    room = rooms.get(session, code).id
    student = arrived_student(session)[0].id

    def first(session: Session) -> None:
        session.add(
            PupilRow(class_id=room, student_id=student, name="Aki", name_key="aki", list_key="aki", joined_at=NOW)
        )

    def second(session: Session) -> None:
        classes.join(session, rooms.get(session, code), student, "Aki", now=NOW)

    assert meanwhile(app, first, second) is None
    assert session.scalars(select(PupilRow.name)).all() == ["Aki"]


def test_two_admins_do_not_take_the_role_from_each_other(app: Flask, session: Session) -> None:
    one, two = (
        accounts.create_account(session, name, "correct horse battery", role="admin", now=NOW) for name in ("A", "B")
    )

    def first(session: Session) -> None:
        people.get(session, two.id).role = "teacher"

    def second(session: Session) -> None:
        accounts.set_role(session, one.id, "teacher", actor=two, now=NOW)

    assert isinstance(meanwhile(app, first, second), ForbiddenError)
    assert session.scalars(select(AccountRow.role).order_by(AccountRow.id)).all() == ["admin", "teacher"]


def test_points_given_by_two_are_all_kept(app: Flask, session: Session, teacher: Account) -> None:
    settings = QuizSettings(banks=("bank00000001",))
    code = quizzes.create(session, "Q", "ja", settings, now=NOW, owner=teacher)

    def first(session: Session) -> None:
        row = kept_quizzes.get(session, code)
        row.settings = {**row.settings, "weights": {"choice000001": 2.0}}

    def second(session: Session) -> None:
        quizzes.change_points(session, code, {"truefalse002": 3.0}, actor=teacher, now=NOW)

    assert meanwhile(app, first, second) is None
    kept = QuizSettings.from_data(kept_quizzes.get(session, code).settings)
    assert dict(kept.weights) == {"choice000001": 2.0, "truefalse002": 3.0}


def test_what_the_database_refuses_is_a_conflict_in_words(app: Flask, session: Session, teacher: Account) -> None:
    bank = a_large_bank(1, id="bank-new-0001", name="new")

    def first(session: Session) -> None:
        authoring.bring_in(session, bank, digest="", now=NOW, owner_id=teacher.id)

    def second(session: Session) -> None:
        session.add(
            BankRow(
                identity=bank.id, name="new", title="", language="ja", description="", deck="", licence="",
                changed_at=NOW, digest="",
            )
        )  # fmt: skip
        session.commit()

    assert isinstance(meanwhile(app, first, second), ConflictError)


def test_an_upload_is_brought_in_once_and_not_over_a_change(app: Flask, session: Session, teacher: Account) -> None:
    text = bank_files.serialize(a_bank(title="別の題"))
    code = transfer.keep_upload(session, text.encode(), "bank.yaml", owner=teacher, now=NOW)

    def edit(session: Session) -> None:
        items.touch(banks.get(session, "bridge"), NOW)

    def confirm(session: Session) -> None:
        transfer.confirm(session, code, owner=teacher, now=NOW)

    def take(session: Session) -> None:
        session.delete(session.scalars(select(UploadRow)).one())

    assert isinstance(meanwhile(app, edit, confirm), ConflictError)
    assert banks.get(session, "bridge").title == a_bank().title
    assert isinstance(meanwhile(app, take, confirm), NotFoundError)
