"""Two at once: what the second does while the first has not yet committed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import event

from quizapp.store.database import begin_writing, db

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from flask import Flask
    from sqlalchemy.orm import Session


def meanwhile(
    app: Flask, first: Callable[[Session], object], second: Callable[[Session], object]
) -> BaseException | None:
    """Write what ``first`` does, let ``second`` begin, then commit; return what ``second`` raised, if anything."""
    raised: list[BaseException] = []
    session = db.session()
    begin_writing(session)
    first(session)
    session.flush()
    other = _begun(app, second, raised)
    session.commit()
    other.join(30)
    assert not other.is_alive()
    session.expire_all()
    return raised[0] if raised else None


def crossed(
    app: Flask, first: Callable[[Session], object], second: Callable[[Session], object], *, at: str
) -> list[BaseException]:
    """Let ``second`` begin when ``first`` is about to send a statement that begins with ``at``.

    Return what either raised.
    """
    raised: list[BaseException] = []
    others: list[threading.Thread] = []
    here = threading.get_ident()

    def begin_second(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:
        if not others and statement.startswith(at) and threading.get_ident() == here:
            others.append(_begun(app, second, raised))

    event.listen(db.engine, "before_cursor_execute", begin_second)
    _run(first, raised)
    assert others, raised
    others[0].join(30)
    assert not others[0].is_alive()
    return raised


def _begun(app: Flask, what: Callable[[Session], object], raised: list[BaseException]) -> threading.Thread:
    """Return a thread that has begun and is done, or waits."""

    def run() -> None:
        with app.app_context():
            _run(what, raised)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(0.5)
    return thread


def _run(what: Callable[[Session], object], raised: list[BaseException]) -> None:
    try:
        what(db.session())
    except Exception as error:  # noqa: BLE001 (the test looks at it)
        db.session.rollback()
        raised.append(error)
