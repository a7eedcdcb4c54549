"""The fitting of the weights: what brings the answers that people gave among the first spans of a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizapp.drafting.ranking import Seen

# Fitting brings the answers among the first six; four places are left for what is alike.
PLACES, ROUNDS = 6, 6
# Traits that are seen less often are left out, and weights that are too small to tell of.
RARE, SMALL = {"ja": 15, "en": 6}, {"ja": 0.05, "en": 0.03}


class Answer(NamedTuple):
    """What a person answered, and where it begins."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its spans and, for each question, the answers that people gave."""

    article: str
    text: str
    spans: list[Seen]
    answers: list[list[Answer]]


def plain(text: str, language: str) -> str:
    """Return a text as answers are compared."""
    return text if language == "ja" else " ".join(re.sub(r"\b(?:a|an|the)\b", " ", text.lower()).split()).strip(" .,")


def fit(paragraphs: Sequence[Paragraph], language: str) -> list[tuple[str, str, float]]:
    """Return the table of weights: what brings the answers of each paragraph's questions among its first spans."""
    spans = [span for paragraph in paragraphs for span in paragraph.spans]
    common = Counter(trait for span in spans for trait in span.traits.items() if trait[1])
    numbers = {trait: n for n, trait in enumerate(t for t, count in common.items() if count >= RARE[language])}
    task = Task(paragraphs, numbers, language)
    names = list(dict.fromkeys(name for name, _ in numbers))
    group = np.array([names.index(name) for name, _ in numbers])
    pull, weights = np.full(len(names), 20.0), np.zeros(len(numbers))
    for _ in range(ROUNDS):
        weights = minimised(lambda w: pulled(task.unlikelihood(w), w, pull[group]), weights, 40)  # noqa: B023
        # How far each kind of trait is pulled to 0 is what its own weights say (MacKay 1992), half way each time.
        sure = task.curvature(weights)
        told = np.bincount(group, sure / (sure + pull[group]))
        pull = np.sqrt(pull * np.clip(told / np.maximum(np.bincount(group, weights**2), 1e-9), 3, 3000))
    weights = minimised(lambda w: pulled(task.lateness(w), w, pull[group] / 2), weights, 150)
    table = [(*trait, round(float(weights[number]), 2)) for trait, number in numbers.items()]
    kept = (row for row in table if abs(row[2]) >= SMALL[language])
    return [("", "", round(task.constant(weights), 2)), *kept]


def pulled(reached: tuple[float, Any], weights: Any, pull: Any) -> tuple[float, Any]:
    """Return a loss and its slope with the pull of the weights towards 0."""
    return reached[0] + float((pull * weights**2).sum()) / 2, reached[1] + pull * weights


class Task:
    """What is to be learned: each paragraph's spans, and which of them answer each of its questions."""

    def __init__(self, paragraphs: Sequence[Paragraph], numbers: dict[tuple[str, str], int], language: str) -> None:
        spans = [span for paragraph in paragraphs for span in paragraph.spans]
        at = [[numbers[trait] for trait in span.traits.items() if trait in numbers] for span in spans]
        self.count = len(numbers)
        self.traits = np.array([number for row in at for number in row])
        self.lengths = np.array([len(row) for row in at])
        self.rows = _starts(self.lengths)
        answers: list[list[int]] = []
        sizes, asked, first = [], [], 0
        for paragraph in paragraphs:
            found = [_answering(paragraph.spans, question, language) for question in paragraph.answers]
            answers += [[first + index for index in one] for one in found if one]
            if paragraph.spans:
                sizes.append(len(paragraph.spans))
                asked.append(sum(map(bool, found)))
            first += len(paragraph.spans)
        self.answers = np.array([index for one in answers for index in one])
        self.answer_sizes = np.array([len(one) for one in answers])
        self.questions = _starts(self.answer_sizes)
        self.sizes, self.asked = np.array(sizes), np.array(asked, float)
        self.paragraphs = _starts(self.sizes)
        self.bars = np.zeros(len(sizes))

    def scores(self, weights: Any) -> Any:
        """Return the score of each span."""
        return np.add.reduceat(weights[self.traits], self.rows)

    def slope(self, change: Any) -> Any:
        """Return the slope of the weights from that of the scores."""
        return np.bincount(self.traits, np.repeat(change, self.lengths), self.count)

    def shares(self, weights: Any) -> tuple[Any, Any, Any]:
        """Return the scores, each span's share of its paragraph's attention, and the log of the whole."""
        scores = self.scores(weights)
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, self.paragraphs), self.sizes))
        whole = np.add.reduceat(powers, self.paragraphs)
        return (
            scores,
            powers / np.repeat(whole, self.sizes),
            np.log(whole) + np.maximum.reduceat(scores, self.paragraphs),
        )

    def unlikelihood(self, weights: Any) -> tuple[float, Any]:
        """Return how unlikely the questions are when each falls on one span, and the slope."""
        scores, share, whole = self.shares(weights)
        best = np.maximum.reduceat(scores[self.answers], self.questions)
        powers = np.exp(scores[self.answers] - np.repeat(best, self.answer_sizes))
        sums = np.add.reduceat(powers, self.questions)
        met = np.bincount(self.answers, powers / np.repeat(sums, self.answer_sizes), len(scores))
        loss = float((self.asked * whole).sum() - (best + np.log(sums)).sum())
        return loss, self.slope(share * np.repeat(self.asked, self.sizes) - met)

    def curvature(self, weights: Any) -> Any:
        """Return for each weight how sharply the unlikelihood bends there."""
        _, share, _ = self.shares(weights)
        return self.slope(share * (1 - share) * np.repeat(self.asked, self.sizes))

    def lateness(self, weights: Any) -> tuple[float, Any]:
        """Return how unlikely it is that an answer of each question comes among the first, and the slope.

        A paragraph's bar is where the chances of its spans to pass add up to ``PLACES``.
        """
        scores = self.scores(weights)
        wanted = np.minimum(PLACES, 0.8 * self.sizes)
        for _ in range(30):
            chance = _chance(scores - np.repeat(self.bars, self.sizes))
            bend = np.add.reduceat(chance * (1 - chance), self.paragraphs)
            step = np.clip((np.add.reduceat(chance, self.paragraphs) - wanted) / (bend + 1e-3), -1, 1)
            self.bars = self.bars + step
            if np.abs(step).max() < 1e-4:
                break
        chance = _chance(scores - np.repeat(self.bars, self.sizes))
        missed = np.exp(np.add.reduceat(np.log1p(-np.minimum(chance[self.answers], 1 - 1e-9)), self.questions))
        met = 1 - missed + 1e-9
        lift = np.bincount(
            self.answers, np.repeat(-missed / met, self.answer_sizes) * chance[self.answers], len(scores)
        )
        moved = chance * (1 - chance) + 1e-9
        down = np.add.reduceat(lift, self.paragraphs) / np.add.reduceat(moved, self.paragraphs)
        return -float(np.log(met).sum()), self.slope(lift - moved * np.repeat(down, self.sizes))

    def constant(self, weights: Any) -> float:
        """Return what to add to all scores, so that as many spans are to be asked for as are."""
        scores, wanted = self.scores(weights), len(set(self.answers.tolist()))
        low, high = -50.0, 50.0
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (low, middle) if _chance(scores + middle).sum() > wanted else (middle, high)
        return low


def _starts(sizes: Any) -> Any:
    return np.cumsum([0, *sizes[:-1]])


def _chance(scores: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def _answering(spans: list[Seen], answers: list[Answer], language: str) -> list[int]:
    """Return the spans that equal an answer: where the answer stands, else wherever its words stand."""
    places: dict[str, list[int]] = {}
    for start, text in answers:
        places.setdefault(plain(text, language), []).append(start)
    same = [n for n, span in enumerate(spans) if plain(span.text, language) in places]
    near = [n for n in same if any(abs(spans[n].start - start) < 5 for start in places[plain(spans[n].text, language)])]
    return near or same


def minimised(loss: Callable[[Any], tuple[float, Any]], weights: Any, most: int) -> Any:
    """Return the weights of the least loss after at most so many steps of L-BFGS (Nocedal 1980)."""
    value, slope = loss(weights)
    steps: list[tuple[Any, Any]] = []
    for _ in range(most):
        direction = slope.copy()
        kept = []
        for step, change in reversed(steps):
            share = step @ direction / (step @ change)
            direction -= share * change
            kept.append(share)
        if steps:
            direction *= (steps[-1][0] @ steps[-1][1]) / (steps[-1][1] @ steps[-1][1])
        else:
            direction /= max(1.0, float(np.abs(direction).max()))
        for (step, change), share in zip(steps, reversed(kept), strict=True):
            direction += step * (share - change @ direction / (step @ change))
        length, reached = 1.0, (value, slope)
        while length > 1e-6:
            reached = loss(weights - length * direction)
            if reached[0] <= value - 1e-4 * length * float(slope @ direction):
                break
            length /= 2
        step, change = -length * direction, reached[1] - slope
        if value - reached[0] < 1e-6 * abs(value):
            return weights + step
        weights, value, slope = weights + step, reached[0], reached[1]
        if step @ change > 0:
            steps = [*steps[-9:], (step, change)]
    return weights
