"""How many of the answers that people gave are among the best candidates, and the fitting of the weights.

    python benchmarks/candidates.py --questions FILE              measure the weights in force
    python benchmarks/candidates.py --questions FILE --folds 5    fit without a fifth of the articles, measure there
    python benchmarks/candidates.py --questions FILE --fit        write quizapp/drafting/weights/<language>.tsv, measure

The questions are files in SQuAD's form; none is part of the project. With ``--others FILE ...`` fitting begins at what
those say, questions asked in another manner; with ``--apart FILE ...`` it measures there. What the weights were
fitted with stands in ``docs/drafting.md``.

``exact``: the share of questions with an answer that equals one of the first ten candidates of its paragraph (English:
in lower case, without articles). ``overlap``: the share with a candidate of F1 ≥ .5 (Japanese: of signs; English: of
words). ``first_ten``: what the first ten whole spans of the paragraph give, the floor. ``best_possible``: what all
spans give.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.weights import Answer, Numbers, Paragraph, Sample, fit, ground, plain, sample
from quizapp.core.article import Article
from quizapp.drafting.ranking import FOLDER, ranked, seen, weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizapp.drafting.ranking import Seen, Weights

WANTED = 10
NOTES = {
    "ja": "JSQuAD v1.3, test split, CC BY-SA 4.0; JaQuAD, CC BY-SA 3.0",
    "en": "XQuAD, every second article, CC BY-SA 4.0; SQuADShifts, New Wikipedia, CC BY 4.0",
}


def main() -> None:
    """Measure or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, nargs="+", default=[], help="files in SQuAD's form")
    parser.add_argument("--others", type=Path, nargs="+", default=[], help="more questions, asked in another manner")
    parser.add_argument("--apart", type=Path, nargs="+", default=[], help="questions to measure on instead")
    parser.add_argument("--language", choices=("ja", "en"), default="ja")
    parser.add_argument("--folds", type=int, default=0, help="fit on the other articles, so many times")
    parser.add_argument("--fit", action="store_true", help="write the weights")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    if not options.questions:
        print("candidates: no questions given (--questions FILE)")
        return
    language, paragraphs = options.language, list(read(options.questions, options.language))
    apart = list(read(options.apart, language)) or paragraphs
    numbers: Numbers = {}
    if options.fit or options.folds:
        known = {paragraph.article for paragraph in (*paragraphs, *apart)}
        others = [sample(p, numbers, language) for p in read(options.others, language) if p.article not in known]
    if options.folds:
        figures = measure_folds(paragraphs, others, numbers, language, options.folds)
    else:
        if options.fit:
            samples = [sample(p, numbers, language) for p in paragraphs]
            table = fit(samples, ground(samples, others, numbers))
            (FOLDER / f"{language}.tsv").write_text(as_table(table, language), encoding="utf-8")
        figures = measure(apart, language)
    print(json.dumps(figures) if options.json else "\n".join(f"{name:12} {value}" for name, value in figures.items()))


def read(paths: Sequence[Path], language: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of files, without the title that may stand before [SEP]."""
    for article in (article for path in paths for article in json.loads(path.read_text(encoding="utf-8"))["data"]):
        for paragraph in article["paragraphs"]:
            text = paragraph["context"].split(" [SEP] ", 1)[-1]
            cut = len(paragraph["context"]) - len(text)
            answers = [
                [Answer(answer["answer_start"] - cut, answer["text"]) for answer in question["answers"]]
                for question in paragraph["qas"]
            ]
            yield Paragraph(article["title"], seen(Article("", language, text)), answers)


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


def measure_folds(
    paragraphs: Sequence[Paragraph], others: Sequence[Sample], numbers: Numbers, language: str, folds: int
) -> dict[str, Any]:
    """Return the figures on articles that the weights were not fitted on."""
    sizes = Counter(paragraph.article for paragraph in paragraphs)
    loads, fold_of = [0] * folds, {}
    for article in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold_of[article] = loads.index(min(loads))
        loads[fold_of[article]] += sizes[article]
    samples = [(fold_of[paragraph.article], sample(paragraph, numbers, language)) for paragraph in paragraphs]
    begin = ground([one for _, one in samples], others, numbers)
    parts: Counter[str] = Counter()
    kept = 0
    for fold in range(folds):
        table = fit([one for number, one in samples if number != fold], begin)
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
