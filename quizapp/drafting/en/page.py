"""An English article taken apart: its statements and the names that may stand for each other as wrong options."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from quizapp.core.article import ClaimKind, Modality
from quizapp.drafting import distractors, near_values, told_years
from quizapp.drafting.assembly import Told
from quizapp.drafting.duplicates import Content
from quizapp.drafting.en import names, standing, targets
from quizapp.drafting.en.statements import statements
from quizapp.drafting.en.word_classes import class_of
from quizapp.drafting.glossary import Shelf
from quizapp.drafting.proposals import Wishes
from quizapp.drafting.words import words

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
_WORD = re.compile(r"[A-Za-z]{4,}")
_ROLE = re.compile(r"\b(?P<role>[a-z]{4,}) $")
# Of a date, what may be another and leave it a date of the same form.
_MONTHS = re.compile(r"[A-Z][a-z]+|\d+")
_NEAR = 6
_RELATIONS = words("near along across toward towards around upon behind beside below above outside inside throughout")
_MADE = re.compile(r" (?:invented|discovered|designed|painted|composed|founded|wrote|built|proposed|created)\b")
_STREET = re.compile(r"\b(?:Street|Ave|Avenue|Freeway|Highway|Interstate|Route)\b")
# Another place than the one without such a word.
_APART = re.compile(r"(?:(?:North|South|East|West)\w*|New|Upper|Lower|Great|Saint|San) ")
_HEAD = 50
# So short a sentence tells too little to know what is missing (In 1994, the club was founded).
_BRIEF = 50
# Nobody remembers numbers of more figures.
_EXACT = 3
_DIGITS = re.compile(r"\D")
# Since when a round year is as exact as any.
_EXACT_SINCE = 1900


_NO_WISHES = Wishes()


class Page:
    """What rules may ask about an article."""

    language = "en"

    def __init__(self, article: Article, sentences: Iterable[Sentence], wishes: Wishes = _NO_WISHES) -> None:
        self.article = article
        self._shelf = Shelf(wishes.groups, lambda _term: "")
        sentences = tuple(sentences)
        self.statements: Sequence[Statement] = tuple(statements(article, sentences))
        facts = (sentence.text for sentence in sentences if sentence.claim.kind is ClaimKind.FACT)
        self.topic = targets.Topic(article.title, next(facts, ""))
        self._initials = targets.initials(article.text)
        self._roles: dict[str, set[str]] = {}
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
                self._roles.setdefault(name.text, set()).update(_roles(statement.text, name))
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

    def is_askable(self, statement: Statement, name: Name) -> bool:
        """Say whether one name of a statement can be asked for: what is missing can be known, and is not told."""
        text = statement.text
        if names.is_listed(text, name) or not targets.is_whole(text, name) or targets.is_trifle(text, name):
            return False
        return not (targets.is_given_away(text, name) or self.topic.is_named(name.text))

    def also_called(self, name: Name) -> tuple[str, ...]:
        """Return the longer or shorter names that the article has for a name: Washington for George Washington."""
        if name.type in {"date", "quantity"}:
            return ()
        longer = (other for other in self.types if other.endswith(f" {name.text}") and " of " not in other)
        shorter = (other for other in self.types if name.text.endswith(f" {other}") and " of " not in name.text)
        return tuple(
            other
            for other in dict.fromkeys((*self._initials.get(name.text, ()), *longer, *shorter))
            if not self.topic.is_named(other)
            and "." not in other[:2]
            and not _APART.match(max(other, name.text, key=len))
        )

    def are_same(self, one: str, other: str) -> bool:
        """Say whether one name is the other, or its last or first part (Curie for Marie Curie)."""
        first, second = set(one.split()), set(other.split())
        return one == other or first <= second or second <= first

    def distractors(self, name: Name, statement: Statement, stem: str) -> tuple[str, ...]:
        """Return two wrong options for ``name``, or ()."""
        kind = self.types[name.text]
        if kind in {"date", "quantity"}:
            told = statement.text + statement.evidence.quote
            near = self._dates_beside(name.text, told) or near_values.near_values(
                name.text, near_values.Around(told, last=self._latest)
            )
            return () if _sticks_out(name.text, near) else near
        beside = [text for text in dict.fromkeys(self._shelf.beside(name.text)) if text not in self.article.text]
        if kind == "name":
            return tuple(beside[: distractors.WANTED]) if len(beside) >= distractors.WANTED else ()
        number = self._number[statement.position]
        asked = self._names[number] - {name.text}
        in_stem = frozenset(text for text in asked if text in stem)

        def is_refused(entry: Entry) -> bool:
            if not self._are_rivals(entry.text, name.text):
                return True
            if any(self.are_same(entry.text, text) for text in (*asked, name.text)):
                return True
            return any(distractors.tell_as_much(in_stem, self._names[other]) for other in entry.statements)

        chosen = distractors.choose(
            name.text,
            self.pool.near(kind, number),
            statement=number,
            taboo=statement.text + statement.evidence.quote + stem,
            is_refused=is_refused,
        )
        chosen = (*chosen, *beside)[: distractors.WANTED]
        return chosen if len(chosen) == distractors.WANTED else ()

    def _dates_beside(self, key: str, told: str) -> tuple[str, ...]:
        """Return two days or months of the article near one, of other years: they are likelier than any counted out."""
        year = told_years.years_told(key)
        if key.isdigit() or len(year) != 1 or told_years.years_told(told) != year:
            return ()
        found = {
            abs(other - min(year)): text
            for text, kind in self.types.items()
            if kind == "date" and _MONTHS.sub("", text) == _MONTHS.sub("", key) and text not in told
            for other in told_years.years_told(text)
            if 0 < abs(other - min(year)) <= _NEAR
        }
        nearest = tuple(found[apart] for apart in sorted(found))[: distractors.WANTED]
        return nearest if len(nearest) == distractors.WANTED else ()

    def _are_rivals(self, one: str, other: str) -> bool:
        """Say whether two names are of one sort: quarterbacks, Universities, Battles."""
        kinds = _kind_word(one), _kind_word(other)
        return bool(self._roles[one] & self._roles[other]) or (kinds[0] == kinds[1] != "")

    def forget_before(self, number: int) -> None:
        """Keep all: no statement takes much memory."""

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
        """Weigh the rule's record, how sure the article is, and what the sentence leaves to its paragraph."""
        text = statement.text
        lost = 0.15 * (len(text) < _BRIEF) + max(0, len(proposal.stem) - 130) * 0.001 + standing.cost(text, self.topic)
        lost += 0.1 * bool(_STREET.search(text)) + 0.1 * self._is_everywhere(proposal.key)
        # Initials that are spelled out nowhere are learned by heart.
        lost += 0.1 * (proposal.key[:3].isupper() and proposal.key[:3].isalpha() and proposal.key not in self._initials)
        lost += 0.15 * (
            self.types.get(proposal.key) == "quantity" and len(_DIGITS.sub("", proposal.key).strip("0")) > _EXACT
        )
        well = 0.02 * (len(statement.names) > 1) + 0.02 * statement.opens + 0.04 * self.topic.is_in(text[:_HEAD])
        return max(0.0, min(1.0, proposal.weight * _SURE.get(statement.claim.modality, 0.85) + well - lost))

    def _is_everywhere(self, name: str) -> bool:
        """Say whether so much is told of a name that it is the first guess in any gap."""
        return self.pool.count(name) > max(3, len(self.statements) // 6)


def _roles(text: str, name: Name) -> list[str]:
    """Return what a name is said to be, or to have done: a quarterback, one who made something."""
    before, after = _ROLE.search(text[: name.start]), _MADE.match(text[name.end :])
    said = [before["role"]] if before and before["role"] not in _RELATIONS and not class_of(before["role"]) else []
    return said + (["maker"] if after else [])


def _kind_word(name: str) -> str:
    """Return the word for a name's sort: University of it, or the County it is; "" for a lone word."""
    first, of, _ = name.partition(" of ")
    return (first if of else name.rsplit(maxsplit=1)[-1]) if " " in name else ""


def _sticks_out(key: str, near: Iterable[str]) -> bool:
    """Say whether the key can be told by its form (1500 beside 1507), or an option is out of the question (100%)."""
    is_round = key.isdigit() and int(key) % 50 == 0 and int(key) < _EXACT_SINCE
    return is_round or any(re.match(r"100(?: ?%| per)", value) for value in near)


def asks(statement: Statement, stem: str) -> str:
    """Return ``stem`` as asked of the article, where the article is not sure and does not say who says so."""
    if statement.claim.modality in {Modality.ASSERTED, Modality.ASSESSMENT} or stem.startswith("According to"):
        return stem
    return f"According to the article: {stem}"


def explanation(text: str, claim: Claim) -> str:
    """Return what the article says, and how sure it is of it."""
    return f"The article says: “{text}”" + _CERTAINTY.get(claim.modality, "")
