"""The stages that all languages share: rules are asked, retellings become one fact, the best drafts are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from quizapp.drafting import assembly, selection
from quizapp.drafting.draft import Origins
from quizapp.drafting.duplicates import retellings
from quizapp.drafting.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quizapp.core.article import Article
    from quizapp.drafting.assembly import Told
    from quizapp.drafting.draft import Draft
    from quizapp.drafting.duplicates import Content
    from quizapp.drafting.proposals import Proposal

# The share of the work that is done when the statements are taken apart.
READ = 0.4
# Of a fact told many times, so many tellings are tried for the best one to ask about.
_TELLINGS_TRIED = 4
_NOT_NAMES = frozenset({"certainty", "denial"})


class Page(Protocol):
    """An article taken apart by a language; its statements are that language's own values."""

    language: str
    article: Article

    @property
    def lent(self) -> Mapping[str, str]:
        """The terms that the groups lend, and whether each is of a "bank" or the "glossary"."""

    def worded(self, statement: Any, proposal: Proposal) -> str:
        """Return a proposal's stem in the register that is wanted, saying what it is about."""

    @property
    def statements(self) -> Sequence[Any]:
        """What can be asked about, in the order of the article."""

    def are_same(self, one: str, other: str) -> bool:
        """Say whether two names mean the same."""

    def content(self, statement: Any) -> Content:
        """Return what retellings of a statement share with it."""

    def told(self, statement: Any) -> Told:
        """Return what an assembler needs of a statement."""

    def forget_before(self, number: int) -> None:
        """Give up what takes memory of the statements before one: they will hardly be asked about again."""

    def worth(self, statement: Any, proposal: Proposal) -> float:
        """Return how good a proposal is, from 0 to 1."""


def drafts(page: Page, limit: int | None, advance: Callable[[float], None]) -> tuple[Draft, ...]:
    """Return drafts for a page, best first."""
    selected = selection.select(_choices(page, advance), page.language, limit=limit, are_same=page.are_same)
    made = (assembly.draft_of(page.language, choice.id, *choice.made_of, choice.score) for choice in selected)
    origins = Origins(page.article)
    return tuple(origins.told(draft, page.lent) for draft in made)


def _choices(page: Page, advance: Callable[[float], None]) -> Iterator[selection.Choice]:
    groups = retellings([page.content(statement) for statement in page.statements])
    for done, group in enumerate(groups, 1):
        page.forget_before(group[0])
        told = {number: page.told(page.statements[number]) for number in group}
        proposals = {n: list(_proposals(page, page.statements[n], told[n])) for n in group[:_TELLINGS_TRIED]}
        best = max(proposals, key=lambda number: (_promise(proposals[number]), -number))
        fact = assembly.fact_of(page.language, told[best], [told[n] for n in group if n != best])
        flags = (*told[best].flags, *(("retold",) if len(group) > 1 else ()))
        for found in proposals[best]:
            proposal = found._replace(stem=page.worded(page.statements[best], found))
            score = round(min(1.0, page.worth(page.statements[best], proposal) + 0.03 * (len(group) > 1)), 3)
            name = assembly.name_of(page.language, proposal, told[best])
            yield selection.Choice(
                id=name,
                kind=proposal.kind,
                score=score,
                fact=fact.id,
                stem=proposal.stem,
                focus=proposal.focus or proposal.key,
                rule=proposal.rule,
                section=told[best].section,
                position=best,
                is_false=proposal.kind == "true_false" and proposal.key == "false",
                frame=selection.frame_of(proposal.stem),
                # Many are never chosen, and no draft is made of them.
                made_of=(proposal, told[best], fact, flags),
            )
        advance(READ + (1 - READ) * done / len(groups))


def _promise(proposals: list[Proposal]) -> float:
    return sum(sorted((proposal.weight for proposal in proposals), reverse=True)[:2])


def _proposals(page: Page, statement: Any, told: Told) -> Iterator[Proposal]:
    for rule in RULES:
        if rule.language == page.language:
            for proposal in rule.find(page, statement):
                # What only a replaced reference says is not what this sentence says.
                if proposal.focus in _NOT_NAMES or proposal.kind == "true_false" or proposal.key in told.evidence.quote:
                    yield proposal
