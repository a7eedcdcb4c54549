"""How well drafts that a reader keeps are told from the others, and the fitting of the weights for that.

    python benchmarks/keeping.py --questions FILE ...         measure: fit without a tenth of the articles, look there
    python benchmarks/keeping.py --questions FILE ... --fit   write quizapp/drafting/weights/kept_ja.tsv

With ``--language en`` the same for English (``kept_en.tsv``).

``read_drafts.tsv`` beside this file (in English ``read_drafts_en.tsv``) says what became of each draft that was read:
kept as it stood (U), after a light edit (L) or not at all (X). Readers with a capital letter read more strictly, with
reasons; they count three times, and what is measured are their readings. The drafts are made anew from their articles:
those under ``articles/`` (Japanese), and those of the files given, in SQuAD's form, which are no part of the project.
A draft that the rules no longer make is left out.

``kept_by_rule`` and ``kept``: of the six best of an article, by what the rules alone say and with the weights, the
share that was kept as it stood. ``thrown_by_rule`` and ``thrown``: the share that was not used at all. ``told_by_rule``
and ``told``: how often a kept draft is ahead of one that was not (AUC).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import numpy as np

from benchmarks.weights import minimised
from quizapp.core.article import Article
from quizapp.drafting import label, pipeline
from quizapp.drafting.assembly import name_of
from quizapp.drafting.ranking import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizapp.drafting.proposals import Proposal

HERE = Path(__file__).parent
BEST, PARTS = 6, 10
_STRICT = 3


class Way(NamedTuple):
    """How a language's weights are fitted: the readings, how much of an article was drafted, which traits stay out
    (seen less often than ``rare``, or with weights that matter less than ``least``), and how hard weights are pulled.
    """

    readings: str
    longest: int
    rare: int
    least: float
    strength: float


WAYS = {
    "ja": Way("read_drafts.tsv", 6000, 8, 0.3, 100.0),
    "en": Way("read_drafts_en.tsv", 20000, 5, 0.05, 20.0),
}


class Draft(NamedTuple):
    """A draft that was read: by which reader, what came of it, how good the rules say it is, and its traits."""

    article: str
    reader: str
    verdict: str
    worth: float
    traits: tuple[tuple[str, str], ...]


class _Watched:
    """A page that notes what is to be seen of each proposal, by the id that its draft gets."""

    def __init__(self, article: Article) -> None:
        self._page = import_module(f"quizapp.drafting.{article.language}.page").Page(article, label(article))
        self._traits = import_module(f"quizapp.drafting.{article.language}.traits")
        self.seen: dict[str, tuple[float, tuple[tuple[str, str], ...]]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def worth(self, statement: Any, proposal: Proposal) -> float:
        name = name_of(self._page.language, proposal, self._page.told(statement))
        worth: float = self._page.worth_by_rule(statement, proposal)
        if proposal.rule in self._traits.LEARNED:
            self.seen[name] = (worth, tuple(self._traits.traits(self._page, statement, proposal)))
        return worth


def main() -> None:
    """Measure or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=sorted(WAYS), default="ja")
    parser.add_argument("--questions", type=Path, nargs="+", default=[], help="files in SQuAD's form")
    parser.add_argument("--fit", action="store_true", help="write the weights")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    if not options.questions:
        print("keeping: no articles given (--questions FILE)")
        return
    language, way = options.language, WAYS[options.language]
    articles = squad(options.questions, language)
    drafts = read({**own(), **articles} if language == "ja" else articles, language)
    if options.fit:
        (FOLDER / f"kept_{language}.tsv").write_text(as_table(fit(drafts, way), way.readings), encoding="utf-8")
        return
    figures = measure(drafts, way)
    print(json.dumps(figures) if options.json else "\n".join(f"{name:15} {value}" for name, value in figures.items()))


def own() -> dict[str, str]:
    """Return the texts of the project's own articles by their titles."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((HERE / "articles").glob("*.md")))
    return {text.partition("\n")[0].lstrip("# ").strip(): text for text in texts}


def squad(paths: Sequence[Path], language: str) -> dict[str, str]:
    """Return the texts of articles in SQuAD's form by their titles, whole paragraphs up to so many characters or so."""
    longest = WAYS[language].longest
    paragraphs: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path in paths:
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            title = article["title"] if language == "ja" else unquote(article["title"]).replace("_", " ")
            paragraphs[title].update((one["context"], None) for one in article["paragraphs"])
    texts = {title: "\n\n".join(found) for title, found in paragraphs.items()}
    return {title: text[: _end(text, longest)] for title, text in texts.items()}


def _end(text: str, longest: int) -> int:
    """Return where the paragraph ends that reaches a length."""
    end = text.find("\n\n", longest)
    return end if end >= 0 else len(text)


def read(articles: dict[str, str], language: str) -> list[Draft]:
    """Return the drafts of ``articles`` that were read and that the rules still make."""
    verdicts: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    with (HERE / WAYS[language].readings).open(encoding="utf-8", newline="") as file:
        for title, draft, reader, verdict in csv.reader(file, delimiter="\t"):
            verdicts[title].append((draft, reader, verdict))
    known = [title for title in verdicts if title in articles]
    found: list[Draft] = []
    with ProcessPoolExecutor() as pool:
        drafted = pool.map(partial(_seen, language), known, [articles[title] for title in known])
        for title, seen in zip(known, drafted, strict=True):
            found += [Draft(title, who, said, *seen[name]) for name, who, said in verdicts[title] if name in seen]
    total = sum(map(len, verdicts.values()))
    print(f"{len(found)} of {total} readings: the rest of drafts no longer made or not given", file=sys.stderr)
    return found


def _seen(language: str, title: str, text: str) -> dict[str, tuple[float, tuple[tuple[str, str], ...]]]:
    page = _Watched(Article(title, language, text))
    pipeline.drafts(page, None, lambda _share: None)
    return page.seen


class Table(NamedTuple):
    """What was fitted: the constant, how much the rules' own word counts, and the weight of each trait."""

    constant: float
    by_rule: float
    weights: dict[tuple[str, str], float]

    def of(self, draft: Draft) -> float:
        """Return the log odds of keeping a draft."""
        known = sum(self.weights.get(trait, 0.0) for trait in dict.fromkeys(draft.traits))
        return self.constant + self.by_rule * draft.worth + known


def fit(drafts: Sequence[Draft], way: Way) -> Table:
    """Return the weights of a logistic regression, all pulled towards 0; how strict each reader was is taken out."""
    counts = Counter(trait for draft in drafts for trait in dict.fromkeys(draft.traits))
    kept = [trait for trait in sorted(counts) if counts[trait] >= way.rare]
    readers = sorted({draft.reader for draft in drafts})
    place = {trait: number for number, trait in enumerate(kept)}
    # Behind the traits stand the readers, then the rules' own word.
    rows, columns = [], []
    for row, draft in enumerate(drafts):
        own_columns = [place[t] for t in dict.fromkeys(draft.traits) if t in place] + [
            len(kept) + readers.index(draft.reader)
        ]
        rows += [row] * len(own_columns)
        columns += own_columns
    at, where = np.array(rows), np.array(columns)
    worth, y = 4 * np.array([d.worth for d in drafts]), np.array([d.verdict == "U" for d in drafts], float)
    size = len(kept) + len(readers)
    times = np.array([_STRICT if draft.reader.isupper() else 1 for draft in drafts])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = np.bincount(at, weights[where], len(drafts)) + weights[size] * worth + weights[size + 1]
        unlike = times * (np.logaddexp(0, scores) - y * scores)
        apart = times * (1 / (1 + np.exp(-scores)) - y)
        slope = np.concatenate([np.bincount(where, apart[at], size), [apart @ worth, apart.sum()]])
        return float(unlike.sum() + way.strength * (weights**2).sum() / 2), slope + way.strength * weights

    found = minimised(loss, np.zeros(size + 2), 300)
    # Weights that hardly ever change much are left out.
    weights = {
        trait: round(float(weight), 2)
        for trait, weight in zip(kept, found, strict=False)
        if abs(weight) * counts[trait] ** 0.5 >= way.least
    }
    constant = float(found[size + 1] + found[len(kept) : size].mean())
    return Table(round(constant, 3), round(4 * float(found[size]), 3), {t: w for t, w in weights.items() if w})


def as_table(table: Table, readings: str) -> str:
    """Return the weights as lines of trait, value and weight, the traits in order and each one's greatest first."""
    head = [
        "# How much each trait of a draft counts (log odds) for a reader keeping it as it stands.",
        f"# Written by benchmarks/keeping.py --fit from benchmarks/{readings}.",
        "# trait, value, weight",
        f"\t\t{table.constant}",
        f"by rule\t\t{table.by_rule}",
    ]
    ordered = sorted(table.weights.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
    return "\n".join([*head, *(f"{name}\t{value}\t{weight}" for (name, value), weight in ordered)]) + "\n"


def measure(drafts: Sequence[Draft], way: Way) -> dict[str, Any]:
    """Return how well drafts kept (by strict readers, if any) are told on articles that were not fitted on."""
    judged = [draft for draft in drafts if draft.reader.isupper()] or list(drafts)
    titles = sorted({draft.article for draft in drafts})
    part = {title: number % PARTS for number, title in enumerate(titles)}
    scores: dict[int, float] = {}
    for number in range(PARTS):
        table = fit([draft for draft in drafts if part[draft.article] != number], way)
        scores |= {at: table.of(draft) for at, draft in enumerate(judged) if part[draft.article] == number}
    by_rule = {at: draft.worth for at, draft in enumerate(judged)}
    best, best_by_rule = list(_best(judged, scores)), list(_best(judged, by_rule))
    return {
        "readings": len(drafts),
        "judged": len(judged),
        "articles": len(titles),
        "kept_by_rule": _share(best_by_rule, "U"),
        "kept": _share(best, "U"),
        "thrown_by_rule": _share(best_by_rule, "X"),
        "thrown": _share(best, "X"),
        "told_by_rule": _told(judged, by_rule),
        "told": _told(judged, scores),
    }


def _best(drafts: Sequence[Draft], scores: dict[int, float]) -> Iterator[Draft]:
    by_article: defaultdict[str, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        by_article[draft.article].append(at)
    for found in by_article.values():
        if len(found) > BEST:
            yield from (drafts[at] for at in sorted(found, key=lambda at: -scores[at])[:BEST])


def _share(drafts: Sequence[Draft], verdict: str) -> float:
    return round(sum(draft.verdict == verdict for draft in drafts) / len(drafts), 3)


def _told(drafts: Sequence[Draft], scores: dict[int, float]) -> float:
    """Return the area under the curve (Mann and Whitney 1947)."""
    order = sorted(range(len(drafts)), key=lambda at: scores[at])
    ranks = [rank for rank, at in enumerate(order, 1) if drafts[at].verdict == "U"]
    kept, others = len(ranks), len(drafts) - len(ranks)
    return round((sum(ranks) - kept * (kept + 1) / 2) / max(1, kept * others), 3)


if __name__ == "__main__":
    main()
