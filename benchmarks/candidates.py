"""How many of the answers that people gave are among the best candidates, and the fitting of the weights.

    python benchmarks/candidates.py --questions FILE            measure the weights in force
    python benchmarks/candidates.py --questions FILE --folds 5  fit without a fifth of the articles, measure there
    python benchmarks/candidates.py --questions FILE --fit      write quizapp/drafting/weights/<language>.tsv, measure

The questions are a file in SQuAD's form (JSQuAD, XQuAD); it is not part of the project. ``exact``: the share of
questions with an answer that equals one of the first ten candidates of its paragraph (English: in lower case, without
articles). ``overlap``: the share with a candidate of F1 ≥ .5 (Japanese: of signs; English: of words).
``first_ten``: what the first ten whole spans of the paragraph give, the floor. ``best_possible``: what all spans give.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.weights import Answer, Paragraph, fit, plain
from quizapp.core.article import Article
from quizapp.drafting.ranking import FOLDER, ranked, seen, weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizapp.drafting.ranking import Seen, Weights

WANTED = 10
NOTES = {
    "ja": "JSQuAD v1.3, test split (yahoojapan/JGLUE), CC BY-SA 4.0",
    "en": "XQuAD, English, every second article (google-deepmind/xquad), CC BY-SA 4.0",
}


def main() -> None:
    """Measure or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, help="a file in SQuAD's form")
    parser.add_argument("--language", choices=("ja", "en"), default="ja")
    parser.add_argument("--folds", type=int, default=0, help="fit on the other articles, so many times")
    parser.add_argument("--fit", action="store_true", help="write the weights")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    if options.questions is None:
        print("candidates: no questions given (--questions FILE)")
        return
    paragraphs = read(options.questions, options.language)
    if options.fit:
        path = FOLDER / f"{options.language}.tsv"
        path.write_text(as_table(fit(paragraphs, options.language), options.language), encoding="utf-8")
    figures = (
        measure_apart(paragraphs, options.language, options.folds)
        if options.folds
        else measure(paragraphs, options.language)
    )
    print(json.dumps(figures) if options.json else "\n".join(f"{name:12} {value}" for name, value in figures.items()))


def read(path: Path, language: str) -> list[Paragraph]:
    """Return the paragraphs of a file, without the title that may stand before [SEP]."""
    found = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"].split(" [SEP] ", 1)[-1]
            cut = len(paragraph["context"]) - len(text)
            answers = [
                [Answer(answer["answer_start"] - cut, answer["text"]) for answer in question["answers"]]
                for question in paragraph["qas"]
            ]
            found.append(Paragraph(article["title"], text, seen(Article("", language, text)), answers))
    return found


def overlap(one: str, other: str, language: str) -> float:
    """Return F1 of the signs (Japanese) or words (English) that two texts share."""
    first, second = (list(one), list(other)) if language == "ja" else (one.split(), other.split())
    shared = sum((Counter(first) & Counter(second)).values())
    return 2 * shared / (len(first) + len(second)) if shared else 0.0


def shares(paragraphs: Sequence[Paragraph], language: str, chosen: Callable[[Paragraph], list[str]]) -> dict[str, Any]:
    """Return what share of the questions is met by the ``chosen`` texts of their paragraphs."""
    exact = near = total = 0
    for paragraph in paragraphs:
        texts = {plain(text, language) for text in chosen(paragraph)}
        for answers in paragraph.answers:
            wanted = {plain(answer.text, language) for answer in answers}
            total += 1
            exact += bool(wanted & texts)
            near += any(overlap(text, answer, language) >= 0.5 for text in texts for answer in wanted)
    return {"questions": total, "exact": round(exact / total, 4), "overlap": round(near / total, 4)}


def best(spans: list[Seen], weights: Weights) -> list[str]:
    """Return the first ten candidates of a paragraph."""
    return [candidate.text for candidate in ranked(weights, spans, WANTED)]


def measure(paragraphs: Sequence[Paragraph], language: str) -> dict[str, Any]:
    """Return the figures of the weights in force, the floor and the roof."""
    floor = shares(paragraphs, language, lambda p: list(dict.fromkeys(s.text for s in p.spans if s.is_whole))[:WANTED])
    roof = shares(paragraphs, language, lambda p: [s.text for s in p.spans])
    return {
        **shares(paragraphs, language, lambda p: best(p.spans, weights_of(language))),
        "first_ten": floor["exact"],
        "best_possible": roof["exact"],
    }


def measure_apart(paragraphs: Sequence[Paragraph], language: str, folds: int) -> dict[str, Any]:
    """Return the figures on articles that the weights were not fitted on."""
    sizes = Counter(paragraph.article for paragraph in paragraphs)
    loads, fold_of = [0] * folds, {}
    for article in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold_of[article] = loads.index(min(loads))
        loads[fold_of[article]] += sizes[article]
    parts: Counter[str] = Counter()
    kept = 0
    for fold in range(folds):
        table = fit([p for p in paragraphs if fold_of[p.article] != fold], language)
        weights = {(name, value): weight for name, value, weight in table}
        apart = [p for p in paragraphs if fold_of[p.article] == fold]
        result = shares(apart, language, lambda p, weights=weights: best(p.spans, weights))  # type: ignore[misc]
        for name in ("exact", "overlap"):
            parts[name] += round(result[name] * result["questions"])
        parts["questions"] += result["questions"]
        kept = max(kept, len(table))
    total = parts["questions"]
    return {
        "questions": total,
        "exact": round(parts["exact"] / total, 4),
        "overlap": round(parts["overlap"] / total, 4),
        "weights": kept,
    }


def as_table(table: list[tuple[str, str, float]], language: str) -> str:
    """Return the weights as lines of trait, value and weight, the traits in order and each one's greatest first."""
    head = [
        "# How much each trait of a span counts (log odds) for people asking for it.",
        f"# Written by benchmarks/candidates.py --fit from {NOTES[language]}.",
        "# trait, value, weight",
    ]
    ordered = sorted(table, key=lambda row: (row[0], -row[2], row[1]))
    return "\n".join([*head, *(f"{name}\t{value}\t{weight}" for name, value, weight in ordered)]) + "\n"


if __name__ == "__main__":
    main()
