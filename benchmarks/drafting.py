"""How fast drafting is, and how its cost grows.

``chars_per_cpu_second``: characters drafted per CPU second once the analyser is loaded. ``growth``: the cost of twice
the text over the cost of the text (2 is linear). ``over_analysis``: the cost over that of finding the words alone, the
floor. ``peak_mb``: the memory of the whole process.

With ``--questions FILE`` (in SQuAD's form; it is not part of the project) its paragraphs one after another are the
text, and never the same twice: that costs most, as every sentence is a fact of its own. Also ``per_1000``: drafts per
1,000 characters. ``frames_equal``: the share of questions (no gaps, no judgements) whose answer equals one that people
gave in that paragraph. ``all_equal``: the same with gaps.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp import drafting
from quizapp.core.article import Article
from quizapp.drafting.ja.analysis import plain_tokens
from quizapp.drafting.sentences import split
from quizapp.paths import data_folder
from quizapp.store import bank_files

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=20_000, help="length of the text (20000)")
    parser.add_argument("--questions", type=Path, help="a file in SQuAD's form")
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    options = parser.parse_args()
    if options.questions:
        asked = json.loads(options.questions.read_text("utf-8"))["data"]
        text = "\n\n".join(dict.fromkeys(_bare(p["context"]) for told in asked for p in told["paragraphs"]))
        figures = measure(text, options.characters) | against(asked)
    else:
        figures = measure(_told_over(2 * options.characters), options.characters)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:20} {value}")


def measure(text: str, characters: int) -> dict[str, float]:
    """Return the figures for the first ``characters`` of a text and for twice as many."""
    drafting.draft(Article("", "ja", text[:3000]))
    single, double = (_cpu_seconds(text[:length]) for length in (characters, 2 * characters))
    return {
        "chars_per_cpu_second": round(min(len(text), 2 * characters) / double),
        "growth": round(double / single, 2),
        "over_analysis": round(double / _cpu_seconds(text[: 2 * characters], _words), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


_JUDGED = {"true_false", "certainty"}


def against(asked: list[Any]) -> dict[str, float]:
    """Return how many drafts articles give, and how many of their answers people gave too."""
    drafts = characters = 0
    equal: Counter[str] = Counter()
    for told in asked:
        paragraphs = {_bare(p["context"]): p for p in told["paragraphs"]}
        article = Article(told["title"], "ja", "\n\n".join(paragraphs))
        answers = {
            text: {answer["text"].strip("「」『』") for asked in p["qas"] for answer in asked["answers"]}
            for text, p in paragraphs.items()
        }
        for draft in drafting.draft(article):
            drafts += 1
            if draft.generator in _JUDGED:
                continue
            given = next((found for text, found in answers.items() if draft.evidence.quote in text), set())
            kind = "gap" if draft.generator == "cloze" else "frame"
            equal[kind] += 1
            equal[f"{kind} equal"] += draft.to_data()["key"] in given
        characters += len(article.text)
    return {
        "per_1000": round(1000 * drafts / characters, 1),
        "frames": equal["frame"],
        "frames_equal": round(equal["frame equal"] / equal["frame"], 3),
        "all_equal": round((equal["frame equal"] + equal["gap equal"]) / (equal["frame"] + equal["gap"]), 3),
    }


def _bare(context: str) -> str:
    """Return a paragraph without the title that JSQuAD puts before it."""
    return context.split(" [SEP] ", 1)[-1]


def _words(article: Article) -> None:
    for sentence in split(article):
        plain_tokens(sentence.text)


def _told_over(length: int) -> str:
    """Return the shipped Japanese article over and over, numbered: mostly, its facts are told again and again."""
    banks = [bank_files.load(path) for path in sorted(data_folder("question_banks").glob("*/bank.yaml"))]
    article = next(bank.article for bank in banks if bank.article and bank.language == "ja")
    times = length // len(article.text) + 1
    return "\n\n".join(article.text.replace("20", str(number)) for number in range(10, 10 + times))[:length]


def _cpu_seconds(text: str, work: Callable[[Article], object] = drafting.draft) -> float:
    begun = time.process_time()
    work(Article("", "ja", text))
    return time.process_time() - begun


if __name__ == "__main__":
    main()
