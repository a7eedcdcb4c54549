"""Correcting an article: what questions rest on moves along; whose sentence changed, is renewed or to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.operations import sharing
from quizapp.store import bank_files
from quizapp.store.accounts import Account
from quizapp.store.database import db
from quizapp.store.desk_tables import DraftRow
from quizapp.store.tables import BankRow, ItemVersionRow
from tests.builders import NOW, TEXT, a_fact, a_full_bank, a_plan, an_article
from tests.web.desk_people import a_teacher, add_account, browser_of
from tests.web.reading import page, token, words
from tests.web.test_drafts import ARTICLE, arrived, draft_ids, drafted, press
from tests.web.test_editor import write
from tests.web.test_mending import ITEM
from tests.web.test_quiz_desk import post
from tests.web.test_roles import keep_owned

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from quizapp.core.bank import Bank

PAGE = "/desk/banks/bridge/article"
CORRECTED = TEXT.replace("2019年4月", "2019年5月").replace("# 橋と灯台\n", "# 橋と灯台\n\n町の広報が訂正した。\n")


@pytest.fixture
def owner(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    keep_owned(app, keep, items=a_full_bank().items[:2])  # type: ignore[arg-type]
    return browser_of(app, "Owner")


def send(teacher: FlaskClient, address: str, shown: TestResponse, do: str, **changes: str | list[str]) -> TestResponse:
    """Send the page's form with changes."""
    form = page(shown).xpath("//form[.//textarea[@name='text']]")[0]
    fields = dict(form.form_values()) | {"csrf_token": token(teacher), "do": do, **changes}
    return teacher.post(address, data=fields, content_type="multipart/form-data")


def correct(teacher: FlaskClient, address: str, text: str, **changes: str | list[str]) -> tuple[TestResponse, str]:
    """Look at what a correction means, correct, and return what was shown before and after."""
    looked = send(teacher, address, teacher.get(address), "look", text=text, **changes)
    return looked, confirm(teacher, address, looked, **changes)


def confirm(teacher: FlaskClient, address: str, looked: TestResponse, **changes: str | list[str]) -> str:
    """Correct what was looked at, wait for the drafts of new sentences, and return what is shown then."""
    done = send(teacher, address, looked, "correct", **changes)
    assert done.status_code == 302, words(done)
    return words(arrived(teacher, str(done.location)))


def choose_new_words(owner: FlaskClient) -> str:
    """Let the question rest on the words that the editor proposes, and return what it says then."""
    editor = owner.get(ITEM)
    assert "The article was corrected. Before" in words(editor)
    form = page(editor).get_element_by_id("item")
    fields = dict(form.form_values()) | {"csrf_token": token(owner), "fact": "+", "do": "save"}
    saved = owner.post(ITEM, data=fields)
    assert saved.status_code == 302
    return words(owner.get(str(saved.location)))


def bank_file(owner: FlaskClient) -> Bank:
    return bank_files.parse(owner.get("/desk/banks/bridge/files/yaml").text, name="bridge")


def test_questions_whose_sentence_changed_are_shown_before_and_to_be_mended_after(owner: FlaskClient) -> None:
    before = bank_file(owner)
    looked, done = correct(owner, PAGE, CORRECTED)
    post(owner, "/desk/mend")
    listed = words(owner.get("/desk/mend"))
    after = bank_file(owner)

    assert "Before 青葉橋は2019年 4 月に開通した。 Now 青葉橋は2019年 5 月に開通した。" in words(looked)
    assert [link.text_content() for link in page(looked).xpath("//section//a")] == ["青葉橋が開通したのはいつですか。"]
    assert "1 question rests on a sentence that changed" in done
    assert "The article no longer says: “青葉橋は2019年4月に開通した。”" in listed
    assert "Before 青葉橋は2019年 4 月に開通した。 Now 青葉橋は2019年 5 月に開通した。" in listed
    assert "To mend (2)" in words(owner.get("/desk"))
    assert "建て替える予定" not in listed
    assert after.article
    assert after.article.text == CORRECTED
    assert [fact.evidence[0].quote for fact in after.facts] == [fact.evidence[0].quote for fact in before.facts]
    assert [item.changed for item in after.items] == [item.changed for item in before.items]


def test_questions_that_are_still_right_rest_on_the_new_words_in_a_new_version(app: Flask, owner: FlaskClient) -> None:
    _looked, done = correct(owner, PAGE, CORRECTED, renewed="bridge")
    post(owner, "/desk/mend")

    assert "To mend" not in done
    assert bank_file(owner).facts[0].statement == "青葉橋は2019年5月に開通した。"
    assert "no longer says" not in words(owner.get("/desk/mend"))
    assert "青葉橋は2019年5月に開通した。" in words(owner.get("/banks/bridge/items/choice000001"))
    with app.app_context():
        assert sorted(db.session.scalars(db.select(ItemVersionRow.number))) == [1, 1, 2]


def test_taking_a_correction_back_leaves_nothing_to_mend(owner: FlaskClient) -> None:
    before = bank_file(owner)
    correct(owner, PAGE, CORRECTED)
    correct(owner, PAGE, TEXT)
    post(owner, "/desk/mend")

    assert bank_file(owner).facts == before.facts
    assert "no longer says" not in words(owner.get("/desk/mend"))


def test_choosing_the_corrected_sentence_in_the_editor_mends_the_question(owner: FlaskClient) -> None:
    correct(owner, PAGE, CORRECTED)
    choose_new_words(owner)
    post(owner, "/desk/mend")

    assert "no longer says" not in words(owner.get("/desk/mend"))
    assert "青葉橋は2019年5月に開通した。" in words(owner.get("/banks/bridge/items/choice000001"))


def test_of_a_fact_told_twice_what_changed_alone_is_named_and_mended(app: Flask, keep: Callable[..., Bank]) -> None:
    told = a_fact(evidence=(*a_fact().evidence, *a_fact("橋の長さは320メートルである。").evidence))
    keep_owned(app, keep, items=a_full_bank().items[:1], facts=(told, a_plan()))  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    correct(owner, PAGE, TEXT.replace("320", "330"))
    post(owner, "/desk/mend")
    listed = words(owner.get("/desk/mend"))
    mended = choose_new_words(owner)
    post(owner, "/desk/mend")

    assert "no longer says: “橋の長さは320メートルである。”" in listed
    assert "2019年4月に開通した。”" not in listed
    assert "saved as a new version" in mended
    assert "Changed evidence" not in words(owner.get("/desk/mend"))
    assert bank_file(owner).facts[-1].evidence[0].quote == "橋の長さは330メートルである。"


def test_of_words_that_stayed_it_is_said_that_the_sentence_around_them_changed(
    app: Flask, keep: Callable[..., Bank]
) -> None:
    part = a_fact("2019年4月に開通", terms=())
    keep_owned(app, keep, items=a_full_bank().items[:1], facts=(part, a_plan()))  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    correct(owner, PAGE, TEXT.replace("青葉橋は", "若葉橋は"))
    correct(owner, PAGE, TEXT.replace("青葉橋は", "若葉橋は"), title="橋")
    post(owner, "/desk/mend")
    listed = words(owner.get("/desk/mend"))
    choose_new_words(owner)
    post(owner, "/desk/mend")

    assert "The sentence around “2019年4月に開通” changed" in listed
    assert "no longer says" not in listed
    assert "Changed evidence" not in words(owner.get("/desk/mend"))


def test_a_fact_left_behind_may_be_chosen_without_a_false_finding(owner: FlaskClient) -> None:
    correct(owner, PAGE, CORRECTED)
    new = write(owner, "/desk/banks/bridge/items/new/true_false", "look", stem="橋は2019年に開通した。", fact="bridge")

    assert "does not say" not in words(new)
    assert "青葉橋は2019年4月に開通した。" in page(new).get_element_by_id("preview").text_content()


def article_of(review: str) -> str:
    return review.replace("drafts", "article").partition("?")[0]


def drafts_of(app: Flask) -> dict[str, DraftRow]:
    with app.app_context():
        return {row.name: row for row in db.session.scalars(db.select(DraftRow))}


def test_drafts_move_along_and_new_sentences_are_drafted(app: Flask) -> None:
    teacher = a_teacher(app)
    review = drafted(teacher)
    kept = draft_ids(teacher.get(review))[0]
    press(teacher, f"{review}/state", draft=kept, state="kept")
    correct(teacher, article_of(review), "はじめに。\n\n" + ARTICLE.replace("320", "330"))

    with app.app_context():
        text = db.session.scalars(db.select(BankRow.article_text)).one() or ""
        rows = db.session.scalars(db.select(DraftRow).order_by(DraftRow.position)).all()
        for row in rows:
            evidence = row.fact["evidence"][0]
            assert text[evidence["start"] :].startswith(evidence["quote"])
        assert [row.start for row in rows] == sorted(row.start for row in rows)
        assert any("330" in row.fact["statement"] for row in rows)
        assert not any("320" in row.fact["statement"] for row in rows)
    assert draft_ids(teacher.get(review), "kept") == [kept]


def test_drafts_of_a_sentence_that_is_told_again_stay_when_the_other_changes(app: Flask) -> None:
    once = "汐見町は2019年に北浜の港に大きな風車を建てた。"
    again = "北浜の港に大きな風車を建てたのは2019年の汐見町である。"
    teacher = a_teacher(app)
    address = article_of(drafted(teacher, f"# 風車\n\n{once}\n\n# まちの話\n\n{again}"))
    before = drafts_of(app)
    assert any(len(row.fact["evidence"]) == 2 for row in before.values())
    correct(teacher, address, f"# 風車\n\n{once}\n\n# まちの話\n\n{again[:-4]}であった。")
    after = drafts_of(app)
    correct(teacher, address, f"# 風車\n\n潮風が強い。\n\n# まちの話\n\n{again}")

    assert {row.id for row in before.values()} <= {row.id for row in after.values()}
    assert not any(again in str(row.fact) for row in after.values())
    assert any(again in str(row.fact) for row in drafts_of(app).values())


def test_items_of_a_list_keep_what_was_decided_when_their_numbers_change(app: Flask) -> None:
    lines: tuple[str, ...] = ("青葉橋は2019年4月1日に開通した。", "町は2028年に青葉灯台を建て替える予定だ。")
    teacher = a_teacher(app)
    review = drafted(teacher, "橋\n\n" + "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)))
    first, second, *_ = draft_ids(teacher.get(review))
    press(teacher, f"{review}/state", draft=first, state="kept")
    press(teacher, f"{review}/state", draft=second, state="dropped")
    before = drafts_of(app)
    lines = ("青葉トンネルは2001年3月に開通した。", *lines)
    looked, _done = correct(
        teacher, article_of(review), "橋\n\n" + "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    )
    after = drafts_of(app)

    assert "No question rests on a sentence that changes" in words(looked)
    assert {name: (row.id, row.state) for name, row in before.items()} == {
        name: (after[name].id, after[name].state) for name in before
    }
    assert any("青葉トンネルは2001年" in row.fact["statement"] for row in after.values())


def test_a_correction_is_taken_back_with_all_that_had_been_decided(app: Flask) -> None:
    teacher = a_teacher(app)
    review = drafted(teacher)
    ids = draft_ids(teacher.get(review))
    press(teacher, f"{review}/state", draft=ids[0], state="kept")
    press(teacher, f"{review}/state", draft=ids[1:], state="dropped")
    before, address = drafts_of(app), article_of(review)
    (touched,) = page(send(teacher, address, teacher.get(address), "look", text="別の記事になった。")).xpath(
        "//li[.//del]"
    )
    _looked, told = correct(teacher, address, ARTICLE.replace("年", "年の"), renewed=[
        str(value) for value in touched.xpath(".//input/@value")
    ])  # fmt: skip
    (link,) = page(teacher.get(address)).xpath("//a[contains(@href, 'former')]/@href")
    confirm(teacher, address, teacher.get(link))
    after = drafts_of(app)

    assert "Put the former article back" in told
    assert {name: (row.identity, row.state) for name, row in before.items()} == {
        name: (after[name].identity, after[name].state) for name in before
    }
    post(teacher, "/desk/mend")
    assert "Changed evidence" not in words(teacher.get("/desk/mend"))


def test_an_empty_bank_gets_an_article_with_its_source_and_day(app: Flask) -> None:
    teacher = a_teacher(app)
    made = press(teacher, "/desk/banks", title="橋", language="ja")
    address = str(made.location).replace("/items", "") + "/article"
    source = {"title": "橋", "sources": "町の広報 https://town.example/1", "published": "2026-10-01"}
    correct(teacher, address, ARTICLE, **source)
    name = address.split("/")[3]

    assert drafts_of(app)
    assert page(teacher.get(f"/banks/{name}/article")).xpath("//p[@class='source']//a/@href") == [
        "https://town.example/1"
    ]


def test_of_two_who_correct_an_article_the_second_is_told_and_loses_nothing(app: Flask, owner: FlaskClient) -> None:
    add_account(app, "Editor")
    with app.app_context():
        bank = db.session.scalars(db.select(BankRow)).one()
        sharing.share(db.session(), bank, "Editor", "edit", actor=Account(1, "Owner", "teacher"), now=NOW)
    editor = browser_of(app, "Editor")
    looked = send(editor, PAGE, editor.get(PAGE), "look", text=TEXT.replace("320", "330"))
    correct(owner, PAGE, CORRECTED)
    refused = send(editor, PAGE, looked, "correct")
    compared = page(refused).xpath("//section[@aria-labelledby='theirs']")[0]
    again = send(editor, PAGE, refused, "correct")

    assert refused.status_code == 400
    assert "somebody else corrected the article" in words(refused)
    assert "330" in page(refused).xpath("//textarea[@name='text']")[0].value
    assert "町の広報が訂正した。" in " ".join(compared.xpath(".//del/text()"))
    assert "330" in " ".join(compared.xpath(".//ins/text()"))
    assert again.status_code == 302


def test_a_fact_that_no_question_asks_for_goes_with_its_sentence(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep, items=a_full_bank().items[1:2])  # type: ignore[arg-type]
    owner = browser_of(app, "Owner")
    correct(owner, PAGE, CORRECTED)

    assert [fact.id for fact in bank_file(owner).facts] == ["lighthouse"]


def test_nothing_is_corrected_before_it_was_looked_at_nor_without_a_text(owner: FlaskClient) -> None:
    unseen = send(owner, PAGE, owner.get(PAGE), "correct", text=CORRECTED)
    empty = send(owner, PAGE, owner.get(PAGE), "look", text=" \n ", title="　")

    assert "What the correction means" in words(unseen)
    assert empty.status_code == 400
    assert "Write or paste the text" in words(empty)
    assert "Write a title" in words(empty)
    assert bank_file(owner).article == an_article()


def test_a_title_that_is_corrected_reaches_every_question_and_deck(app: Flask, owner: FlaskClient) -> None:
    looked, _done = correct(owner, PAGE, TEXT, title="橋と灯台（訂正版）")

    assert "2 questions get a new version" in words(looked)
    assert "訂正版" in owner.get("/banks/bridge/items/choice000001").text
    assert "開通したのはいつ" in words(owner.get("/desk/banks/bridge?q=開通&modality=asserted"))
    record = words(a_teacher(app, "Admin", "admin").get("/desk/record"))
    assert "Owner corrected an article bridge" in record
