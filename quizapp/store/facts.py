"""Questions about the facts of banks, and facts as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from quizapp.core.article import Claim, ClaimKind, Modality
from quizapp.core.bank import Fact
from quizapp.store import snapshots
from quizapp.store.tables import BankRow, FactRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def page(session: Session, bank_id: int, *, after: int = -1, most: int = 50) -> list[tuple[int, Fact]]:
    """Return up to ``most`` facts with their positions, those after the position ``after``."""
    query = select(FactRow).where(FactRow.bank_id == bank_id, FactRow.position > after)
    return [(row.position, value(row)) for row in session.scalars(query.order_by(FactRow.position).limit(most))]


def count_of(session: Session, name: str) -> int:
    """Return how many facts the bank called ``name`` has."""
    query = select(func.count()).select_from(FactRow).join(BankRow, BankRow.id == FactRow.bank_id)
    return session.scalars(query.where(BankRow.name == name)).one()


def of_bank(session: Session, bank_id: int) -> dict[int, Fact]:
    """Return the facts of a bank in their order, by their rows' ids; reads all of them."""
    query = select(FactRow).where(FactRow.bank_id == bank_id).order_by(FactRow.position)
    return {row.id: value(row) for row in session.scalars(query)}


def value(row: FactRow) -> Fact:
    """Return the fact that a row keeps."""
    return Fact(
        id=row.name,
        statement=row.statement,
        evidence=snapshots.evidence_from(row.evidence),
        claim=Claim(ClaimKind(row.claim_kind), Modality(row.modality), row.says),
        terms=tuple(row.terms),
        article=snapshots.article_from(row.article) if row.article else None,
    )


def columns(fact: Fact) -> dict[str, Any]:
    """Return what a row keeps of a fact besides its name and place."""
    return {
        "statement": fact.statement,
        "evidence": snapshots.evidence_data(fact),
        "claim_kind": fact.claim.kind.value,
        "modality": fact.claim.modality.value,
        "says": fact.claim.says,
        "terms": list(fact.terms),
        "article": snapshots.article_data(fact.article) if fact.article else None,
    }
