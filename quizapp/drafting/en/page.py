"""An English article taken apart: its statements and the names that may stand for each other as wrong options."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from quizapp.core.article import ClaimKind, Modality
from quizapp.drafting import distractors, near_values, told_years
from quizapp.drafting.assembly import Told
from quizapp.drafting.duplicates import Content
from quizapp.drafting.en import names, targets, weighing
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
_COMMON_FIRST = words(
    "other many some most several early late later starting beginning originally initially recently formerly usually",
    "typically only eventually finally officially reportedly allegedly apparently approximately nearly roughly",
    "possibly probably previously currently generally commonly traditionally historically frequently subsequently",
    "ultimately",
)
_NEVER_NAMES = frozenset({"determiner", "preposition", "be", "pronoun", "owner", "joint"})
# Of a date, what may be another and leave it a date of the same form.
_MONTHS = re.compile(r"[A-Z][a-z]+|\d+")
_NEAR = 6
_RELATIONS = words("near along across toward towards around upon behind beside below above outside inside throughout")
# Another place than the one without such a word.
_APART = re.compile(r"(?:(?:North|South|East|West|Central)\w*|New|Upper|Lower|Great|Saint|San) ")
_MADE = re.compile(r" (?:invented|discovered|designed|painted|composed|founded|wrote|built|proposed|created)\b")
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
        self.initials = targets.initials(article.text)
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

    def number(self, statement: Statement) -> int:
        """Return the place of a statement among the statements."""
        return self._number[statement.position]

    def names_of(self, number: int) -> frozenset[str]:
        """Return the names that a statement tells."""
        return self._names[number]

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
        """Return what else the article calls a name: its initials or what they stand for, a longer or shorter name
        (Washington for George Washington, but not Market for Grainger Market), a person without the title.
        """
        if name.type in {"date", "quantity"}:
            return ()
        longer = (other for other in self.types if other.endswith(f" {name.text}") and " of " not in other)
        shorter = (other for other in self.types if name.text.endswith(f" {other}") and " of " not in name.text)
        others = [*names.untitled(name.text), *longer, *shorter]
        own = [other for other in others if not targets.is_plain(other) and not names.is_sort(other)]
        return tuple(
            other
            for other in dict.fromkeys((*self.initials.get(name.text, ()), *own))
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
        number = self.number(statement)
        asked = self.names_of(number) - {name.text}
        in_stem = frozenset(text for text in asked if text in stem)

        def is_refused(entry: Entry) -> bool:
            if not self._are_rivals(entry.text, name.text):
                return True
            if any(self.are_same(entry.text, text) for text in (*asked, name.text)):
                return True
            return any(distractors.tell_as_much(in_stem, self.names_of(other)) for other in entry.statements)

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
        """Return how likely a reader keeps a proposal as it stands, from 0 to 1."""
        return weighing.worth(self, statement, proposal)

    def worth_by_rule(self, statement: Statement, proposal: Proposal) -> float:
        """Return how good a proposal is by the rules alone, from 0 to 1."""
        return weighing.worth_by_rule(self, statement, proposal)


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
    return f"According to the article, {stem[0].lower() + stem[1:] if _opens_with_a_word(stem) else stem}"


def _opens_with_a_word(stem: str) -> bool:
    """Say whether the first word of a stem has its capital from its place alone (not WHO, April, Will Holt)."""
    first, _, rest = stem.partition(" ")
    word = first.rstrip(",").lower()
    if len(word) > 1 and first.rstrip(",").isupper():
        return False
    kind = class_of(word)
    return (
        word in _COMMON_FIRST
        or kind in _NEVER_NAMES
        or (kind not in {"", "month"} and not rest.lstrip("{")[:1].isupper())
    )


def explanation(text: str, claim: Claim) -> str:
    """Return what the article says, and how sure it is of it."""
    return f"The article says: “{text}”" + _CERTAINTY.get(claim.modality, "")
