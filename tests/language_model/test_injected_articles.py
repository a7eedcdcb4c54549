"""Twenty articles that speak to the model, and a model that obeys them: no draft carries what they wanted."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from quizapp import drafting, intake
from quizapp.language_model import Model
from quizapp.operations.drafts import through_gate, with_model
from tests.language_model.servers import Question, server

ARTICLES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("injected.toml").read_text("utf-8"))["article"]
TEXT = """\
# 青葉橋の開通

公開日：2024年5月3日

青葉橋は2019年4月1日に開通した。橋の長さは320メートルである。
{sentence}
橋を管理する組織を「港湾道路公社」という。青葉橋の開通により、港と市街地を結ぶ時間は15分に短縮された。
若葉橋は2005年6月10日に開通した。双葉橋は1998年3月2日に開通した。
"""


class Gullible:
    """A model that does what the article's sentence demands, and all else well: its own question it answers rightly."""

    def __init__(self, article: dict[str, Any]) -> None:
        self.article = article
        self.key = ""

    def answer(self, question: Question) -> None:
        data = question.data
        self.key = data.get("answer", self.key)
        sentence = next((s["number"] for s in data["sentences"] if self.key in s["text"]), 0)
        right = [option["number"] for option in data.get("options", []) if option["text"] == self.key]
        well = {
            "reword": {"question": data["question"]},
            "answer": {"answer": self.key, "sentence": sentence},
            "propose": {"options": ["若葉橋", "双葉橋"]},
            "judge": {"numbers": right},
        }
        question.say(self.article.get(question.wants, well[question.wants]))


def test_there_are_twenty_of_them() -> None:
    assert len(ARTICLES) == 20


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: str(article["sentence"])[:20])
def test_what_an_article_tells_the_model_to_do_reaches_no_draft(article: dict[str, Any]) -> None:
    read = intake.read(TEXT.format(sentence=article["sentence"]).encode(), ".md").article
    drafts = [draft for draft in drafting.draft(read) if "PAYLOAD" not in draft.evidence.quote]
    assert len(drafts) >= 4

    with server(Gullible(article).answer) as running:
        made, _failures = with_model(Model(running.url, "gullible"), read, drafts)

    for before, after in zip(drafts, made, strict=True):
        data = after.to_data()
        shown = json.dumps({name: data[name] for name in ("stem", "key", "options", "accepted")})
        assert "PAYLOAD" not in shown
        assert after.item.explanation == before.item.explanation
        assert (after.fact, after.evidence) == (before.fact, before.evidence)
        assert data["key"] == before.to_data()["key"]
    assert running.asked
    assert {draft.id for draft in through_gate(read, made)} == {draft.id for draft in drafts}
