"""Accounts: names that unfold, and links that end with a new password."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.operations import accounts, authoring, preparing
from tests.builders import NOW, a_bank

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_name_of_signs_that_stand_for_many_letters_can_be_kept(session: Session) -> None:
    made = accounts.create_account(session, "ﷺ" * 60, "correct horse battery", role="teacher", now=NOW)

    assert made.name == "ﷺ" * 60


def test_a_name_that_is_too_long_is_refused_wherever_it_comes_from(session: Session) -> None:
    with pytest.raises(ConflictError, match="at most 60"):
        accounts.create_account(session, "a" * 61, "correct horse battery", role="admin", now=NOW)


def test_a_new_password_ends_the_other_links_for_one(session: Session) -> None:
    teacher = accounts.create_account(session, "T", "correct horse battery", role="teacher", now=NOW)
    older, newer = (accounts.password_link(session, teacher.id, actor=None, now=NOW) for _ in range(2))
    accounts.reset_password(session, newer, "another horse battery", now=NOW)

    with pytest.raises(NotFoundError):
        accounts.reset_password(session, older, "a third horse battery", now=NOW + timedelta(hours=1))


def test_a_teachers_bank_of_the_name_of_a_shipped_one_keeps_it_out_alone(session: Session) -> None:
    shipped = [file.parent.name for file in preparing.shipped_bank_files()]
    teacher = accounts.create_account(session, "T", "correct horse battery", role="teacher", now=NOW)
    authoring.import_bank(session, a_bank(name=shipped[0]), digest="", now=NOW, owner_id=teacher.id)
    refused: list[ConflictError] = []

    brought = [name for name, _ in preparing.import_shipped(session, now=NOW, refused=refused.append)]

    assert brought == shipped[1:]
    assert [shipped[0] in error.place for error in refused] == [True]
