"""Drafts of whole articles: what must come out, what must not, and that every one of them holds."""

from __future__ import annotations

import re
from datetime import date

import pytest

from quizapp.core.article import ClaimKind
from quizapp.drafting import draft, label
from quizapp.drafting.duplicates import likeness
from quizapp.drafting.ja.references import stands_not_alone
from quizapp.drafting.rules import true_false
from tests.drafting.reading import ENGLISH, NAMES, article, drafts_of, japanese, page

JAPANESE = [name for name in NAMES if name not in ENGLISH]


def asked(name: str) -> set[tuple[str, str]]:
    return {(d.to_data()["stem"], d.to_data()["key"]) for d in drafts_of(name)}


def keys(name: str) -> set[str]:
    return {d.to_data()["key"] for d in drafts_of(name)}


@pytest.mark.parametrize(
    ("name", "stem", "key"),
    [
        ("harbour_news.txt", "湾の両岸を結ぶ電動の渡し船の名前は何ですか。", "みおつくし"),
        (
            "harbour_news.txt",
            "記事は、「町は2026年度に2隻目の船を造る」という内容をどのように述べていますか。",
            "これから行う予定として",
        ),
        (
            "library_explainer.txt",
            "次の意味を表す用語は何ですか。\n\n> 閉館した後でも予約した本を受け取れる鍵つきの棚",
            "夜間貸出ロッカー",
        ),
        ("library_explainer.txt", "全国で初めて導入したのは、2017年の{{1}}（漢字7字）でした。", "若葉市立図書館"),
        ("salt_lake_encyclopaedia.md", "北原県が湖の一帯を県立自然公園に指定したのは何年ですか。", "1962年"),
        (
            "salt_lake_encyclopaedia.md",
            "湖に固有の小さな魚は「{{1}}（カタカナ6字）」と呼ばれています。",
            "シラトリハゼ",
        ),
        ("soil_textbook.md", "雨や風によって表面の土が運び去られる現象を何といいますか。", "土壌侵食"),
        ("soil_textbook.md", "落ち葉や死がいを細かく分解する生物を何といいますか。", "分解者"),
        ("lighthouse_news.md", "In what year was the lighthouse at Cape Arden built?", "1887"),
        ("lighthouse_news.md", "Who designed the lamp of the Cape Arden lighthouse?", "Clara Whitmore"),
        ("tides_textbook.md", "In what year was the first large tidal power station opened?", "1966"),
    ],
)
def test_what_an_article_teaches_is_asked(name: str, stem: str, key: str) -> None:
    assert (stem, key) in asked(name)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_gives_a_fair_number_of_drafts(name: str) -> None:
    assert 8 <= len(drafts_of(name)) <= 30


@pytest.mark.parametrize("name", NAMES)
def test_only_facts_are_asked(name: str) -> None:
    facts = [s.span for s in label(article(name)) if s.claim.kind is ClaimKind.FACT]

    for found in drafts_of(name):
        assert any(span.contains(found.evidence.span) for span in facts)
        assert found.fact.claim.kind is ClaimKind.FACT


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_quoted_word_for_word(name: str) -> None:
    for found in drafts_of(name):
        for evidence in found.fact.evidence:
            assert article(name).at(evidence.span) == evidence.quote
        assert found.evidence in found.fact.evidence
        assert all(any(term in e.quote for e in found.fact.evidence) for term in found.fact.terms)


@pytest.mark.parametrize("name", NAMES)
def test_items_are_sound_and_stand_under_their_fact(name: str) -> None:
    for found in drafts_of(name):
        assert list(found.item.faults()) == []
        assert found.item.id == found.id
        assert found.item.fact_id == found.fact.id
        assert found.item.explanation
        assert 0 <= found.score <= 1


@pytest.mark.parametrize("name", NAMES)
def test_no_stem_gives_its_key_away(name: str) -> None:
    for found in drafts_of(name):
        data = found.to_data()
        assert data["kind"] == "true_false" or data["key"] not in data["stem"]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_drafts_ask_the_same(name: str) -> None:
    whole = [found.to_data() for found in drafts_of(name)]

    for position, one in enumerate(whole):
        for other in whole[:position]:
            assert one["key"] != other["key"] or likeness(one["stem"], other["stem"]) < 0.8
    assert len({found.id for found in drafts_of(name)}) == len(whole)


@pytest.mark.parametrize("name", NAMES)
def test_choices_have_one_key_and_two_distractors_that_are_not_in_the_evidence(name: str) -> None:
    for found in drafts_of(name):
        data = found.to_data()
        if data["kind"] in {"single_choice", "cloze"} and data["options"]:
            assert [o["text"] for o in data["options"] if o["correct"]] == [data["key"]]
            wrong = [o["text"] for o in data["options"] if not o["correct"]]
            assert len(wrong) == 2
            assert not any(text in data["evidence"]["quote"] for text in wrong)


@pytest.mark.parametrize("name", JAPANESE)
def test_japanese_stems_stand_alone_and_end_whole(name: str) -> None:
    for found in drafts_of(name):
        stem = found.to_data()["stem"]
        if found.item.kind == "term":
            continue
        assert not stands_not_alone(stem)
        assert stem.endswith(("。", "ですか。"))


@pytest.mark.parametrize("name", JAPANESE)
def test_hedged_claims_are_asked_as_of_the_article(name: str) -> None:
    for found in drafts_of(name):
        if "hedged" in found.flags and found.item.kind != "short_answer":
            assert re.search(r"記事|によると", found.to_data()["stem"])


def test_chatter_questions_and_sources_are_not_asked() -> None:
    stems = " ".join(found.to_data()["stem"] for name in NAMES for found in drafts_of(name))

    for word in ("乗り心地", "便利", "花壇", "汐見新報", "wonderful", "would happen"):
        assert word not in stems


def test_the_first_drafts_ask_each_fact_once() -> None:
    for name in NAMES:
        facts = [found.fact.id for found in drafts_of(name)]
        distinct = len(set(facts))
        assert len(set(facts[:distinct])) == distinct


def test_a_short_list_has_a_term_to_learn_too() -> None:
    terms = {
        "潮待ち": "舟が港の中で流れの向きの変わる時を待つこと",
        "荷揚げ": "船に積んだ物を人の手で岸に運び上げること",
        "綱引き": "二つの組が一本の長い縄を両側から引き合うこと",
        "雪囲い": "庭の木を寒さから守るために藁や縄で包むこと",
        "水切り": "平らな石を川の面にすべらせて何度もはねさせること",
        "種まき": "耕した畑に春の野菜のもとになる粒を落とすこと",
        "網干し": "魚を捕る道具を浜に広げて風と日に当てること",
        "灯守り": "岬の塔で夜の海を照らす明かりを消さずに番をすること",
        "石積み": "大小の岩を組み合わせて崖の崩れを防ぐ壁を造ること",
        "瓦焼き": "粘土の板を窯の火で固めて屋根に載せる物を造ること",
    }
    text = "".join(f"{term}とは、{meaning}である。" for term, meaning in terms.items())

    assert len(draft(japanese(text))) >= 10
    assert [found.item.kind for found in draft(japanese(text), limit=8)].count("term") == 1


def test_a_limit_takes_the_first_of_the_whole_list() -> None:
    whole = draft(article("soil_textbook.md"))

    assert draft(article("soil_textbook.md"), limit=4) == whole[:4]
    assert draft(article("soil_textbook.md"), limit=0) == ()


def test_a_draft_is_told_as_plain_values() -> None:
    found = drafts_of("salt_lake_encyclopaedia.md")[0]
    data = found.to_data()

    assert list(data) == [
        "id", "kind", "stem", "key", "accepted", "options", "evidence", "claim", "fact", "score", "generator", "flags",
    ]  # fmt: skip
    assert data["evidence"] == {
        "start": found.evidence.span.start,
        "end": found.evidence.span.end,
        "quote": found.evidence.quote,
    }
    assert data["claim"] == {"kind": "fact", "modality": "asserted"}
    assert data["fact"] == found.fact.statement


def test_the_key_of_a_judgement_is_true_or_false() -> None:
    judgements = [found.to_data() for name in NAMES for found in drafts_of(name) if found.item.kind == "true_false"]

    assert judgements
    assert {data["key"] for data in judgements} <= {"true", "false"}
    assert all(data["options"] == [] for data in judgements)


def test_a_false_statement_says_what_the_article_really_says() -> None:
    for name in NAMES:
        for found in drafts_of(name):
            if found.to_data()["key"] == "false":
                assert found.fact.statement.rstrip("。.")[:8] in found.item.explanation.replace("\\", "")


def test_keys_do_not_always_stand_first() -> None:
    places = [
        [option["correct"] for option in data["options"]].index(True)
        for name in NAMES
        for data in (found.to_data() for found in drafts_of(name))
        if data["options"]
    ]

    assert {0, 1, 2} == set(places)
    assert max(places.count(place) for place in set(places)) < len(places) * 0.7


def test_news_of_what_was_done_may_be_judged_as_only_planned() -> None:
    text = "青葉町は新しい図書館を駅前に開設しました。"

    told = page(text, date(2024, 5, 20))
    judged = {(each.stem.rstrip("。"), each.key) for each in true_false.find(told, told.statements[0])}
    assert ("青葉町は新しい図書館を駅前に開設する予定です", "false") in judged

    old = "青葉町は新しい図書館を1950年に駅前に開設しました。"
    assert not any("予定" in str(each.to_data()["stem"]) for each in draft(japanese(old, date(2024, 5, 20))))
