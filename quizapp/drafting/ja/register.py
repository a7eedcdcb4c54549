"""The register of a sentence: です・ます or だ・である, by its last predicate alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja import conjugation
from quizapp.drafting.ja.analysis import plain_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.drafting.ja.analysis import Token

# Of a sentence that has been taken apart so many words are enough.
_TAIL, _LAST = 40, 5
_SILENT = frozenset({"補助記号", "空白"})
_POLITE = re.compile(r"(?:ます|ました|ません|ませんでした|です|でした|でしょう|ください)か?$")
# (である), past, denied: their polite forms. The longest come first.
_COPULAS = (
    ("ではなかった", "ではありませんでした"),
    ("ではない", "ではありません"),
    ("であった", "でした"),
    ("である", "です"),
    ("だった", "でした"),
    ("だろう", "でしょう"),
)
_COUNT = re.compile(r"[0-9０-９][0-9０-９,，.．]*[万億兆]?[人名件校社円本台回個棟基]$")
_CLAUSE = re.compile(r"(?:、|」|』|}})(?=.)")
_POLITE_DENIALS = (("ではありません", "ではない"), ("ではありませんでした", "ではなかった"))
# A day long past: what a chronicle puts in a noun (優勝を達成) was done.
_PAST_YEAR = re.compile(r"(?<![0-9])[0-9]{3,4}年(?!間)")


def polite(sentence: str, told: str = "", words_told: Sequence[Token] = ()) -> str:
    """Return a sentence with its last predicate in です・ます; one whose end is not plain enough stays as it is.

    ``told`` is the whole sentence, with its words, where ``sentence`` has a gap in it.
    """
    body, stop = _split(sentence)
    if not body or _POLITE.search(body):
        return sentence
    for plain, better in _COPULAS:
        if body.endswith(plain):
            return body[: -len(plain)] + better + stop
    if body.endswith(("}}", "」", "』")) or _COUNT.search(body):
        return f"{body}です{stop}"
    words = _words(body, told, words_told)
    ending = _polite_ending(words, told or body) if words else None
    # といった may be 言った or 行った.
    if ending is None or body.endswith("といった"):
        return sentence
    count, said = ending
    replaced = sum(len(word.surface) for word in words[len(words) - count :])
    return body[: len(body) - replaced] + said + stop


def _polite_ending(words: tuple[Token, ...], body: str) -> tuple[int, str] | None:
    """Return how many words the polite ending replaces, and the ending."""
    last, before = words[-1], words[-2] if len(words) > 1 else None
    ends = last.pos[5].startswith(("終止形", "連体形"))
    if last.pos[4] == "助動詞-タ" and before is not None:
        return _polite_past(words, before)
    if last.pos[4] == "助動詞-ナイ" and before is not None and before.is_verbal:
        ending = 2, conjugation.polite_stem(before.lemma, before.pos[4]) + "ません"
    elif last.is_verbal and ends:
        ending = 1, conjugation.polite_stem(last.lemma, last.pos[4]) + "ます"
    elif last.surface in {"ない", "無い"} and last.pos[0] == "形容詞":
        ending = 1, "ありません"
    elif last.pos[0] == "形容詞" and ends:
        ending = 0, "です"
    elif last.surface == "だ" and last.lemma == "だ":
        ending = 1, "です"
    else:
        return _noun_ending(last, before, body)
    return ending


def _polite_past(words: tuple[Token, ...], before: Token) -> tuple[int, str] | None:
    if before.is_verbal:
        return 2, conjugation.polite_stem(before.lemma, before.pos[4]) + "ました"
    if before.pos[4] == "助動詞-ナイ" and len(words) > 2 and words[-3].is_verbal:
        return 3, conjugation.polite_stem(words[-3].lemma, words[-3].pos[4]) + "ませんでした"
    return (0, "です") if before.pos[0] == "形容詞" else None


def _noun_ending(last: Token, before: Token | None, body: str) -> tuple[int, str] | None:
    if not last.is_noun and last.pos[0] != "形状詞":
        return None
    # 県内最古の建築 is a thing, 橋を建築 a deed; of 青葉町は合併 nobody knows.
    is_told_of = before is not None and (before.surface == "の" or before.pos[5].startswith("連体形"))
    if last.pos[2] == "サ変可能" and not is_told_of:
        is_deed = _PAST_YEAR.search(body) is not None and (before is None or before.surface != "は")
        return (0, "しました") if is_deed else None
    return None if last.pos[1] == "数詞" or last.pos[2] == "副詞可能" else (0, "です")


def plain(sentence: str, told: str = "", _words_told: Sequence[Token] = ()) -> str:
    """Return a sentence or question with its last predicate in だ・である; one that has none stays as it is."""
    body, stop = _split(sentence)
    asks = body.endswith("か") and _POLITE.search(body) is not None
    told = body.removesuffix("か") if asks else body
    if not _POLITE.search(told):
        return sentence
    said = _plain(told, asks=asks)
    return sentence if said is None else said + ("か" if asks else "") + stop


def _plain(told: str, *, asks: bool) -> str | None:
    for polite_end, plain_end in _POLITE_DENIALS:
        if told.endswith(polite_end):
            return told.removesuffix(polite_end) + plain_end
    if told.endswith("でした") and not told.endswith("ませんでした"):
        return told.removesuffix("でした") + ("だった" if asks else "であった")
    if not told.endswith("です"):
        return _plain_verb(told)
    rest = told.removesuffix("です")
    words = _words(rest)
    is_adjective = bool(words) and (words[-1].pos[0] == "形容詞" or words[-1].pos[4] == "助動詞-タ")
    return rest if asks or is_adjective else rest + "である"


def _plain_verb(told: str) -> str | None:
    words = _words(told)
    place = next((n for n in range(len(words) - 1, 0, -1) if words[n].lemma == "ます"), 0)
    if not place or not words[place - 1].is_verbal:
        return None
    verb = words[place - 1]
    stem = told[: len(told) - sum(len(word.surface) for word in words[place - 1 :])]
    denied = conjugation.negative(verb.lemma, verb.pos[4])
    endings = {
        "": verb.lemma,
        "た": conjugation.past(verb.lemma, verb.pos[4]),
        "ん": denied,
        "んでした": denied[:-1] + "かった",
    }
    ending = endings.get("".join(word.surface for word in words[place + 1 :]))
    return None if ending is None else stem + ending


def _split(sentence: str) -> tuple[str, str]:
    body = sentence.rstrip("。 　")
    return body, sentence[len(body) :]


def _words(body: str, told: str = "", words_told: Sequence[Token] = ()) -> tuple[Token, ...]:
    """Return the last words of a sentence: those of its last clause, where that is not too long."""
    clause = _CLAUSE.split(body[-_TAIL:])[-1]
    if told.endswith(clause):
        start = len(told) - len(clause)
        last = [word for word in words_told[-_LAST:] if word.start >= start]
        is_whole = len(last) == _LAST or (last and last[0].start == start)
        if is_whole and all(word.pos[1] != "括弧" for word in last):
            return tuple(word for word in last if word.pos[0] not in _SILENT)
    return tuple(token for token in plain_tokens(clause) if token.pos[0] not in _SILENT)
