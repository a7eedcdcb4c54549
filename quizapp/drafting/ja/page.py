"""A Japanese article taken apart: its statements, what its names are, and which names mean the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from quizapp.drafting import distractors
from quizapp.drafting.assembly import Told
from quizapp.drafting.glossary import Shelf
from quizapp.drafting.ja import phrases, register, spellings, standing, telling, wording
from quizapp.drafting.ja.analysis import are_synonyms, tokens
from quizapp.drafting.ja.chunks import parse
from quizapp.drafting.ja.content import are_pair, content_of
from quizapp.drafting.ja.name_types import person_core
from quizapp.drafting.ja.names import names_of
from quizapp.drafting.ja.options import Options
from quizapp.drafting.ja.people import People
from quizapp.drafting.ja.statements import LOOKED_BACK, statements
from quizapp.drafting.ja.topic import Topic, has_strayed
from quizapp.drafting.ja.weighing import Weighing
from quizapp.drafting.proposals import Wishes
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.core.article import Article, Sentence
    from quizapp.drafting.duplicates import Content
    from quizapp.drafting.ja.chunks import Parse
    from quizapp.drafting.ja.names import Name
    from quizapp.drafting.ja.statements import Statement
    from quizapp.drafting.proposals import Proposal

_ALIAS = re.compile(
    r"([一-鿿ァ-ヴーA-Za-z]{2,20})[（(](?:以下、?「?|通称、?|略称、?|略して、?)?([A-Za-zァ-ヴー一-鿿]{2,20})」?[)）]"
)
_LONGEST_TITLE = 24
_LONGEST_HALF = 3
# So many statements before and behind one tell what it is told among.
_NEAR = 3
_TITLE_ASIDE = re.compile(r"[（(]([^（()）]{2,})[)）]$")
_WIDE = frozenset({"日本", "東京", "国際", "中国"})
# What a sentence adds in brackets is too much to read in a question; the evidence keeps it.
_LONG_ASIDE = re.compile(r"[（(]以下[、は][^（()）{}]*[)）]|[（(](?:[^（()）{}]|[（(][^（()）{}]*[)）]){10,}[)）](?=.)")
# What a definition says is so of itself.
_DEFINES = frozenset({"definition"})
# Of a name that stands everywhere, so many statements are looked at for what might be right as well.
_LOOKED_AT = 40
_STATIVE = words("ある いる なる できる 存在 異なる 含む 言う いう 持つ もつ 有する 伴う 関わる 親しむ 好む")


def _type_alone(term: str) -> str:
    """Return the type of a term that stands by itself, "" where it is not one name."""
    parsed = parse(term, tokens(term))
    return next((name.type for name in names_of(parsed) if name.text == term), "") if parsed.chunks else ""


_NO_WISHES = Wishes()


class Page:
    """What rules may ask about an article."""

    language = "ja"

    def __init__(self, article: Article, sentences: Iterable[Sentence], wishes: Wishes = _NO_WISHES) -> None:
        self.article = article
        self._in_register = register.plain if wishes.register == "plain" else register.polite
        self._shelf = Shelf(wishes.groups, _type_alone)
        self.topic = Topic(article)
        self.statements: list[Statement] = []
        self._contents: list[Content] = []
        self._strays: list[bool] = []
        self._topics: list[str] = []
        self._phrases: list[phrases.Phrase] = []
        for statement in statements(article, sentences, self.topic):
            self._take(statement)
        self._times = Counter(self._topics)
        self.types = self._vote()
        self.pool = distractors.Pool()
        self.proper = {name.text for statement in self.statements for name in statement.names if name.is_proper}
        self.aliases: dict[str, str] = {}
        self._reasons: list[tuple[int, wording.Reason]] | None = None
        self._chronicles: dict[int, bool] = {}
        self._leads: dict[int, bool] = {}
        self._of_topic: dict[int, bool] = {}
        self._chosen: dict[tuple[int, str], tuple[str, ...]] = {}
        self.names: list[tuple[str, ...]] = []
        for number, statement in enumerate(self.statements):
            for name in statement.names:
                self.pool.add(name.text, self.types[name.text], number)
            self.names.append(tuple(dict.fromkeys(name.text for name in statement.names)))
            for match in _ALIAS.finditer(statement.text):
                self.aliases[match[2]] = match[1]
        self._shorts: dict[str, list[str]] = {}
        for short, long in self.aliases.items():
            self._shorts.setdefault(long, []).append(short)
        people = {text: self._told_of(text) for text, kind in self.types.items() if kind == "person"}
        self.people = People(people, article.text)
        self._options = Options(self, self._shelf)
        self._weighing = Weighing(self)
        self._forgotten = 0
        self._number = {statement.position: number for number, statement in enumerate(self.statements)}

    def _take(self, statement: Statement) -> None:
        """Note what takes the words of a statement, and put them away once those behind it do not look back at it."""
        before = self.statements[-1] if self.statements else None
        had = bool(self._strays) and self._strays[-1]
        self._strays.append(has_strayed(statement, before, self.article, self.topic, had=had))
        at = standing.topic_at(statement.parse)
        self._topics.append(statement.parse.core(at) if at >= 0 else "")
        self._contents.append(content_of(statement))
        self._phrases += phrases.of(statement)
        self.statements.append(statement)
        if len(self.statements) > LOOKED_BACK:
            self.statements[-LOOKED_BACK - 1].parse.fold()

    @property
    def lent(self) -> dict[str, str]:
        """The terms that the groups lend, and where each is from."""
        return self._shelf.origins

    def worded(self, statement: Statement, proposal: Proposal) -> str:
        """Return a proposal's stem in the register that is wanted, after the topic where it does not name it."""
        stem = telling.in_the_past(_LONG_ASIDE.sub("", proposal.stem), statement, lambda: self.is_chronicle(statement))
        stem = telling.with_whole_names(stem, self._whole_names(statement), proposal.key)
        stem = self._in_register(stem, statement.text, statement.parse.tokens)
        if proposal.rule in _DEFINES:
            return stem
        return self.topic.lead(stem, proposal.key, may_be_of_other=self._strays[self.number(statement)])

    def is_chronicle(self, statement: Statement) -> bool:
        """Say whether a statement tells what somebody did among what was done long ago, in whatever tense."""
        number = self.number(statement)
        if number not in self._chronicles:
            self._chronicles[number] = telling.is_chronicle(
                statement, self.statements[max(0, number - _NEAR) : number + _NEAR + 1], self.article.text, self.types
            )
        return self._chronicles[number]

    def _whole_names(self, statement: Statement) -> dict[str, str]:
        """Return by half of what name a statement calls people, with the whole names told before."""
        halves = [n.text for n in statement.names if self.types[n.text] == "person" and not self.is_title(n.text)]
        first = statement.parse.chunks[0]
        who = statement.parse.core(0) if first.case in {"は", "が"} else ""
        # 平野 is a plain too: that somebody is called so shows in the article's 平野良三 alone.
        if 2 <= len(who) <= _LONGEST_HALF and who not in self.types and not self.is_title(who):
            halves.append(who)
        wholes = {half: self.people.whole(half) for half in halves}
        start, text = statement.evidence.span.start, self.article.text
        return {half: whole for half, whole in wholes.items() if whole and 0 <= text.find(whole) < start}

    def may_lead(self, statement: Statement) -> bool:
        """Say whether a statement speaks of the article's topic without saying so, as far as that is sure."""
        number = self.number(statement)
        if number not in self._leads:
            sure = bool(self.topic.name) and not self._strays[number]
            self._leads[number] = sure and not standing.is_about_a_name(statement)
        return self._leads[number]

    def is_of_topic(self, statement: Statement) -> bool:
        """Say whether what a statement is about by its own words is the article's topic."""
        number = self.number(statement)
        if number not in self._of_topic:
            self._of_topic[number] = self.topic.is_named_in(standing.named_topic(statement))
        return self._of_topic[number]

    def _vote(self) -> dict[str, str]:
        votes: dict[str, dict[str, int]] = {}
        for statement in self.statements:
            for name in statement.names:
                given = votes.setdefault(name.text, {})
                given[name.type] = given.get(name.type, 0) + 1
        return {text: max(given, key=given.__getitem__) for text, given in votes.items()}

    def topic_of(self, number: int) -> str:
        """Return the word for what a statement says it is about, "" for none."""
        return self._topics[number]

    def times_topic(self, word: str) -> int:
        """Return how many statements say that they are about a word, up to 3 and more."""
        return min(self._times[word], 3)

    def type_of(self, name: Name) -> str:
        """Return the type that the article as a whole gives a name."""
        return self.types[name.text]

    def number(self, statement: Statement) -> int:
        """Return the place of a statement among the statements."""
        return self._number[statement.position]

    def _told_of(self, text: str) -> tuple[str, ...]:
        entry = self.pool.find(text)
        return tuple(self.statements[n].text for n in entry.statements[:_LOOKED_AT]) if entry else ()

    def are_same(self, one: str, other: str) -> bool:
        """Say whether two names mean the same: by title, by brackets, by dictionary, or as a pair (日米両国)."""
        one, other = self.aliases.get(one, one), self.aliases.get(other, other)
        if one == other:
            return True
        first, second = person_core(one), person_core(other)
        is_titled = (first != one or second != other) and min(len(first), len(second)) > 1
        if is_titled and (first.startswith(second) or second.startswith(first)):
            return True
        return are_pair(one, other) or are_synonyms(one, other)

    def is_title(self, text: str) -> bool:
        """Say whether a name is what the whole article is about: it answers too many questions to be asked for."""
        title = self.article.title
        core = person_core(text) or text
        return bool(title) and len(title) <= _LONGEST_TITLE and (core in title or title in text)

    def is_told_by_title(self, text: str) -> bool:
        """Say whether the title gives a name away: 神戸市 and 神戸村 in an article on 神戸外国人居留地."""
        title, half = self.article.title, text[: max(2, (len(text) + 1) // 2)]
        # 谷田部(つくば市) tells つくば市.
        aside = _TITLE_ASIDE.search(title)
        if aside and aside[1] in text:
            return True
        if self.is_title(text) or len(title) > _LONGEST_TITLE:
            return self.is_title(text)
        return (half not in _WIDE and title.startswith(half)) or (len(half) > 2 and half in title)

    def other_names(self, name: Name) -> tuple[str, ...]:
        """Return what else a typed answer may be called."""
        others = [name.reading] if name.reading else []
        if self.types.get(name.text) == "person":
            core = person_core(name.text)
            others += [core, *(text for text in self.people.called(core) if self.are_same(text, name.text))]
        others += self._shorts.get(name.text, ())
        if name.text in self.aliases:
            others.append(self.aliases[name.text])
        return tuple(dict.fromkeys(other for other in others if other and other != name.text))

    def accepted(self, name: Name, statement: Statement) -> tuple[str, ...]:
        """Return what else is right for one who types a name of a statement: its other names and spellings."""
        own = tuple(t for t in statement.parse.tokens if name.start <= t.start < name.end)
        spelt = spellings.of(name.text, self.types.get(name.text, name.type), own)
        return tuple(dict.fromkeys((*self.other_names(name), *spelt)))

    def distractors(self, name: Name, statement: Statement, stem: str = "") -> tuple[str, ...]:
        """Return two wrong options for ``name``, or () where two good ones are not to be had.

        Without a ``stem`` they must do for the whole statement; those are looked up once.
        """
        found = self._options.of(name, statement, stem) if stem else self._chosen_for(name, statement)
        return found if len(found) == distractors.WANTED else ()

    def _chosen_for(self, name: Name, statement: Statement) -> tuple[str, ...]:
        place = (self.number(statement), name.text)
        if place not in self._chosen:
            self._chosen[place] = self._options.of(name, statement, statement.text)
        return self._chosen[place]

    def content(self, statement: Statement) -> Content:
        """Return what retellings of a statement share with it; known until the first statements are forgotten."""
        return self._contents[self.number(statement)]

    def forget_before(self, number: int) -> None:
        """Give up the words of statements that are no longer near enough to be looked at, and what is known of them."""
        while self._forgotten < number - _NEAR:
            self.statements[self._forgotten].parse.forget()
            self._forgotten += 1
        for known in (self._contents, self._chosen, self._chronicles, self._leads, self._of_topic):
            known.clear()
        self._weighing.forget()

    def told(self, statement: Statement) -> Told:
        """Return what an assembler needs of a statement."""
        return Told(
            text=statement.text + "。",
            evidence=statement.evidence,
            claim=statement.claim,
            names=tuple(name.text for name in statement.names),
            explanation=wording.explanation(statement.text, statement.claim),
            section=statement.section,
            flags=(*statement.flags, *(("hedged",) if wording.is_hedged(statement.claim) else ())),
        )

    def worth(self, statement: Statement, proposal: Proposal) -> float:
        """Return how good a proposal is, from 0 to 1."""
        return self._weighing.of(statement, proposal)

    def worth_by_rule(self, statement: Statement, proposal: Proposal) -> float:
        """Return how good a proposal is by the rules alone, from 0 to 1."""
        return self._weighing.by_rule(statement, proposal)

    def phrases_unlike(self, key: str, statement: Statement) -> tuple[str, ...]:
        """Return two phrases from other sections of ``key``'s form that speak of other things, or ()."""
        return phrases.unlike(key, statement, self._phrases)

    def reasons_unlike(self, key: str, statement: Statement, *, is_cause: bool) -> tuple[str, ...]:
        """Return two reasons (or purposes) of other statements, those nearest first, or ()."""
        if self._reasons is None:
            told = ((s.position, wording.reason(s.text)) for s in self.statements)
            self._reasons = [(at, reason) for at, reason in told if reason and wording.may_stand(reason.text, "")]
        others = [(abs(at - statement.position), r.text) for at, r in self._reasons if r.is_cause == is_cause]
        near = [text for _, text in sorted(others)[:_LOOKED_AT] if not distractors.are_alike(text, key)]
        chosen = list(dict.fromkeys(near))[: distractors.WANTED]
        return tuple(chosen) if len(chosen) == distractors.WANTED else ()

    @staticmethod
    def is_stative(parse: Parse, predicate: int) -> bool:
        """Say whether a predicate only says that something is there or becomes so: nobody does that."""
        return parse.tokens[parse.chunks[predicate].first].lemma in _STATIVE
