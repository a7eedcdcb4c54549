"""Banks and their parts with defaults, so that a test names only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from quizapp.core.article import Article, Claim, ClaimKind, Modality, Source, Span
from quizapp.core.bank import Bank, Evidence, Fact
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap, Item, MultipleResponse, ShortAnswer, SingleChoice, Term, TrueFalse
from quizapp.operations import students

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.store.tables import StudentRow

TEXT = (
    "# 橋と灯台\n\n"
    "青葉橋は2019年4月に開通した。橋の長さは320メートルである。\n\n"
    "町は2028年に灯台を建て替える予定だ。費用は公表されていない。"
)
WHEN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def zone_at_noon() -> str:
    """Return a time zone in which it is about noon: a study day, which turns at four, does not turn there soon."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


def an_article(**changes: Any) -> Article:
    """Return a short article of four sentences."""
    article = Article("橋と灯台", "ja", TEXT, date(2026, 10, 1), (Source("町の広報", "https://town.example/1"),))
    return replace(article, **changes)


def a_fact(quote: str = "青葉橋は2019年4月に開通した。", **changes: Any) -> Fact:
    """Return a fact that rests on ``quote``, a sentence of ``TEXT``."""
    start = TEXT.index(quote)
    values: dict[str, Any] = {
        "id": "bridge",
        "statement": quote,
        "evidence": (Evidence(Span(start, start + len(quote)), quote),),
        "claim": Claim(ClaimKind.FACT, Modality.ASSERTED),
        "terms": ("青葉橋",),
    }
    return Fact(**{**values, **changes})


PLAN = "町は2028年に灯台を建て替える予定だ。"


def a_plan(**changes: Any) -> Fact:
    """Return a fact that is only planned."""
    values = {"id": "lighthouse", "claim": Claim(ClaimKind.FACT, Modality.PLANNED), "terms": ("灯台",)}
    return a_fact(PLAN, **{**values, **changes})


def a_choice(stem: str = "青葉橋が開通したのはいつですか。", **changes: Any) -> SingleChoice:
    """Return a single choice with three options, the first being the key."""
    values: dict[str, Any] = {
        "id": "choice000001",
        "language": "ja",
        "options": (
            Option("2019年4月", correct=True, feedback="記事の冒頭にあります。"),
            Option("2018年4月"),
            Option("2020年4月"),
        ),
        "explanation": "記事は{開通|かいつう}の年月を述べています。",
    }
    return SingleChoice(stem=stem, **{**values, **changes})


def one_of_each(fact_id: str | None = None) -> tuple[Item, ...]:
    """Return an item of every type."""
    common: dict[str, Any] = {"language": "ja", "fact_id": fact_id}
    right, also, wrong = Option("橋", correct=True), Option("灯台", correct=True), Option("港")
    return (
        a_choice(fact_id=fact_id),
        MultipleResponse(id="multiple0001", stem="町にあるものは何ですか。", options=(right, also, wrong), **common),
        TrueFalse(id="truefalse001", stem="橋の長さは320メートルです。", holds=True, **common),
        ShortAnswer(id="short0000001", stem="橋の名前は何ですか。", key="青葉橋", accepted=("あおばばし",), **common),
        Cloze(
            id="cloze0000001",
            stem="{{1}}は{{2}}年に開通しました。",
            gaps=(Gap("青葉橋"), Gap("2019", distractors=("2018", "2020"))),
            **common,
        ),
        Term(id="term00000001", term="開通", reading="かいつう", meaning="道や橋が使えるようになること",
             distractors=("道や橋を取り壊すこと", "道や橋に名前を付けること"), **common),
    )  # fmt: skip


def a_bank(**changes: Any) -> Bank:
    """Return a bank with an article, two facts and two items."""
    items = (
        a_choice(fact_id="bridge"),
        TrueFalse(id="truefalse002", language="ja", fact_id="lighthouse", stem="灯台は建て替え済みです。", holds=False),
    )  # fmt: skip
    values: dict[str, Any] = {
        "title": "橋と灯台の問題集",
        "language": "ja",
        "changed": WHEN,
        "description": "町の**橋**と灯台について。",
        "licence": "CC BY 4.0",
        "article": an_article(),
        "facts": (a_fact(), a_plan()),
        "items": items,
    }
    return Bank(**{"id": "bank00000001", "name": "bridge", **values, **changes})


def a_full_bank(**changes: Any) -> Bank:
    """Return a bank with an item of every type, each under its own fact or none."""
    items = one_of_each()
    placed = tuple(
        replace(item, fact_id=fact_id)
        for item, fact_id in zip(items, ("bridge", "lighthouse", None, None, None, None), strict=True)
    )
    return a_bank(items=placed, **changes)


def a_large_bank(count: int, **changes: Any) -> Bank:
    """Return a bank with ``count`` single choices that rest on no fact."""
    items = tuple(a_choice(f"問い{number}", id=f"large{number:07d}") for number in range(count))
    return a_bank(items=items, **changes)


def arrived_student(
    session: Session, *, name: str = "", now: datetime = NOW, account_id: int | None = None
) -> tuple[StudentRow, str]:
    """Keep a student; return the row and the token for their device."""
    student, token = students.arriving(name=name, now=now, account_id=account_id)
    students.keep(session, student)
    return student, token
