"""From proposals to drafts: items with their options in a fair order, facts with all their places, stable ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizapp.core.bank import Fact
from quizapp.core.inputs import Option
from quizapp.core.items import Cloze, ShortAnswer, SingleChoice, Term, TrueFalse
from quizapp.core.items.cloze import Gap
from quizapp.drafting.draft import Draft, stable_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.core.article import Claim
    from quizapp.core.bank import Evidence
    from quizapp.core.items import Item
    from quizapp.drafting.proposals import Proposal


class Told(NamedTuple):
    """A fact sentence as an assembler needs it: ``text`` stands alone."""

    text: str
    evidence: Evidence
    claim: Claim
    names: tuple[str, ...]
    explanation: str
    section: str
    flags: tuple[str, ...] = ()


def fact_of(language: str, told: Told, retold: Sequence[Told]) -> Fact:
    """Return the fact that ``told`` states, with the places where it is told again."""
    places = (told.evidence, *(other.evidence for other in retold))
    quotes = "\n".join(place.quote for place in places)
    terms = tuple(name for name in dict.fromkeys(told.names) if name in quotes)
    return Fact(stable_id(language, "fact", told.evidence.quote), told.text, places, told.claim, terms[:6])


def name_of(language: str, proposal: Proposal, told: Told) -> str:
    """Return the id of the draft that ``proposal`` makes: of one key and evidence the same, whatever else changes."""
    return stable_id(language, proposal.kind, proposal.rule, proposal.key, proposal.focus, told.evidence.quote)


def draft_of(
    language: str, name: str, proposal: Proposal, told: Told, fact: Fact, flags: tuple[str, ...], score: float
) -> Draft:
    """Return the draft, called ``name``, that ``proposal`` makes."""
    explanation = proposal.says or told.explanation
    item = _item(proposal, name, language, fact.id, plain_markdown(explanation))
    return Draft(name, item, fact, told.evidence, score, proposal.rule, flags)


def _item(proposal: Proposal, name: str, language: str, fact_id: str, explanation: str) -> Item:
    stem = plain_markdown(proposal.stem)
    match proposal.kind:
        case "single_choice":
            options = _options(proposal, name)
            return SingleChoice(
                id=name,
                language=language,
                fact_id=fact_id,
                explanation=explanation,
                stem=stem,
                options=options,
                ordered=proposal.ordered,
            )
        case "short_answer":
            return ShortAnswer(
                id=name,
                language=language,
                fact_id=fact_id,
                explanation=explanation,
                stem=stem,
                key=proposal.key,
                accepted=proposal.accepted,
            )
        case "true_false":
            return TrueFalse(
                id=name,
                language=language,
                fact_id=fact_id,
                explanation=explanation,
                stem=stem,
                holds=proposal.key == "true",
            )
        case "cloze":
            gap = Gap(proposal.key, () if proposal.distractors else proposal.accepted, proposal.distractors)
            return Cloze(id=name, language=language, fact_id=fact_id, explanation=explanation, stem=stem, gaps=(gap,))
        case "term":
            return Term(
                id=name, language=language, fact_id=fact_id, explanation=explanation, term=proposal.key,
                meaning=plain_markdown(proposal.meaning), accepted=proposal.accepted,
            )  # fmt: skip
        case unknown:
            raise ValueError(f"no rule may propose a {unknown}")


def _options(proposal: Proposal, name: str) -> tuple[Option, ...]:
    options = [
        Option(plain_markdown(proposal.key), correct=True),
        *(Option(plain_markdown(d)) for d in proposal.distractors),
    ]
    if proposal.ordered:
        return tuple(sorted(options, key=lambda option: (_first_numbers(option.text), option.text)))
    return tuple(sorted(options, key=lambda option: stable_id(name, option.text)))


def _first_numbers(text: str) -> tuple[float, ...]:
    return tuple(float(number) for number in re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))


_MARKS = re.compile(r"[*_`\[\]<>#|\\](?<!\\.)")


def plain_markdown(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands."""
    return _MARKS.sub(r"\\\g<0>", text) if _MARKS.search(text) else text
