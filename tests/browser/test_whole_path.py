"""The whole path, as a new teacher walks it by what the pages say: from a pasted article to a mended, exported deck.

Each walk is recorded (the folder is printed): ``playwright show-trace`` plays it, step by step.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.steps import go, require_accessible, wait_until_mended
from tests.browser.test_desk import PASSWORD
from tests.export import packages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator, Page

CHECKOUT = Path(__file__).parents[2]
OWN = CHECKOUT / "tests/drafting/articles/harbour_news.txt"
SHARED = CHECKOUT.parent / "shared/seed/article.txt"
MENDED = "正答を見直しました。"
PUPILS = ("あおい", "はると", "みお")


@pytest.fixture(params=[OWN, SHARED], ids=["own", "shared"])
def article(request: pytest.FixtureRequest) -> str:
    """Give an article: the project's own, and the one that may lie beside the checkout."""
    path: Path = request.param
    if not path.exists():
        pytest.skip(f"{path.relative_to(CHECKOUT.parent)} does not lie beside the checkout: walked without it")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def page(visit: Callable[..., BrowserContext], tmp_path: Path) -> Iterator[Page]:
    """Give a teacher's page, recorded, on which nothing may go wrong unseen."""
    context = visit(language="ja", reduced_motion="reduce")
    context.tracing.start(screenshots=True, snapshots=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    context.tracing.stop(path=tmp_path / "walk.zip")
    print(f"recorded: {tmp_path / 'walk.zip'}")  # noqa: T201 (shown where a walk fails)
    assert not faults


def test_a_new_teacher_gets_from_an_article_to_a_mended_deck(
    page: Page, visit: Callable[..., BrowserContext], teacher: str, article: str
) -> None:
    sign_in(page, teacher)
    paste(page, article)
    stem, chosen = review(page)
    bank = page.get_by_role("heading", level=1).inner_text()
    link = publish(page)
    for name in PUPILS:
        sit(visit, link, name, stem, chosen, reports=name == PUPILS[-1])
    look_at_results(page)
    mend(page, stem, chosen)
    regrade(page)
    deck = packages.read(export(page, bank))
    assert [note for note in deck.notes if any(MENDED in value for value in note.values)], "the deck is as it was"


def sign_in(page: Page, teacher: str) -> None:
    page.goto("/")
    go(page.get_by_role("link", name="サインイン"))
    page.get_by_label("名前").fill(teacher)
    page.get_by_label("パスワード").fill(PASSWORD)
    go(page.get_by_role("button", name="サインイン"))


def paste(page: Page, article: str) -> None:
    go(page.get_by_role("link", name="記事から問題集を作る"))
    page.get_by_label("記事の本文").fill(article)
    page.get_by_role("button", name="下書きを作る").click()
    expect(page.get_by_role("heading", name="下書きを確かめる")).to_be_visible(timeout=60_000)
    page.wait_for_load_state()


def review(page: Page) -> tuple[str, str]:
    """Keep, drop, edit and select; return what a kept single choice asks, and one of its wrong options."""
    drafts = page.get_by_role("form", name=re.compile("^下書き"))
    total = drafts.count()
    choice = drafts.filter(has_text="単一選択").first
    stem = choice.locator(".stem").inner_text().strip()
    wrong = choice.get_by_role("listitem").filter(has_not_text="正答").first.inner_text().strip()
    go(choice.get_by_role("link", name="編集"))
    page.get_by_label("解説").fill("記事の文を読み返してください。")
    expect(page.get_by_role("region", name="プレビュー")).to_contain_text("読み返してください")
    go(page.get_by_role("button", name="保存して採用"))
    expect(page.get_by_role("status").filter(has_text="採用 1")).to_be_visible()
    go(page.get_by_role("link", name="すべて", exact=True))

    dropped = drafts.filter(has=page.get_by_role("button", name="不採用")).last
    dropped.get_by_role("button", name="不採用").click()
    expect(page.get_by_role("status").filter(has_text="不採用 1")).to_be_visible()
    page.get_by_role("button", name=re.compile("^元に戻す")).click()
    expect(page.get_by_role("status").filter(has_text="不採用 0")).to_be_visible()

    expect(page.locator("form.draft:focus")).to_be_visible()  # the article goes to its sentence
    words = select(page, re.compile(r"[0-9]+(年|人|月|円|時間)"))
    expect(page.get_by_label("記事の言葉")).to_have_value(words)
    go(page.get_by_role("button", name="この言葉で下書きを作る"))
    drafted = page.get_by_role("form", name=re.compile("^下書き")).filter(has_text=words).first
    drafted.get_by_role("button", name="採用", exact=False).first.click()
    expect(page.get_by_role("status").filter(has_text="採用 2")).to_be_visible()

    go(page.get_by_role("link", name="未確認"))
    go(page.get_by_role("button", name=re.compile("^このページの指摘のない")))
    require_accessible(page)
    go(page.get_by_role("link", name="問題集へ"))
    expect(page.get_by_role("main").get_by_role("checkbox")).not_to_have_count(0)
    assert total > 3
    return stem, wrong


def select(page: Page, pattern: re.Pattern[str]) -> str:
    """Drag the mouse over the first words of the article that look like this, and return them."""
    page.locator("#text").hover()  # no draft is under the mouse: the article stays where it is
    box = page.evaluate(
        """async (pattern) => {
          const text = document.getElementById("text");
          for (let before = -1; before !== text.scrollTop + scrollY;) {
            before = text.scrollTop + scrollY;
            await new Promise((then) => setTimeout(then, 200));
          }
          for (const sentence of document.querySelectorAll("article .quoted")) {
            const found = sentence.textContent.match(new RegExp(pattern));
            if (!found) continue;
            const range = document.createRange();
            range.setStart(sentence.firstChild, found.index);
            range.setEnd(sentence.firstChild, found.index + found[0].length);
            sentence.scrollIntoView({block: "center", behavior: "instant"});
            const boxes = range.getClientRects();
            if (boxes.length > 1) continue;
            const {left, right, top, bottom} = boxes[0];
            return {left, right, middle: (top + bottom) / 2, words: found[0]};
          }
        }""",
        pattern.pattern,
    )
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["middle"], steps=5)
    page.mouse.up()
    return str(box["words"])


def publish(page: Page) -> str:
    go(page.get_by_role("link", name="クイズを作る"))
    page.get_by_label("題名").fill("確認テスト")
    page.get_by_label("受けられる人").select_option(label="リンクを知っていて名前を書いた人")
    page.get_by_text("そのほかの設定", exact=True).click()
    page.get_by_label("1つの事実について複数の問題を出してもよい").check()
    page.get_by_label("1ページの問題数").fill("20")
    go(page.get_by_role("button", name="クイズを作る"))
    require_accessible(page)
    expect(page.get_by_role("img", name="クイズのリンクのQRコード")).to_be_visible()
    return page.get_by_role("textbox", name="生徒に渡すリンク").input_value()


def sit(visit: Callable[..., BrowserContext], link: str, name: str, stem: str, chosen: str, *, reports: bool) -> None:
    """Sit the quiz on a phone: what is asked about gets the answer ``chosen``, everything else the first at hand."""
    page = visit(language="ja", width=360).new_page()
    page.goto(link)
    page.get_by_label(re.compile("^名前")).fill(name)
    go(page.get_by_role("button", name="始める"))
    expect(page.get_by_role("group", name="問題1", exact=True)).to_be_visible()
    while True:
        for question in page.get_by_role("group", name=re.compile("^問題[0-9]+")).all():
            answer(question, chosen if stem in question.inner_text() else "")
        if page.get_by_role("button", name="保存して見直す").count():
            break
        go(page.get_by_role("button", name="保存して次へ"))
    go(page.get_by_role("button", name="保存して見直す"))
    expect(page.get_by_text("すべての問題に回答しました。")).to_be_visible()
    go(page.get_by_role("button", name="提出して結果を見る"))
    expect(page.get_by_role("heading", name="結果")).to_be_visible()
    expect(page.get_by_text("読み返してください")).to_be_visible()
    if reports:
        of_question = page.get_by_role("region").filter(has_text=stem).first
        number = of_question.get_by_role("heading").first.inner_text().split()[0].removeprefix("問題")
        go(page.get_by_role("link", name="この問題はおかしい").nth(int(number) - 1))
        page.get_by_label("正解が間違っている").check()
        page.get_by_role("button", name="報告を送る").click()
        expect(page.get_by_role("status")).to_contain_text("ありがとうございます")


def answer(question: Locator, chosen: str) -> None:
    radios = question.get_by_role("radio")
    if chosen:
        question.get_by_label(chosen, exact=True).check()
    elif radios.count():
        radios.first.check()
    for box in question.get_by_role("textbox").all():
        box.fill("わからない")
    for choice in question.get_by_role("combobox").all():
        choice.select_option(index=1)


def look_at_results(page: Page) -> None:
    go(page.get_by_role("link", name="進み具合"))
    expect(page.get_by_text("提出済み3件")).to_be_visible()
    page.go_back()
    go(page.get_by_role("link", name="結果", exact=True))
    for name in PUPILS:
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("%")
    require_accessible(page)


def mend(page: Page, stem: str, chosen: str) -> None:
    """Find what the pupil reported, make their answer the right one, and say so in the explanation."""
    go(page.get_by_role("link", name="マイデスク").first)
    page.get_by_role("link", name="直す問題").click()
    wait_until_mended(page)
    entry = page.get_by_role("main").get_by_role("listitem").filter(has_text=stem).filter(has_text="報告").first
    require_accessible(page)
    go(entry.get_by_role("link", name="編集"))
    for option in page.get_by_role("group", name=re.compile("^選択肢 [0-9]")).all():
        text = option.get_by_label("選択肢", exact=True).input_value()
        option.get_by_label("正しい", exact=True).set_checked(text == chosen)
    page.get_by_label("解説").fill(MENDED)
    go(page.get_by_role("main").get_by_role("button", name="保存", exact=True))
    expect(page.get_by_role("status").filter(has_text="新しい版")).to_be_visible()


def regrade(page: Page) -> None:
    go(page.get_by_role("link", name="再採点する"))
    for name in PUPILS:
        row = page.get_by_role("row").filter(has_text=name)
        expect(row).to_contain_text(re.compile(r"(?<!\d)0%"))
        expect(row).to_contain_text("100%")
    require_accessible(page)
    page.get_by_label("再採点の理由").fill(MENDED)
    go(page.get_by_role("button", name="得点を3件変更する"))
    expect(page.get_by_text("得点を3件変更しました")).to_be_visible()


def export(page: Page, bank: str) -> bytes:
    go(page.get_by_role("link", name=bank))
    go(page.get_by_role("link", name="生徒に見えるページ"))
    with page.expect_download() as deck:
        page.get_by_role("link", name="デッキを入手（.apkg）").click()
    return Path(deck.value.path()).read_bytes()
