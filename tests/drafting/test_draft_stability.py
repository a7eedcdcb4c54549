"""Drafting as a whole: the same article gives the same drafts, whatever else happens, and any text is survived."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.drafting import Draft, Wishes, draft, drafts_affected_by
from quizapp.drafting.glossary import parse
from tests.drafting.reading import ENGLISH, NAMES, article, drafts_of, english, japanese

JAPANESE = [name for name in NAMES if name not in ENGLISH]
PIECES = st.sampled_from(
    [
        "北町市は、南町市と会談を行い、観光の振興で一致した。",
        "2019年4月に開通した。",
        "山田太郎市長は述べた。",
        "「あおば」",
        "この計画は",
        "両氏は、",
        "人口は約15万人である。",
        "青葉とは、木の葉である。",
        "とされています。",
        "目的としている。",
        "ですね。",
        "# 見出し\n",
        *"\n✅（」、",
    ]
)


def test_the_same_article_gives_the_same_drafts() -> None:
    assert draft(article("harbour_news.txt")) == drafts_of("harbour_news.txt")


def test_an_edit_elsewhere_keeps_the_ids_of_what_it_does_not_touch() -> None:
    before = article("salt_lake_encyclopaedia.md")
    after = replace(before, text=before.text + "\n\n北原県には、1955年に開業した小さな駅がある。\n")
    kept = {found.id for found in draft(before)} & {found.id for found in draft(after)}

    assert len(kept) >= len(draft(before)) - 2


def test_an_edit_names_the_drafts_whose_sentence_changed_or_went() -> None:
    before = article("salt_lake_encyclopaedia.md")
    changed = replace(before, text=before.text.replace("1962年", "1963年"))
    moved = replace(before, text="# まえがき\n\n" + before.text)
    affected = drafts_affected_by(before, changed)
    lending = Wishes(groups=parse("青葉水道局、北浜水道局、港南水道局"))
    utility = japanese("青葉水道局は、港の近くで青葉町の水を管理している。")
    lent = {found.id for found in draft(utility, wishes=lending)}

    assert set(affected) == {found.id for found in draft(before) if "1962年" in found.evidence.quote} != set()
    assert drafts_affected_by(before, moved) == ()
    assert set(drafts_affected_by(utility, japanese("湖。"), wishes=lending)) == lent
    assert lent != {found.id for found in draft(utility)}
    assert not set(affected) & {found.id for found in draft(changed)}
    assert len(drafts_affected_by(before, replace(before, text="湖。"))) == len(draft(before))


def test_drafts_do_not_hang_on_the_order_of_a_hash() -> None:
    code = (
        "import sys; from quizapp.drafting import draft; from quizapp.core.article import Article;"
        "print([d.to_data() for d in draft(Article('', 'ja', sys.stdin.read()))])"
    )
    text = "\n\n".join(article(name).text for name in JAPANESE)
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(told) == 1


def test_progress_grows_to_the_whole() -> None:
    shares: list[float] = []
    draft(article("soil_textbook.md"), advance=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_an_article_told_twice_is_asked_once_with_both_places() -> None:
    sentence = "汐見町は2019年に北浜の港に大きな風車を建てた。"
    again = "北浜の港に大きな風車を建てたのは2019年の汐見町である。"
    found = draft(japanese(f"# 風車\n\n{sentence}\n\n# まちの話\n\n{again}\n\n{sentence}"))

    assert any(len(one.fact.evidence) > 1 and "retold" in one.flags for one in found)
    assert len({one.evidence.quote for one in found if one.item.kind == "cloze"}) <= 2


def test_nothing_is_drafted_from_nothing() -> None:
    for text in ("", "\n\n", "ですね。", "!!!", "https://example.org", "あ" * 5000, "「" * 300, "の" * 3000 + "。"):
        assert draft(japanese(text)) == ()
        assert draft(english(text)) == ()


@given(st.lists(PIECES, max_size=12))
def test_whatever_the_text_the_evidence_is_exact_and_the_items_are_sound(pieces: list[str]) -> None:
    whole = japanese("".join(pieces))

    for found in draft(whole):
        assert whole.at(found.evidence.span) == found.evidence.quote
        assert list(found.item.faults()) == []


@given(st.text(max_size=150))
def test_arbitrary_text_is_survived(text: str) -> None:
    draft(japanese(text))
    draft(english(text))


def test_drafting_is_safe_in_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        results: list[tuple[Draft, ...]] = list(pool.map(draft, [article(name) for name in NAMES] * 3))

    assert results[: len(NAMES)] == results[len(NAMES) : 2 * len(NAMES)] == results[2 * len(NAMES) :]


def test_importing_drafting_loads_no_dictionary() -> None:
    code = "import sys; import quizapp.drafting; print('sudachipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_cost_grows_with_the_text_and_not_with_its_square() -> None:
    import time

    text = article("salt_lake_encyclopaedia.md").text + "\n\n" + article("soil_textbook.md").text
    draft(japanese(text))

    def cost(times: int) -> float:
        numbered = "\n\n".join(re.sub(r"[湖土]", f"湖{n}土", text) for n in range(times))
        start = time.process_time()
        draft(japanese(numbered))
        return time.process_time() - start

    small, large = max(cost(8), cost(8)), min(cost(32), cost(32))
    # Quadratic would be 16.
    assert large < 9 * small + 0.3
