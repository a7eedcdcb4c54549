"""What was agreed, confirmed or announced: the object of the last predicate, asked in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.drafting.ja import clauses, phrases, wording
from quizapp.drafting.proposals import Proposal
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.55
# How the object is asked for, by its particle and the predicate.
_ASKED = {
    ("で", "何について"): words("一致 合意"),
    ("に", "何に"): words("合意"),
    ("を", "何を"): words(
        "確認 決定 発表 約束 提案 表明 訴える 求める 目指す 要求 決める 宣言 禁止",
        "義務付ける 主張 提唱 発明 発見 批判 強調",
    ),
}
_WORD = {(verb, case): word for (case, word), verbs in _ASKED.items() for verb in verbs}


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for what was agreed, where the article has two other things that might have been."""
    parse = statement.parse
    last = len(parse.chunks) - 1
    arguments = parse.arguments(last)
    if not arguments or parse.chunks[last].form != "final":
        return
    what = arguments[-1]
    verb = parse.tokens[parse.chunks[last].first]
    word = _WORD.get((verb.surface if verb.pos[0] == "名詞" else verb.lemma, parse.chunks[what].case))
    subjects = [i for i in range(what) if parse.chunks[i].case in {"は", "が"}]
    if word is None or what != last - 1 or not subjects or not clauses.is_safely_parsed(parse, last):
        return
    key = parse.noun(what)
    ending = wording.as_question(parse, last)
    stem = clauses.asks(statement, f"{parse.text[: parse.start(what)]}{word}{ending}。")
    if not ending or not 6 <= len(key) <= 45 or not wording.may_stand(stem, key):
        return
    # What was 発明された is a thing with a name; phrases of other sentences are none.
    distractors = page.phrases_unlike(key, statement) if phrases.ending_of(parse, what) != "thing" else ()
    if distractors:
        yield Proposal(
            kind="single_choice",
            stem=stem,
            key=key,
            rule="agreement",
            weight=_WEIGHT,
            focus=key,
            distractors=distractors,
        )
