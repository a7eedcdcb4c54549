"""Reading: files become articles whose text is what the person sees."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp import intake
from quizapp.core.article import Source
from quizapp.core.errors import UnreadableError
from quizapp.intake.text import NO_DATE

PASTED = """北浜ニュース

公開日:2024/05/20

汐見町は新しい渡し船の運航を始めました。定員は24人です。

さらに読む ⇒ 汐見新報 出典: https://example.org/shiomi/ferry
参考: https://example.org/list
"""

PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>川の歴史 | まちの記録</title>
<meta property="article:published_time" content="2024-05-03T10:00:00+09:00">
<link rel="canonical" href="https://example.org/kawa"></head><body>
<nav><ul><li><a href="/">ホーム</a></li><li><a href="/list">一覧</a></li></ul></nav>
<article><h1>川の歴史</h1>
<p>この川は山から海まで流れています。江戸時代には、米を積んだ舟が川を行き来していました。町の人々は川の水を田に引いて使いました。</p>
<p>1890年に初めての橋が架けられました。橋の長さは120メートルで、当時は県で最も長い橋でした。</p></article>
<footer>お問い合わせ 利用規約</footer></body></html>"""


def read(text: str, ending: str = ".txt") -> intake.Intake:
    return intake.read(text.encode(), ending)


def test_plain_text_is_kept_word_for_word() -> None:
    article = read(PASTED).article

    assert article.text == PASTED
    assert article.title == "北浜ニュース"
    assert article.language == "ja"
    assert article.published == date(2024, 5, 20)


@given(st.text().filter(lambda text: text.strip("\ufeff \t\r\n　\x0b\x0c\x1f") != ""))
def test_whatever_is_read_is_the_text_with_one_sort_of_line_end(text: str) -> None:
    try:
        got = read(text).article.text
    except UnreadableError:
        return
    assert got == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def test_a_byte_order_mark_and_other_line_ends_go() -> None:
    assert intake.read(b"\xef\xbb\xbfone line\r\ntwo\rthree", ".txt").article.text == "one line\ntwo\nthree"


def test_sources_are_the_addresses_and_names_of_source_lines() -> None:
    assert read(PASTED).article.sources == (
        Source("汐見新報", "https://example.org/shiomi/ferry"),
        Source("example.org", "https://example.org/list"),
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("公開日:2025/01/26", date(2025, 1, 26)),
        ("投稿日：2025年1月6日", date(2025, 1, 6)),
        ("2025年1月26日", date(2025, 1, 26)),
        ("2025-01-26", date(2025, 1, 26)),
        ("Published: 12 March 2024", date(2024, 3, 12)),
        ("Posted on March 12, 2024", date(2024, 3, 12)),
        ("橋は2025年1月26日に開通した。", None),
        ("公開日:2025/13/45", None),
        ("公開日は未定", None),
    ],
)
def test_the_day_of_publication_is_found_where_the_text_says_it(line: str, day: date | None) -> None:
    got = read(f"橋の話\n\n{line}\n\n橋は長い。")

    assert got.article.published == day
    assert got.warnings == (() if day else (NO_DATE,))


def test_the_language_is_told_by_kana() -> None:
    assert read("橋はとても長い。").article.language == "ja"
    assert read("The bridge (橋) is very long.").article.language == "en"
    assert read("Python 3.14 と Flask を使う").article.language == "ja"


def test_the_title_of_a_pasted_page_is_its_first_line_in_its_language() -> None:
    assert read("Menu Home\nhttps://example.org\n橋の話\n\n橋は長い。").article.title == "橋の話"
    assert read("\n\nThe bridge\n\nIt is long.").article.title == "The bridge"
    assert len(read("橋は長い。" * 100).article.title) <= 120


def test_the_title_of_markdown_is_its_first_heading() -> None:
    source = "前書きです。\n\n# {橋|はし}の **話**\n\n橋は長い。\n"
    got = read(source, ".md").article

    assert got.title == "橋の 話"
    assert got.text == source
    assert read("橋は長い。\n", ".markdown").article.title == "橋は長い。"


def test_a_page_gives_its_article_without_its_menus() -> None:
    article = read(PAGE, ".html").article

    assert "1890年に初めての橋が架けられました。" in article.text
    assert "利用規約" not in article.text
    assert article.title == "川の歴史"
    assert article.published == date(2024, 5, 3)
    assert article.sources[0].url == "https://example.org/kawa"


def test_a_page_may_be_in_the_encoding_that_it_names() -> None:
    page = PAGE.replace("utf-8", "Shift_JIS").encode("cp932")

    assert "江戸時代" in intake.read(page, ".HTM").article.text


@pytest.mark.parametrize("content", [b"", b" \n\t\n", "　\n".encode(), b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="there is no text in it"):
        intake.read(content, ".txt")


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"PK\x03\x04abc", b"\x89PNG\r\n", b"text \x00\x01"])
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="not a text file"):
        intake.read(content, ".txt")


JAPANESE = "橋の長さは三百メートルです。川には大きな橋が架かっています。"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022-JP")],
)
def test_another_japanese_encoding_is_found_out_and_told(codec: str, name: str) -> None:
    found = intake.read(JAPANESE.encode(codec), ".txt")

    assert found.article.text == JAPANESE
    assert str(found.warnings[0]) == f"the text was read as {name}: see whether it looks right"


def test_an_encoding_of_the_west_is_found_out() -> None:
    words = "Le café de la gare est fermé depuis l’été. Les élèves préfèrent déjà l’hôtel d’à côté. " * 3

    assert intake.read(words.encode("cp1252"), ".txt").article.text == words


def test_a_byte_order_mark_tells_the_encoding_for_certain() -> None:
    assert intake.read(JAPANESE.encode("utf-16"), ".md").warnings == (NO_DATE,)
    assert intake.read(JAPANESE.encode("utf-16"), ".md").article.text == JAPANESE


def test_an_encoding_that_cannot_be_told_is_refused_with_the_cure() -> None:
    with pytest.raises(UnreadableError, match="save it as UTF-8"):
        intake.read(bytes(range(128, 256)) * 3, ".txt")


@pytest.mark.parametrize(
    "page", ["<html><body><script>load()</script></body></html>", "<html></html>", "<p>短い。</p>"]
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(UnreadableError, match="no article text"):
        read(page, ".html")


def test_a_page_for_paying_readers_only_says_so() -> None:
    teaser = PAGE.replace("<p>1890年に", "<p>この記事は有料です。残り1,200文字</p><p>1890年に")
    walled = '<script type="application/ld+json">{"isAccessibleForFree": false}</script><p>短い書き出しです。</p>'

    with pytest.raises(UnreadableError, match="only paying readers"):
        read(walled, ".html")
    assert any("only the beginning" in str(warning) for warning in read(teaser, ".html").warnings)
    assert not any("only the beginning" in str(warning) for warning in read(PAGE, ".html").warnings)


def test_an_unknown_ending_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UnreadableError, match=r"'\.xyz' cannot be read; known are \.txt, \.md"):
        read("text", ".xyz")
    with pytest.raises(UnreadableError, match="no ending"):
        read("text", "")


def test_reading_text_loads_no_page_reader() -> None:
    code = (
        "import sys; from quizapp import intake; intake.read(b'one line', '.md'); print('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
