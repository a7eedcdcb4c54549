"""The gate looks at a bank as a whole: habits of its keys, and items that give each other away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.core import gate
from quizapp.core.inputs import Option
from quizapp.core.items import ShortAnswer, SingleChoice, TrueFalse
from quizapp.operations.preparing import shipped_bank_files
from quizapp.store import bank_files
from tests.builders import a_bank, a_choice, a_fact, an_article

if TYPE_CHECKING:
    from pathlib import Path

    from quizapp.core.gate import Finding
    from quizapp.core.items import Item

COLOURS = ["赤", "青", "黄", "緑", "紫", "茶", "白", "黒", "灰", "銀", "金", "桃", "紺", "藍"]


def found(*items: Item, code: str) -> list[Finding]:
    bank = a_bank(article=None, facts=(), items=items)
    return [finding for finding in gate.lint_bank(bank) if finding.code == code]


def choices(count: int, *, place: int = 0, key: str = "橋") -> list[SingleChoice]:
    """Return single choices with their keys at one place."""
    made = []
    for number in range(count):
        options = [Option(COLOURS[number % 14]), Option(COLOURS[(number + 1) % 14])]
        options.insert(place, Option(key, correct=True))
        made.append(a_choice(f"{number}番の問いはどれですか。", id=f"choice{number:06d}", options=tuple(options)))
    return made


def short(name: str, stem: str, key: str, fact_id: str | None = None) -> ShortAnswer:
    return ShortAnswer(id=name, language="ja", stem=stem, key=key, fact_id=fact_id)


@pytest.mark.parametrize("path", shipped_bank_files(), ids=lambda path: path.parent.name)
def test_the_shipped_banks_pass_without_a_finding(path: Path) -> None:
    assert [str(finding) for finding in gate.lint_bank(bank_files.load(path))] == []


def test_keys_with_a_favourite_place_are_found_and_spread_evenly() -> None:
    items = choices(12, place=1)

    [finding] = found(*items, code="key_position")
    mended = {item.id: item for item in finding.mends}
    now = [mended.get(item.id, item) for item in items]

    assert finding.values == {"total": 12, "size": 3, "seen": 12, "place": 2}
    assert found(*now, code="key_position") == []
    assert [{option.text for option in item.options} for item in items] == [
        {option.text for option in item.options} for item in now if isinstance(item, SingleChoice)
    ]


def test_few_items_or_ordered_options_show_no_habit() -> None:
    assert found(*choices(9), code="key_position") == []
    assert found(*(replace(item, ordered=True) for item in choices(20)), code="key_position") == []


def test_a_bank_whose_keys_are_mostly_the_longest_is_found() -> None:
    assert found(*choices(12, key="橋の"), code="key_is_often_longest")
    assert not found(*choices(12, key="橋"), code="key_is_often_longest")


def test_a_bank_whose_statements_are_nearly_all_true_is_found() -> None:
    def statements(true: int) -> list[TrueFalse]:
        return [
            TrueFalse(id=f"judged{number:06d}", language="ja", stem=f"{number}は数です。", holds=number < true)
            for number in range(12)
        ]

    assert found(*statements(12), code="statements_lean")
    assert found(*statements(0), code="statements_lean")
    assert not found(*statements(8), code="statements_lean")


def test_an_answer_that_another_question_about_the_same_says_is_found() -> None:
    asked = short("short0000001", "拡大抑止の協議を運営する国際機関の名前は何ですか。", "核計画グループ")
    telling = short("short0000002", "拡大抑止の協議を運営する核計画グループは何年にできましたか。", "1966年")
    other = short("short0000003", "港の祭りに招かれた核計画グループの議長は誰ですか。", "青葉太郎")

    [finding] = found(asked, telling, code="answer_in_other_item")

    assert finding.item_id == "short0000001"
    assert finding.values["id"] == "short0000002"
    assert found(asked, other, code="answer_in_other_item") == []


def test_siblings_may_say_each_others_answers_because_no_quiz_holds_both() -> None:
    asked = short("short0000001", "拡大抑止の協議を運営する国際機関の名前は何ですか。", "核計画グループ", "bridge")
    telling = short("short0000002", "拡大抑止の協議を運営する核計画グループは何年にできましたか。", "1966年", "bridge")
    bank = a_bank(article=an_article(), facts=(a_fact(),), items=(asked, telling))

    assert "answer_in_other_item" not in {finding.code for finding in gate.lint_bank(bank)}


def test_a_question_asked_twice_is_found_and_two_answers_to_it_are_serious() -> None:
    first = short("short0000001", "町の橋の名前は何ですか。", "青葉橋")
    again = short("short0000002", "町の橋の名前は、何ですか", "青葉橋")
    against = short("short0000003", "町の橋の名前は何ですか。", "若葉橋")

    assert [finding.item_id for finding in found(first, again, code="repeated_question")] == ["short0000002"]
    [finding] = found(first, against, code="several_keys")
    assert (finding.item_id, finding.severity) == ("short0000003", gate.Severity.SERIOUS)


def test_one_item_is_compared_with_those_beside_it() -> None:
    first = short("short0000001", "町の橋の名前は何ですか。", "青葉橋")
    again = replace(first, id="short0000002")

    assert [finding.code for finding in gate.lint(again, others=[first, again])] == ["repeated_question"]


def test_retired_items_are_left_out() -> None:
    first = short("short0000001", "町の橋の名前は何ですか。", "青葉橋")

    assert found(first, replace(first, id="short0000002", retired=True), code="repeated_question") == []
