"""Questions about attempts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, String, and_, bindparam, cast, func, select, type_coerce

from quizapp.core import quiz_settings
from quizapp.core.errors import NotFoundError
from quizapp.core.quiz import MOST_ITEMS
from quizapp.core.quiz_settings import Rules
from quizapp.store import drawable, snapshots
from quizapp.store.columns import UtcDateTime
from quizapp.store.reads import Read
from quizapp.store.tables import (
    AttemptRow,
    BankRow,
    ItemVersionRow,
    LateResponseRow,
    QuizRow,
    ResponseRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Engine, Select
    from sqlalchemy.orm import Session

    from quizapp.core.inputs import Question, Response
    from quizapp.store.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with what it was begun from: a bank, a quiz, or neither (practice of what was missed).

    ``late_count`` questions were answered too late to count.
    """

    id: int
    code: str
    title: str
    language: str
    name: str
    rule_data: dict[str, Any]
    seed: str
    page_size: int
    item_count: int
    started_at: datetime
    deadline: datetime | None
    accepts_until: datetime | None
    finished_at: datetime | None
    score: float | None
    student_id: int | None
    bank_name: str | None
    quiz_code: str | None
    closes_at: datetime | None
    late_count: int

    @property
    def rules(self) -> Rules:
        """What of the quiz's settings holds for this attempt."""
        return Rules.from_data(self.rule_data)

    @property
    def option_seed(self) -> str:
        """What options are shuffled by, "" when they stand as they were written."""
        return self.seed if self.rule_data["shuffle_options"] else ""

    @property
    def page_count(self) -> int:
        """The number of pages of questions."""
        return -(-self.item_count // self.page_size)

    def is_expired(self, now: datetime) -> bool:
        """Whether no more answers are taken, though nobody handed it in."""
        return self.finished_at is None and self.accepts_until is not None and self.accepts_until < now

    def shows_keys(self, now: datetime) -> bool:
        """Whether the review may show keys and evidence now."""
        return self.finished_at is not None and quiz_settings.shows_keys(self.rules.review, self.closes_at, now)

    def page_of(self, page: int) -> range:
        """Return the positions on a page (from 1)."""
        return range((page - 1) * self.page_size, min(page * self.page_size, self.item_count))


# Built once, on the tables themselves: these two are asked for every page of every attempt.
_attempt, _bank, _quiz = AttemptRow.__table__.c, BankRow.__table__.c, QuizRow.__table__.c
_response, _version = ResponseRow.__table__.c, ItemVersionRow.__table__.c
_late = LateResponseRow.__table__.c
_late_count = select(func.count(_late.position.distinct())).where(_late.attempt_id == _attempt.id).scalar_subquery()
_ABOUT = (
    _attempt.id, _attempt.code, _attempt.title, _attempt.language, _attempt.name, _attempt.rules, _attempt.seed,
    _attempt.page_size, _attempt.item_count, _attempt.started_at, _attempt.deadline, _attempt.accepts_until,
    _attempt.finished_at, _attempt.score, _attempt.student_id, _bank.name, _quiz.code, _quiz.closes_at, _late_count,
)  # fmt: skip


def _of_attempt(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(AttemptRow.__table__)
        .outerjoin(BankRow.__table__, _bank.id == _attempt.bank_id)
        .outerjoin(QuizRow.__table__, _quiz.id == _attempt.quiz_id)
        .where(_attempt.code == bindparam("code"))
    )


_SITTING = _of_attempt(*_ABOUT)
_ASKED = (
    select(
        _response.position, _response.version_id, _response.form, _response.weight, _response.answer,
        _response.sequence, _response.is_flagged, _response.saved_at.is_not(None), _response.checked_at,
        _response.score, _response.judgement, func.coalesce(cast(_version.content, String), ""),
    )
    .select_from(ResponseRow.__table__)
    .outerjoin(
        ItemVersionRow.__table__,
        and_(
            _version.id == _response.version_id,
            _response.position >= bindparam("start"),
            _response.position < bindparam("stop"),
        ),
    )
    .where(_response.attempt_id == bindparam("attempt_id"))
    .order_by(_response.position)
)  # fmt: skip
_MOST_CONTENTS = 4096


class _Json(NamedTuple):
    """The names of a database's functions for JSON, and what puts a column of JSON into more of it."""

    array: str
    array_of_rows: str
    embed: Callable[[Any], Any]

    def attempt(self, *more: Any) -> Read:
        """Return the question for an attempt and ``more`` as one value, read several times as quickly as a row."""
        columns = [self.embed(column) if isinstance(column.type, JSON) else column for column in _ABOUT]
        return Read(_of_attempt(getattr(func, self.array)(*columns, *more)))

    def responses(self) -> Any:
        """Return the question for all responses of the attempt as one value."""
        row = getattr(func, self.array)(
            _response.position, _response.version_id, _response.form, _response.weight, self.embed(_response.answer),
            _response.sequence, _response.is_flagged, _response.saved_at.is_not(None), _response.checked_at,
            _response.score, self.embed(_response.judgement), _version.changed_at,
        )  # fmt: skip
        return self.embed(
            select(getattr(func, self.array_of_rows)(row))
            .select_from(ResponseRow.__table__)
            .join(ItemVersionRow.__table__, _version.id == _response.version_id)
            .where(_response.attempt_id == _attempt.id)
            .scalar_subquery()
        )


_MOMENTS = [place for place, column in enumerate(_ABOUT) if isinstance(column.type, UtcDateTime)]
_JSON = {
    "sqlite": _Json("json_array", "json_group_array", lambda value: func.json(type_coerce(value, String))),
    "postgresql": _Json("json_build_array", "json_agg", lambda value: value),
}
_SITTINGS = {name: its.attempt() for name, its in _JSON.items()}
_SHEETS = {name: its.attempt(its.responses()) for name, its in _JSON.items()}
# Versions never change; with the moment they were written their numbers are not taken twice, even after a deletion.
_contents: WeakKeyDictionary[Engine, dict[tuple[int, str], str]] = WeakKeyDictionary()


class Asked(NamedTuple):
    """A question of an attempt, pinned to the version it was drawn with; ``position`` counts from 0.

    ``content`` is the version as JSON text, "" where only the answer's state was asked for.
    """

    position: int
    version_id: int
    form: int
    weight: float
    answer: Response
    sequence: int
    is_flagged: bool
    is_answered: bool
    checked_at: datetime | None
    score: float | None
    judgement: dict[str, Any] | None
    content: str

    @property
    def snapshot(self) -> Snapshot:
        """The item with its fact and evidence."""
        return snapshots.parse(self.content)

    @property
    def question(self) -> Question:
        """The item in the way it is asked here."""
        return snapshots.question(self.content, self.form)


def no_attempt() -> NotFoundError:
    """Return what is raised where no attempt has the code that was given."""
    return NotFoundError("there is no attempt with this address: check that the link is whole")


def get(session: Session, code: str) -> Sitting:
    """Return the attempt with this code.

    :raise NotFoundError: there is none.
    """
    row: Any = session.connection().execute(_SITTING, {"code": code}).one_or_none()
    if row is None:
        raise no_attempt()
    return Sitting(*row)


def asked(session: Session, attempt_id: int, positions: range | None = None) -> list[Asked]:
    """Return every question of an attempt in order, those at ``positions`` (by default all) with their content."""
    wanted = range(MOST_ITEMS) if positions is None else positions
    parameters = {"attempt_id": attempt_id, "start": wanted.start, "stop": wanted.stop}
    return [_asked(*row) for row in session.connection().execute(_ASKED, parameters)]


def find(engine: Engine, code: str) -> Sitting:
    """Return the attempt with this code as ``get`` does, quicker, and without what is not committed yet.

    :raise NotFoundError: there is none.
    """
    return Sitting(*_found(_SITTINGS, engine, code))


def sheet(engine: Engine, code: str, page: int | None = None, *, whole: bool = False) -> tuple[Sitting, list[Asked]]:
    """Return the attempt with this code and its questions in order, those on ``page`` (from 1) with their content.

    All have it where the ``whole`` is wanted. One statement, and another where this process has not yet seen a
    version.

    :raise NotFoundError: there is none.
    """
    *about, responses = _found(_SHEETS, engine, code)
    sitting = Sitting(*about)
    here = range(sitting.item_count) if whole else () if page is None else sitting.page_of(page)
    contents = _contents_of(engine, [(row[1], row[11]) for row in responses if row[0] in here])
    return sitting, [
        Asked(
            position, version, form, weight, tuple(answer), sequence, bool(is_flagged), bool(is_saved),
            moment(checked_at), score, judgement, contents[version, written] if position in here else "",
        )
        for position, version, form, weight, answer, sequence, is_flagged, is_saved, checked_at, score, judgement,
        written in sorted(responses)
    ]  # fmt: skip


def _found(reads: Mapping[str, Read], engine: Engine, code: str) -> list[Any]:
    rows = reads[engine.dialect.name].rows(engine, {"code": code})
    if not rows:
        raise no_attempt()
    found: list[Any] = json.loads(rows[0][0]) if isinstance(rows[0][0], str) else rows[0][0]
    for place in _MOMENTS:
        found[place] = moment(found[place])
    return found


def moment(value: str | datetime | None) -> datetime | None:
    """Return a moment as a database's driver or JSON gives it, without its zone, in UTC."""
    if value is None:
        return None
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC)


def _contents_of(engine: Engine, versions: Sequence[tuple[int, str]]) -> dict[tuple[int, str], str]:
    known = _contents.setdefault(engine, {})
    found = {version: known.get(version, "") for version in versions}
    if missing := [version for version, content in found.items() if not content]:
        with engine.connect() as connection:
            read = drawable.contents(connection, [number for number, _ in missing])
        new = {version: read[version[0]] for version in missing}
        if len(known) + len(new) > _MOST_CONTENTS:
            known.clear()
        known.update(new)
        found |= new
    return found


def _asked(*values: Any) -> Asked:
    before, answer, after = values[:4], values[4], values[5:]
    return Asked(*(*before, tuple(answer), *after))
