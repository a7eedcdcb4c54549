"""The topic of an article: what its title names, put before a question that does not say what it is about.

A title that is a short noun phrase (ポルトガル, 日本の気候) is a topic, and what a headline asks about (拒否権 of
「拒否権」とは？). Of any other headline its beginning is put before questions; a file's name or a sentence is not.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from quizapp.drafting.ja import standing
from quizapp.drafting.ja.analysis import are_synonyms, tokens
from quizapp.drafting.ja.name_types import person_core

if TYPE_CHECKING:
    from quizapp.core.article import Article
    from quizapp.drafting.ja.statements import Statement

_LONGEST, _SHORTEST, _COMMON = 20, 2, 2
_LONGEST_READ = 200
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


# 3-2 気団と前線, 【5分でわかる】…: no part of a headline.
_BEFORE_HEADLINE = re.compile(
    r"^(?:【[^】]*】|(?:[0-9０-９]+分で|よく)わかる|コラム(?=[ 　:：])"
    r"|(?:単元|第)?[0-9０-９一二三四五六七八九十]{1,3}(?:[章節回編課部]|講|(?<=元[0-9０-９]))(?=[ 　:：「『【0-9])"
    r"|[0-9０-９]+(?:[-.．][0-9０-９]+)*(?=[ 　])|[ 　:：])*"
)
_ASKED_ABOUT = re.compile(
    r"^([^ 　]{2,20}?)[」』]?(?:[（(][^（()）]*[)）])?"
    r"(?:とは|って[^た]|について|の(?:しくみ|仕組み|はなし|きほん|キホン|基本)(?!と))"
)
_PART = re.compile(r"[^ 　!！?？:：|｜~〜―—（(]+[?？]?")
_GENERAL = re.compile(
    r"(?:だより|コラム|質問|お知らせ|特集|ニュース|メモ|ノート)(?:$|[「『第と])|号$|Q&A|(?:です|ます|ました|しょう|ください|日)$|_|\.[A-Za-z]{1,5}$"
)
_EXPLAINS = re.compile(r"[!！?？]|わかりやすく|やさしく|知ろう|解説")
_COMPOUND = r"[一-鿿々ァ-ヴーA-Za-z0-9・]{3,}(?:り(?=[」』]))?|[一-鿿々]り[一-鿿々]"
_TWO = re.compile(rf"({_COMPOUND})(?:[」』]?と[「『]?({_COMPOUND}))?")
# 本作, 本種: the topic by another word. 本社 and 本館 are a part of it, 本大会 what comes after the first rounds.
_THIS_ONE = re.compile(
    r"(?<![一-鿿々])本(?:作品?|書|曲|種|艦|機|船|法|条約|形式|番組|ドラマ|アニメ|映画|ゲーム|シリーズ|事件|計画)(?=[はがのをにでと、])"
)
# 父親は…, 生家は…: whose, in a life of somebody, nobody needs to say but a question.
_KIN = re.compile(
    r"(?:父親?|母親?|実父|実母|養父|養母|両親|祖父母?|祖母|実?[兄弟姉妹]|[長次三]男|[長次三]女|妻|夫|夫人|息子|娘|生家|実家|生母|遺族|家族)"
    r"(?=[のはがをも・、]|である)(?!のよう)"
)
_SOMEBODY = re.compile(
    r"(?:選手|俳優|女優|作家|歌手|政治家|学者|画家|写真家|作曲家|詩人|軍人|実業家|監督|皇帝|国王|女王|将軍|武将|大名|声優|漫画家|小説家|技術者"
    r"|医師|医者|建築家|俳人|歌人|思想家|教育者|指揮者|研究者|司祭|修道士|タレント|妻|人物|女性|男性)(?:で(?:ある|す|あった|した)|だ|。)"
)


class Topic:
    """What the article's title names: ``name``, "" where the title is no topic; ``label`` is what stands for it."""

    def __init__(self, article: Article) -> None:
        opening = article.text[:_OPENING]
        title = article.title[:_LONGEST_READ]
        self.name = _topic_of(title) or _opened_with(title, opening) or _asked_about(title)
        self.label = self.name or _headline(title, article.text)
        # 日本の気候 may stand before a question for 日本's capital, but no 英国が勝利 before one for イギリス.
        self._words = [] if self.name else [token.surface for token in tokens(self.label) if token.is_noun]
        self._runs = re.findall(_COMPOUND, self.label)
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
        whole = bool(self.name) and self.name in text
        return whole or any(len(part) > _COMMON for parts in said for part in parts) or (bool(said) and all(said))

    def lead(self, stem: str, key: str, *, may_be_of_other: bool = False) -> str:
        """Return ``stem`` after what it is about, where it does not name it and the lead does not tell the key.

        ``may_be_of_other``: as for ``restored``.
        """
        said, label = stem + key, self.label
        named = self.is_named_in(said) if self.name else any(run in said for run in self._runs)
        if not label or named or self._tells(key) or (may_be_of_other and _KIN.match(stem)):
            return stem
        return f"【{label}】{stem}"

    def _tells(self, key: str) -> bool:
        """Say whether the label tells a key: by its figures, by the beginning of a name, or by another name for it.

        A judgement has its key anywhere in the sentence, so that it stands beside no figure.
        """
        core = person_core(key) or key
        hints = {key, core[:2] if len(core) > 2 else core, *re.findall(r"[0-9０-９]+", key)}
        is_judged = key in {"true", "false"} and re.search(r"[0-9０-９]", self.label)
        return (
            bool(is_judged) or any(h in self.label for h in hints) or any(map(partial(are_synonyms, key), self._words))
        )


def _opened_with(title: str, opening: str) -> str:
    """Return a title that looks like a headline (星、空、海) where an article begins by explaining it."""
    bare = _ASIDE.sub("", title.replace("_", " ")).strip()
    begins = re.match(rf"[「『]?{re.escape(bare)}[」』]?(?:[（(][^（()）]*[)）])?(?:は|とは)", opening)
    return bare if begins and _SHORTEST <= len(bare) <= _LONGEST else ""


def _asked_about(title: str) -> str:
    """Return what a headline asks about or introduces: AUKUS of AUKUS(オーカス)とは."""
    match = _ASKED_ABOUT.match(_BEFORE_HEADLINE.sub("", title))
    return _topic_of(re.split(r"[「『]", match[1])[-1]) if match else ""


def _headline(title: str, text: str) -> str:
    """Return what stands for a headline: of one that asks or explains what the text tells of again, else how it
    begins; "" where that says nothing.
    """
    parts = _PART.findall(_BEFORE_HEADLINE.sub("", title)) if "。" not in title else []
    explained = _explained(title, parts, text) if _EXPLAINS.search(title) else ""
    first = next((part for part in parts if not _GENERAL.search(part)), "")
    short = first if len(first) <= _LONGEST else _ASKS.sub("", first.partition("、")[0])
    is_told = re.search(r"[ぁ-んァ-ヴ一-鿿]", short) and not re.search(r"[「『][^」』]*$", short)
    return explained or (short if is_told and _SHORTEST < len(short) <= _LONGEST else "")


def _explained(title: str, parts: list[str], text: str) -> str:
    """Return what a headline that asks or explains is about, as far as the text tells of it again, else ""."""
    opening = _topic_of(parts[0].partition("、")[0]) if parts else ""
    if any(text.count(words) > 1 for words in re.findall(_COMPOUND, opening)):
        return opening
    # 「震度」と「マグニチュード」、…: both are.
    two = re.match(r"^(?:.{1,8}の)?「([^「」]{2,10})」と「([^「」]{2,10})」", title)
    if two and text.count(two[1]) > _FEW and text.count(two[2]) > _FEW:
        return f"{two[1]}と{two[2]}"
    # What is quoted, or what something is asked of: 「OPEC」, はやぶさ2は….
    named = (*re.findall(r"「([^「」]{3,20})」", title), *_OPENS.findall(parts[0] if parts else ""))
    told = next((words for words in named if text.count(words) > _FEW), "")
    if told:
        return told
    for number, part in enumerate(parts):
        # What a later part names must be told of more often to be what all is about.
        least = 3 if number else 2
        for match in _TWO.finditer(part):
            one, other = match[1], match[2] or ""
            # マイナス金利 of マイナス金利解除.
            if len(one) > _SHORTEST + 3 and text.count(one) < least <= text.count(one[:-2]):
                one, other = one[:-2], ""
            if text.count(one) < least or len(one) > _LONGEST or one in _WIDE or _COUNTED.fullmatch(one):
                continue
            both = f"{one}と{other}"
            return both if other and text.count(other) > 1 and len(both) <= _LONGEST else one
    return ""


_OPENS, _FEW = re.compile(r"^([^はがもをにでと、「」]{2,12})[はが]"), 2
_ASKS = re.compile(r".*(?:[はがをにで]|なぜ|どう).*")
_COUNTED = re.compile(r"[0-9０-９]+.")
_WIDE = frozenset({"アメリカ", "ヨーロッパ", "イギリス", "フランス", "ドイツ"})


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
