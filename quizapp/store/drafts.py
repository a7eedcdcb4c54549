"""Questions about drafts: those of a bank, and the articles that are being drafted from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import undefer

from quizapp.core.article import Span
from quizapp.core.errors import NotFoundError
from quizapp.core.inputs import wrong_options
from quizapp.core.items import ITEM_TYPES
from quizapp.store import snapshots
from quizapp.store.desk_tables import DraftingRow, DraftRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from quizapp.core.bank import Fact
    from quizapp.core.items import Item

STATES = ("open", "kept", "dropped")


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as a page shows it; ``revision`` grows with every edit.

    ``origins`` are its wrong options as they were drafted, and where each came from ("article", "bank", "glossary",
    "near", "rule").
    """

    id: int
    item: Item
    fact: Fact
    span: Span
    state: str
    flags: tuple[str, ...]
    position: int
    revision: int
    origins: tuple[tuple[str, str], ...]


def value(row: DraftRow) -> StoredDraft:
    """Return the draft that a row keeps."""
    fact = snapshots.fact_from(row.fact)
    kind = ITEM_TYPES[row.item["type"]]
    item = kind.from_data(row.item, language=row.item["language"], fact_id=fact.id)
    wrong = {option.text for question in item.questions for option in wrong_options(question.input)}
    origins = tuple((origin["text"], origin["from"]) for origin in row.origins or () if origin["text"] in wrong)
    return StoredDraft(
        row.id, item, fact, Span(row.start, row.end), row.state, tuple(row.flags), row.position, row.revision, origins
    )


def page(
    session: Session, bank_id: int, *, state: str = "", after: tuple[int, int] = (-1, 0), most: int = 50
) -> list[StoredDraft]:
    """Return up to ``most`` drafts of a bank in the order of its article, those after (position, id)."""
    query = select(DraftRow).where(DraftRow.bank_id == bank_id, tuple_(DraftRow.position, DraftRow.id) > after)
    if state:
        query = query.where(DraftRow.state == state)
    return [value(row) for row in session.scalars(query.order_by(DraftRow.position, DraftRow.id).limit(most))]


def before_page_of(session: Session, row: DraftRow, size: int) -> tuple[int, int] | None:
    """Return the (position, id) after which the page of ``size`` drafts begins that holds ``row``; None: the first."""
    here = tuple_(DraftRow.position, DraftRow.id)
    before = select(DraftRow.position, DraftRow.id).where(
        DraftRow.bank_id == row.bank_id, here < (row.position, row.id)
    )
    count = session.scalar(select(func.count()).select_from(before.subquery())) or 0
    if count < size:
        return None
    last = before.order_by(DraftRow.position, DraftRow.id).offset(count // size * size - 1).limit(1)
    position, draft_id = session.execute(last).one()
    return position, draft_id


def put_in_order(rows: Iterable[DraftRow]) -> None:
    """Give all drafts of a bank their positions: in the order of its article, the best of a fact first."""
    for position, row in enumerate(sorted(rows, key=lambda row: (row.start, row.fact["id"], -row.score))):
        row.position = position


def counts(session: Session, bank_id: int) -> dict[str, int]:
    """Return how many drafts of a bank are in each state."""
    rows = session.execute(
        select(DraftRow.state, func.count()).where(DraftRow.bank_id == bank_id).group_by(DraftRow.state)
    )
    return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in rows}


def get(session: Session, bank_id: int, draft_id: int) -> DraftRow:
    """Return a draft of a bank.

    :raise NotFoundError: the bank has no such draft.
    """
    row = session.scalar(select(DraftRow).where(DraftRow.id == draft_id, DraftRow.bank_id == bank_id))
    if row is None:
        raise NotFoundError("this bank has no such draft")
    return row


def among(session: Session, bank_id: int, draft_ids: Sequence[int]) -> Sequence[DraftRow]:
    """Return those of the drafts that belong to a bank, in the order of its article."""
    return session.scalars(
        select(DraftRow)
        .where(DraftRow.bank_id == bank_id, DraftRow.id.in_(draft_ids))
        .order_by(DraftRow.position, DraftRow.id)
    ).all()


def drafting(session: Session, code: str, owner_id: int, *, with_content: bool = False) -> DraftingRow:
    """Return an article that somebody handed in.

    :raise NotFoundError: there is none with this code, or it is another's.
    """
    query = select(DraftingRow).where(DraftingRow.code == code, DraftingRow.owner_id == owner_id)
    if with_content:
        query = query.options(undefer(DraftingRow.content))
    row = session.scalar(query)
    if row is None:
        raise NotFoundError("there is no such article on your desk")
    return row


def unfinished(session: Session, owner_id: int) -> Sequence[DraftingRow]:
    """Return the articles of somebody that are not drafted yet, newest first."""
    return session.scalars(
        select(DraftingRow)
        .where(DraftingRow.owner_id == owner_id, DraftingRow.state != "done")
        .order_by(DraftingRow.id.desc())
        .limit(20)
    ).all()
