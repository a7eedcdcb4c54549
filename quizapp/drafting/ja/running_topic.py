"""What a line of text speaks of: a topic goes on until a sentence names another."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja.names import names_of

if TYPE_CHECKING:
    from quizapp.drafting.ja.chunks import Parse

_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")
# What ends so is the name of one thing: みなと線, 青葉館.
_NAMING = re.compile(r"[線号橋館園祭校堂塔寺城湖山川駅港島丸]$")
_WHEN = re.compile(r"^[^、はがも]{0,14}(?:年|月|日|代|世紀|頃|ごろ|時代|以降|以来)(?:に|には|から|まで)?、?")
_TOPIC = re.compile(r"[^、。\sにでとらへ](?:は|も)(?=[、]|[^、。])|[^、。\sたいるだす]が(?=[^、。]|、)")
# 碑文には…が刻まれている: what it is about is where it is.
_PLACED = re.compile(
    r"[一-鿿ァ-ヴー」』]には[^。]*[^、。\sにでと][がも][^、。]*(?:れている|ある|あった|残る|並ぶ|いる)$"
)
# 知人には…があった, 版画も評判になった: this may be about another thing.
_OF_ANOTHER = re.compile(
    r"(?<![年月日代紀頃期後])には[^。]*[がも]|[^とにで年月日最]も[^、。]*(?:た|る|だ|おり|て)(?:、|$)"
)
# 彼は, 同社は: the one told of just before; その息子は is another.
_SAME_ONE = re.compile(r"^(?:彼女?|同[一-鿿]{1,3})[はも]")
_SUBJECT = re.compile(r"[一-鿿々ァ-ヴーA-Za-z」』]が")
_OPENS_WITH = re.compile(r"^[^、。]{0,20}[^、。にでとらへ](?:は|も)(?!、?[^、。]{0,8}れ)|^[^。]{0,30}、[^、。]{1,20}は")
_TOPIC_CASES = frozenset({"は", "とは", "も"})
_FIRST_WHEN = re.compile(
    r"^[^、はがもを]{1,16}(?:年|月|日|代|世紀|頃|ごろ|時代|以降|以来|[年月日間]後|当時|前期|後期)(?:に|、)*$"
)
_TYPES = frozenset({"person", "organisation", "work", "country", "rule"})
_NO_NAME = re.compile(r"(?:年|月|日|時代|頃|ごろ|際|時|後|前|場合|中|内容|理由|特徴|ほか|うち|こと|もの|人|氏名)$")


def has_topic(text: str) -> bool:
    """Say whether a sentence names its topic, or its first clause a subject of its own; 1970年代には is none."""
    rest = _WHEN.sub("", _QUOTED.sub("", text))
    is_placed = _PLACED.search(rest) is not None
    # 廃止も検討された: the thing done may take も beside the topic.
    rest = re.sub(r"も(?=[^、]{1,8}[さら]?れ[たて])", "を", rest)
    first = re.split(r"(?<=[うくすつぬむるたいりしきみび])(?:が)?、", rest, maxsplit=1)[0]
    if is_placed or _OF_ANOTHER.search(rest):
        return True
    return re.search(r"[^、。\sにでとらへ]は(?!。)", rest) is not None or _TOPIC.search(first) is not None


def goes_on_with(spoken_of: str, words: str) -> str:
    """Return what a line speaks of behind a sentence that was given up, ``spoken_of`` before it; "" where unsure."""
    if _SAME_ONE.match(words):
        return spoken_of
    return "" if _SUBJECT.search(words) or _OPENS_WITH.match(_WHEN.sub("", words)) else spoken_of


def spoken_of(parse: Parse, before: str) -> str:
    """Return what a line speaks of behind a statement: its topic, ``before`` where it has none, "" where unsure."""
    if any(chunk.case in _TOPIC_CASES and chunk.has_noun for chunk in parse.chunks):
        return plain_topic(parse)
    # Who came is another, unless that only describes something.
    acts = (c for c in parse.chunks if c.case == "が" and c.has_noun and parse.chunks[c.head].form != "adnominal")
    return before if next(acts, None) is None else ""


def plain_topic(parse: Parse) -> str:
    """Return the topic of a sentence, when it has a name of its own and nothing but a time stands before it, else ""."""
    for index, chunk in enumerate(parse.chunks[:6]):
        if chunk.form:
            return ""
        if chunk.case not in _TOPIC_CASES or not chunk.has_noun:
            continue
        own = parse.tokens[chunk.first : chunk.noun_end]
        start = parse.start(index)
        topic = re.sub(r"[（(][^（()）]*[)）]", "", parse.noun(index))
        if (start and not _FIRST_WHEN.match(parse.text[:start])) or not 2 <= len(topic) <= 20 or _NO_NAME.search(topic):
            return ""
        # みなと線 is a name for the article; 人口 and 工事 are not.
        named = any(token.pos[1] == "固有名詞" for token in own) or (len(own) > 1 and _NAMING.search(own[-1].surface))
        if named or any(name.chunk == index and name.type in _TYPES for name in names_of(parse)):
            return topic
        return topic if own[0].surface.isascii() and own[0].surface.isalpha() else ""
    return ""
