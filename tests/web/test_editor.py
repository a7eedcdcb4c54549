"""Writing by hand: every item type, what is wrong beside its field, versions, and two teachers at one item."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from quizapp.core.items import ITEM_TYPES
from quizapp.store.database import db
from quizapp.store.tables import BankRow, ItemRow, ItemVersionRow
from quizapp.web.differences import difference
from tests.builders import a_full_bank, one_of_each
from tests.web.desk_people import a_teacher, add_account, browser_of
from tests.web.reading import page, token, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from lxml.html import HtmlElement
    from werkzeug.test import TestResponse

    from quizapp.core.bank import Bank

DESK = "/desk/banks/bridge"


@pytest.fixture
def teacher(app: Flask, keep: Callable[..., Bank]) -> FlaskClient:
    """Give the browser of a teacher who owns a bank with an item of every type."""
    keep(a_full_bank())
    owner_id = add_account(app, "Mori")
    with app.app_context():
        row = db.session.scalars(select(BankRow)).one()
        row.owner_id, row.visibility = owner_id, "private"
        db.session.commit()
    return browser_of(app, "Mori")


def filled_in(form: HtmlElement) -> dict[str, Any]:
    """Return what a browser would send of a form that nobody touched."""
    sent: dict[str, Any] = {}
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        if field.tag == "input" and field.get("type") in {"checkbox", "radio"} and field.get("checked") is None:
            continue
        value = field.value
        if value is not None:
            sent[field.get("name")] = list(value) if isinstance(value, set) else value
    return sent


def write(teacher: FlaskClient, address: str, do: str = "save", **changes: Any) -> TestResponse:
    """Open the editor, change what is named, and press a button."""
    opened = teacher.get(address)
    form = page(opened).get_element_by_id("item")
    changed = {name.replace("__", "-"): value for name, value in changes.items()}
    sent = {name: value for name, value in {**filled_in(form), **changed, "do": do}.items() if value is not None}
    return teacher.post(address, data=sent)


@pytest.mark.parametrize("item", one_of_each(), ids=lambda item: item.kind)
def test_an_item_opened_and_saved_without_a_change_stays_as_it_is(teacher: FlaskClient, item: object) -> None:
    identity = getattr(item, "id")  # noqa: B009 (items differ in type)
    response = write(teacher, f"{DESK}/items/{identity}")

    assert response.status_code == 302, words(response)
    assert "Nothing was different." in words(teacher.get(str(response.location)))


CHOICE: dict[str, Any] = {
    "stem": "どれ？",
    "options__0__text": "甲",
    "options__0__correct": "y",
    "options__1__text": "乙",
}
NEW: dict[str, dict[str, Any]] = {
    "single_choice": {**CHOICE, "options__0__correct": None, "right": "0"},
    "multiple_response": CHOICE,
    "true_false": {"stem": "正しい文です。", "holds": "false"},
    "short_answer": {"stem": "名は？", "key": "橋", "accepted": "はし\nばし", "strict": ["kana"]},
    "cloze": {"stem": "{{1}}です。", "gaps__0__key": "橋", "gaps__0__distractors": "港\n町"},
    "term": {"term": "開通", "reading": "かいつう", "meaning": "使えるようになること"},
}


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_every_item_type_is_written_by_hand(teacher: FlaskClient, kind: str) -> None:
    response = write(teacher, f"{DESK}/items/new/{kind}", tags="手書き 試し", explanation="そのわけ", **NEW[kind])

    assert response.status_code == 302, words(response)
    (following,) = page(teacher.get(str(response.location))).xpath("//a[text()='Write the next one']/@href")
    assert following.endswith(f"/new/{kind}")
    shown = words(teacher.get(f"/banks/bridge/items/{str(response.location).rpartition('/')[2]}"))
    assert "そのわけ" in shown
    again = write(teacher, str(response.location))
    assert "Nothing was different." in words(teacher.get(str(again.location)))


@pytest.mark.parametrize(
    ("kind", "changes", "field", "said"),
    [
        ("single_choice", {"stem": ""}, "stem", "must not be empty"),
        ("single_choice", {"right": None}, "options-0-correct", "Choose which option is right"),
        ("single_choice", {"options__1__text": "甲"}, "options-1-text", "stands more than once"),
        ("single_choice", {"options__1__feedback": "長" * 2001}, "options-1-feedback", "2000"),
        ("single_choice", {"tags": "長" * 1001}, "tags", "1000"),
        ("cloze", {"stem": "何もない"}, "stem", "each of {{1}} exactly once"),
        ("term", {"meaning": "開通すること"}, "meaning", "gives the term"),
        ("true_false", {"fact": "+", "quote": "記事にない言葉"}, "quote", "does not say this word for word"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    teacher: FlaskClient, app: Flask, kind: str, changes: dict[str, object], field: str, said: str
) -> None:
    response = write(teacher, f"{DESK}/items/new/{kind}", explanation="長く書いた解説", **{**NEW[kind], **changes})

    assert response.status_code == 400
    found = page(response)
    assert found.xpath("//*[@role='alert']//a[@href=$link]", link=f"#{field}")
    assert found.xpath("//*[@id=$field]", field=field)
    assert not found.xpath("//details[not(@open)]//*[@id=$field]", field=field)
    assert said in found.xpath("//*[@role='alert']")[0].text_content()
    assert found.xpath("//textarea[@name='explanation']")[0].value.strip() == "長く書いた解説"
    with app.app_context():
        assert len(db.session.scalars(select(ItemRow)).all()) == len(ITEM_TYPES)


def test_options_are_moved_added_and_removed_without_scripts(teacher: FlaskClient) -> None:
    address = f"{DESK}/items/choice000001"

    def options(do: str) -> list[str]:
        shown = page(write(teacher, address, do))
        return [field.value or "" for field in shown.xpath("//input[contains(@name, '-text')]")]

    assert options("down-options-0") == ["2018年4月", "2019年4月", "2020年4月"]
    assert options("up-options-0") == ["2019年4月", "2018年4月", "2020年4月"]
    assert options("remove-options-1") == ["2019年4月", "2020年4月"]
    assert options("add-options") == ["2019年4月", "2018年4月", "2020年4月", ""]


def test_furigana_is_proposed_over_kanji_alone_and_stays_editable(teacher: FlaskClient) -> None:
    shown = write(teacher, f"{DESK}/items/choice000001", "furigana-stem", stem="新しい橋を渡る{町|まち}の{{1}}人")
    stem = page(shown).xpath("//textarea[@name='stem']")[0].value.strip()

    assert stem == "{新|あたら}しい{橋|はし}を{渡|わた}る{町|まち}の{{1}}{人|ひと}"


def test_the_second_of_two_teachers_is_told_sees_both_and_loses_nothing(teacher: FlaskClient, app: Flask) -> None:
    address = f"{DESK}/items/choice000001"
    form = filled_in(page(teacher.get(address)).get_element_by_id("item"))
    write(teacher, address, stem="先に書いた問い？")
    late = teacher.post(address, data={**form, "stem": "後から書いた問い？", "do": "save"})

    assert late.status_code == 400
    assert "somebody else changed this question" in words(late)
    theirs = page(late).xpath("//pre[@class='difference']")[0].xpath(".//text()[not(parent::ins)]")
    assert "Question: 先に書いた問い？\nOptions:\n✓ 2019年4月\n" in "".join(theirs)
    assert page(late).xpath("//textarea[@name='stem']")[0].value.strip() == "後から書いた問い？"
    again = filled_in(page(late).get_element_by_id("item"))
    assert teacher.post(address, data={**again, "do": "save"}).status_code == 302
    query = select(ItemVersionRow).join(ItemRow).where(ItemRow.identity == "choice000001")
    with app.app_context():
        rows = db.session.scalars(query.order_by(ItemVersionRow.number)).all()
    assert [row.content["item"]["stem"] for row in rows] == [
        "青葉橋が開通したのはいつですか。",
        "先に書いた問い？",
        "後から書いた問い？",
    ]


def test_an_earlier_version_is_brought_back_as_a_new_one(teacher: FlaskClient) -> None:
    address = f"{DESK}/items/choice000001"
    write(teacher, address, stem="別の問い？")
    shown = teacher.get(f"{address}/versions")
    assert page(shown).xpath("//ins")
    teacher.post(f"{address}/versions", data={"csrf_token": token(teacher), "number": "1"})

    assert "青葉橋が開通したのはいつですか。" in words(teacher.get("/banks/bridge/items/choice000001"))
    assert "Versions (3)" in words(teacher.get(address))
    assert "青葉橋は2019年4月に開通した。" in words(teacher.get("/banks/bridge/items/choice000001")), "evidence stays"


def test_a_difference_is_told_in_the_readers_language(teacher: FlaskClient) -> None:
    address = f"{DESK}/items/short0000001"
    write(teacher, address, strict="case")
    teacher.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ja"

    (came,) = page(teacher.get(f"{address}/versions")).xpath("//ins")
    assert "不正解とするもの: 大文字と小文字" in came.text_content()


def test_a_copy_has_an_identity_of_its_own_and_the_same_evidence(teacher: FlaskClient) -> None:
    response = teacher.post(f"{DESK}/items/choice000001/copies", data={"csrf_token": token(teacher)})
    copied = str(response.location).rpartition("/")[2]

    assert copied != "choice000001"
    assert "青葉橋は2019年4月に開通した。" in words(teacher.get(f"/banks/bridge/items/{copied}"))


def test_an_item_gets_a_new_fact_from_the_articles_words(teacher: FlaskClient) -> None:
    response = write(
        teacher, f"{DESK}/items/new/true_false", fact="+", quote="橋の長さは320メートルである。", modality="reported",
        **NEW["true_false"],
    )  # fmt: skip
    shown = words(teacher.get(f"/banks/bridge/items/{str(response.location).rpartition('/')[2]}"))

    assert "橋の長さは320メートルである。" in shown
    assert "Reported" in shown


def test_a_new_fact_is_its_whole_sentence_as_sure_as_that_reads(teacher: FlaskClient) -> None:
    address = f"{DESK}/items/new/true_false"
    quoted = {"fact": "+", "quote": "灯台を建て替える", **NEW["true_false"]}
    opened = page(teacher.get(address)).get_element_by_id("item")
    preview = page(teacher.post(str(opened.get("data-preview")), data={**filled_in(opened), **quoted}))
    for chosen, told in [("", "Planned"), ("reported", "Reported")]:
        identity = str(write(teacher, address, modality=chosen, **quoted).location).rpartition("/")[2]
        shown = page(teacher.get(f"/banks/bridge/items/{identity}")).xpath("//section[@class='evidence']")[0]
        assert told in shown.text_content()
        write(teacher, f"{DESK}/items/{identity}", fact="")

    assert "Planned" in preview.get_element_by_id("read-as").text_content()
    write(teacher, address, **{**quoted, "quote": "費用は"})
    facts = page(teacher.get(address)).xpath("//select[@name='fact']/option/text()")
    assert "費用は公表されていない。" in facts


def test_the_preview_shows_what_a_student_sees_and_the_back_of_the_card(teacher: FlaskClient) -> None:
    written = page(teacher.get(f"{DESK}/items/choice000001")).get_element_by_id("item")
    form, address = filled_in(written), str(written.get("data-preview"))
    shown = page(teacher.post(address, data={**form, "stem": "**試し**の問い"}))
    quote = "橋の長さは320メートルである。"
    other = page(teacher.post(address, data={**form, "fact": "+", "quote": quote}))

    asked = shown.xpath("//fieldset[@disabled]")[0]
    assert asked.xpath(".//strong/text()") == ["試し"]
    assert "記事の冒頭にあります。" not in asked.text_content()
    assert "記事の冒頭にあります。" in shown.text_content()
    assert "青葉橋は2019年4月に開通した。" in shown.xpath("//blockquote")[0].text_content()
    assert quote in other.xpath("//blockquote")[0].text_content()


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_the_preview_says_nothing_before_anything_is_written(teacher: FlaskClient, kind: str) -> None:
    opened = page(teacher.get(f"{DESK}/items/new/{kind}"))
    written = opened.get_element_by_id("item")
    form, address = filled_in(written), str(written.get("data-preview"))

    assert not opened.get_element_by_id("preview").text_content().strip()
    assert not words(teacher.post(address, data=form))
    assert "must not be empty" in words(teacher.post(address, data={**form, "explanation": "そのわけ"}))


def test_what_teachers_write_never_runs(teacher: FlaskClient) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    written = {"stem": evil, "options__0__text": evil, "options__0__feedback": evil, "explanation": evil, "tags": evil}
    response = write(teacher, f"{DESK}/items/choice000001", **written)
    assert response.status_code == 302, words(response)
    for address in (f"{DESK}/items/choice000001", f"{DESK}/items/choice000001/versions", DESK,
                    "/banks/bridge/items/choice000001", "/banks/bridge"):  # fmt: skip
        shown = teacher.get(address)
        assert "<script>alert" not in shown.text, address
        assert not page(shown).xpath("//img[@onerror]"), address


def test_fields_that_the_form_does_not_show_change_nothing(teacher: FlaskClient, app: Flask) -> None:
    response = write(
        teacher, f"{DESK}/items/choice000001", id="stolen000001", bank_id="1", version_number="99", is_retired="1",
        retired="true", visibility="public", owner_id="1", stem="別の問い？",
    )  # fmt: skip
    assert response.status_code == 302
    with app.app_context():
        row = db.session.scalars(select(ItemRow).where(ItemRow.identity == "choice000001")).one()
        bank = db.session.scalars(select(BankRow)).one()

        assert (row.version_number, row.is_retired, bank.visibility) == (2, False, "private")


def test_others_cannot_write_in_a_bank_that_is_not_theirs(teacher: FlaskClient, app: Flask) -> None:
    stranger = a_teacher(app, "Stranger")
    sent = {"csrf_token": token(stranger), "do": "save", "stem": "x"}
    addresses = ["items/choice000001", "items/new/true_false", "items/choice000001/copies", "preview/cloze",
                 "items/choice000001/versions", "bulk", "settings", "shares", "visibility", "drafts/state"]  # fmt: skip

    assert {stranger.post(f"{DESK}/{address}", data=sent).status_code for address in addresses} == {404}
    with app.app_context():
        db.session.scalars(select(BankRow)).one().visibility = "public"
        db.session.commit()
    assert {stranger.post(f"{DESK}/{address}", data=sent).status_code for address in addresses} == {403}


@pytest.mark.parametrize(("old", "new"), [("・" * 2000, "・" * 1990 + "x"), ("、。" * 1000, "。、、" * 666)])
def test_versions_of_repeated_signs_are_compared_without_long_waiting(old: str, new: str) -> None:
    begun = time.process_time()
    pieces = difference(old, new)

    assert time.process_time() - begun < 10
    assert "".join(text for tag, text in pieces if tag != "ins") == old
    assert "".join(text for tag, text in pieces if tag != "del") == new
