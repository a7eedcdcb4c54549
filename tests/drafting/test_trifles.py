"""What nobody need know is asked last, so that it is not among the best of an article."""

from __future__ import annotations

import pytest

from quizapp.drafting import draft
from quizapp.drafting.rules import RULES
from tests.drafting.reading import japanese, page


def best(text: str, key: str) -> float:
    """Return how good the best question for a key is, whether or not its fact has better ones."""
    told = page(text)
    asked = ((s, p) for s in told.statements for rule in RULES if rule.language == "ja" for p in rule.find(told, s))
    return max((told.worth(statement, one) for statement, one in asked if key in one.key), default=0.0)


@pytest.mark.parametrize(
    ("worth", "trifle", "key"),
    [
        ("北町湖は2010年に県立自然公園に指定された。", "北町湖の来訪者は2010年に約85万人である。", "2010年"),
        ("青葉港は1995年に北町で開港した。", "青葉港の1995年時点の貿易額は、約40億円である。", "1995年"),
        ("北町は2007年に青葉港を開いた。", "青葉橋は2007年道路整備法に基づいて北町に架けられた。", "2007年"),
        ("北町の旅人は1611年に青葉橋を建てた。", "北町の港を1611年のある旅人は青葉港と記録した。", "1611年"),
        ("青葉港は1995年に北町で開港した。", "北町の青葉港への供給は、1995年末時点で2万キロワットであった。", "1995年"),
        (
            "1928年4月、田口英一は北町の町長に就任した。",
            "1928年6月、1928年4月から助役を務めていた田口英一が北町の町長に就任した。",
            "1928年4月",
        ),
        ("北町は2007年に青葉港を開いた。", "北町の青葉港では2007年5月から港の調査が行われている。", "2007年"),
        ("1995年に田口英一は青葉港を開いた。", "機関士の田口英一は1995年に北町鉄道へ入社した。", "1995年"),
        ("青葉港は1995年に北町で開港した。", "青葉橋の北町の部品は1995年製造の鉄骨である。", "1995年"),
        (
            "青葉港は1995年に北町で開港し、沢北橋も架けられた。",
            "青葉港で働く者は1995年には約1700人になり、北町で栄えた。",
            "1995年",
        ),
        (
            "北町の鐘楼は1940年1月23日に完成した。",
            "北町における観測史上最低気温は1940年1月23日に記録された。",
            "1940年1月23日",
        ),
        (
            "青葉港は1959年に沢北川の大水で北町から流された。",
            "青葉港は1959年に北町を襲った沢北台風で壊れ、閉じられた。",
            "1959年",
        ),
        ("沢北館は1926年に北町で開館した。", "1923年から1926年の沢北館の名は北町館である。", "1926年"),
        ("青葉王は808年に北町を治めた。", "青葉王は808年/09年に北町を治めた。", "808年"),
        ("北町には1995年に27隻の船が集まった。", "沢北寺の田口英一は婚姻時は27歳である。", "27"),
    ],
)
def test_the_year_of_an_event_comes_before_the_year_of_a_figure(worth: str, trifle: str, key: str) -> None:
    assert best(worth, key) > best(trifle, key)


def test_codes_come_last() -> None:
    assert best("北町を走る列車は「N110AB」と呼ばれている。", "N110AB") < 0.5
    assert best("北町を走る列車は「CO2」と呼ばれている。", "CO2") > 0.5


@pytest.mark.parametrize("name", ["ISO9001", "ハコ2024"])
def test_a_standard_or_what_has_a_year_in_its_name_is_no_part_of_a_machine(name: str) -> None:
    told = [best(f"北町の工場は2001年に{what}の審査を受けた。", "2001年") for what in (name, "HG8544")]

    assert told[0] > told[1] + 0.1


@pytest.mark.parametrize(
    ("denied", "turned"), [("", True), ("まだ", False), ("どこも", False), ("ほとんど", False), ("決して", False)]
)
def test_a_denial_of_all_is_not_turned_around(denied: str, *, turned: bool) -> None:
    found = draft(japanese(f"北町の駅の屋根は{denied}修理されていない。"))

    assert bool([one for one in found if one.item.kind == "true_false"]) is turned


def test_a_year_that_stands_in_a_name_is_not_asked_for() -> None:
    found = draft(japanese("青葉港で北町博覧会2007が2007年に開かれた。"))

    assert "2007年" not in {one.to_data()["key"] for one in found}


def test_a_sentence_that_goes_on_with_what_was_told_before_gives_nothing() -> None:
    assert draft(japanese("古い出土品は1914年まで北町美術館に展示された。"))
    assert draft(japanese("ほかの出土品は1914年まで北町美術館に展示された。")) == ()
    assert draft(japanese("青葉橋は1914年に北町に架けられた。"))
    assert draft(japanese("先述のように青葉橋は1914年に北町に架けられた。")) == ()


def test_who_says_it_is_told_once() -> None:
    found = draft(japanese("北町の古い日記によると、青葉橋は1914年に大工の田口英一が架けたとされる。"))

    assert found
    assert not [one for one in found if "記事によると" in one.item.questions[0].stem]


def test_one_of_several_is_not_counted() -> None:
    found = draft(japanese("田口英一（1731年-1790年）は北町の焼き物を各地に広めた陶工の1人である。"))

    assert "1人" not in {one.to_data()["key"] for one in found}


def test_what_somebody_was_is_no_meaning_of_a_term() -> None:
    found = draft(
        japanese("北原電力は1891年に開業した。初代社長は、青葉水道・沢北鉄道両社の社長でもあった田口英一である。")
    )

    assert not [one for one in found if one.generator == "definition"]
