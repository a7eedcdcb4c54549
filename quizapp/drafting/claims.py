"""Label sentences: what kind each is and how sure the article is of it. Regular expressions only, cheap to
import.

The words that give a sentence away stand in ``claims_ja`` and ``claims_en``, one table a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.article import Claim, ClaimKind, Sentence
from quizapp.drafting import claims_en, claims_ja
from quizapp.drafting.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizapp.core.article import Article

_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_MARK = re.compile(
    r"(?:(?:>|[-*+](?=\s)|[•‣◦・●○▶►→※]|\d{1,3}[.)](?=\s)|[（(]\d{1,2}[)）]|[①-⑳]"
    r"|[✀-➿☀-⛿⬀-⯿\U0001F300-\U0001FAFF]\ufe0f?)[ \t　]*)+"
)
_RULE = re.compile(r"[-=*_~・ 　|:+]+")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HAS_MARKS = re.compile(r"[*_`\]]")
_INLINE_MARKS = re.compile(r"\*\*|__|`|\[(?=[^\]\n]{1,80}\]\()|(?<=\])\([^)\s]{1,300}\)|(?<=[^\s\d])\](?=\()")


@dataclass(frozen=True, slots=True)
class Line:
    """What a sentence's line tells: whether it is marked as a list item, and whether the sentence is all of it."""

    is_item: bool
    is_whole: bool


def label(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of ``article`` with their claims and the headings they stand under."""
    rules = claims_ja if article.language == "ja" else claims_en
    labelled: list[Sentence] = []
    fenced = False
    for sentences in _by_line(article, split(article)):
        first = sentences[0]
        if _FENCE.match(first.text):
            fenced = not fenced
        if fenced or _FENCE.match(first.text) or _RULE.fullmatch(first.text):
            claims = [Claim(ClaimKind.BOILERPLATE)] * len(sentences)
        elif _HEADING.match(first.text):
            claims = [Claim(ClaimKind.HEADING)] * len(sentences)
        else:
            is_item = _MARK.match(first.text) is not None
            line = Line(is_item, len(sentences) == 1)
            claims = [rules.claim(bare(sentence.text), line) for sentence in sentences]
            claims = rules.reconsider(claims, [sentence.text for sentence in sentences])
        labelled += [Sentence(s.text, s.span, claim) for s, claim in zip(sentences, claims, strict=True)]
    return tuple(_with_sections(labelled))


def bare(text: str) -> str:
    """Return ``text`` without the marks of a list, a quotation or an emoji before it, and without Markdown's."""
    words = text[content_start(text) :]
    return _INLINE_MARKS.sub("", words) if _HAS_MARKS.search(words) else words


def content_start(text: str) -> int:
    """Return where the words of a sentence begin, behind list marks, quotation marks and emoji."""
    mark = _MARK.match(text)
    return mark.end() if mark and mark.end() < len(text) else 0


def _by_line(article: Article, sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    line: list[Sentence] = []
    for sentence in sentences:
        if line and "\n" in article.text[line[-1].span.end : sentence.span.start]:
            yield line
            line = []
        line.append(sentence)
    if line:
        yield line


def _with_sections(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Hand each sentence the heading above it; of several headings in a row the first names the section."""
    section, in_head = "", False
    for sentence in sentences:
        if sentence.claim.kind is ClaimKind.HEADING:
            if not in_head:
                section = re.sub(r"^#+\s*|\s*#+$", "", bare(sentence.text)).strip()
            in_head = True
        elif sentence.claim.kind is not ClaimKind.QUESTION:
            in_head = False
        yield Sentence(sentence.text, sentence.span, sentence.claim, section) if section else sentence
