"""English terms: X is a Y that …, and what something is called or known as."""

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

_IS_A = re.compile(
    r"^(?:An? |The )?(?P<term>[A-Za-z][\w-]*(?: [\w-]+){0,3}?)(?: \([^()]*\))? (?:is|are) (?P<meaning>(?:an? |the )(?:[\w-]+ ){1,6}?"
    r"(?:that|which|who|in which|by which|where|whose|used|meant|made|caused|formed|consisting|designed|found) [^;:]{15,150})\.$"
)
_MEANS = re.compile(
    r"^(?:An? |The )?(?P<term>[A-Za-z][\w-]*(?: [\w-]+){0,3}?) (?:means (?P<doing>[a-z]+ing [^;:,]{15,150})|(?:is|are) (?P<thing>(?:an? |the )"
    r"(?:ability|power|act|process|practice|right|study|art|science|use) (?:to|of) [^;:,]{10,150}))[.;]"
)
_CALLED = re.compile(
    r"^(?P<what>[A-Z][^,;:]{12,110}?) (?P<be>is|are|was|were) (?:also |often |usually |commonly |sometimes )?(?P<verb>called|known as|named) "
    r"(?:the |an? )?[“\"]?(?P<term>[A-Za-z][\w'’-]*(?: [\w'’-]+){0,3})[”\"]?\.$"
)
_NOT_TERMS = re.compile(
    r"^(?:there|it|this|that|what|one|another|most|some|many|each|its|his|her|their|part|result|reason|purpose|goal|aim|example)\b",
    re.IGNORECASE,
)
_MISMATCH = re.compile(r"^[\w -]+ are an? |\ban? [\w -]+ that have ")
_CALLED_TWICE = re.compile(r"\b(?:called|named|known as)\b")
_ARTICLE = re.compile(r"^(?:The|An?) ")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield the term with its meaning, or the question what something is called."""
    if statement.claim.modality is not Modality.ASSERTED:
        return
    called = _CALLED.match(statement.text)
    if called and _is_askable(called["what"], called["term"]):
        what = _ARTICLE.sub(lambda match: match[0].lower(), called["what"])
        first = what.split()[0]
        if not any(name.startswith(first) for name in page.types):
            what = what[0].lower() + what[1:]
        stem = f"What {called['be']} {what} {called['verb']}?"
        yield Proposal(
            kind="short_answer",
            stem=stem,
            key=called["term"],
            rule="en_definition",
            weight=0.78,
            focus=called["term"],
        )
        return
    match = _IS_A.match(statement.text)
    match = match or _MEANS.match(statement.text)
    if match and (page.topic.is_named(match["term"]) or _MISMATCH.search(match[0])):
        return
    meaning = next((part for part in match.groups()[1:] if part), "") if match else ""
    if match is None or _NOT_TERMS.match(match["term"]) or match["term"].casefold() in meaning.casefold():
        return
    yield Proposal(
        kind="term",
        stem=meaning,
        key=match["term"],
        rule="en_definition",
        weight=0.76,
        focus=match["term"],
        meaning=meaning,
    )


def _is_askable(what: str, term: str) -> bool:
    is_open = _NOT_TERMS.match(what) is None and _CALLED_TWICE.search(what) is None
    # The phenomenon is known as rebound: which one, the paragraph tells.
    is_open = is_open and re.fullmatch(r"The \w+", what) is None
    return is_open and term.casefold() not in what.casefold()
