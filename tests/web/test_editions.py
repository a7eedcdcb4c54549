"""An article that was pasted as a new bank, and corrects that of an earlier one under another title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.desk_people import a_teacher
from tests.web.reading import page, words
from tests.web.test_corrections import confirm, drafts_of
from tests.web.test_drafts import ARTICLE, draft_ids, drafted, press

if TYPE_CHECKING:
    from flask import Flask

ANOTHER_EDITION = ARTICLE.replace("青葉橋の開通\n", "青葉橋、開通【訂正あり】\n", 1).replace("320", "330")
EARLIER = "//a[contains(@href, 'by=')]/@href"


def test_it_is_asked_about_first_and_the_questions_of_the_earlier_bank_move_along(app: Flask) -> None:
    teacher = a_teacher(app)
    first = drafted(teacher)
    length = next(row.id for row in drafts_of(app).values() if "320" in row.fact["evidence"][0]["quote"])
    press(teacher, f"{first}/state", draft=[str(length), draft_ids(teacher.get(first))[0]], state="kept")
    drafted(a_teacher(app, "Sato"))
    asked = drafted(teacher, ANOTHER_EDITION)
    proposed = teacher.get(asked)
    (earlier,) = page(proposed).xpath(EARLIER)
    looked = teacher.get(earlier)
    told = confirm(teacher, earlier, looked)

    assert "word for word the same" in words(proposed)
    assert page(looked).xpath("//del/text()") == ["320"]
    assert "1 question rests on a sentence that changed" in told
    assert "青葉橋、開通【訂正あり】" in words(teacher.get(first))
    assert any("330" in str(row.fact) for row in drafts_of(app).values())
    assert teacher.get(asked).status_code == 404
    assert asked.split("/")[3] not in teacher.get("/desk").text


def test_a_teacher_may_say_so_of_any_two_articles_and_what_was_kept_stays(app: Flask) -> None:
    teacher = a_teacher(app)
    first = drafted(teacher)
    second = drafted(teacher, "汐見町は2019年に北浜の港に大きな風車を建てた。")
    press(teacher, f"{second}/state", draft=draft_ids(teacher.get(second))[0], state="kept")
    (link,) = page(teacher.get(second.replace("drafts", "article"))).xpath("//a[contains(@href, 'earlier')]/@href")
    (chosen,) = page(teacher.get(link)).xpath(EARLIER)
    looked = teacher.get(chosen)
    confirm(teacher, chosen, looked)

    assert "off my desk" not in words(looked)
    assert "汐見町は2019年に" in words(teacher.get(first))
    assert draft_ids(teacher.get(second), "kept")
    assert a_teacher(app, "Sato").get(chosen).status_code == 404
