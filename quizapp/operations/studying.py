"""Study with spaced repetition: what is due, reviews as they are given, taking one back, making progress anew."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from quizapp.core import scheduling
from quizapp.core.errors import ConflictError, NotFoundError
from quizapp.core.scheduling import Progress, Rating
from quizapp.operations import memory
from quizapp.store import study
from quizapp.store.database import begin_writing
from quizapp.store.study_tables import CardRow, ReviewRow, StudyBankRow
from quizapp.store.tables import ItemRow, StudentRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from quizapp.core.scheduling import Reviewed
    from quizapp.store.study import StudyCard, StudyCounts

# In the last days before an exam every card comes once more, and no new ones.
REVISION_DAYS = 3
# A review from further back is taken for one of that day.
_LONGEST_OFFLINE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a student has to do today in a bank: cards due, new ones that may still come, and how many there are."""

    counts: StudyCounts
    due: int
    new: int
    plan: Preparation | None = None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What an exam asks of the days before it: ``new_per_day`` until ``seen_by``, then every card once more."""

    exam_on: date
    days: int
    new_per_day: int
    seen_by: date


@dataclass(frozen=True, slots=True)
class Given:
    """A review as a device sends it: ``ago`` is how long before now, ``operation`` its own name for good."""

    operation: str
    identity: str
    rating: Rating
    ago: timedelta
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A card to show, with how long it would wait after each rating."""

    card: StudyCard
    waits: Mapping[Rating, timedelta]


def today(
    session: Session, student_id: int, *, now: datetime, zone: ZoneInfo, bank_id: int | None = None
) -> list[Desk]:
    """Return what a student has to do today in the banks that they study, or in one of them."""
    day = scheduling.study_day(now, zone)
    found = study.counts(session, student_id, study.is_due(now, day, REVISION_DAYS), day, bank_id=bank_id)
    return [_desk(each, day) for each in found]


def take_up(
    session: Session, student_id: int, bank_id: int, *,
    new_per_day: int, reviews_per_day: int | None = None, exam_on: date | None, missed_first: bool,
) -> None:  # fmt: skip
    """Study a bank from now on, or change how; ``reviews_per_day`` None is as many as are due."""
    begin_writing(session)
    row = session.get(StudyBankRow, (student_id, bank_id))
    if row is None:
        row = StudyBankRow(student_id=student_id, bank_id=bank_id)
        session.add(row)
    row.new_per_day, row.reviews_per_day = new_per_day, reviews_per_day
    row.exam_on, row.missed_first = exam_on, missed_first
    session.commit()


def next_cards(
    session: Session, student_id: int, desk: Desk, *,
    now: datetime, zone: ZoneInfo, missed: Collection[str] = (), most: int = 1,
) -> list[Shown]:  # fmt: skip
    """Return up to ``most`` cards of a bank in the order in which to show them; none when today's are done.

    What is due comes before new cards; among those, what was ``missed`` in quizzes first where the student wants it.
    """
    bank_id = desk.counts.bank_id
    cards: list[StudyCard] = []
    if desk.due:
        due = study.is_due(now, scheduling.study_day(now, zone), REVISION_DAYS)
        # Cards in steps come first: where the day's reviews are used up, only those are left.
        cards = study.next_due(session, student_id, due, bank_id, most=min(most, desk.due))
    if desk.new and len(cards) < most:
        first = missed if desk.counts.missed_first else ()
        cards += study.next_new(session, student_id, bank_id, first, most=min(most - len(cards), desk.new))
    return [shown(card, student_id, now=now, zone=zone) for card in cards]


def shown(card: StudyCard, student_id: int, *, now: datetime, zone: ZoneInfo) -> Shown:
    """Return a card with how long it would wait after each rating."""
    day = scheduling.study_day(now, zone)
    return Shown(card, memory.outlook(card.progress, now, day, seed=_seed(student_id, card.item_id)))


def review(
    session: Session, student_id: int, bank_id: int, identity: str, rating: Rating, *,
    operation: str, at: datetime, zone: ZoneInfo,
) -> bool:  # fmt: skip
    """Keep a review and work out how its card stands now; the same ``operation`` again changes nothing.

    Return whether it was new.

    :raise NotFoundError: the bank has no such item.
    """
    given = Given(operation, identity, rating, timedelta())
    (word,) = keep_reviews(session, student_id, bank_id, [given], now=at, zone=zone)
    if word == "gone":
        raise NotFoundError("this bank has no question '%(id)s'", id=identity)
    return word == "saved"


def keep_reviews(
    session: Session, student_id: int, bank_id: int, given: Sequence[Given], *, now: datetime, zone: ZoneInfo
) -> list[str]:
    """Keep reviews in any order, as often as they come; return what became of each once all are safe.

    "saved"; "duplicate" where it was kept before; "gone" where the bank has no such item.
    """
    begin_writing(session)
    operations = {each.operation for each in given}
    kept = {
        row.operation: row
        for row in session.scalars(
            select(ReviewRow).where(ReviewRow.student_id == student_id, ReviewRow.operation.in_(operations))
        )
    }
    query = select(ItemRow.identity, ItemRow.id).where(ItemRow.bank_id == bank_id)
    known = {
        row.identity: row.id for row in session.execute(query.where(ItemRow.identity.in_({g.identity for g in given})))
    }
    words: list[str] = []
    touched: dict[int, None] = {}
    for each in given:
        item_id = known.get(each.identity)
        row = kept.get(each.operation)
        if item_id is None:
            words.append("gone")
            continue
        words.append("duplicate" if row and row.is_undone >= each.is_undone else "saved")
        if row is None:
            at = now - min(max(each.ago, timedelta()), _LONGEST_OFFLINE)
            row = ReviewRow(
                student_id=student_id, item_id=item_id, rating=each.rating, reviewed_at=at,
                day=scheduling.study_day(at, zone), operation=each.operation,
            )  # fmt: skip
            session.add(row)
            kept[each.operation] = row
        row.is_undone = row.is_undone or each.is_undone
        touched[row.item_id] = None
    session.flush()
    for item_id in touched:
        _keep(session, student_id, item_id)
    session.commit()
    return words


def undo(session: Session, student_id: int, bank_id: int) -> str:
    """Take back a student's last review in a bank and return the item's identity; the review stays on record.

    :raise ConflictError: there is none.
    """
    begin_writing(session)
    last = session.execute(
        select(ReviewRow, ItemRow.identity)
        .join(ItemRow, ItemRow.id == ReviewRow.item_id)
        .where(ReviewRow.student_id == student_id, ItemRow.bank_id == bank_id, ReviewRow.is_undone.is_(False))
        .order_by(ReviewRow.id.desc())
        .limit(1)
    ).first()
    if last is None:
        raise ConflictError("there is no review to take back")
    row, identity = last
    session.execute(update(ReviewRow).where(ReviewRow.id == row.id).values(is_undone=True))
    session.flush()
    _keep(session, student_id, row.item_id)
    session.commit()
    return str(identity)


def learnt(session: Session, student_id: int, bank_id: int) -> dict[str, tuple[Reviewed, ...]]:
    """Return what a student has reviewed of a bank, by identity: each review with how the card stood after it."""
    found = study.reviews_of_bank(session, student_id, bank_id)
    return {
        identity: tuple(memory.steps(reviews, seed=_seed(student_id, item_id)))
        for (item_id, identity), reviews in found.items()
    }


def rebuild(session: Session, *, advance: Callable[[float], None] = lambda _share: None) -> tuple[int, int]:
    """Work out how every card stands from the reviews alone; return how many there are, and how many differed."""
    begin_writing(session)
    pairs = session.execute(select(ReviewRow.student_id, ReviewRow.item_id).distinct()).all()
    differing = 0
    for done, (student_id, item_id) in enumerate(pairs, start=1):
        differing += _keep(session, student_id, item_id)
        advance(done / len(pairs))
    session.commit()
    return len(pairs), differing


def _keep(session: Session, student_id: int, item_id: int) -> bool:
    """Work out how a card stands and keep it; return whether it stood otherwise."""
    session.execute(select(StudentRow.id).where(StudentRow.id == student_id).with_for_update(key_share=True))
    progress = memory.replay(study.reviews(session, student_id, item_id), seed=_seed(student_id, item_id))
    row = session.get(CardRow, (student_id, item_id))
    if study.progress_of(row) == progress:
        return False
    if progress is None:
        session.execute(delete(CardRow).where(CardRow.student_id == student_id, CardRow.item_id == item_id))
    elif row is None:
        session.add(CardRow(student_id=student_id, item_id=item_id, **_values(progress)))
    else:
        for name, value in _values(progress).items():
            setattr(row, name, value)
    session.flush()
    return True


def _desk(counts: StudyCounts, day: date) -> Desk:
    plan = _preparation(counts, day)
    is_revising = plan is not None and plan.days <= REVISION_DAYS
    left = None if is_revising else counts.reviews_per_day
    due = counts.in_steps + scheduling.reviews_today(left, counts.reviewed, due=counts.by_day)
    new = 0 if is_revising else scheduling.new_today(
        plan.new_per_day if plan else counts.new_per_day, counts.introduced, left=counts.unseen
    )  # fmt: skip
    return Desk(counts, due, new, plan)


def _preparation(counts: StudyCounts, day: date) -> Preparation | None:
    """Return what an exam ahead asks for; None without one."""
    if counts.exam_on is None or counts.exam_on <= day:
        return None
    days = (counts.exam_on - day).days
    wanted = scheduling.new_per_day(counts.new_per_day, unseen=counts.unseen + counts.introduced, days_to_exam=days)
    return Preparation(counts.exam_on, days, wanted, counts.exam_on - timedelta(days=REVISION_DAYS))


def _values(progress: Progress) -> dict[str, Any]:
    return {**asdict(progress), "phase": int(progress.phase)}


def _seed(student_id: int, item_id: int) -> str:
    return f"{student_id}/{item_id}"


def review_of(rating: str) -> Rating | None:
    """Return the rating that a form names by its number, None for anything else."""
    return Rating(int(rating)) if rating in {"1", "2", "3", "4"} else None
