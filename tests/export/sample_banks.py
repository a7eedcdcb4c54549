"""A bank in each language with every item type, about harmless things."""

from __future__ import annotations

from datetime import date

from quizapp.core.article import Article, Claim, Modality, Source
from quizapp.core.bank import Bank
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, Gap, MultipleResponse, ShortAnswer, SingleChoice, Term, TrueFalse
from tests.export.builders import CHANGED, LATER, a_fact

_JAPANESE = (
    "富士山は標高3776メートルで、日本で最も高い山である。山頂には浅間大社奥宮がある。\n"
    "県は2027年春に新しい登山口を開く予定だ。専門家によると、噴火の兆候は見られないという。"
)
_ENGLISH = (
    "The lake is 12 kilometres long and 281 metres deep at its deepest point. It never freezes.\n"
    "The council plans to open a second pier in 2027. Divers report seeing perch and pike."
)


def japanese_bank() -> Bank:
    """Return a bank in Japanese with every item type."""
    article = Article(
        title="富士山の今",
        language="ja",
        text=_JAPANESE,
        published=date(2026, 11, 1),
        sources=(Source("山の会", "https://example.org/yama"), Source("県の発表")),
    )
    height = a_fact(
        article,
        "height",
        "富士山は標高3776メートルで、日本で最も高い山である。",
        "{富士山|ふじさん}の高さは3776メートルである。",
        terms=("標高3776メートル",),
    )
    plan = a_fact(
        article,
        "plan",
        "県は2027年春に新しい登山口を開く予定だ。",
        "県は2027年春に新しい登山口を開く予定である。",
        claim=Claim(modality=Modality.PLANNED),
        terms=("2027年春", "予定"),
    )
    signs = a_fact(
        article,
        "signs",
        "専門家によると、噴火の兆候は見られないという。",
        "噴火の兆候は見られない。",
        claim=Claim(modality=Modality.REPORTED, says="専門家"),
    )
    items = (
        SingleChoice(
            id="ja-choice-001",
            language="ja",
            fact_id="height",
            stem="{富士山|ふじさん}の高さは何メートルですか。",
            options=(
                Option("3776メートル", correct=True, feedback="記事の数字のとおりです。"),
                Option("3193メートル", feedback="これは{北岳|きただけ}の高さです。"),
                Option("3190メートル", feedback="これは奥穂高岳の高さです。"),
                Option("2999メートル"),
            ),
            explanation="富士山は**日本で最も高い**山です。",
            tags=("地理", "数字"),
        ),
        MultipleResponse(
            id="ja-several-01",
            language="ja",
            fact_id="height",
            stem="富士山について、記事が述べていることはどれですか。",
            options=(
                Option("日本で最も高い", correct=True),
                Option("標高は3776メートル", correct=True),
                Option("一年中、山頂に人が住む"),
            ),
            tags=("地理",),
        ),
        TrueFalse(
            id="ja-judge-0001",
            language="ja",
            fact_id="plan",
            stem="新しい{登山口|とざんぐち}はすでに開いている。",
            holds=False,
            explanation="記事は「予定」と述べています。",
        ),
        ShortAnswer(
            id="ja-typed-0001",
            language="ja",
            fact_id="plan",
            stem="新しい登山口が開くのはいつの予定ですか。",
            key="2027年春",
            accepted=("2027年の春", "令和9年春"),
        ),
        Cloze(
            id="ja-cloze-0001",
            language="ja",
            fact_id="signs",
            stem="{専門家|せんもんか}によると、{{1}}の兆候は{{2}}。",
            gaps=(
                Gap("噴火", accepted=("ふんか",)),
                Gap("見られない", distractors=("見られる", "強まっている")),
            ),
        ),
        Term(
            id="ja-term-00001",
            language="ja",
            fact_id="height",
            term="標高",
            reading="ひょうこう",
            meaning="{海面|かいめん}から測った土地の高さ",
            accepted=("海抜",),
            distractors=("山の麓から測った高さ",),
        ),
        SingleChoice(
            id="ja-retired-01",
            language="ja",
            fact_id="height",
            stem="古い問題",
            options=(Option("はい", correct=True), Option("いいえ")),
            changed=LATER,
            retired=True,
        ),
    )
    return Bank(
        id="bank-ja-0001",
        name="fuji",
        title="富士山クイズ",
        language="ja",
        changed=CHANGED,
        description="記事「富士山の今」から作った**問題集**です。",
        licence="CC BY 4.0",
        article=article,
        facts=(height, plan, signs),
        items=items,
    )


def english_bank() -> Bank:
    """Return a bank in English with every item type."""
    article = Article(
        title="The lake",
        language="en",
        text=_ENGLISH,
        published=date(2026, 10, 5),
        sources=(Source("Lake Society", "https://example.org/lake"),),
    )
    depth = a_fact(
        article,
        "depth",
        "The lake is 12 kilometres long and 281 metres deep at its deepest point.",
        "The lake is 281 metres deep.",
        terms=("281 metres",),
    )
    pier = a_fact(
        article,
        "pier",
        "The council plans to open a second pier in 2027.",
        "A second pier is planned for 2027.",
        claim=Claim(modality=Modality.PLANNED, says="the council"),
        terms=("plans", "2027"),
    )
    items = (
        SingleChoice(
            id="en-choice-001",
            language="en",
            fact_id="depth",
            stem="How deep is the lake at its **deepest** point?",
            options=(Option("12 metres"), Option("128 metres"), Option("281 metres", correct=True)),
            ordered=True,
            explanation="12 is its length in kilometres.",
        ),
        MultipleResponse(
            id="en-several-01",
            language="en",
            fact_id="pier",
            stem="What does the article say of the second pier?",
            options=(
                Option("It is planned", correct=True, feedback="The council plans to open it."),
                Option("It opens in 2027", correct=True),
                Option("It is already open", feedback="A plan is not yet a fact."),
            ),
        ),
        TrueFalse(
            id="en-judge-0001",
            language="en",
            fact_id="depth",
            stem="The lake is 281 metres deep.",
            holds=True,
        ),
        ShortAnswer(
            id="en-typed-0001",
            language="en",
            fact_id="pier",
            stem="In which year is the second pier to open?",
            key="2027",
        ),
        Cloze(
            id="en-cloze-0001",
            language="en",
            fact_id="depth",
            stem="The lake is {{1}} kilometres long and {{2}} metres deep.",
            gaps=(Gap("12"), Gap("281", distractors=("128", "812"))),
        ),
        Term(
            id="en-term-00001",
            language="en",
            term="pier",
            meaning="a structure on posts that leads from the shore into the water",
        ),
    )
    return Bank(
        id="bank-en-0001",
        name="lake",
        title="The lake",
        language="en",
        changed=CHANGED,
        deck="Lakes::The lake",
        article=article,
        facts=(depth, pier),
        items=items,
    )
