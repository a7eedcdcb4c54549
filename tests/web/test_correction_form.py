"""The form in which an article is corrected: what is not touched stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.article import Source
from quizapp.store import banks
from quizapp.store.database import db
from quizapp.store.tables import BankRow
from tests.builders import a_full_bank, an_article
from tests.web.desk_people import browser_of
from tests.web.reading import page, words
from tests.web.test_corrections import CORRECTED, PAGE, confirm, correct, send
from tests.web.test_roles import keep_owned

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from quizapp.core.bank import Bank


def test_sources_and_titles_of_every_kind_stay_as_they_are_when_the_text_is_corrected(
    app: Flask, keep: Callable[..., Bank]
) -> None:
    sources = (
        Source("A", "ftp://x"), Source("B", "https://b/1 2"), Source("", "https://c/1"), Source("x https://d", ""),
        Source("E\nF", "https://e"),
    )  # fmt: skip
    title = "長い題" * 80
    keep_owned(app, keep, article=an_article(title=title, sources=sources), items=a_full_bank().items[:2])  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")

    def kept() -> tuple[Source, ...]:
        with app.app_context():
            article = banks.article_value(db.session.scalars(db.select(BankRow)).one())
        assert article
        assert article.title == title
        return article.sources

    looked, _done = correct(owner, PAGE, CORRECTED)
    assert "get a new version" not in words(looked)
    assert kept() == sources
    lines = page(owner.get(PAGE)).xpath("//textarea[@name='sources']")[0].value.replace("E F", "G")
    correct(owner, PAGE, CORRECTED, sources=lines)
    assert kept() == (*sources[:4], Source("G", "https://e"))
    back = f"{PAGE}?former=1"
    confirm(owner, back, owner.get(back))
    assert kept() == sources


def test_ticks_stay_when_something_else_is_missing(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep, items=a_full_bank().items[:2])  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    looked = send(owner, PAGE, owner.get(PAGE), "look", text=CORRECTED)
    refused = send(owner, PAGE, looked, "correct", renewed="bridge", title="")
    again = send(owner, PAGE, refused, "look", title="橋")

    assert refused.status_code == 400
    assert page(again).xpath("//input[@name='renewed'][@type='checkbox'][@checked]/@value") == ["bridge"]
