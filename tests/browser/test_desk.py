"""The desk in a real browser: from a pasted article to a public bank, by key and click; what is written never runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.steps import go, named, require_accessible

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

ARTICLE = """\
青葉橋の開通

青葉橋は2019年4月1日に開通した。橋の長さは320メートルである。
町長の記者会見によると、町は2028年に青葉灯台を建て替える予定だ。
青葉橋の開通により、港と市街地を結ぶ時間は15分に短縮された。
"""
EVIL = "<img src=x onerror=\"document.title='fired'\"><script>document.title='fired'</script>"
PASSWORD = "three plain words"  # noqa: S105 (of a test)


def sign_in(page: Page, name: str = "Mori") -> None:
    page.goto("/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")


def first_key_only_shows(page: Page, card: Locator) -> None:
    """Press a key while the draft it is for is out of view, and leave it without the focus."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(card).not_to_be_in_viewport(ratio=0.5)
    page.keyboard.press("a")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport(ratio=0.9)
    expect(card).to_have_attribute("data-state", "open")
    card.blur()


def test_a_teacher_gets_from_an_article_to_a_public_bank(visit: Callable[..., BrowserContext], teacher: str) -> None:
    page = visit(language="en").new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sign_in(page, teacher)
    go(page.get_by_role("link", name="A new bank from an article"))
    page.fill("#text", ARTICLE + f"青葉港は{EVIL}2020年に開港した。\n")
    page.get_by_role("button", name="Make drafts").click()
    page.wait_for_url("**/drafts*", timeout=60_000)
    require_accessible(page)

    cards = page.locator("form.draft")
    expect(cards.nth(0)).to_have_attribute("aria-current", "true")
    first_key_only_shows(page, cards.nth(0))
    page.keyboard.press("a")  # nothing has the focus yet: the keys are for the framed draft
    expect(cards.nth(0)).to_have_attribute("data-state", "kept")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(cards.nth(1)).to_have_attribute("data-state", "dropped")
    page.locator(f"#{cards.nth(1).get_attribute('id')}").focus()
    page.keyboard.press("z")
    expect(cards.nth(1)).to_have_attribute("data-state", "open")
    expect(page.locator("#counts")).to_contain_text("1 kept, 0 dropped")
    page.reload()
    expect(page.locator("form.draft").nth(0)).to_have_attribute("data-state", "kept")

    page.evaluate(
        """() => {
          const sentences = [...document.querySelectorAll('#text [data-start]')];
          const sentence = sentences.find((each) => each.textContent.includes('港と市街地'));
          const at = sentence.firstChild.data.indexOf('港と市街地');
          document.getSelection().setBaseAndExtent(sentence.firstChild, at, sentence.firstChild, at + 5);
        }"""
    )
    expect(page.locator("#chosen")).to_have_value("港と市街地")
    go(named(page, "Draft these words"))
    chosen = page.locator("form.draft:focus")
    expect(chosen).to_contain_text("(1) 港と市街地")
    page.keyboard.press("e")
    page.wait_for_url("**/drafts/*")
    page.wait_for_load_state()
    page.fill("#explanation", f"**港**と市街地です。{EVIL}")
    expect(page.locator("#preview .why strong")).to_have_text("港")
    require_accessible(page)
    go(named(page, "Save and keep"))
    go(page.get_by_role("link", name="To the bank"))
    expect(page.locator("ul.items li")).to_have_count(2)
    require_accessible(page)
    go(page.get_by_role("link", name="Settings and sharing"))
    go(named(page, "Make it public"))
    name = page.url.split("/")[5]

    student = visit(language="ja", width=360).new_page()
    student.goto(f"/banks/{name}")
    expect(student.get_by_role("button", name="始める", exact=True)).to_be_visible()
    for address in (f"/desk/banks/{name}", f"/desk/banks/{name}/drafts", f"/banks/{name}", f"/banks/{name}/article"):
        page.goto(address)
        assert page.title() != "fired", address
    assert not faults


def test_options_are_moved_by_keyboard_and_kept_in_their_new_order(
    visit: Callable[..., BrowserContext], teacher: str
) -> None:
    page = visit(language="en").new_page()
    sign_in(page, teacher)
    go(page.get_by_role("link", name="A new empty bank"))
    page.fill("#title", "Options")
    go(named(page, "Make the bank"))
    page.get_by_text("Write a question").click()
    go(page.get_by_role("link", name="Single choice"))
    page.fill("#stem", "Which?")
    for at, text in enumerate(("first", "second", "third")):
        page.fill(f"#options-{at}-text", text)
    page.check("#options-0-correct")
    page.focus("#options-0-text")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#options-1-text")).to_be_focused()
    expect(page.locator("#options-0-text")).to_have_value("second")
    expect(page.locator("#options-1-correct")).to_be_checked()
    expect(page.locator("#preview")).to_contain_text("Which?")
    go(page.locator("main").get_by_role("button", name="Save", exact=True))
    page.reload()
    expect(page.locator("#options-1-text")).to_have_value("first")
    expect(page.locator("#options-1-correct")).to_be_checked()
