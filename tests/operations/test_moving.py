"""Items that move to another bank, or are copied, keep what they rest on; so do files and drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import flask_migrate
import pytest
from sqlalchemy import delete, select, update

from export import FORMATS
from quizapp.core.article import Article, Span
from quizapp.core.bank import Evidence, Fact
from quizapp.operations import accounts, authoring, bulk, items, mending, transfer
from quizapp.store import bank_files, banks
from quizapp.store import mending as mending_store
from quizapp.store.database import db
from quizapp.store.tables import FactRow, ItemRow
from tests.builders import NOW, a_bank, a_choice, a_large_bank

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from quizapp.store.accounts import Account

QUOTE = "青葉橋は2019年4月に開通した。"
MOON = Article("月", "ja", "月は地球の衛星である。")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def teacher(session: Session) -> Account:
    """Give a teacher with the bank "bridge", a bank without an article, and one with another article."""
    found = accounts.create_account(session, "T", "correct horse battery", role="teacher", now=NOW)
    fact = Fact("bridge", "月は衛星だ", (Evidence(Span(0, 11), MOON.text),))
    bare = a_large_bank(0, id="bank-bare-001", name="bare", article=None, facts=())
    moon = a_bank(
        id="bank-moon-001", name="moon", article=MOON, facts=(fact,),
        items=(a_choice("月は何ですか。", id="item-moon-001", fact_id="bridge"),),
    )  # fmt: skip
    for bank in (a_bank(), bare, moon):
        authoring.import_bank(session, bank, digest="", now=NOW, owner_id=found.id)
    return found


def row_of(session: Session, identity: str) -> ItemRow:
    return session.scalars(select(ItemRow).where(ItemRow.identity == identity)).one()


def transfer_one(session: Session, teacher: Account, action: Callable[..., list[int]], to: str) -> str:
    source, target = banks.get(session, "bridge"), banks.get(session, to)
    (key,) = action(session, source, target, [row_of(session, "choice000001").id], actor=teacher, now=NOW)
    return session.scalars(select(ItemRow.identity).where(ItemRow.id == key)).one()


def quotes(session: Session, bank: str, identity: str) -> list[str]:
    whole = banks.read_whole(session, bank)
    fact = whole.fact_of(next(item for item in whole.items if item.id == identity))
    return [evidence.quote for evidence in fact.evidence] if fact else []


@pytest.mark.parametrize("to", ["bare", "moon"])
@pytest.mark.parametrize("action", [bulk.move, bulk.copy])
def test_evidence_goes_along_and_comes_through_a_file(
    session: Session, teacher: Account, action: Callable[..., list[int]], to: str
) -> None:
    identity = transfer_one(session, teacher, action, to)
    assert quotes(session, to, identity) == [QUOTE]

    text = bank_files.serialize(banks.read_whole(session, to))
    code = transfer.keep_upload(session, text.encode(), f"{to}.yaml", owner=teacher, now=LATER)
    shown = transfer.difference(session, transfer.get_upload(session, code, teacher), teacher)
    _, imported = transfer.confirm(session, code, owner=teacher, now=LATER)

    assert shown.is_nothing
    assert imported.is_nothing
    _, version = items.current(session, banks.get(session, to).id, identity)
    assert [each["quote"] for each in version.content["fact"]["evidence"]] == [QUOTE]
    assert version.content["article"]["title"] == "橋と灯台"


def test_a_fact_of_the_same_name_is_not_taken_for_ones_own(session: Session, teacher: Account) -> None:
    identity = transfer_one(session, teacher, bulk.move, "moon")

    whole = banks.read_whole(session, "moon")
    told = {item.id: fact.statement for item in whole.items if (fact := whole.fact_of(item))}
    assert told == {identity: QUOTE, "item-moon-001": "月は衛星だ"}


def test_an_item_that_comes_back_rests_on_the_fact_it_had(session: Session, teacher: Account) -> None:
    identity = transfer_one(session, teacher, bulk.move, "bare")
    source, target = banks.get(session, "bare"), banks.get(session, "bridge")
    bulk.move(session, source, target, [row_of(session, identity).id], actor=teacher, now=LATER)

    whole = banks.read_whole(session, "bridge")
    assert whole.facts == a_bank().facts
    assert quotes(session, "bridge", identity) == [QUOTE]


def test_exports_of_moved_items_name_their_own_article(session: Session, teacher: Account) -> None:
    transfer_one(session, teacher, bulk.move, "moon")
    whole = banks.read_whole(session, "moon")

    assert QUOTE in FORMATS[".csv"](whole).content.decode("utf-8-sig")
    cards = FORMATS[".txt"](whole).content.decode().splitlines()
    assert [line for line in cards if QUOTE in line and "橋と灯台" in line]


def test_a_moved_item_is_not_to_be_mended_for_its_evidence(session: Session, teacher: Account) -> None:
    transfer_one(session, teacher, bulk.move, "moon")
    moon = banks.get(session, "moon")
    mending.look_over(session, moon, now=LATER)

    assert not [
        reason
        for concern in mending_store.page(session, teacher.id, bank_name="moon")
        for reason in concern.reasons
        if reason["kind"] == "evidence"
    ]


def test_items_moved_before_get_their_evidence_back(app: Flask, session: Session, teacher: Account) -> None:
    bare = banks.get(session, "bare").id
    session.execute(update(ItemRow).where(ItemRow.identity == "choice000001").values(fact_id=None, bank_id=bare))
    session.execute(delete(FactRow).where(FactRow.name == "bridge"))
    session.commit()
    db.session.remove()
    flask_migrate.downgrade(revision="0007")
    flask_migrate.upgrade()

    assert quotes(db.session(), "bare", "choice000001") == [QUOTE]


def test_a_fact_that_the_bank_has_is_used_whole(session: Session, teacher: Account) -> None:
    bridge = banks.get(session, "bridge")
    known = banks.read_whole(session, "bridge").facts[0]
    items.add(session, bridge, a_choice(id="new-item-0001"), replace(known, statement="別の言い方"), now=NOW)
    session.commit()

    _, version = items.current(session, bridge.id, "new-item-0001")
    assert version.content["fact"]["statement"] == known.statement
