"""Articles: their text, the places in it, and how each sentence speaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = ("ja", "en")
# How questions about a Japanese article end: です・ます or だ・である.
REGISTERS = ("polite", "plain")


class ClaimKind(StrEnum):
    """What sort of sentence it is; only facts are asked about."""

    FACT = "fact"
    OPINION = "opinion"
    QUESTION = "question"
    HEADING = "heading"
    BOILERPLATE = "boilerplate"
    CHATTER = "chatter"


class Modality(StrEnum):
    """How sure the article is of what it says."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    AIM = "aim"
    REPORTED = "reported"
    INFERRED = "inferred"
    EXPECTED = "expected"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Claim:
    """How a sentence speaks; ``says`` names who says it, "" for the article itself."""

    kind: ClaimKind = ClaimKind.FACT
    modality: Modality = Modality.ASSERTED
    says: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text, in characters: ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span runs from {self.start} to {self.end}")

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the article and its claim; ``section`` is the heading it stands under."""

    text: str
    span: Span
    claim: Claim = field(default_factory=Claim)
    section: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article has its knowledge from; ``url`` may be ""."""

    name: str
    url: str = ""


def _names_a_page(url: str) -> bool:
    """Say whether an address leads further than to a site: other articles may come from the same site."""
    _scheme, _mark, place = url.partition("://")
    return bool(place.partition("/")[2])


@dataclass(frozen=True, slots=True)
class Article:
    """A text to ask about. Every span counts characters of ``text``."""

    title: str
    language: str
    text: str
    published: date | None = None
    sources: tuple[Source, ...] = ()

    def is_edition_of(self, other: Article) -> bool:
        """Say whether both are the same article, whatever it said at the time.

        A source with an address of its own tells, whatever the title became; else all that is said of the article.
        """
        pages = {source.url for source in self.sources} & {source.url for source in other.sources}
        return any(map(_names_a_page, pages)) or replace(self, text="") == replace(other, text="")

    def at(self, span: Span) -> str:
        """Return the words that stand at ``span``."""
        return self.text[span.start : span.end]

    def paragraph(self, span: Span) -> Span:
        """Return the paragraph (the run of lines without an empty one) around ``span``."""
        before = self.text.rfind("\n\n", 0, span.start)
        after = self.text.find("\n\n", span.end)
        start = 0 if before < 0 else before + 2
        return Span(start, max(span.end, len(self.text.rstrip())) if after < 0 else after)

    def places_of(self, quote: str) -> list[Span]:
        """Return every place where ``quote`` stands word for word; a quote does not overlap itself."""
        places: list[Span] = []
        start = self.text.find(quote) if quote else -1
        while start >= 0:
            places.append(Span(start, start + len(quote)))
            start = self.text.find(quote, start + len(quote))
        return places
