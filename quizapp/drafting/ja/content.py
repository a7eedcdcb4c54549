"""What a statement speaks of: the words that its retellings share with it."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from quizapp.drafting.duplicates import Content
from quizapp.drafting.ja.analysis import synonym_groups
from quizapp.drafting.ja.name_types import person_core

if TYPE_CHECKING:
    from quizapp.drafting.ja.statements import Statement

_PAIRS = {
    "日米": ("日本", "米国"),
    "日韓": ("日本", "韓国"),
    "日中": ("日本", "中国"),
    "米中": ("米国", "中国"),
    "日英": ("日本", "英国"),
}
_TELLING = frozenset({"名詞", "動詞", "形容詞", "形状詞"})


def content_of(statement: Statement) -> Content:
    """Return what retellings of a statement share with it."""
    people = frozenset(person_core(name.text) for name in statement.names if name.type == "person")
    return Content.of(statement.text + "。", _told(statement), statement.claim.modality.value, people)


def are_pair(one: str, other: str) -> bool:
    """Say whether a name means two countries (日米両国), of which the other is one."""
    return other in _PAIRS.get(one[:2], ()) or one in _PAIRS.get(other[:2], ())


def _told(statement: Statement) -> frozenset[str]:
    """Return what a statement speaks of, people by their names alone and words of one meaning as one."""
    people = [name for name in statement.names if name.type == "person" and person_core(name.text)]
    told = {person_core(name.text) for name in people}
    for token in statement.parse.tokens:
        if token.pos[0] not in _TELLING or token.pos[1] == "非自立可能" or len(token.surface) < 2:
            continue
        if not people or not any(name.start <= token.start < name.end for name in people):
            told.add(_meaning(token.lemma))
    told.update(*(members for pair, members in _PAIRS.items() if pair in statement.text))
    return frozenset(told)


def _meaning(word: str) -> str:
    groups = synonym_groups(word)
    return intern(f"#{min(groups)}") if groups else word
