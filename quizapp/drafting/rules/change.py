"""What became of something: Aを(から)Bに改称した gives Aを何に改称しましたか."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, wording
from quizapp.drafting.ja.blanks import hint
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.78
_RENAMED = words("改称 改名 変更 改める 変わる 変える 名称変更 社名変更 校名変更 昇格 転換 改編 改組 改築 改装")
_MOVED = words("移転 移設 遷都 移す 移る 移動 移住")
_RAISED = words("引き上げる 引き下げる 増える 減る 増やす 減らす 増加 減少 上昇 低下 拡大 縮小 短縮 延長")
_CHANGES = _RENAMED | _MOVED | _RAISED
_KINDS = frozenset({"quoted", "work", "organisation", "proper", "place", "rule", "term", "event"})


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for what something changed to, where the sentence says what changed."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    verb = parse.tokens[parse.chunks[last].first]
    done = verb.surface if verb.pos[0] == "名詞" else verb.lemma
    if done not in _CHANGES or parse.chunks[last].form != "final" or not clauses.is_safely_parsed(parse, last):
        return
    ending = wording.as_question(parse, last)
    subject = any(chunk.case in {"は", "が"} and chunk.has_noun for chunk in parse.chunks[:last])
    for name in statement.names:
        kind, chunk = page.type_of(name), parse.chunks[name.chunk]
        word = _word(done, kind, name.text)
        if not word or chunk.case not in {"に", "へ"} or chunk.head != last or name.chunk != last - 1:
            continue
        quoted = parse.core(name.chunk).strip("「」『』")
        if not ending or not subject or chunk.children or quoted != name.text:
            continue
        # What it was before, or what it is of, must be said.
        cases = {parse.chunks[i].case for i in parse.arguments(last) if i != name.chunk}
        if not cases & {"を", "から"} and not (done in _MOVED or done == "変わる"):
            continue
        start = parse.tokens[chunk.first].start
        stem = clauses.asks(statement, f"{parse.text[:start]}{word}{chunk.case}{ending}。")
        distractors = page.distractors(name, statement, stem)
        # Of common words others would do as well.
        if not distractors and kind == "term":
            stem = stem.replace(word + chunk.case, word + hint(name, kind) + chunk.case)
        if not wording.may_stand(stem, name.text) or not (distractors or 2 < len(name.text) <= 12):
            continue
        yield Proposal(
            kind="single_choice" if distractors else "short_answer",
            stem=stem,
            key=name.text,
            rule="change",
            weight=_WEIGHT,
            focus=name.text,
            accepted=() if distractors else page.accepted(name, statement),
            distractors=distractors,
            ordered=kind == "quantity",
        )


def _word(done: str, kind: str, text: str) -> str:
    if done in _MOVED and kind in {"place", "country"}:
        return "どこ"
    if done in _RAISED and kind == "quantity" and text[-1] in "%％人円台本件社校":
        return "何" + ("パーセント" if text[-1] in "%％" else text[-1])
    return "何" if done in _RENAMED and kind in _KINDS else ""
