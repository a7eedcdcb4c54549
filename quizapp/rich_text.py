"""Rich text: Markdown (CommonMark) with furigana as ``{漢字|かんじ}``, turned into safe HTML or plain text.

Raw HTML is never let through: it shows as the signs that were written. What Markdown makes is cleaned once more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_ODD = r"\\`*_\[\]<>&{}\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
# Whether a text is one line of words without a sign that Markdown or HTML gives a meaning, and so its own HTML. Most
# stems and options are.
is_plain = re.compile(rf"(?!\d{{1,9}}[.)])[^\s#+\-=~|{_ODD}][^{_ODD}]*(?<!\s)").fullmatch
_RUBY = re.compile(r"\{([^{}|\n]{1,40})\|([^{}|\n]{1,80})\}")
_TAG = re.compile(r"<[^>]+>")
_INLINE_TAG = re.compile(r"</?(?:strong|em|code|a)\b[^>]*>")
_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "ruby", "rt", "rp",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


@lru_cache(maxsize=4096)
def html(source: str) -> str:
    """Return ``source`` as blocks of safe HTML."""
    if is_plain(source):
        return f"<p>{source}</p>"
    return _clean(_MARKDOWN.render(source))


@lru_cache(maxsize=4096)
def inline_html(source: str) -> str:
    """Return ``source`` as safe HTML without blocks, to stand inside a line; paragraphs are run together."""
    if is_plain(source):
        return source
    return _clean(_MARKDOWN.renderInline(" ".join(source.split("\n"))))


@lru_cache(maxsize=4096)
def plain(source: str) -> str:
    """Return the words of ``source`` alone, without marks and without furigana."""
    if is_plain(source):
        return " ".join(source.split())
    markup = _INLINE_TAG.sub("", _MARKDOWN.render(_RUBY.sub(r"\1", source)))
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def readings(source: str) -> list[str]:
    """Return the readings that the furigana of ``source`` give."""
    return [match[2] for match in _RUBY.finditer(source)]


def _clean(markup: str) -> str:
    return nh3.clean(markup, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}).strip()


def _ruby_rule(state: StateInline, silent: bool) -> bool:
    match = _RUBY.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("ruby", "", 0)
        token.meta = {"base": match[1], "reading": match[2]}
    state.pos = match.end()
    return True


def _render_ruby(renderer: RendererProtocol, tokens: list[Token], index: int, *_: object) -> str:  # noqa: ARG001
    meta = tokens[index].meta
    base, reading = (part.replace("&", "&amp;").replace("<", "&lt;") for part in (meta["base"], meta["reading"]))
    return f"<ruby>{base}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>"


def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")
    parser.inline.ruler.before("emphasis", "ruby", _ruby_rule)
    parser.add_render_rule("ruby", _render_ruby)
    return parser


_MARKDOWN = _markdown()
