"""Rich text lets people format and lets nobody run code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp import rich_text

SIGNS = st.text(alphabet="aあ漢1 .)#*_-+=~`<>&!\"'[](){}|\\\n:/？。、「」・０", max_size=40)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("文です。", "<p>文です。</p>"),
        ("**太字**です", "<p><strong>太字</strong>です</p>"),
        (
            "{拡大抑止|かくだいよくし}とは",
            "<p><ruby>拡大抑止<rp>(</rp><rt>かくだいよくし</rt><rp>)</rp></ruby>とは</p>",
        ),
        ("if a<b and c>d", "<p>if a&lt;b and c&gt;d</p>"),
        ("1. 一つ目", "<ol>\n<li>一つ目</li>\n</ol>"),
        ("2019年に開通", "<p>2019年に開通</p>"),
        ("{{1}}と{{2}}", "<p>{{1}}と{{2}}</p>"),
        ("一行目\n\n二行目", "<p>一行目</p>\n<p>二行目</p>"),
        (
            "{a|b}{c|d}",
            "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby><ruby>c<rp>(</rp><rt>d</rt><rp>)</rp></ruby></p>",
        ),
        ("![絵](x.png)", None),
    ],
)
def test_what_is_written_is_shown(source: str, html: str | None) -> None:
    shown = rich_text.html(source)

    assert "<img" not in shown
    if html:
        assert shown == html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "<a href='javascript:1'>x</a>",
        "{<script>|<b>}",
        '[x](https://a.example/"onclick="alert(1))',
        "<svg/onload=alert(1)>",
        "`<b>`",
        "{x|<img src=x onerror=1>}",
    ],
)
@pytest.mark.parametrize("show", [rich_text.html, rich_text.inline_html])
def test_nothing_that_runs_comes_through(source: str, show: object) -> None:
    assert callable(show)
    shown = str(show(source)).lower()

    for danger in ("<script", "<img", "<svg", 'href="javascript', 'href="data', "<b>"):
        assert danger not in shown
    assert not ("<a " in shown and "onclick=" in shown.partition("<a ")[2].partition(">")[0].replace("%22onclick", ""))


@given(SIGNS)
def test_plain_text_goes_the_short_way_to_the_same_html(source: str) -> None:
    assert rich_text.html(source) == rich_text._clean(rich_text._MARKDOWN.render(source))
    assert rich_text.inline_html(source) == rich_text._clean(
        rich_text._MARKDOWN.renderInline(" ".join(source.split("\n")))
    )


@given(SIGNS)
def test_plain_words_hold_no_furigana_and_no_extra_space(source: str) -> None:
    words = rich_text.plain(source)

    assert words == " ".join(words.split())


def test_plain_words_are_those_that_are_read() -> None:
    assert rich_text.plain("**{拡大|かくだい}**抑止 & `code`\n\n次") == "拡大抑止 & code 次"


def test_links_lead_out_without_telling_where_from() -> None:
    assert 'rel="noopener noreferrer"' in rich_text.html("[x](https://a.example)")
