"""Chunks (文節) of a Japanese sentence and what each leans on: enough grammar to take a clause apart and
ask for a part.

A chunk is content words with the particles behind them. Heads are found by rules of thumb: the の-chunk
leans on the next noun, the を-chunk on the next predicate, the topic on the last one. Where that is
doubtful, callers must not ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizapp.drafting.ja.analysis import tokens as words_of
from quizapp.drafting.ja.folded import Folded, folded, unfolded
from quizapp.drafting.ja.heads import Chunk, head_of
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.ja.analysis import Token

_CONTENT = words(
    "名詞 代名詞 接頭辞 形状詞 副詞 連体詞 接続詞 感動詞 動詞 形容詞 記号",
)
_NOUNLIKE = words(
    "名詞 代名詞 接頭辞 形状詞 記号",
)
_LONE = words(
    "副詞 連体詞 接続詞 感動詞",
)
_INFLECTED = words(
    "動詞 形容詞",
)
_VARIED = _INFLECTED | {"助動詞"}
_SILENT = frozenset({"補助記号", "空白"})
_OF_NOUNS = frozenset({"など", "だけ", "のみ", "等", "ら"})
_PARTICLES = frozenset({"助詞", "助動詞"})
_GLUE = frozenset("・＝=-－‐/／%％&＆.．+＋~〜")
_COPULAS = frozenset({"助動詞-ダ", "助動詞-デス"})

# Verbs that with the particle before them are only a longer particle: に関する, によって, を通じて, として.
_COMPOUND = {
    "に": words(
        "関する 関す 対する 対す おける 於ける よる 因る 向ける 基づく 基く 伴う ともなう つく",
        "就く とる 取る おく 置く 沿う 際する 応じる 当たる あたる わたる 亘る ",
        "まつわる 反する 加える",
    ),
    "を": words(
        "通じる 通ずる 通す 巡る めぐる もって 以つ",
    ),
    "と": frozenset({"する"}),
}


@dataclass(eq=False, slots=True)
class Parse:
    """A sentence as chunks; offsets are characters of ``text``."""

    text: str
    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    _small: Folded | None = field(default=None, init=False, repr=False)

    def fold(self) -> None:
        """Put the words and chunks away until they are asked for: they take most of the memory of a long article."""
        self._small = folded(self.tokens, self.chunks)
        del self.tokens, self.chunks

    def forget(self) -> None:
        """Give up the words and chunks, which are hardly asked for again; they would be made anew."""
        self.tokens, self.chunks, self._small = (), (), None
        del self.tokens, self.chunks

    def __getattr__(self, name: str) -> Any:
        if name not in {"tokens", "chunks"}:
            raise AttributeError(name)
        if self._small is None:
            anew = parse(self.text, words_of(self.text))
            self.tokens, self.chunks = anew.tokens, anew.chunks
        else:
            self.tokens, self.chunks = unfolded(self._small)
        return getattr(self, name)

    def start(self, index: int) -> int:
        """Return where chunk ``index`` begins, with all that leans on it."""
        return self.chunks[index].start

    def noun_span(self, index: int) -> tuple[int, int]:
        """Return the place of the noun of chunk ``index`` without its particles, with all that leans on it."""
        chunk = self.chunks[index]
        return self.start(index), self.tokens[chunk.noun_end - 1].end

    def noun(self, index: int) -> str:
        """Return the noun of chunk ``index`` with what leans on it, without particles."""
        start, end = self.noun_span(index)
        return self.text[start:end]

    def core(self, index: int) -> str:
        """Return the noun compound of chunk ``index`` alone."""
        chunk = self.chunks[index]
        return self.text[self.tokens[chunk.first].start : self.tokens[chunk.noun_end - 1].end] if chunk.has_noun else ""

    def end(self, index: int) -> int:
        """Return where chunk ``index`` ends, without the comma or stop behind it."""
        chunk = self.chunks[index]
        last = chunk.last
        while last > chunk.first + 1 and self.tokens[last - 1].pos[0] in _SILENT:
            last -= 1
        return self.tokens[last - 1].end

    def predicates(self) -> list[int]:
        """Return the predicates of the sentence itself, not those inside a noun phrase."""
        return [i for i, chunk in enumerate(self.chunks) if chunk.form in {"continued", "final"}]

    def is_inside(self, index: int) -> bool:
        """Say whether a chunk belongs to a clause before a noun: the 制限が of 制限が必要であるという考え."""
        head = self.chunks[index].head
        while self.chunks[head].form == "quoted" and self.chunks[head].head > head:
            head = self.chunks[head].head
        return self.chunks[head].form == "adnominal"

    def arguments(self, predicate: int) -> list[int]:
        """Return the chunks that lean on a predicate, in order."""
        return [child for child in self.chunks[predicate].children if child < predicate]


def parse(text: str, tokens: tuple[Token, ...]) -> Parse:
    """Return the chunks of a sentence with their heads."""
    chunks = _merge_compound_particles(tokens, [_close(tokens, first, last) for first, last in _bounds(tokens)])
    for index in range(len(chunks) - 2, -1, -1):
        chunks[index].head = at = head_of(chunks, tokens, index)
        chunks[at].children = (index, *chunks[at].children)
    for chunk in chunks[:-1]:
        head = chunks[chunk.head]
        head.start = min(head.start, chunk.start)
    return Parse(text, tokens, tuple(chunks))


def _bounds(tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    first = 0
    for index in range(1, len(tokens)):
        if _starts(tokens, first, index):
            bounds.append((first, index))
            first = index
    if tokens:
        bounds.append((first, len(tokens)))
    return bounds


def _starts(tokens: tuple[Token, ...], first: int, index: int) -> bool:
    """Say whether a chunk begins with the token at ``index``, the one before having begun at ``first``."""
    token, before = tokens[index], tokens[index - 1]
    if before.pos[0] == "補助記号" and before.surface not in _GLUE:
        return token.pos[0] not in _SILENT
    if token.surface in _GLUE or before.surface in _GLUE:
        return before.pos[0] in _PARTICLES and token.pos[0] in _CONTENT
    if token.pos[0] not in _CONTENT:
        return False
    if token.pos[1] == "非自立可能" and token.pos[0] in _INFLECTED:
        return not _is_helper(tokens, first, index)
    return _parts(tokens, first, index)


def _parts(tokens: tuple[Token, ...], first: int, index: int) -> bool:
    """Say whether a content word stands apart from the word before it."""
    token, before = tokens[index], tokens[index - 1]
    if before.pos[0] in _PARTICLES:
        return True
    if before.pos[0] == "空白":
        return any(t.pos[0] in _PARTICLES for t in tokens[first:index])
    alone = before.pos[0] in _LONE or before.pos[0] in _INFLECTED or token.pos[0] in _LONE
    return alone or (token.pos[0] in _INFLECTED and before.pos[0] in _NOUNLIKE | {"接尾辞"})


def _is_helper(tokens: tuple[Token, ...], first: int, index: int) -> bool:
    """Tell the する of 作成する and the いる of ている from verbs that stand for themselves."""
    before = tokens[index - 1]
    if index == first or before.pos[0] in {"副詞", "連体詞", "接続詞"}:
        return False
    if before.pos[0] == "助詞":
        return before.surface in {"て", "で"} and before.pos[1] == "接続助詞"
    if before.is_noun or before.pos[0] == "接尾辞":
        return tokens[index].lemma in {"する", "できる", "出来る", "為る", "いたす", "なさる"}
    return True


def _close(tokens: tuple[Token, ...], first: int, last: int) -> Chunk:
    noun_end = _end_of_noun(tokens, first, last)
    comma = tokens[last - 1].pos[1] == "読点" or (last - 2 >= first and tokens[last - 2].pos[1] == "読点")
    chunk = Chunk(first, last, noun_end, comma=comma, start=tokens[first].start, has_noun=noun_end > first)
    if noun_end == last:
        return chunk
    rest = [token for token in tokens[noun_end:last] if token.pos[0] not in _SILENT]
    # だけ, など and ほど belong to the noun they follow.
    while chunk.has_noun and noun_end < last and tokens[noun_end].surface in _OF_NOUNS:
        noun_end += 1
        chunk.noun_end = noun_end
    if any(t.pos[0] in _VARIED or (t.pos[0] == "接尾辞" and t.pos[1] == "形容詞的") for t in rest):
        _set_form(chunk, tokens, rest)
    elif rest and rest[0].pos[0] == "助詞":
        chunk.case = "".join([t.surface for t in tokens[noun_end:last] if t.pos[0] == "助詞"])
    return chunk


def _end_of_noun(tokens: tuple[Token, ...], first: int, last: int) -> int:
    for index in range(first, last):
        surface, pos = tokens[index].surface, tokens[index].pos
        if pos[0] in _NOUNLIKE or (pos[0] == "接尾辞" and pos[1] == "名詞的") or (surface in _GLUE and index > first):
            continue
        if pos[0] != "空白" or not first < index < last - 1 or not _is_latin_name(tokens, index):
            return index
    return last


def _is_latin_name(tokens: tuple[Token, ...], space: int) -> bool:
    """Say whether a space stands inside a name: Debian 4.0."""
    before, after = tokens[space - 1], tokens[space + 1]
    return before.surface.isascii() and after.surface.isascii() and after.pos[0] in _NOUNLIKE


def _set_form(chunk: Chunk, tokens: tuple[Token, ...], rest: list[Token]) -> None:
    last = rest[-1]
    chunk.is_copula = chunk.has_noun and rest[0].pos[0] == "助動詞" and rest[0].pos[4] in _COPULAS
    if chunk.is_copula and len(rest) == 1 and rest[0].surface in {"な", "に", "で"} and not chunk.comma:
        chunk.form = "adnominal" if rest[0].surface == "な" else ""
        chunk.case = rest[0].surface if rest[0].surface != "な" else ""
        return
    nominal = next((i for i, t in enumerate(rest) if t.pos[1] == "準体助詞"), None)
    if nominal is not None and nominal > 0:
        chunk.noun_end = tokens.index(rest[nominal]) + 1
        chunk.has_noun = True
        chunk.case = "".join(t.surface for t in rest[nominal + 1 :] if t.pos[0] == "助詞")
        return
    if last.pos[0] == "助詞":
        if last.surface == "と" and last.pos[1] == "格助詞":
            chunk.form = "quoted"
        elif last.surface == "の":
            chunk.form = "adnominal"
        else:
            chunk.form = "continued"
    elif chunk.last == len(tokens):
        chunk.form = "final"
    elif chunk.comma or last.pos[5].startswith("連用形"):
        chunk.form = "continued"
    else:
        chunk.form = "adnominal"


def _merge_compound_particles(tokens: tuple[Token, ...], chunks: list[Chunk]) -> list[Chunk]:
    merged: list[Chunk] = []
    for chunk in chunks:
        before = merged[-1] if merged else None
        if before and before.has_noun and not before.comma and not before.form and _is_particle(tokens, before, chunk):
            before.last, before.comma = chunk.last, chunk.comma
            start = tokens[chunk.first].start
            end = max(t.end for t in tokens[chunk.first : chunk.last] if t.pos[0] not in _SILENT)
            before.case += "".join(t.surface for t in tokens[chunk.first : chunk.last] if start <= t.start < end)
            before.form = "adnominal" if chunk.form == "adnominal" else ""
        else:
            merged.append(chunk)
    return merged


def _is_particle(tokens: tuple[Token, ...], noun: Chunk, verb: Chunk) -> bool:
    words = tokens[verb.first : verb.last]
    if verb.has_noun or words[0].lemma not in _COMPOUND.get(noun.case, ()):
        return False
    rest = [t for t in words[1:] if t.pos[0] not in _SILENT]
    if noun.case == "と":
        return bool(rest) and rest[0].surface == "て" and all(t.surface in {"て", "の", "は", "も"} for t in rest)
    if verb.form == "final":
        return False
    return all(t.surface in {"て", "の", "は", "も", "た", "と", "ば"} for t in rest)
