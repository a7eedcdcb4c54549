"""Two at once: what the second does while the first has not yet committed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from quizapp.store.database import begin_writing, db

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session


def meanwhile(
    app: Flask, first: Callable[[Session], object], second: Callable[[Session], object]
) -> BaseException | None:
    """Write what ``first`` does, let ``second`` begin, then commit; return what ``second`` raised, if anything."""
    raised: list[BaseException] = []

    def run() -> None:
        with app.app_context():
            try:
                second(db.session())
            except Exception as error:  # noqa: BLE001 (the test looks at it)
                db.session.rollback()
                raised.append(error)

    session = db.session()
    begin_writing(session)
    first(session)
    session.flush()
    other = threading.Thread(target=run)
    other.start()
    other.join(0.5)
    session.commit()
    other.join(30)
    assert not other.is_alive()
    session.expire_all()
    return raised[0] if raised else None
