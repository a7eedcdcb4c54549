"""Questions found still right after a correction: at a click, all on one fact together, and back again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.store.database import db
from quizapp.store.tables import ItemRow
from tests.builders import a_choice, a_full_bank
from tests.web.desk_people import browser_of
from tests.web.reading import page, words
from tests.web.test_corrections import CORRECTED, PAGE, bank_file, correct
from tests.web.test_editor import write
from tests.web.test_mending import ITEM
from tests.web.test_quiz_desk import post
from tests.web.test_roles import keep_owned

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement

    from quizapp.core.bank import Bank


@pytest.fixture
def owner(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    keep_owned(app, keep, items=a_full_bank().items[:2])  # type: ignore[arg-type]
    return browser_of(app, "Owner")


def test_a_question_that_is_still_right_takes_the_new_words_at_a_click_and_gives_them_back(owner: FlaskClient) -> None:
    correct(owner, PAGE, CORRECTED)
    post(owner, "/desk/mend")
    listed = owner.get("/desk/mend")
    button = page(listed).xpath("//form[contains(@action, 'still-right')]")[0]
    done = owner.get(post(owner, button.get("action"), "/desk/mend", **dict(button.form_values())))

    assert "has not been looked over since" in words(done)  # pupils may have reported something meanwhile
    assert "no longer says" not in words(done)
    assert words(owner.get("/banks/bridge/items/choice000001")).count("は2019年5月に開通した。") == 2

    undo = page(done).xpath("//form[@role='status']")[0]
    post(owner, undo.get("action"), "/desk/mend", **dict(undo.form_values()))
    assert "は2019年4月に開通した。" in words(owner.get("/banks/bridge/items/choice000001"))
    post(owner, "/desk/mend")
    assert "no longer says" in words(owner.get("/desk/mend"))

    correct(owner, PAGE, CORRECTED.replace("2019年5月", "2019年6月"))
    late = post(owner, button.get("action"), "/desk/mend", **dict(button.form_values()))
    assert "look the question bank over again" in words(owner.get(late))
    assert "は2019年4月に開通した。" in words(owner.get("/banks/bridge/items/choice000001"))


def test_questions_on_one_fact_take_the_new_words_and_give_them_back_together(
    app: Flask, keep: Callable[..., Bank]
) -> None:
    both = tuple(replace(item, fact_id="bridge") for item in a_full_bank().items[:2])
    keep_owned(app, keep, items=both)  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    correct(owner, PAGE, CORRECTED)
    post(owner, "/desk/mend")
    button = page(owner.get("/desk/mend")).xpath("//form[contains(@action, 'still-right')]")[0]
    post(owner, button.get("action"), "/desk/mend", **dict(button.form_values()))
    after = bank_file(owner)
    post(owner, "/desk/mend")
    done = owner.get("/desk/mend")

    assert "Still right: let all 2 questions on it rest on the new words" in button.text_content()
    assert [item.fact_id for item in after.items] == ["bridge", "bridge"]
    assert after.facts[0].statement == "青葉橋は2019年5月に開通した。"
    assert "2 questions rest on the new words" in words(done)
    assert "no longer says" not in words(done)

    undo = page(done).xpath("//form[@role='status']")[0]
    post(owner, undo.get("action"), "/desk/mend", **dict(undo.form_values()))
    again = bank_file(owner)
    post(owner, "/desk/mend")
    button = page(owner.get("/desk/mend")).xpath("//form[contains(@action, 'still-right')]")[0]
    post(owner, button.get("action"), "/desk/mend", **dict(button.form_values()))

    told = {fact.id: fact.statement for fact in again.facts}
    assert [told[item.fact_id or ""] for item in again.items] == ["青葉橋は2019年4月に開通した。"] * 2
    assert len({item.fact_id for item in again.items}) == 1
    assert [item.fact_id for item in bank_file(owner).items] == ["bridge", "bridge"]


def corrected(app: Flask, keep: Callable[..., Bank], count: int) -> tuple[FlaskClient, HtmlElement]:
    """Return an owner whose article was corrected under so many questions on one fact, and "still right" as a form."""
    items = tuple(a_choice(f"問い{number}", id=f"large{number:07d}", fact_id="bridge") for number in range(count))
    keep_owned(app, keep, items=items)  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    correct(owner, PAGE, CORRECTED)
    post(owner, "/desk/mend")
    button = page(owner.get("/desk/mend")).xpath("//form[contains(@action, 'still-right')]")[0]
    return owner, button


def test_what_was_done_is_told_where_it_is_not_what_was_shown_before(app: Flask, keep: Callable[..., Bank]) -> None:
    owner, button = corrected(app, keep, 3)
    with app.app_context():
        retired = db.session.scalars(db.select(ItemRow.id)).first()
    post(owner, "/desk/banks/bridge/bulk", "/desk/banks/bridge", do="retire", item=str(retired))
    done = owner.get(post(owner, button.get("action"), "/desk/mend", **dict(button.form_values())))

    assert "all 3 questions" in button.text_content()
    assert "2 questions rest on the new words, as new versions. When the question bank was looked over" in words(done)
    assert "it was 3." in words(done)


def test_more_than_can_be_undone_at_once_is_told_too(app: Flask, keep: Callable[..., Bank]) -> None:
    owner, button = corrected(app, keep, 51)
    done = owner.get(post(owner, button.get("action"), "/desk/mend", **dict(button.form_values())))

    assert "51 questions rest on the new words" in words(done)
    assert not page(done).xpath("//button[.='Undo']")


def test_only_what_was_just_found_still_right_and_stands_can_be_undone(owner: FlaskClient) -> None:
    correct(owner, PAGE, CORRECTED)
    post(owner, "/desk/mend")
    button = page(owner.get("/desk/mend")).xpath("//form[contains(@action, 'still-right')]")[0]
    action = button.get("action")
    crafted = post(owner, action, "/desk/mend", undo="1")
    assert "can no longer be undone" in words(owner.get(crafted))
    assert not page(owner.get("/desk/mend?confirmed=bridge+choice000001+2")).xpath("//form[@role='status']")

    post(owner, action, "/desk/mend", **dict(button.form_values()))
    assert write(owner, ITEM, "save", explanation="町の広報による。").status_code == 302
    assert not page(owner.get("/desk/mend")).xpath("//form[@role='status']")
    late = post(owner, action, "/desk/mend", undo="1")
    assert "can no longer be undone" in words(owner.get(late))
    assert "2019年5月に開通" in words(owner.get("/banks/bridge/items/choice000001"))
