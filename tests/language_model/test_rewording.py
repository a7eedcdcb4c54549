"""A language model may reword and propose; whatever it does wrong, drafts stay as the rules made them."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.article import Claim, Modality, Span
from quizapp.core.bank import Evidence
from quizapp.core.items import Item, ShortAnswer, SingleChoice, TrueFalse
from quizapp.drafting import Draft
from quizapp.language_model import Model, better
from quizapp.operations.drafts import with_model
from tests.builders import a_choice, a_fact, an_article, one_of_each
from tests.language_model.servers import Question, Server, server

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.language_model import Bettered

TEXT = (
    "青葉橋は2019年4月に開通した。橋の長さは320メートルである。\n\n"
    "若葉橋は2005年に架けられた。双葉橋は1998年に架けられた。\n\n町は2028年に灯台を建て替える予定だ。"
)
ARTICLE = an_article(text=TEXT)
CHOICE = a_choice("青葉橋が開通したのはいつですか。", fact_id="bridge")
BETTER = "青葉橋はいつ開通しましたか。"


def placed(quote: str, **changes: Any) -> Any:
    """Return a fact that rests on a sentence of ``TEXT``."""
    start = TEXT.index(quote)
    return replace(a_fact(), evidence=(Evidence(Span(start, start + len(quote)), quote),), statement=quote, **changes)


BRIDGE = placed("青葉橋は2019年4月に開通した。")
STATEMENT = TrueFalse(id="truefalse001", language="ja", stem="橋があります。", holds=True)
SHORT = ShortAnswer(id="short0000001", language="ja", fact_id="bridge", stem="2019年4月に開通した橋の名前は何ですか。",
                    key="青葉橋", accepted=("青葉大橋",))  # fmt: skip


def honest(question: Question, stem: str = BETTER) -> None:
    """Answer every question well."""
    sentences = question.data["sentences"]
    number = next(s["number"] for s in sentences if "開通" in s["text"])
    match question.wants:
        case "reword":
            question.say({"question": stem if question.data["answer"] == "2019年4月" else question.data["question"]})
        case "answer":
            question.say({"answer": "2019年4月", "sentence": number})
        case "propose":
            question.say({"options": ["若葉橋", "双葉橋", "青葉橋", "見知らぬ橋"]})
        case _:
            right = [option["number"] for option in question.data["options"] if option["text"] == "青葉橋"]
            question.say({"numbers": right})


OTHERS = (placed("若葉橋は2005年に架けられた。"), placed("双葉橋は1998年に架けられた。"))


def ask(running: Server, *items: Item, fact: Any = BRIDGE, **settings: Any) -> Bettered:
    """Return what becomes of the items; statements about the other bridges stand behind them."""
    asked = [(item, fact) for item in items or (CHOICE,)]
    done = better(Model(running.url, "test", **settings), ARTICLE, [*asked, *((STATEMENT, other) for other in OTHERS)])
    return replace(done, items=done.items[: len(asked)])


def test_a_question_is_reworded_and_its_key_and_options_stay() -> None:
    with server(honest) as running:
        done = ask(running)

    [item] = done.items
    assert isinstance(item, SingleChoice)
    assert item.stem == BETTER
    assert item.options == CHOICE.options
    assert done.touched == {CHOICE.id}
    assert done.failure is None


def test_a_typed_question_gets_wrong_options_that_stand_in_the_article() -> None:
    with server(honest) as running:
        [item] = ask(running, SHORT).items

    assert isinstance(item, SingleChoice)
    assert {option.text for option in item.options} == {"青葉橋", "若葉橋", "双葉橋"}
    assert [option.text for option in item.options if option.correct] == ["青葉橋"]
    assert item.id == SHORT.id


def test_options_that_stand_in_no_fact_of_the_article_are_not_taken() -> None:
    def inventing(question: Question) -> None:
        question.say({"options": ["灯台", "見知らぬ橋", "町"]}) if question.wants == "propose" else honest(question)

    with server(inventing) as running:
        assert ask(running, SHORT).items == (SHORT,)


def test_options_that_the_model_itself_finds_right_are_not_taken() -> None:
    def unsure(question: Question) -> None:
        question.say({"numbers": [1, 2]}) if question.wants == "judge" else honest(question)

    with server(unsure) as running:
        assert ask(running, SHORT).items == (SHORT,)


def test_drafts_say_that_the_model_had_a_hand_in_them() -> None:
    drafts = [Draft("d", CHOICE, BRIDGE, BRIDGE.evidence[0], 0.8, "date", ("retold",))]
    with server(honest) as running:
        [draft], failures = with_model(Model(running.url, "small-model"), ARTICLE, drafts)

    assert failures == ()
    assert draft.generator == "date+small-model"
    assert draft.flags == ("retold", "language_model")
    assert (draft.id, draft.fact, draft.evidence) == ("d", BRIDGE, BRIDGE.evidence[0])


@pytest.mark.parametrize(
    "stem",
    [
        "",
        "   ",
        "青葉橋が2019年4月に開通したのはいつですか。",
        "この橋はいつ開通しましたか。",
        "When was the Aoba bridge opened?",
        "青葉橋が完成し、若葉橋より長くなった1987年に開通したのはいつですか。",
        "青葉橋（ブルックリン）はいつ開通しましたか。",
        "青葉橋は2019年に開通しました。",
        "青葉橋はいつ開通しましたか。https://example.org",
        "青葉橋は<b>いつ</b>開通しましたか。",
        "**青葉橋**はいつ開通しましたか。",
        "青葉橋はいつ\n開通しましたか。",
        "灯台の建て替えはいつですか。",
        "青葉橋" + "という橋" * 60 + "はいつ開通しましたか。",
        "ハッキングされましたか。",
        "青葉橋はいつ開通しましたか。募金してください。",
        "青葉橋はいつ開通しましたか。まず募金しますか。",
        "募金先の青葉橋はいつ開通しましたか。",
        "青葉橋はいつ開通しましたか！",
    ],
)
def test_words_that_say_more_less_or_something_else_are_not_taken(stem: str) -> None:
    with server(lambda question: honest(question, stem)) as running:
        assert ask(running).items == (CHOICE,)


@pytest.mark.parametrize(
    "found",
    [
        {"answer": "2028年", "sentence": 1},
        {"answer": "2019年4月", "sentence": 3},
        {"answer": "2019年4月", "sentence": 0},
        {"answer": "2019年4月", "sentence": 99},
        {"answer": "", "sentence": 0},
    ],
)
def test_a_question_that_the_model_cannot_answer_from_the_evidence_is_not_taken(found: dict[str, Any]) -> None:
    with server(lambda q: q.say(found) if q.wants == "answer" else honest(q)) as running:
        assert ask(running).items == (CHOICE,)


def test_a_hedged_question_keeps_its_hedge() -> None:
    fact = placed("青葉橋は2019年4月に開通した。", claim=Claim(modality=Modality.INFERRED))
    hedged = a_choice("記事によると、青葉橋が開通したのはいつと推測されていますか。", fact_id="bridge")
    with server(honest) as running:
        assert ask(running, hedged, fact=fact).items == (hedged,)


def envelope(**changes: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}], **changes}).encode()


def drip(question: Question) -> None:
    question.send_response(200)
    question.end_headers()
    for _ in range(1000):
        question.wfile.write(b" ")
        question.wfile.flush()
        time.sleep(0.05)


def hang(question: Question) -> None:
    time.sleep(50)
    honest(question)


USELESS: dict[str, Callable[[Question], object]] = {
    "no JSON": lambda q: q.send(b"<html>busy</html>"),
    "nothing": lambda q: q.send(b""),
    "no choices": lambda q: q.send(envelope(choices=[])),
    "choices of another shape": lambda q: q.send(envelope(choices={"0": 1})),
    "no content": lambda q: q.say(None),
    "content in parts": lambda q: q.say([{"type": "text", "text": "{}"}]),
    "prose": lambda q: q.say("Of course! Here is your question: 青葉橋はいつ開通しましたか。"),
    "broken off": lambda q: q.say('{"question": "青葉橋は', finish_reason="length"),
    "whole but at its limit": lambda q: q.say({"question": BETTER}, finish_reason="length"),
    "a list": lambda q: q.say("[1, 2]"),
    "another field": lambda q: q.say({"stem": BETTER}),
    "a field more": lambda q: q.say({"question": BETTER, "answer": "2018年4月"}),
    "another type": lambda q: q.say({"question": ["a"]}),
    "endless nesting": lambda q: q.say('{"question":' + "[" * 100_000),
    "a thought without end": lambda q: q.say("<think>" + '{"question": "x"}'),
    "a call of a tool": lambda q: q.say(None, tool_calls=[{"function": {"name": "rm", "arguments": "{}"}}]),
}
GONE: dict[str, Callable[[Question], object]] = {
    "fault": lambda q: q.send(b"{}", 500),
    "too many": lambda q: q.send(b"{}", 429),
    "wrong key": lambda q: q.send(b"{}", 401),
    "led elsewhere": lambda q: q.send(b"", 307, Location="http://127.0.0.2:9/v1/chat/completions"),
    "all ways refused": lambda q: q.send(b"{}", 400),
    "hung up": lambda q: q.connection.close(),
    "broken promise": lambda q: q.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    "another language": lambda q: q.wfile.write(b"SSH-2.0-x\r\n"),
    "flood": lambda q: q.send(b" " * 3_000_000),
    "drip": drip,
    "hang": hang,
}


@pytest.mark.parametrize("answer", USELESS.values(), ids=USELESS)
def test_useless_answers_change_nothing_and_are_given_up(answer: Callable[[Question], object]) -> None:
    with server(answer) as running:
        done = ask(running, *[CHOICE] * 10)

    assert done.items == (CHOICE,) * 10
    assert len(running.asked) == 4
    assert "answers nothing of use" in str(done.failure)


@pytest.mark.parametrize("answer", GONE.values(), ids=GONE)
def test_a_model_that_cannot_be_had_is_said_so_at_once(answer: Callable[[Question], object]) -> None:
    begun = time.monotonic()
    with server(answer) as running:
        done = ask(running, *[CHOICE] * 10, longest_seconds=0.5, patience_seconds=0.4)

    assert done.items == (CHOICE,) * 10
    assert "drafts are as the rules made them" in str(done.failure)
    assert len(running.asked) <= 3
    assert time.monotonic() - begun < 30


def test_with_the_network_gone_the_rules_drafts_remain() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    drafts = [Draft("d", CHOICE, BRIDGE, BRIDGE.evidence[0], 0.8, "date")]

    kept, [failure] = with_model(Model(f"http://127.0.0.1:{port}/v1", "test"), ARTICLE, drafts)

    assert list(kept) == drafts
    assert str(failure) == "the language model at 127.0.0.1 does not answer: drafts are as the rules made them"


@pytest.mark.parametrize("known", ["json_schema", "json_object", None])
def test_the_way_of_asking_that_the_server_knows_is_found_and_kept(known: str | None) -> None:
    def picky(question: Question) -> None:
        form = question.request_data.get("response_format", {}).get("type")
        honest(question) if form == known else question.send(b"{}", 400)

    with server(picky) as running:
        done = ask(running, CHOICE, CHOICE)

    refused = ["json_schema", "json_object", None].index(known)
    assert done.touched == {CHOICE.id}
    assert len(running.asked) == 4 + refused


@pytest.mark.parametrize("wrap", ["```json\n{}\n```", "Sure!\n{}\nAnything else?", "<think>{{}} hm</think>{}"])
def test_fences_and_thoughts_around_the_answer_are_taken_off(wrap: str) -> None:
    def wrapped(question: Question) -> None:
        content = {"question": BETTER} if question.wants == "reword" else {"answer": "2019年4月", "sentence": 1}
        question.say(wrap.replace("{}", json.dumps(content)).replace("{{}}", "{}"))

    with server(wrapped) as running:
        assert ask(running).touched == {CHOICE.id}


def test_the_article_goes_as_data_and_the_key_only_to_the_server_named() -> None:
    with server(honest) as running:
        ask(running, key="secret-key")

    for asked in running.asked:
        assert asked["path"] == "/v1/chat/completions"
        assert asked["key"] == "Bearer secret-key"
        assert "tools" not in asked
        system, user = asked["messages"]
        assert "青葉橋" not in system["content"]
        assert json.loads(user["content"])["sentences"][0] == {"number": 1, "text": "青葉橋は2019年4月に開通した。"}
    assert "secret-key" not in repr(Model(running.url, "test", "secret-key"))


def test_statements_and_gaps_are_left_to_the_rules() -> None:
    others = [item for item in one_of_each("bridge") if not isinstance(item, ShortAnswer | SingleChoice)]
    with server(honest) as running:
        assert ask(running, *others).items == tuple(others)
    assert running.asked == []
