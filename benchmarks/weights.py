"""The fitting of the weights: what brings the answers that people gave among the first spans of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizapp.drafting.ranking import Seen

# Traits that are seen less often are left out, and so many weights are kept at most: those that matter most.
RARE, KEPT, ROUNDS = 20, 7000, 3
Numbers: TypeAlias = "dict[tuple[str, str], int]"


class Answer(NamedTuple):
    """What a person answered, and where it begins."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its spans and, for each question, the answers that people gave."""

    article: str
    spans: list[Seen]
    answers: list[list[Answer]]


class Sample(NamedTuple):
    """What is learned from a paragraph: the numbers of each span's traits, and the spans that answer each question."""

    traits: Any
    answers: list[list[int]]


def plain(text: str, language: str) -> str:
    """Return a text as answers are compared."""
    return text if language == "ja" else " ".join(re.sub(r"\b(?:a|an|the)\b", " ", text.lower()).split()).strip(" .,")


def sample(paragraph: Paragraph, numbers: Numbers, language: str) -> Sample:
    """Return what is learned from a paragraph; traits that are new get the next of the ``numbers``."""
    rows = [[numbers.setdefault(trait, len(numbers)) for trait in span.traits.items()] for span in paragraph.spans]
    return Sample(np.array(rows, np.int32), [_answering(paragraph.spans, q, language) for q in paragraph.answers])


class Ground(NamedTuple):
    """Where fitting starts: the traits, where each number's weight stands, the kind of each; the first weights.

    ``sure`` is how sharply the likelihood of what they were fitted on bends at each.
    """

    traits: list[tuple[str, str]]
    places: Any
    group: Any
    start: Any
    sure: Any


def ground(samples: Sequence[Sample], others: Sequence[Sample], numbers: Numbers) -> Ground:
    """Return where fitting starts: the traits that are not rare, with the weights that fit ``others``."""
    seen_traits = np.concatenate([one.traits.ravel() for one in (*samples, *others)])
    counts = np.bincount(seen_traits, minlength=len(numbers))
    traits = [trait for trait, number in numbers.items() if trait[1] and counts[number] >= RARE]
    places = np.full(len(numbers), len(traits))
    places[[numbers[trait] for trait in traits]] = np.arange(len(traits))
    names = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in traits))}
    group = np.array([names[name] for name, _ in traits])
    start = sure = np.zeros(len(traits))
    if others:
        task = Task(others, places, len(traits))
        start = _settled(task, start, group)
        sure = task.curvature(start)
    return Ground(traits, places, group, start, sure)


def fit(samples: Sequence[Sample], begin: Ground) -> list[tuple[str, str, float]]:
    """Return the table of weights: what brings the answers of each paragraph's questions among its first spans.

    The weights are pulled towards those of the ground.
    """
    task = Task(samples, begin.places, len(begin.traits))
    weights = _settled(task, begin.start, begin.group)
    # What leaving a weight out would cost (LeCun 1990) says which ones stay.
    cost = (task.curvature(weights) + begin.sure) * weights**2
    weights[np.argsort(-cost, kind="stable")[KEPT:]] = 0
    rows = [(*trait, round(float(weight), 2)) for trait, weight in zip(begin.traits, weights, strict=True)]
    return [("", "", round(task.constant(weights), 2)), *(row for row in rows if row[2])]


def _settled(task: Task, start: Any, group: Any) -> Any:
    """Return weights pulled towards ``start``, how far each kind of trait settles for itself (MacKay 1992)."""
    weights, strength = start, np.full(max(group) + 1, 20.0)
    for _ in range(ROUNDS):
        weights = minimised(lambda w: _pulled(task.unlikelihood(w), w, start, strength[group]), weights, 30)  # noqa: B023
        sure = task.curvature(weights)
        told = np.bincount(group, sure / (sure + strength[group]))
        apart = np.maximum(np.bincount(group, (weights - start) ** 2), 1e-9)
        strength = np.sqrt(strength * np.clip(told / apart, 3, 3000))  # half way each time
    return weights


def _pulled(reached: tuple[float, Any], weights: Any, start: Any, pull: Any) -> tuple[float, Any]:
    """Return a loss and its slope with the pull of the weights towards ``start``."""
    apart = weights - start
    return reached[0] + float((pull * apart**2).sum()) / 2, reached[1] + pull * apart


class Task:
    """What is to be learned: each paragraph's spans, and which of them answer each of its questions."""

    def __init__(self, samples: Sequence[Sample], places: Any, count: int) -> None:
        self.count = count
        samples = [one for one in samples if len(one.traits)]
        self.traits = [places[column] for column in np.concatenate([one.traits for one in samples]).T]
        self.sizes = np.array([len(one.traits) for one in samples])
        self.paragraphs = _starts(self.sizes)
        firsts = zip(self.paragraphs, samples, strict=True)
        answers = [first + np.array(spans) for first, one in firsts for spans in one.answers if spans]
        self.answers = np.concatenate(answers)
        self.answer_sizes = np.array([len(one) for one in answers])
        self.questions = _starts(self.answer_sizes)
        self.asked = np.array([sum(map(bool, one.answers)) for one in samples], float)

    def scores(self, weights: Any) -> Any:
        """Return the score of each span."""
        known = np.append(weights, 0.0)
        return sum(known[column] for column in self.traits)

    def slope(self, change: Any) -> Any:
        """Return the slope of the weights from that of the scores."""
        columns = (np.bincount(column, change, self.count + 1) for column in self.traits)
        return sum(columns, np.zeros(self.count + 1))[:-1]

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
