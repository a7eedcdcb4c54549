"""How sure the article is: whether it tells something as a fact, a plan, an aim, a report or a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.ja import wording
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.ja.page import Page
    from quizapp.drafting.ja.statements import Statement

_WEIGHT = 0.72
# The key, then two ways in which the article does not tell it. What is only passed on (〜とされる) readers take for the
# article's own word.
_WAYS = {
    Modality.PLANNED: ("これから行う予定として", "すでに行われたこととして", "実現を望む期待として"),
    Modality.AIM: ("目指している目標・ねらいとして", "すでに達成されたこととして", "うわさや推測として"),
    Modality.INFERRED: ("推測として", "確認された事実として", "これから行う予定として"),
    Modality.EXPECTED: ("今後への期待・見通しとして", "すでに実現したこととして", "正式に決まった予定として"),
}


def find(page: Page, statement: Statement) -> Iterator[Proposal]:  # noqa: ARG001 (every rule is called so)
    """Yield the question how the article tells what it does not plainly state."""
    ways = _WAYS.get(statement.claim.modality)
    if ways is None or statement.claim.says:
        return
    content = wording.unhedged(statement.text)
    if re.search(r"[「『].{12,}[」』]|(?:応え|答え|話し|語っ|述べ)た$", content) or "こととされ" in statement.text:
        return
    if not 12 <= len(content) <= 75:
        return
    article = statement.anchor or "記事"
    stem = f"{article}は、「{wording.nested(content)}」という内容をどのように述べていますか。"
    if wording.may_stand(stem, ""):
        yield Proposal(
            kind="single_choice",
            stem=stem,
            key=ways[0],
            rule="certainty",
            weight=_WEIGHT,
            focus="certainty",
            distractors=ways[1:],
        )
