"""From a pasted article to kept questions: reading, drafts, keeping, dropping, undoing, selecting words."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from quizapp.operations import drafting_jobs, sharing
from quizapp.store.accounts import Account
from quizapp.store.database import db
from quizapp.store.desk_tables import DraftingRow, DraftRow
from quizapp.store.tables import BankRow, ItemRow
from tests.web.desk_people import a_teacher, add_account, browser_of
from tests.web.reading import page, token, words

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.conftest import Statements

ARTICLE = """\
青葉橋の開通

青葉橋は2019年4月1日に開通した。橋の長さは320メートルである。
町長の記者会見によると、町は2028年に青葉灯台を建て替える予定だ。
青葉橋の開通により、港と市街地を結ぶ時間は15分に短縮された。青葉橋は町で最も長い橋である。
"""


def paste(teacher: FlaskClient, text: str = ARTICLE, **fields: object) -> TestResponse:
    data = {"csrf_token": token(teacher), "text": text, "language": "", **fields}
    return teacher.post("/desk/articles", data=data, content_type="multipart/form-data")


def drafted(teacher: FlaskClient, text: str = ARTICLE, **fields: object) -> str:
    """Hand an article in, wait for its drafts, and return the address of the page where they are checked."""
    address = str(paste(teacher, text, **fields).location)
    arrived(teacher, address)
    return str(teacher.get(address).location)


def arrived(teacher: FlaskClient, address: str) -> TestResponse:
    """Return the page that an address leads to once drafts are there."""
    for _ in range(300):
        response = teacher.get(address)
        if response.status_code == 302:
            return teacher.get(str(response.location))
        if "/desk/articles/" not in address:
            return response
        time.sleep(0.1)
    raise AssertionError(words(response))


def press(teacher: FlaskClient, address: str, **fields: str | list[str]) -> TestResponse:
    return teacher.post(address, data={"csrf_token": token(teacher), **fields})


def draft_ids(response: TestResponse, state: str = "open") -> list[str]:
    return [str(value) for value in page(response).xpath(
        "//form[contains(@class, 'draft')][@data-state=$state]//input[@name='draft']/@value", state=state)]  # fmt: skip


def live_items(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(ItemRow.identity).where(ItemRow.is_retired.is_(False))))


@pytest.fixture
def teacher(app: Flask) -> FlaskClient:
    return a_teacher(app)


def test_a_pasted_article_becomes_drafts_beside_the_article(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    shown = teacher.get(address)

    assert "青葉橋が開通したのはいつですか。" in words(shown)
    (way,) = page(shown).xpath("//p[@class='notice hint'][contains(., 'No day of publication was found')]//a/@href")
    assert page(teacher.get(way)).get_element_by_id("published").get("type") == "date"
    assert "青葉橋は2019年4月1日に開通した。" in page(shown).xpath("//article")[0].text_content()
    assert page(shown).xpath("//article//span[@class='claim']")
    assert live_items(app) == []
    assert "drafts to check" in words(teacher.get("/desk"))


def test_a_glossary_and_then_ones_banks_lend_wrong_options_and_drafts_say_so(teacher: FlaskClient) -> None:
    text = "青葉水道局は、港の近くで青葉町の水を管理している。青葉町は2019年4月1日に汐見市と合併した。"
    press(teacher, "/desk/glossary", text="# 役所\n青葉水道局、北浜水道局、港南水道局")

    assert "港南水道局" in words(teacher.get("/desk/glossary"))
    address = drafted(teacher, text)
    shown = teacher.get(address)
    assert "北浜水道局 (from your glossary)" in words(shown)
    assert "(near the right value)" in words(shown)

    press(teacher, f"{address}/state", draft=draft_ids(shown), state="kept")
    press(teacher, "/desk/glossary", text="")
    again = drafted(teacher, text)
    edited = page(teacher.get(again)).xpath("//form[contains(., '北浜水道局 (from one of your banks)')]/@id")
    assert edited
    for draft in edited:
        address = f"{again}/{draft[1:]}"
        fields = dict(page(teacher.get(address)).get_element_by_id("item").form_values())
        changed = {name: "西の役所" if value == "北浜水道局" else value for name, value in fields.items()}
        assert press(teacher, address, **changed, do="save").status_code == 302
    shown = teacher.get(again)
    assert "西の役所" in words(shown)
    assert "北浜水道局 (from" not in words(shown)
    assert "港南水道局 (from one of your banks)" in words(shown)


def test_questions_end_in_the_register_that_the_teacher_chose(teacher: FlaskClient) -> None:
    assert "ですか。" in words(teacher.get(drafted(teacher)))

    shown = words(teacher.get(drafted(teacher, register="plain")))
    assert "ですか。" not in shown
    assert "か。" in shown


def test_keeping_puts_an_item_in_the_bank_and_undoing_takes_it_out(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    first, second, *_ = draft_ids(teacher.get(address))
    kept = press(teacher, f"{address}/state", draft=first, state="kept")

    assert len(live_items(app)) == 1
    assert draft_ids(teacher.get(address), "kept") == [first]
    undo = page(teacher.get(str(kept.location))).xpath("//form[@id='undo']")[0]
    press(teacher, undo.get("action"), draft=undo.xpath(".//input[@name='draft']/@value"), state="open")
    assert live_items(app) == []
    with app.app_context():
        assert db.session.scalars(select(ItemRow)).all() == []
    press(teacher, f"{address}/state", draft=second, state="dropped")
    assert draft_ids(teacher.get(address), "dropped") == [second]


def test_all_without_a_finding_are_kept_at_once(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    ids = draft_ids(teacher.get(address))
    press(teacher, f"{address}/state", draft=ids, state="kept")

    assert len(live_items(app)) == len(ids)
    assert draft_ids(teacher.get(address)) == []
    name = address.split("/")[3]
    assert "Begin" in words(teacher.get(f"/banks/{name}"))


def test_keeping_twice_keeps_one(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    first = draft_ids(teacher.get(address))[0]
    for _ in range(2):
        press(teacher, f"{address}/state", draft=first, state="kept")

    assert len(live_items(app)) == 1


@pytest.mark.parametrize(("chosen", "found"), [("港と市街地", True), ("Atlantis", False)])
def test_words_of_the_article_become_a_draft_with_them_as_the_key(
    teacher: FlaskClient, app: Flask, chosen: str, found: bool
) -> None:
    address = drafted(teacher)
    first, *_, last = draft_ids(teacher.get(address))
    response = press(teacher, f"{address}/words", words=chosen, undo=last)
    shown = teacher.get(str(response.location))

    if found:
        assert draft_ids(shown)[0] == first
        assert page(shown).xpath("//form[@id='undo']//input[@name='draft']/@value") == [last]
        card = page(shown).get_element_by_id(str(response.location).rpartition("#")[2])
        assert "(1) 港と市街地" in card.text_content()
        assert "Gap 1 is typed." in card.text_content()
    else:
        assert "do not stand in the article" in words(shown)


def test_a_selection_is_taken_at_its_place_and_within_one_sentence(teacher: FlaskClient) -> None:
    address = drafted(teacher)
    start = ARTICLE.rindex("青葉橋")
    response = press(teacher, f"{address}/words", start=str(start), end=str(start + 3))
    card = page(teacher.get(str(response.location))).get_element_by_id(str(response.location).rpartition("#")[2])
    too_far = press(teacher, f"{address}/words", start=str(start - 5), end=str(start + 3))

    assert card.xpath(".//b[@class='filled']")
    assert "within one sentence" in words(teacher.get(str(too_far.location)))


def test_an_edited_draft_is_kept_with_its_new_words(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    shown = press(teacher, f"{address}/words", words="港と市街地")
    draft_id = str(shown.location).rpartition("#d")[2]
    form = page(teacher.get(f"{address}/{draft_id}")).get_element_by_id("item")
    fields = {field.name: field.value or "" for field in form.xpath(".//input[@name] | .//textarea")}
    fields |= {"stem": "青葉橋は{{1}}を結びます。", "gaps-0-distractors": "山と谷", "do": "save"}
    shown = teacher.get(str(press(teacher, f"{address}/{draft_id}", **fields).location))
    assert page(shown).get_element_by_id(f"d{draft_id}").xpath(".//li[@class='distractor'][contains(., '山と谷')]")
    fields |= {"do": "keep", "number": "2"}
    assert press(teacher, f"{address}/{draft_id}", **fields).status_code == 302

    name = address.split("/")[3]
    assert "青葉橋は" in words(teacher.get(f"/banks/{name}/items/{live_items(app)[0]}"))


def test_an_article_that_cannot_be_read_is_told_and_nothing_is_stored(teacher: FlaskClient, app: Flask) -> None:
    empty = paste(teacher, "  ")
    strange = paste(teacher, "", file=(BytesIO(b"x"), "picture.png"))

    assert "paste an article or choose a file" in words(empty)
    assert "'.png' cannot be read" in words(strange)
    assert page(strange).xpath("//p[@id='file-errors']")
    with app.app_context():
        assert db.session.scalars(select(DraftingRow)).all() == []
    page_without_text = paste(teacher, "", file=(BytesIO(b"<html><p>x</p></html>"), "page.html"))
    for _ in range(300):
        shown = teacher.get(str(page_without_text.location))
        if "no article text was found" in words(shown):
            break
        time.sleep(0.1)
    assert page(shown).xpath("//*[@role='alert']")
    assert "could not be read" in words(teacher.get("/desk"))


def test_work_that_was_killed_is_taken_up_again_and_work_in_hand_is_left_alone(app: Flask) -> None:
    owner_id = add_account(app, "Mori")
    owner = Account(owner_id, "Mori", "teacher")
    now = datetime.now(UTC)
    with app.app_context():
        session = db.session()
        code = drafting_jobs.hand_in(session, ARTICLE.encode(), ".txt", "pasted", language="", owner=owner, now=now)
        in_hand = update(DraftingRow).values(leased_until=now + timedelta(seconds=30))
        session.execute(in_hand)
        session.commit()

        assert not drafting_jobs.work(session, code)
        assert drafting_jobs.work(session, code, clock=lambda: now + timedelta(seconds=61))
        assert not drafting_jobs.work(session, code, clock=lambda: now + timedelta(seconds=200))
        assert len(session.scalars(select(BankRow)).all()) == 1
        assert session.scalars(select(DraftRow)).all()


def test_articles_that_wait_are_drafted_by_one_worker(teacher: FlaskClient) -> None:
    for address in [str(paste(teacher).location) for _ in range(4)]:
        teacher.get(address)

    assert len([thread for thread in threading.enumerate() if thread.name == "drafting"]) == 1


def test_anothers_article_and_drafts_are_out_of_reach(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    first = draft_ids(teacher.get(address))[0]
    handed_in = str(paste(teacher).location)
    stranger = a_teacher(app, "Stranger")

    assert stranger.get(address).status_code == 404
    assert stranger.get(handed_in).status_code == 404
    assert press(stranger, f"{address}/state", draft=first, state="kept").status_code == 404
    assert press(stranger, f"{address}/words", words="港").status_code == 404
    own = drafted(stranger, ARTICLE.replace("青葉", "若葉"))
    press(stranger, f"{own}/state", draft=first, state="dropped")
    assert first in draft_ids(teacher.get(address)), "a draft of another bank is not reached through one's own"


def test_what_an_article_says_is_shown_and_never_run(teacher: FlaskClient) -> None:
    evil = ARTICLE + "青葉港は<img src=x onerror=alert(1)>2020年に開港した。<script>alert(2)</script>\n"
    address = drafted(teacher, evil)
    shown = teacher.get(address)

    assert "<script>alert" not in shown.text
    assert not page(shown).xpath("//article//img")
    assert "<script>alert(2)</script>" in page(shown).xpath("//article")[0].text_content()


def test_the_page_of_drafts_asks_the_database_little(teacher: FlaskClient, app: Flask, statements: Statements) -> None:
    address = drafted(teacher)
    teacher.get(address)
    statements.clear()
    teacher.get(address)

    assert len(statements) <= 5, statements


def test_a_colleague_with_a_share_checks_drafts_too(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    add_account(app, "Ueda")
    with app.app_context():
        bank = db.session.scalars(select(BankRow)).one()
        actor = Account(bank.owner_id or 0, "Mori", "teacher")
        sharing.share(db.session(), bank, "ueda", "edit", actor=actor, now=datetime.now(UTC))
    colleague = browser_of(app, "Ueda")

    assert colleague.get(address).status_code == 200
    assert "shared with you" in words(colleague.get("/desk"))


def test_findings_stand_by_their_draft_and_a_mend_is_one_click_away(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    with app.app_context():
        row = db.session.scalars(select(DraftRow).order_by(DraftRow.id)).first()
        assert row
        draft_id = row.id
        choice = {"id": row.name, "type": "single_choice", "language": "ja", "stem": "橋の名はどれですか。"}
        options = [{"text": "青葉橋", "correct": True}, {"text": "若葉橋"}, {"text": "若葉橋　"}, {"text": "緑橋"}]
        row.item = {**choice, "options": options}
        db.session.commit()
    card = page(teacher.get(address)).get_element_by_id(f"d{draft_id}")
    assert "two options say the same" in card.text_content()
    [button] = card.xpath(".//button[@name='mend']")[:1]
    response = press(teacher, button.get("formaction"), mend=button.get("value"))

    card = page(teacher.get(str(response.location))).get_element_by_id(f"d{draft_id}")
    assert "two options say the same" not in card.text_content()
    assert len(card.xpath(".//li[contains(@class, 'distractor')]")) == 2


def test_an_address_must_be_one_and_is_refused_inside_the_network(teacher: FlaskClient) -> None:
    assert "begins with https://" in words(paste(teacher, "", address="ftp://example.org/x"))
    handed_in = str(paste(teacher, "", address="http://127.0.0.1:9/secret").location)
    for _ in range(300):
        shown = teacher.get(handed_in)
        if page(shown).xpath("//*[@role='alert']"):
            break
        time.sleep(0.1)
    assert page(shown).xpath("//*[@role='alert']")


def test_the_list_shows_a_draft_that_was_edited_between_keeping_it_twice(teacher: FlaskClient, app: Flask) -> None:
    address = drafted(teacher)
    bank = address.removesuffix("/drafts")
    draft_id = draft_ids(teacher.get(address))[0]
    press(teacher, f"{address}/state", draft=draft_id, state="kept")
    teacher.get(bank)
    press(teacher, f"{address}/state", draft=draft_id, state="open")
    with app.app_context():
        row = db.session.get(DraftRow, int(draft_id))
        assert row
        row.item = {"id": row.name, "type": "true_false", "language": "ja", "stem": "書き直した文です。", "holds": True}
        db.session.commit()
    press(teacher, f"{address}/state", draft=draft_id, state="kept")

    assert "書き直した文です。" in words(teacher.get(bank))
