"""The topic of an article: what its title names, put before a question that does not say what it is about.

A title that is a short noun phrase (ポルトガル, 日本の気候) is a topic; a headline, a question or a file's name is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import standing
from quizapp.drafting.ja.analysis import tokens

if TYPE_CHECKING:
    from quizapp.core.article import Article
    from quizapp.drafting.ja.statements import Statement

_LONGEST, _SHORTEST, _COMMON = 20, 2, 2
# So far into an article it says what its title is.
_OPENING = 300
_ASIDE = re.compile(r"[ 　]*[（(][^（()）]*[)）]$")
_NOT_A_TOPIC = re.compile(
    r"[。、！？!?:：|｜\\*`<>「」『』【】\[\]{}…]|\.[A-Za-z]{1,5}$|^[0-9０-９]|"
    r"^(?:概要|目次|無題|記事|資料|本文|まとめ|はじめに|プリント|ノート|教材|問題|テスト|ニュース|第.{1,3}[章回節])"
)
_PARTICLES = frozenset("のとや")
_PARTS = re.compile(r"[・＝= 　]")
# エアバス and A320 of エアバスA320, サフラン of サフランの利用.
_RUNS = re.compile(r"[ァ-ヴー]{3,}|[A-Za-z0-9]{3,}|[一-鿿]{3,}")


# 本作, 本種: the topic by another word. 本社 and 本館 are a part of it, 本大会 what comes after the first rounds.
_THIS_ONE = re.compile(
    r"(?<![一-鿿々])本(?:作品?|書|曲|種|艦|機|船|法|条約|形式|番組|ドラマ|アニメ|映画|ゲーム|シリーズ|事件|計画)(?=[はがのをにでと、])"
)
# 父親は…, 生家は…: whose, in a life of somebody, nobody needs to say but a question.
_KIN = re.compile(
    r"(?:父親?|母親?|実父|実母|養父|養母|両親|祖父母?|祖母|実?[兄弟姉妹]|[長次三]男|[長次三]女|妻|夫|夫人|息子|娘|生家|実家|生母|遺族|家族)"
    r"(?=[のはがをも・、]|である)"
)
_SOMEBODY = re.compile(
    r"(?:選手|俳優|女優|作家|歌手|政治家|学者|画家|写真家|作曲家|詩人|軍人|実業家|監督|皇帝|国王|女王|将軍|武将|大名|声優|漫画家|小説家|技術者"
    r"|医師|医者|建築家|俳人|歌人|思想家|教育者|指揮者|研究者|司祭|修道士|タレント|妻|人物|女性|男性)(?:で(?:ある|す|あった|した)|だ|。)"
)


class Topic:
    """What the article's title names; ``name`` is "" where the title is no topic."""

    def __init__(self, article: Article) -> None:
        opening = article.text[:_OPENING]
        self.name = _topic_of(article.title) or _opened_with(article.title, opening)
        self._parts = [_known_parts(words) for words in _between_particles(self.name)]
        quoted = f"『{self.name}』"
        self._as_told = quoted if quoted in article.text else self.name
        self._is_person = bool(self.name) and _SOMEBODY.search(opening) is not None

    def restored(self, words: str, *, may_be_of_other: bool) -> str:
        """Return a sentence with the topic for 本作, and before the kin of a person whose life is told.

        ``may_be_of_other`` says that the sentence before was about somebody else, whose kin may be meant.
        """
        if not self.name:
            return words
        text = _THIS_ONE.sub(self._as_told, words)
        of_topic = self._is_person and not may_be_of_other and _KIN.match(text)
        return f"{self.name}の{text}" if of_topic else text

    def is_named_in(self, text: str) -> bool:
        """Say whether a text names the topic, by all of its name or most of it (マーラー of グスタフ・マーラー).

        日本 alone is not 日本の気候, サフラン is サフランの利用.
        """
        said = [[part for part in parts if part in text] for parts in self._parts]
        return any(len(part) > _COMMON for parts in said for part in parts) or (bool(said) and all(said))

    def lead(self, stem: str, key: str) -> str:
        """Return ``stem`` with the topic before it, where it is not named and the lead does not tell the key."""
        if not self.name or self.is_named_in(stem) or self.is_named_in(key) or key in self.name:
            return stem
        return f"【{self.name}】{stem}"


def _opened_with(title: str, opening: str) -> str:
    """Return a title that looks like a headline (星、空、海) where an article begins by explaining it."""
    bare = _ASIDE.sub("", title.replace("_", " ")).strip()
    begins = re.match(rf"[「『]?{re.escape(bare)}[」』]?(?:[（(][^（()）]*[)）])?(?:は|とは)", opening)
    return bare if begins and _SHORTEST <= len(bare) <= _LONGEST else ""


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


def _between_particles(name: str) -> list[str]:
    """Return the words of a name that particles join: 日本 and 気候 of 日本の気候."""
    pieces = [""]
    for token in tokens(name):
        if token.pos[0] == "助詞":
            pieces.append("")
        else:
            pieces[-1] += token.surface
    return [piece for piece in pieces if piece]


def _known_parts(name: str) -> tuple[str, ...]:
    """Return what is enough of a topic to name it: each of its words, or three fifths of one word."""
    parts: list[str] = []
    for word in (word for word in _PARTS.split(name) if len(word) > 1):
        length = max(min(len(word), 3), -(-len(word) * 3 // 5))
        parts += [word[start : start + length] for start in range(len(word) - length + 1)]
        parts += _RUNS.findall(word)
        # ROS of RobotOperatingSystem.
        initials = "".join(sign for sign in word if sign.isupper())
        parts += [initials] * (len(initials) > 2 and word.isascii())
    return tuple(dict.fromkeys(parts))


def has_strayed(statement: Statement, before: Statement | None, article: Article, topic: Topic, *, had: bool) -> bool:
    """Say whether a statement's line has gone over to another named thing than the article's topic.

    ``had``: whether it had with the statement ``before``.
    """
    if before is None:
        return False
    if "\n" in article.text[before.evidence.span.end : statement.evidence.span.start]:
        # A new line that names no topic of its own may go on with what the line before had come to.
        return had and not standing.has_topic(statement)
    subject = standing.named_topic(before)
    return not topic.is_named_in(subject) if subject else had
