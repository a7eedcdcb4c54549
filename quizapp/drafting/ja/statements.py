"""Statements: fact sentences made to stand alone, with their words, chunks and names.

この…, 両氏, 今回の…, omitted topics and relative dates are replaced by what they stand for. A sentence in
which one is left over is given up: it cannot be asked about.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.article import ClaimKind, Modality, Span
from quizapp.core.bank import Evidence
from quizapp.drafting.claims import bare, content_start
from quizapp.drafting.claims_ja import spoken
from quizapp.drafting.ja import dates, references, running_topic, standing
from quizapp.drafting.ja.analysis import tokens
from quizapp.drafting.ja.chunks import parse
from quizapp.drafting.ja.names import names_of
from quizapp.drafting.ja.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizapp.core.article import Article, Claim, Sentence
    from quizapp.drafting.ja.analysis import Token
    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name

LOOKED_BACK = 4
_LONGEST, _SHORTEST = 160, 12
_LONGEST_LINE = 1000
_STOP = "。．.!！ \t　"
# 【北町＝共同】 says where a report was written; （「三経義疏」参照） and (英語版) where to read on.
_IN_A_TONGUE = re.compile(r"[（(](?:(?:[一-鿿ァ-ヴー]+語版[、・]?)+|en|de|fr|ru)[)）]")
_NO_WORDS = re.compile(
    r"^【[^【】]{1,20}】(?![はがをにのでもと、])|[ 　]*[（(][^（()）]{1,30}参照[)）]|" + _IN_A_TONGUE.pattern
)
# **低温** 冷蔵は…: a heading in the line of its paragraph.
_LABEL = re.compile(r"^\*\*[^*\n]{1,20}\*\*[ 　]+")
_ASIDE_END = re.compile(r"(?<=[ぁ-ん])[（(][^（()）]{1,60}[)）]$")
# Where a page lost a word (a link, a formula) the sentence says nothing sure.
_BROKEN_START = re.compile(r"[a-z]|(?:とは|は|が|を|に|の|で|も|と)[、一-鿿ァ-ヴ]")
_BROKEN = re.compile(
    r"「」|『』|（）|\(\)|、、|、。|どのの|のに対抗(?<=[一-鿿ァ-ヴー]のに対抗)|、と(?=[ァ-ヴ])|して[をが](?=[一-鿿])|って[をが](?=[一-鿿])"
    r"|、など、|、[はがをへ](?=[一-鿿ァ-ヴ])|ので(?<=[年月日]ので)[一-鿿ァ-ヴ]|であるの[一-鿿ァ-ヴ]|（[;；、,\s]|\([;；、,\s]|&[a-z]+;|<[a-z/]"
    r"|のの(?=[一-鿿ァ-ヴ])|、に(?=[一-鿿]{2}[。し])|にが[（(]|、[（(]|。[（(]|もののが|、(?:には|では|とは)"
    r"|となり$|であり$|しており$|されており$|限りで(?<=[はがを]限りで)"
)
_BROKEN_SPACE = re.compile(
    r"[ 　]{2}[とのはがをにへで]|(?:約|〜)[ 　]|[ 　](?:である|程度|より|から)|[ 　][のはがをにへ](?![a-zA-Z])"
    r"|[ 　][、。]|[ 　](?:また|なお|しかし|そして)、|[ぁ-ん][ 　](?=他|ほか)|[ 　][-–—][ 　](?=.*[、。は])"
)
# Sections that only sum up, with slogans among the facts.
_SUMMARY = re.compile(r"^(?:結論|まとめ|おわりに|終わりに|さいごに|最後に)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact sentence that stands alone: ``text`` has no stop; ``evidence`` is the sentence as the article
    has it.

    ``anchor`` names the article by its date where the sentence counts days from it (年内); else it is "".
    ``opens`` says that it begins a line.
    """

    text: str
    evidence: Evidence
    claim: Claim
    section: str
    position: int
    parse: Parse
    names: tuple[Name, ...]
    flags: tuple[str, ...] = ()
    anchor: str = ""
    opens: bool = False


def statements(article: Article, sentences: Iterable[Sentence], topic: Topic) -> Iterator[Statement]:
    """Yield what can be asked about, in the order of the article.

    Those behind ``LOOKED_BACK`` are not looked at again for what a later one points to.
    """
    found: deque[Statement] = deque(maxlen=LOOKED_BACK)
    # What the line speaks of, and where it had come to.
    told, end = "", 0
    for position, sentence in enumerate(sentences):
        if "\n" in article.text[end : sentence.span.start]:
            told = ""
        end = sentence.span.end
        statement = None
        is_fact = sentence.claim.kind is ClaimKind.FACT and not _SUMMARY.match(sentence.section)
        if is_fact and not _is_spoken(article.text, sentence):
            # Of a life or a town, what comes behind a sentence about another may be about either.
            spoken_of = told if not topic.name or topic.is_named_in(told) else ""
            statement = _statement(article, sentence, position, found, topic, spoken_of)
        if statement is None:
            told = running_topic.goes_on_with(told, references.without_lead(sentence.text))
        else:
            found.append(statement)
            told = running_topic.spoken_of(statement.parse, told)
            yield statement


def _is_broken(words: str) -> bool:
    has_space = " " in words or "　" in words
    return bool(_BROKEN_START.match(words) or _BROKEN.search(words) or (has_space and _BROKEN_SPACE.search(words)))


def _lost_a_word(words: tuple[Token, ...]) -> bool:
    """Say whether a particle stands where a page has lost the word before it: at the beginning, or behind a の."""
    if words[0].pos[0] == "助詞":
        return True
    return any(
        one.surface == "の" and before.is_noun and after.pos[0] == "助詞" and after.surface in "はがをにでと"
        for before, one, after in zip(words, words[1:], words[2:], strict=False)
    )


def _is_spoken(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence is the end of a quotation that began before it."""
    opened, closed = (sum(map(sentence.text.count, marks)) for marks in ("「『", "」』"))
    return text[sentence.span.end : sentence.span.end + 1] in {"」", "』"} or (
        opened < closed and sentence.text.endswith(("。」", "。』"))
    )


def _line_before(text: str, start: int) -> str:
    """Return what stands in a sentence's line before it, of a very long line the end."""
    first = max(0, start - _LONGEST_LINE)
    return text[max(first, text.rfind("\n", first, start) + 1) : start]


def _statement(
    article: Article, sentence: Sentence, position: int, told: Sequence[Statement], topic: Topic, spoken_of: str
) -> Statement | None:
    words = bare(_LABEL.sub("", sentence.text))
    if "【" in words or "参照" in words or _IN_A_TONGUE.search(words):
        words = _NO_WORDS.sub("", words)
    words = words.strip().rstrip(_STOP)
    if not _SHORTEST <= len(words) <= _LONGEST or "\n" in words or _is_broken(words):
        return None
    words = _ASIDE_END.sub("", words) if words.endswith((")", "）")) else words
    near = [s for s in told if s.section == sentence.section and position - s.position <= 8]
    line = _line_before(article.text, sentence.span.start)
    follows = bool(line.strip(" \u3000\t>-*・")) and bool(told) and told[-1].position == position - 1
    other = standing.named_topic(told[-1]) if follows else ""
    restored = topic.restored(words, may_be_of_other=bool(other) and not topic.is_named_in(other))
    resolved = references.resolve(dates.that_year(restored, line), [s.parse for s in near], spoken_of)
    if resolved is None:
        return None
    dated = dates.with_year(resolved[0], line)
    text, is_relative = dates.resolve(dated, article.published)
    says = sentence.claim.says
    said = spoken(text, says) if says and sentence.claim.modality is not Modality.INFERRED else ""
    if len(text) > _LONGEST + 40 or (says and not said and says not in text):
        return None
    text = said or text
    if references.is_bare(text):
        return None
    parsed = parse(text, tokens(text))
    if not parsed.chunks or _lost_a_word(parsed.tokens) or not references.has_subject(parsed):
        return None
    flags = (("resolved",) if resolved[1] or dated != words else ()) + (("relative_date",) if is_relative else ())
    start = sentence.span.start + content_start(sentence.text)
    span = Span(start, sentence.span.end)
    evidence = Evidence(span, sentence.text if start == sentence.span.start else article.at(span))
    opens = article.text[max(0, sentence.span.start - 1) : sentence.span.start] in {"", "\n"}
    day = article.published
    anchor = f"{day.year}年{day.month}月{day.day}日公開の記事" if day and dates.is_relative(text) else ""
    return Statement(
        text,
        evidence,
        sentence.claim,
        sentence.section,
        position,
        parsed,
        names_of(parsed),
        flags,
        anchor,
        opens,
    )
