"""The topic of an article: what its title names, put before a question that does not say what it is about.

A title that is a short noun phrase (ポルトガル, 日本の気候) is a topic; a headline, a question or a file's name is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import standing
from quizapp.drafting.ja.analysis import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.core.article import Article
    from quizapp.drafting.ja.statements import Statement

_LONGEST, _SHORTEST = 16, 2
_ASIDE = re.compile(r"[ 　]*[（(][^（()）]*[)）]$")
_NOT_A_TOPIC = re.compile(
    r"[。、！？!?:：|｜\\*`<>「」『』【】\[\]{}…]|\.[A-Za-z]{1,5}$|^[0-9０-９]|"
    r"^(?:概要|目次|無題|記事|資料|本文|まとめ|はじめに|プリント|ノート|教材|問題|テスト|ニュース|第.{1,3}[章回節])"
)
_PARTICLES = frozenset("のとや")
_PARTS = re.compile(r"[・＝= 　]")
# エアバス and A320 of エアバスA320, サフラン of サフランの利用.
_RUNS = re.compile(r"[ァ-ヴー]{3,}|[A-Za-z0-9]{3,}|[一-鿿]{3,}")


class Topic:
    """What the article's title names; ``name`` is "" where the title is no topic."""

    def __init__(self, title: str) -> None:
        self.name = _topic_of(title)
        self._parts = _known_parts(self.name)

    def is_named_in(self, text: str) -> bool:
        """Say whether a text names the topic, by all of its name or most of it (マーラー of グスタフ・マーラー)."""
        return any(part in text for part in self._parts)

    def lead(self, stem: str, key: str) -> str:
        """Return ``stem`` with the topic before it, where it is not named and the lead does not tell the key."""
        if not self.name or self.is_named_in(stem) or self.is_named_in(key) or key in self.name:
            return stem
        return f"【{self.name}】{stem}"


def _topic_of(title: str) -> str:
    bare = _ASIDE.sub("", title.replace("_", " ")).strip()
    if not _SHORTEST <= len(bare) <= _LONGEST or _NOT_A_TOPIC.search(bare):
        return ""
    words = tokens(bare)
    plain = all(
        t.is_noun or t.pos[0] in {"形状詞", "記号", "補助記号", "空白", "接尾辞"} or t.surface in _PARTICLES
        for t in words
    )
    return bare if plain and words[-1].is_noun and words[0].surface not in _PARTICLES else ""


def _known_parts(name: str) -> tuple[str, ...]:
    """Return what is enough of a topic to name it: each of its words, or three fifths of one word."""
    parts: list[str] = []
    for word in (word for word in _PARTS.split(name) if len(word) > 1):
        length = max(min(len(word), 3), -(-len(word) * 3 // 5))
        parts += [word[start : start + length] for start in range(len(word) - length + 1)]
        parts += _RUNS.findall(word)
    return tuple(dict.fromkeys(parts))


def strays(statements: Sequence[Statement], article: Article, topic: Topic) -> list[bool]:
    """Return of each statement whether its line has gone over to another named thing than the article's topic."""
    gone: list[bool] = []
    for number, statement in enumerate(statements):
        before = statements[number - 1] if number else None
        goes_on = before and "\n" not in article.text[before.evidence.span.end : statement.evidence.span.start]
        if before is None or not goes_on:
            gone.append(False)
            continue
        subject = standing.named_topic(before)
        gone.append(not topic.is_named_in(subject) if subject else gone[-1])
    return gone
