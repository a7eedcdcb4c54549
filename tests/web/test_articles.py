"""Articles as they are handed in: pasted text, which may be Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.desk_people import a_teacher
from tests.web.reading import page
from tests.web.test_drafts import ARTICLE, arrived, paste

if TYPE_CHECKING:
    from flask import Flask


def test_pasted_markdown_is_read_as_markdown_and_its_places_lead_back_to_what_is_seen(app: Flask) -> None:
    teacher = a_teacher(app)
    text = f"2019年4月5日\n\n# 開通 #\n\n{ARTICLE}"
    waiting = str(paste(teacher, text).location)
    heading = page(teacher.get(waiting)).xpath("//main")[0].text_content()
    shown = page(arrived(teacher, waiting))
    seen = {span.text: span for span in shown.xpath("//article//span[@data-start]")}

    assert "#" not in heading
    assert shown.xpath("//h2[@id='article']")[0].text == "開通"
    assert "#" not in shown.xpath("//article")[0].text_content()
    assert any("青葉" in words for words in seen)
    assert all(span.text == text[int(span.get("data-start")) : int(span.get("data-end"))] for span in seen.values())


def test_a_heading_further_down_is_not_the_title_of_a_pasted_text(app: Flask) -> None:
    teacher = a_teacher(app)
    shown = page(arrived(teacher, str(paste(teacher, f"青葉橋のはなし\n\n{ARTICLE}\n# 注\n").location)))

    assert shown.xpath("//h2[@id='article']")[0].text == "青葉橋のはなし"
