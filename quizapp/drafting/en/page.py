"""An English article taken apart: its statements and the names that may stand for each other as wrong options."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting import distractors, near_values, told_years
from quizapp.drafting.assembly import Told
from quizapp.drafting.duplicates import Content
from quizapp.drafting.en import names
from quizapp.drafting.en.statements import statements
from quizapp.drafting.glossary import Shelf
from quizapp.drafting.proposals import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizapp.core.article import Article, Claim, Sentence
    from quizapp.drafting.distractors import Entry
    from quizapp.drafting.en.names import Name
    from quizapp.drafting.en.statements import Statement
    from quizapp.drafting.proposals import Proposal

_SURE = {Modality.ASSERTED: 1.0, Modality.ASSESSMENT: 0.75}
_CERTAINTY = {
    Modality.PLANNED: " It is told as a plan.",
    Modality.AIM: " It is told as an aim.",
    Modality.REPORTED: " It is told as what others say.",
    Modality.INFERRED: " It is told as likely, not as certain.",
    Modality.EXPECTED: " It is told as something expected.",
    Modality.ASSESSMENT: " It is told as an assessment.",
}
# What counts from the sentences before: later, In November.
_LOOSE = re.compile(
    r"\b(?:later|then|previously|at (?:the|that) time|that (?:year|day|month)|again|the (?:following|next|other|same)|"
    r"eventually|meanwhile|subsequently|did not|also)\b|^(?:After|Before|Although|Despite|While|With) ",
)
# The statement was …: which one stands before.
_UNNAMED = re.compile(
    r"^(?:The|Another|Some|Other|One|Both|Several) "
    r"(?:statement|work|book|film|song|program(?:me)?|group|company|school|"
    r"event|act|plan|project|incident|result|decision|report|city|team|former|latter|two|three|others?|band|album|"
    r"species|system|process|reaction|treaty|battle|war|king|queen|president|author|region|area|river|population)\b"
    r"(?! (?:of|in|by|at|for|on|to|named|called) )"
)
_YEARLESS = re.compile(
    r"^(?!.*\b\d{4}\b).*\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_WORD = re.compile(r"[A-Za-z]{4,}")


_NO_WISHES = Wishes()


class Page:
    """What rules may ask about an article."""

    language = "en"

    def __init__(self, article: Article, sentences: Iterable[Sentence], wishes: Wishes = _NO_WISHES) -> None:
        self.article = article
        self._shelf = Shelf(wishes.groups, lambda _term: "")
        self.statements: Sequence[Statement] = tuple(statements(article, sentences))
        votes: dict[str, Counter[str]] = {}
        for statement in self.statements:
            for name in statement.names:
                votes.setdefault(name.text, Counter())[name.type] += 1 if name.type == "name" else 2
        self.types = {text: counter.most_common(1)[0][0] for text, counter in votes.items()}
        self._latest = told_years.latest_year(article)
        self.pool = distractors.Pool()
        self._names: list[frozenset[str]] = []
        for number, statement in enumerate(self.statements):
            for name in statement.names:
                self.pool.add(name.text, self.types[name.text], number)
            self._names.append(frozenset(name.text for name in statement.names))
        self._number = {statement.position: number for number, statement in enumerate(self.statements)}

    @property
    def lent(self) -> dict[str, str]:
        """The terms that the groups lend, and where each is from."""
        return self._shelf.origins

    def worded(self, statement: Statement, proposal: Proposal) -> str:  # noqa: ARG002 (as in other languages)
        """Return a proposal's stem: English has one register, and asks of nothing that is not named."""
        return proposal.stem

    def type_of(self, name: Name) -> str:
        """Return the type that the article as a whole gives a name."""
        return self.types[name.text]

    def are_same(self, one: str, other: str) -> bool:
        """Say whether one name is the other, or its last or first part (Curie for Marie Curie)."""
        first, second = set(one.split()), set(other.split())
        return one == other or first <= second or second <= first

    def distractors(self, name: Name, statement: Statement, stem: str) -> tuple[str, ...]:
        """Return two wrong options for ``name``, or ()."""
        kind = self.types[name.text]
        if kind in {"date", "quantity"}:
            told = statement.text + statement.evidence.quote
            return near_values.near_values(name.text, near_values.Around(told, last=self._latest))
        beside = [text for text in dict.fromkeys(self._shelf.beside(name.text)) if text not in self.article.text]
        if kind == "name":
            return tuple(beside[: distractors.WANTED]) if len(beside) >= distractors.WANTED else ()
        number = self._number[statement.position]
        asked = self._names[number] - {name.text}
        in_stem = frozenset(text for text in asked if text in stem)

        def is_refused(entry: Entry) -> bool:
            if kind == "organisation" and names.is_common(entry.text) != names.is_common(name.text):
                return True
            if any(self.are_same(entry.text, text) for text in (*asked, name.text)):
                return True
            return any(self._tells_as_much(other, in_stem) for other in entry.statements)

        chosen = distractors.choose(
            name.text,
            self.pool.near(kind, number),
            statement=number,
            taboo=statement.text + statement.evidence.quote + stem,
            is_refused=is_refused,
        )
        chosen = (*chosen, *beside)[: distractors.WANTED]
        return chosen if len(chosen) == distractors.WANTED else ()

    def _tells_as_much(self, number: int, names: frozenset[str]) -> bool:
        shared = len(names & self._names[number])
        return shared >= 2 and shared * 5 >= len(names) * 3

    def content(self, statement: Statement) -> Content:
        """Return what retellings of a statement share with it."""
        words = frozenset(word.casefold() for word in _WORD.findall(statement.text))
        return Content.of(statement.text, words, statement.claim.modality.value)

    def told(self, statement: Statement) -> Told:
        """Return what an assembler needs of a statement."""
        hedged = statement.claim.modality is not Modality.ASSERTED
        return Told(
            text=statement.text,
            evidence=statement.evidence,
            claim=statement.claim,
            names=tuple(name.text for name in statement.names),
            explanation=explanation(statement.text, statement.claim),
            section=statement.section,
            flags=("hedged",) if hedged else (),
        )

    def worth(self, statement: Statement, proposal: Proposal) -> float:
        """Weigh the rule's record, how sure the article is, and the sentence's length and place."""
        length = max(0, len(proposal.stem) - 130) * 0.001
        length += 0.08 * bool(_LOOSE.search(statement.text)) + 0.1 * bool(_YEARLESS.search(statement.text))
        length += 0.15 * bool(_UNNAMED.search(statement.text))
        well = 0.02 * (len(statement.names) > 1) + 0.02 * statement.opens
        return max(0.0, min(1.0, proposal.weight * _SURE.get(statement.claim.modality, 0.85) + well - length))


def asks(statement: Statement, stem: str) -> str:
    """Return ``stem`` as asked of the article, where the article is not sure and does not say who says so."""
    if statement.claim.modality in {Modality.ASSERTED, Modality.ASSESSMENT} or stem.startswith("According to"):
        return stem
    return f"According to the article: {stem}"


def explanation(text: str, claim: Claim) -> str:
    """Return what the article says, and how sure it is of it."""
    return f"The article says: “{text}”" + _CERTAINTY.get(claim.modality, "")
