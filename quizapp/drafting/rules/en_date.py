"""English dates: in what year something was founded, built, born or opened."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement

_HAPPENED = re.compile(
    r"^(?P<subject>(?:The |An? )?[A-Za-z][^,;:]{2,70}?) (?P<be>was|were) (?P<what>(?:first |officially |formally )?"
    r"(?:founded|built|born|opened|established|completed|created|published|discovered|invented|launched|introduced|signed|"
    r"destroyed|elected|abolished|released|designed|constructed|inaugurated|adopted|crowned|killed|formed|held)(?: [^,;:]{0,60}?)?) "
    r"(?P<word>in|on) (?P<date>(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4})\.$"
)


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the question for the date of a plain passive clause."""
    match = _HAPPENED.match(statement.text)
    if (
        match is None
        or statement.claim.modality is not Modality.ASSERTED
        or re.search(r"\d{4}", match["subject"] + match["what"])
    ):
        return
    if re.search(r"\b(?:and|who|which|that)\b", match["subject"]) or re.search(
        r"\b(?:and|but|who|which)\b", match["what"]
    ):
        return
    name = next((n for n in statement.names if n.text == match["date"]), None)
    subject = re.sub(r"^(?:The|An?) ", lambda m: m[0].lower(), match["subject"])
    word = "In what year" if re.fullmatch(r"\d{4}", match["date"]) else "When"
    stem = f"{word} {match['be']} {subject} {match['what']}?"
    distractors = page.distractors(name, statement, stem) if name else ()
    yield Proposal(
        kind="single_choice" if distractors else "short_answer",
        stem=stem,
        key=match["date"],
        rule="en_date",
        weight=0.85,
        focus=match["date"],
        distractors=distractors,
        ordered=True,
    )
