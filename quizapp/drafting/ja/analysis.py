"""Words of Japanese text, by SudachiPy with its core dictionary (loaded once, at first use; safe in threads)."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sudachipy import Dictionary, Morpheme, MorphemeList, SplitMode, Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

# Sudachi refuses more than 49,149 bytes; no sentence worth asking about comes near.
LONGEST = 2000


class Token(NamedTuple):
    """A word: where it stands in its sentence, its part of speech and its dictionary form."""

    surface: str
    start: int
    end: int
    pos: tuple[str, ...]
    lemma: str

    @property
    def is_verb(self) -> bool:
        """A verb that stands for itself or helps another."""
        return self.pos[0] == "動詞"

    @property
    def is_verbal(self) -> bool:
        """A verb, or a word that inflects as one behind it (れる, させる)."""
        return self.pos[0] == "動詞" or (self.pos[0] == "助動詞" and self.lemma in _VOICES)

    @property
    def is_noun(self) -> bool:
        """A word that a noun compound may hold."""
        return self.pos[0] in {"名詞", "接頭辞", "代名詞"} or (self.pos[0] == "接尾辞" and self.pos[1] == "名詞的")


_VOICES = frozenset({"れる", "られる", "せる", "させる"})
_OPEN, _CLOSE = "「『（(【", "」』）)】"
QUOTE = ("名詞", "括弧", "引用", "*", "*", "*")
ASIDE = ("名詞", "括弧", "補足", "*", "*", "*")

_lock = threading.Lock()
_local = threading.local()


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


def _tokenizer() -> Tokenizer:
    # A tokenizer may serve one thread at a time; the dictionary is shared.
    tokenizer: Tokenizer | None = getattr(_local, "tokenizer", None)
    if tokenizer is None:
        with _lock:
            tokenizer = _local.tokenizer = _dictionary().tokenizer(SplitMode.C)
    return tokenizer


def _morphemes(text: str) -> MorphemeList:
    return _tokenizer().tokenize(text)


# What the dictionary says of a word, by its number there; what it does not know has no number of its own.
_known: dict[int, tuple[str, tuple[str, ...], str]] = {}
_MOST_KNOWN = 60_000
_UNKNOWN = 0xF000_0000


def plain_tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a sentence, every bracket and what stands in it as words of their own."""
    found: list[Token] = []
    for morpheme in _morphemes(text[:LONGEST]):
        start, end, number = morpheme.begin(), morpheme.end(), morpheme.word_id()
        known = _known.get(number) or _look_up(morpheme, number)
        surface = text[start:end]
        # Mostly the very same word: a long article keeps each but once.
        if surface == known[0]:
            surface = known[0]
        found.append(_new(Token, (surface, start, end, known[1], known[2])))
    return tuple(found)


_new = tuple.__new__


def _look_up(morpheme: Morpheme, number: int) -> tuple[str, tuple[str, ...], str]:
    part = morpheme.part_of_speech_id()
    pos = _parts_of_speech.get(part)
    if pos is None:
        pos = _parts_of_speech[part] = morpheme.part_of_speech()
    surface, lemma = morpheme.surface(), morpheme.dictionary_form()
    word = (surface, pos, surface if lemma == surface else lemma)
    if number < _UNKNOWN:
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        _known[number] = word
    return word


_parts_of_speech: dict[int, tuple[str, ...]] = {}


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a sentence; what stands in brackets is one word (of part of speech QUOTE or ASIDE)."""
    found = plain_tokens(text)
    return tuple(_with_brackets_closed(text, found)) if any(mark in text for mark in _OPEN) else found


def _with_brackets_closed(text: str, words: Sequence[Token]) -> list[Token]:
    closed: list[Token] = []
    position = 0
    while position < len(words):
        word = words[position]
        end = _closing(words, position) if word.surface in _OPEN and word.surface else None
        if end is None:
            closed.append(word)
            position += 1
            continue
        pos = ASIDE if word.surface in "（(" else QUOTE
        surface = text[word.start : words[end].end]
        closed.append(Token(surface, word.start, words[end].end, pos, surface))
        position = end + 1
    return closed


def _closing(words: Sequence[Token], position: int) -> int | None:
    # Brackets nest; a bracket that is not closed within 80 words is a stray sign.
    depth = 0
    for index in range(position, min(len(words), position + 80)):
        if words[index].surface in _OPEN:
            depth += 1
        elif words[index].surface in _CLOSE:
            depth -= 1
            if depth == 0:
                return index
    return None


@lru_cache(maxsize=8_000)
def synonym_groups(word: str) -> tuple[int, ...]:
    """Return the numbers of the synonym groups that ``word`` stands in, when it is one word."""
    word = word[:60]
    # That the dictionary knows no other name for it is mostly seen without taking it apart.
    if not any(entry.synonym_group_ids() for entry in _dictionary().lookup(word)):
        return ()
    found = list(_morphemes(word))
    return tuple(found[0].synonym_group_ids()) if len(found) == 1 else ()


def are_synonyms(one: str, other: str) -> bool:
    """Say whether the dictionary knows two words as names of the same (米国 and アメリカ)."""
    groups = synonym_groups(one)
    return bool(groups) and any(group in groups for group in synonym_groups(other))


@lru_cache(maxsize=2_000)
def sound(word: str) -> str:
    """Return how ``word`` is read, in katakana: 大坂 and 大阪 are read alike."""
    return "".join(morpheme.reading_form() for morpheme in _morphemes(word[:60]))


def readings(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text, each with its reading in katakana; together the words are the text."""
    found: list[tuple[str, str]] = []
    end = 0
    for morpheme in _morphemes(text[:LONGEST]):
        if morpheme.begin() > end:
            found.append((text[end : morpheme.begin()], ""))
        found.append((morpheme.surface(), morpheme.reading_form()))
        end = morpheme.end()
    return (*found, (text[end:], ""))
