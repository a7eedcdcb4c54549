"""Candidates: the spans of a text that people are likely to ask for, best first.

A language finds spans and says what is to be seen of each (its traits). How much each trait counts stands in
``weights/<language>.tsv``, fitted on questions that people asked (``benchmarks/candidates.py``).
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quizapp.core.article import Article

# What the spans that share words with one already given lose: the next best thing is more often elsewhere.
OVERLAP_COST = 0.15
FOLDER = Path(__file__).parent / "weights"
Weights: TypeAlias = "dict[tuple[str, str], float]"


@dataclass(frozen=True, slots=True)
class Seen:
    """A span with its traits: values such as "quantity" under names such as "type"."""

    text: str
    start: int
    end: int
    type: str
    is_whole: bool
    traits: dict[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that could be an answer: ``text[start:end]`` of the article, how likely people ask for it (0 to 1)."""

    text: str
    start: int
    end: int
    type: str
    score: float


def candidates(article: Article, limit: int | None = None) -> tuple[Candidate, ...]:
    """Return the candidates of ``article``, best first; no two have the same text."""
    return tuple(ranked(weights_of(article.language), seen(article), limit))


def seen(article: Article) -> list[Seen]:
    """Return every span that could be an answer with its traits, as often as it stands in the article."""
    language = article.language if article.language == "ja" else "en"
    found: list[Seen] = list(import_module(f"quizapp.drafting.{language}.candidate_spans").spans(article))
    times, told = Counter(span.text for span in found), Counter[str]()
    for span in found:
        span.traits["type, times"] = f"{span.type} {min(times[span.text], 4)}"
        span.traits["mention"] = f"{min(told[span.text], 2)}/{min(times[span.text], 3)}"
        told[span.text] += 1
    return found


def ranked(weights: Weights, spans: Iterable[Seen], limit: int | None) -> Iterator[Candidate]:
    """Yield the best ``limit`` of ``spans``, best first, each text once: where it stands best."""
    heap = [(-_total(weights, span), span.start, -span.end, 0, span) for span in spans]
    heapq.heapify(heap)
    given: dict[str, Seen] = {}
    while heap and (limit is None or len(given) < limit):
        total, start, end, looked_at, span = heapq.heappop(heap)
        if span.text in given:
            continue
        newer = islice(given.values(), looked_at, None) if limit else ()
        overlaps = sum(s.start < span.end and span.start < s.end for s in newer)
        if overlaps:
            heapq.heappush(heap, (total + OVERLAP_COST * overlaps, start, end, len(given), span))
            continue
        given[span.text] = span
        yield Candidate(span.text, span.start, span.end, span.type, round(1 / (1 + math.exp(total)), 4))


def _total(weights: Weights, span: Seen) -> float:
    return sum(weights.get(trait, 0.0) for trait in span.traits.items()) + weights["", ""]


def weights_of(language: str) -> Weights:
    """Return how much each trait of a language counts; under ("", "") what every span begins with."""
    return table("ja" if language == "ja" else "en")


def total(name: str, traits: Iterable[tuple[str, str]]) -> float:
    """Return how much traits count together by the table of ``name``, each of them once."""
    return sum(map(table(name).get, dict.fromkeys(traits), repeat(0.0)))


def chance(name: str, by_rule: float, seen: float) -> float:
    """Return how likely a reader keeps a draft: by the table of ``name``, from what its rule says of it and what the
    traits ``seen`` count together.
    """
    weights = table(name)
    return 1 / (1 + math.exp(-(weights["", ""] + weights["by rule", ""] * by_rule + seen)))


@lru_cache
def table(name: str) -> Weights:
    """Return a table of weights, read once."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {(name, value): float(weight) for name, value, weight in rows}
