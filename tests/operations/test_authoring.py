"""A bank comes in by the identities of its items, and its history stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.operations import authoring
from quizapp.operations.authoring import Imported
from quizapp.store import bank_lists, banks
from quizapp.store.tables import ItemRow, ItemVersionRow
from tests.builders import LATER, NOW, TEXT, a_bank, a_choice, a_full_bank, an_article

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank


def bring_in(session: Session, bank: Bank) -> Imported:
    return authoring.import_bank(session, bank, digest=str(id(bank)), now=NOW)


def version_count(session: Session, identity: str) -> int:
    query = select(func.count()).select_from(ItemVersionRow).join(ItemRow).where(ItemRow.identity == identity)
    return session.scalars(query).one()


def changed(bank: Bank, identity: str, **changes: object) -> Bank:
    return replace(bank, items=tuple(replace(i, **changes) if i.id == identity else i for i in bank.items))  # type: ignore[arg-type]


def test_a_bank_comes_out_as_it_went_in(session: Session) -> None:
    bank = a_full_bank(deck="橋のデッキ")
    bring_in(session, bank)

    found = banks.read_whole(session, bank.name)

    assert replace(found, items=()) == replace(bank, items=())
    assert [replace(item, changed=None) for item in found.items] == list(bank.items)
    assert {item.changed for item in found.items} == {bank.changed}


def test_a_second_import_changes_nothing(session: Session) -> None:
    bank = a_full_bank()
    assert bring_in(session, bank) == Imported(added=6)

    assert bring_in(session, bank).is_nothing
    assert version_count(session, "choice000001") == 1


def test_a_changed_item_gets_a_new_version_and_the_others_do_not(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)

    result = bring_in(session, changed(bank, "choice000001", explanation="別の解説"))

    assert result == Imported(changed=1, unchanged=1)
    assert version_count(session, "choice000001") == 2
    assert banks.read_whole(session, bank.name).items[0].explanation == "別の解説"


def test_a_change_always_carries_a_later_moment(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)
    bring_in(session, changed(bank, "choice000001", explanation="第二"))
    second = banks.read_whole(session, bank.name).items[0].changed
    bring_in(session, changed(bank, "choice000001", explanation="第三"))
    third = banks.read_whole(session, bank.name).items[0].changed

    assert bank.changed < second == NOW  # type: ignore[operator]
    assert third == NOW + timedelta(seconds=1)


def test_a_moment_that_the_file_names_is_kept(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)
    bring_in(session, changed(bank, "choice000001", explanation="第二", changed=LATER))

    assert banks.read_whole(session, bank.name).items[0].changed == LATER


def test_a_corrected_fact_changes_the_items_that_rest_on_it(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)
    facts = (replace(bank.facts[0], statement="橋は2019年4月に開きました。"), bank.facts[1])

    assert bring_in(session, replace(bank, facts=facts)) == Imported(changed=1, unchanged=1)


def test_words_added_elsewhere_in_the_article_change_no_item(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)
    text = "はじめに。\n\n" + TEXT
    shifted = tuple(
        replace(
            fact,
            evidence=tuple(
                replace(e, span=replace(e.span, start=e.span.start + 7, end=e.span.end + 7)) for e in fact.evidence
            ),
        )
        for fact in bank.facts
    )

    assert bring_in(session, replace(bank, article=an_article(text=text), facts=shifted)).is_nothing
    assert banks.read_whole(session, bank.name).facts == shifted


def test_an_item_gone_from_the_bank_is_retired_and_comes_back_as_itself(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)

    assert bring_in(session, replace(bank, items=bank.items[1:])) == Imported(retired=1, unchanged=1)
    retired = next(item for item in banks.read_whole(session, bank.name).items if item.retired)
    assert retired.id == "choice000001"

    assert bring_in(session, bank) == Imported(changed=1, unchanged=1)
    assert not any(item.retired for item in banks.read_whole(session, bank.name).items)


def test_a_retired_item_outlives_its_fact(session: Session) -> None:
    bank = a_bank()
    bring_in(session, bank)
    bring_in(session, replace(bank, facts=bank.facts[1:], items=bank.items[1:]))

    found = banks.read_whole(session, bank.name)

    assert [fact.id for fact in found.facts] == ["lighthouse"]
    assert {item.id: item.retired for item in found.items} == {"choice000001": True, "truefalse002": False}


def test_the_decks_name_stays_when_the_title_changes(session: Session) -> None:
    bank = a_bank(title="はじめの題")
    bring_in(session, bank)
    bring_in(session, replace(bank, title="新しい題"))

    assert banks.read_whole(session, bank.name).deck_name == "はじめの題"


def test_a_name_that_another_bank_has_is_refused_and_nothing_is_stored(session: Session) -> None:
    bring_in(session, a_bank())

    with pytest.raises(ConflictError, match="already named 'bridge'"):
        bring_in(session, a_bank(id="bank00000002", items=()))
    session.rollback()
    assert [entry.item_count for entry in bank_lists.public_page(session)] == [2]


def test_an_item_of_another_bank_is_refused_and_nothing_is_stored(session: Session) -> None:
    bring_in(session, a_bank())

    with pytest.raises(ConflictError, match="belongs to the bank 'bridge'"):
        bring_in(session, a_bank(id="bank00000002", name="other", items=(a_choice(),)))
    session.rollback()
    assert [entry.name for entry in bank_lists.public_page(session)] == ["bridge"]


def test_a_bank_that_is_not_there_is_named_with_the_nearest(session: Session) -> None:
    bring_in(session, a_bank())

    with pytest.raises(NotFoundError, match="no bank named 'brigde'; did you mean 'bridge'"):
        banks.get(session, "brigde")


def test_identities_are_all_different() -> None:
    identities = {authoring.new_identity() for _ in range(1000)}

    assert len(identities) == 1000
    assert all(len(identity) == 12 and identity.isalnum() for identity in identities)
