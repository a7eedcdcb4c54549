"""Lists of items: words in both languages, marks, pages, and the index kept true by every change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from quizapp.core.inputs import Option
from quizapp.core.items import SingleChoice, TrueFalse
from quizapp.operations import authoring, bulk
from quizapp.store import listing
from quizapp.store.accounts import Account
from quizapp.store.database import reading_engine
from quizapp.store.listing import Filter
from quizapp.store.tables import BankRow, ItemRow
from tests.builders import LATER, NOW, a_bank, a_choice, a_full_bank, a_large_bank

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.core.bank import Bank

ACTOR = Account(1, "Mori", "teacher")


def bring_in(session: Session, bank: Bank) -> BankRow:
    authoring.import_bank(session, bank, digest=bank.name, now=NOW)
    return session.scalars(select(BankRow).where(BankRow.identity == bank.id)).one()


def everything(session: Session, row: BankRow, wanted: Filter | None = None, after: int = 0) -> list[listing.Entry]:
    return listing.entries(session, listing.lines(reading_engine(), row.id, wanted, after=after))


def found(session: Session, row: BankRow, words: str = "", **marks: str) -> list[str]:
    return [entry.item.id for entry in everything(session, row, Filter(words, **marks))]


ITEMS = (
    a_choice("防衛装備庁の役割は何ですか。", id="japanese0001"),
    a_choice("{拡大抑止|かくだいよくし}とは？", id="furigana0001", tags=("用語", "第1章")),
    SingleChoice(
        id="english00001", language="en", stem="Which AI system guards the **bridge**?",
        options=(Option("Extended deterrence", correct=True), Option("50% off_sale")),
    ),
    TrueFalse(id="katakana0001", language="ja", stem="ミサイルは３発です。", holds=True),
    TrueFalse(id="numbers00001", language="ja", stem="第1234条は x-ray77 と re-arms-s。", holds=True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("装備庁", ["japanese0001"]),
        ("衛装", ["japanese0001"]),
        ("庁", ["japanese0001"]),
        ("拡大抑止", ["furigana0001"]),
        ("みさいる", ["katakana0001"]),
        ("ミサイル 3発", ["katakana0001"]),
        ("BRIDGE", ["english00001"]),
        ("deterrence bridge", ["english00001"]),
        ("deterren", ["english00001"]),
        ("ai", ["english00001"]),
        ("50%", ["english00001"]),
        ("off_sale", ["english00001"]),
        ("第1章", ["furigana0001"]),
        ("bridge tunnel", []),
        ("ミサイルは3発", ["katakana0001"]),
        ("第1234条", ["numbers00001"]),
        ("第123条", []),
        ("1234条", ["numbers00001"]),
        ("234条", ["numbers00001"]),
        ("x-ray7", ["numbers00001"]),
        ("re-arm-s", []),
        ("re-arms-s", ["numbers00001"]),
        ("庁装備", []),
        ('" OR 1=1 --', []),
    ],
)
def test_words_are_found_wherever_they_stand(session: Session, words: str, ids: list[str]) -> None:
    row = bring_in(session, a_bank(items=ITEMS))
    bring_in(session, a_bank(id="bank00000002", name="other", items=(replace(ITEMS[0], id="stranger0001"),)))

    assert found(session, row, words) == ids


def test_marks_narrow_the_list_and_work_together(session: Session) -> None:
    row = bring_in(session, a_full_bank())

    assert found(session, row, kind="cloze") == ["cloze0000001"]
    assert found(session, row, modality="planned") == ["multiple0001"]
    assert found(session, row, state="retired") == []
    assert found(session, row, "青葉橋", kind="term") == []
    assert set(found(session, row, "青葉橋", state="live")) >= {"choice000001", "short0000001"}
    assert found(session, row, tag="no such tag") == []


def test_findings_are_searched_by_their_code(session: Session) -> None:
    options = (Option("橋", correct=True), Option("港"), Option("港　"))
    row = bring_in(session, a_bank(items=(a_choice(options=options), *ITEMS[:1]), facts=()))

    assert "choice000001" in found(session, row, finding="duplicate_options")
    assert "japanese0001" not in found(session, row, finding="duplicate_options")
    assert "choice000001" in found(session, row, finding="any")


def test_pages_follow_one_another_without_gaps(session: Session) -> None:
    row = bring_in(session, a_large_bank(120))
    for wanted in (Filter(), Filter("問い"), Filter(kind="single_choice")):
        seen: list[str] = []
        after = 0
        while entries := everything(session, row, wanted, after):
            seen += [entry.item.id for entry in entries]
            after = entries[-1].id
        assert len(seen) == len(set(seen)) == 120


def test_the_index_follows_every_change(session: Session) -> None:
    row = bring_in(session, a_bank(items=ITEMS))
    changed = (replace(ITEMS[0], stem="新しい言葉の問い", changed=LATER), *ITEMS[1:3])
    bring_in(session, a_bank(items=changed))

    assert found(session, row, "装備庁") == []
    assert found(session, row, "新しい言葉") == ["japanese0001"]
    assert found(session, row, state="retired") == ["katakana0001", "numbers00001"]


def ids_of(session: Session, *identities: str) -> list[int]:
    return [session.scalars(select(ItemRow.id).where(ItemRow.identity == name)).one() for name in identities]


def test_tags_are_given_and_taken_in_bulk_and_undone(session: Session) -> None:
    row = bring_in(session, a_bank(items=ITEMS))
    ids = ids_of(session, "japanese0001", "furigana0001")
    changed = bulk.tag(session, row, ids, "用語", is_there=True, actor=ACTOR, now=LATER)

    assert changed == ids[:1], "the other had it"
    assert set(found(session, row, tag="用語")) == {"japanese0001", "furigana0001"}
    bulk.tag(session, row, changed, "用語", is_there=False, actor=ACTOR, now=LATER)
    assert found(session, row, tag="用語") == ["furigana0001"]


def test_moved_items_keep_their_evidence_and_are_found_where_they_are(session: Session) -> None:
    source = bring_in(session, a_bank())
    target = bring_in(session, a_bank(id="bank00000002", name="other", article=None, facts=(), items=()))
    ids = ids_of(session, "choice000001")
    moved = bulk.move(session, source, target, ids, actor=ACTOR, now=LATER)

    assert moved == ids
    assert found(session, source, "青葉橋") == []
    assert found(session, target, "青葉橋") == ["choice000001"]
    assert found(session, target, modality="asserted") == ["choice000001"]
    bulk.move(session, target, source, moved, actor=ACTOR, now=LATER)
    assert found(session, source, "青葉橋") == ["choice000001"]


def test_copies_are_items_of_their_own(session: Session) -> None:
    source = bring_in(session, a_bank())
    target = bring_in(session, a_bank(id="bank00000002", name="other", article=None, facts=(), items=()))
    bulk.copy(session, source, target, ids_of(session, "choice000001"), actor=ACTOR, now=LATER)
    [copied] = found(session, target, "青葉橋")

    assert copied != "choice000001"
    assert everything(session, target)[0].claim


def test_items_of_another_bank_are_left_alone(session: Session) -> None:
    mine = bring_in(session, a_bank(items=()))
    bring_in(session, a_bank(id="bank00000002", name="other", items=ITEMS, facts=()))
    ids = ids_of(session, "japanese0001")

    assert bulk.retire(session, mine, ids, is_retired=True, actor=ACTOR, now=LATER) == []
    assert bulk.tag(session, mine, ids, "x", is_there=True, actor=ACTOR, now=LATER) == []
    assert bulk.copy(session, mine, mine, ids, actor=ACTOR, now=LATER) == []
