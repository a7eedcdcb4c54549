"""Grammar: chunks and what they lean on, verb forms, wording, references and dates."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.drafting.ja import clauses, conjugation, dates, references, wording
from tests.drafting.reading import page, parsed


def heads(sentence: str) -> dict[str, str]:
    parse = parsed(sentence)
    return {
        parse.core(i) or parse.tokens[c.first].surface: parse.text[parse.tokens[parse.chunks[c.head].first].start :][:2]
        for i, c in enumerate(parse.chunks[:-1])
    }


def test_a_noun_leans_on_the_next_noun_and_an_object_on_its_verb() -> None:
    assert heads("町は古い橋の石を川で洗った") == {
        "町": "洗っ",
        "古い": "橋の",
        "橋": "石を",
        "石": "洗っ",
        "川": "洗っ",
    }


def test_a_clause_before_a_noun_is_part_of_it() -> None:
    parse = parsed("町は、川を渡る人を守る橋を造った")

    assert parse.noun(parse.arguments(len(parse.chunks) - 1)[-1]) == "川を渡る人を守る橋"


def test_what_stands_in_brackets_is_one_word() -> None:
    parse = parsed("町は「行こう、急ごう」と書いた看板（木製）を立てた")

    assert [token.surface for token in parse.tokens if len(token.surface) > 4] == ["「行こう、急ごう」"]
    assert parse.core(len(parse.chunks) - 2) == "看板（木製）"


def test_words_and_chunks_that_were_put_away_come_back_as_they_were() -> None:
    parse = parsed("町は「行こう」と 書いた Debian 4.0 の看板（木製）のみを、川に関する橋であると述べ、立てた")
    tokens, chunks = parse.tokens, parse.chunks

    parse.fold()
    assert (parse.tokens, parse.chunks) == (tokens, chunks)
    parse.forget()
    assert (parse.tokens, parse.chunks) == (tokens, chunks)


def test_the_partner_of_a_meeting_is_no_member_of_a_list() -> None:
    together, listed = parsed("市長は知事と初の会談を行った"), parsed("市長と知事の話を聞いた")

    assert together.chunks[1].head == len(together.chunks) - 1
    assert listed.chunks[0].head == 1


@pytest.mark.parametrize(
    ("lemma", "kind", "past", "negative", "stem"),
    [
        ("行う", "五段-ワア行", "行った", "行わない", "行い"),
        ("行く", "五段-カ行", "行った", "行かない", "行き"),
        ("書く", "五段-カ行", "書いた", "書かない", "書き"),
        ("泳ぐ", "五段-ガ行", "泳いだ", "泳がない", "泳ぎ"),
        ("示す", "五段-サ行", "示した", "示さない", "示し"),
        ("立つ", "五段-タ行", "立った", "立たない", "立ち"),
        ("死ぬ", "五段-ナ行", "死んだ", "死なない", "死に"),
        ("学ぶ", "五段-バ行", "学んだ", "学ばない", "学び"),
        ("読む", "五段-マ行", "読んだ", "読まない", "読み"),
        ("作る", "五段-ラ行", "作った", "作らない", "作り"),
        ("続ける", "下一段-カ行", "続けた", "続けない", "続け"),
        ("する", "サ行変格", "した", "しない", "し"),
        ("命ずる", "サ行変格", "命じた", "命じない", "命じ"),
        ("来る", "カ行変格", "来た", "来ない", "来"),
        ("ある", "五段-ラ行", "あった", "ない", "あり"),
        ("いる", "上一段-ア行", "いた", "いない", "い"),
    ],
)
def test_verbs_are_inflected(lemma: str, kind: str, past: str, negative: str, stem: str) -> None:
    assert conjugation.past(lemma, kind) == past
    assert conjugation.negative(lemma, kind) == negative
    assert conjugation.polite_stem(lemma, kind) == stem


@pytest.mark.parametrize(
    ("sentence", "plain", "question"),
    [
        ("町は橋を造りました", "造った", "造りましたか"),
        ("町は橋を造った", "造った", "造りましたか"),
        ("町は橋を守っています", "守っている", "守っていますか"),
        ("橋は開かれました", "開かれた", "開かれましたか"),
        ("町は橋を直しません", "直さない", "直しませんか"),
        ("橋は石と推測されている", "推測されている", "推測されていますか"),
        ("橋は石である", "", "石ですか"),
        ("橋は石だった", "", "石でしたか"),
    ],
)
def test_predicates_are_put_into_the_form_a_question_needs(sentence: str, plain: str, question: str) -> None:
    parse = parsed(sentence)

    assert wording.plain(parse, len(parse.chunks) - 1) == plain
    assert wording.as_question(parse, len(parse.chunks) - 1) == question


def test_a_clause_that_goes_on_takes_the_time_of_the_sentence() -> None:
    parse = parsed("市長は知事と会談を行い、橋を造ることで一致しました")

    assert wording.plain(parse, parse.predicates()[0]) == "行った"
    assert clauses.without(parse, parse.predicates()[0], 1) == "市長が会談を行った"


@pytest.mark.parametrize(
    ("statement", "content"),
    [
        ("橋は江戸時代に造られたと推測されます", "橋は江戸時代に造られた"),
        ("橋の値段は公表されていませんが、石で造られたとされています", "石で造られた"),
        ("町は橋を直す予定です", "町は橋を直す"),
        ("石は寺の跡と考えられている", "石は寺の跡である"),
        ("町は橋を直した", ""),
    ],
)
def test_the_content_of_a_hedged_sentence_is_cut_out(statement: str, content: str) -> None:
    assert wording.unhedged(statement) == content


@pytest.mark.parametrize(
    ("before", "sentence", "resolved"),
    [
        (
            "町は「川の灯」に関する初の計画を作りました。",
            "この計画は、冬の川を明るくすることを目的としています。",
            "「川の灯」に関する計画は、",
        ),
        ("2021年1月に南北市長会談が開かれた。", "今回の会談は、水の使い方を決めるものであった。", "南北市長会談は、"),
        ("山田市長と田中知事が町を訪れた。", "両氏は新しい橋の完成を祝った。", "山田市長と田中知事は"),
        ("日本とスイスは条約を結んだ。", "両国間の船の行き来が始まった。", "日本とスイスの間の"),
    ],
)
def test_references_are_replaced_by_what_they_stand_for(before: str, sentence: str, resolved: str) -> None:
    last = page(f"{before}\n{sentence}").statements[-1]

    assert last.text.startswith(resolved)
    assert "resolved" in last.flags


@pytest.mark.parametrize(
    "sentence",
    [
        "この橋は町の人々に長く使われている。",
        "彼は2010年に町へ帰って来た。",
        "両氏は新しい橋の完成を祝った。",
        "同社は新しい船を三隻造った。",
        "それによって町の人口は増えた。",
        "前述のとおり、町には橋がある。",
        "ただし、冬の間は橋を渡れない。",
    ],
)
def test_a_sentence_whose_reference_is_lost_is_given_up(sentence: str) -> None:
    assert not page(sentence).statements


def test_the_topic_goes_on_in_the_same_paragraph_only() -> None:
    same = page("青葉橋は北町にある石の橋である。1950年に石工の手で建てられた。").statements
    apart = page("青葉橋は北町にある石の橋である。\n\n1950年に石工の手で建てられた。").statements

    assert [s.text for s in same][-1] == "青葉橋は、1950年に石工の手で建てられた"
    assert len(apart) == 1


@pytest.mark.parametrize(
    ("text", "published", "resolved"),
    [
        ("今年度末に駅が開く", date(2025, 1, 26), "2024年度末に駅が開く"),
        ("今年度末に駅が開く", date(2025, 5, 1), "2025年度末に駅が開く"),
        ("来年に駅が開く", date(2024, 6, 1), "2025年に駅が開く"),
        ("年内に駅が開く", date(2024, 6, 1), "2024年内に駅が開く"),
        ("年内に駅が開く", date(2025, 1, 26), "年内に駅が開く"),
        ("昨年に駅が開いた", None, "昨年に駅が開いた"),
    ],
)
def test_relative_dates_count_from_the_day_of_publication_where_that_is_plain(
    text: str, published: date | None, resolved: str
) -> None:
    assert dates.resolve(text, published) == (resolved, True)


def test_whole_dates_are_not_relative() -> None:
    for text in ("2023年1月13日に始まった", "1日平均300人が使う", "10日間続いた", "2024年度末に終わる"):
        assert not dates.is_relative(text)


def test_a_day_that_cannot_be_told_is_asked_with_the_date_of_the_article() -> None:
    statement = page("町は年内に新しい駅を造る予定です。", date(2025, 1, 26)).statements[0]

    assert statement.anchor == "2025年1月26日公開の記事"
    assert clauses.asks(statement, "駅は。") == "2025年1月26日公開の記事によると、駅は。"


def test_quotations_may_point_outside_themselves() -> None:
    assert not references.stands_not_alone("市長は「この町が好きだ」と述べた")
    assert references.stands_not_alone("市長はこの町が好きだと述べた")
