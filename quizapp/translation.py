"""Words for people, in their language: the catalogue, and the labels that pages and decks share.

English in the code is the key of the catalogue ``translations/<language>/LC_MESSAGES/messages.po``.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.article import ClaimKind, Modality
from quizapp.core.gate import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.errors import Fault, QuizError
    from quizapp.core.gate import Finding

FOLDER = Path(__file__).resolve().parent / "translations"


def mark(message: str) -> str:
    """Return ``message`` as it is; marks it for the catalogue where it is only named, not yet shown."""
    return message


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; English needs none."""
    return gettext.translation("messages", FOLDER, [language], fallback=language == "en")


def translator(language: str) -> Callable[[str], str]:
    """Return the function that puts a message into ``language``."""
    return catalogue(language).gettext


def tell(error: QuizError | Fault | Finding, language: str) -> str:
    """Return what an error or a finding says, in ``language``."""
    _ = translator(language)
    values = {
        name: _(LABELS[value].word).lower() if isinstance(value, Modality) else value
        for name, value in error.values.items()
    }
    return _(error.message) % values


@dataclass(frozen=True, slots=True)
class Label:
    """How sure the article is, as an icon (one sign), a word, and a sentence that explains the word."""

    icon: str
    word: str
    sentence: str


LABELS: dict[Modality, Label] = {
    Modality.ASSERTED: Label("●", mark("Asserted"), mark("The article states this outright.")),
    Modality.PLANNED: Label("▷", mark("Planned"), mark("The article tells this as a plan still to be carried out.")),
    Modality.AIM: Label("◎", mark("Aim"), mark("The article tells this as what is aimed at, not as what was reached.")),
    Modality.REPORTED: Label("“", mark("Reported"), mark("The article passes on what others say.")),
    Modality.INFERRED: Label("≈", mark("Inferred"), mark("The article infers this; it is not confirmed.")),
    Modality.EXPECTED: Label("☆", mark("Expected"), mark("The article tells this as something expected or hoped for.")),
    Modality.ASSESSMENT: Label("◇", mark("Assessment"), mark("This is an assessment, not a fact that can be checked.")),
}  # fmt: skip

SEVERITY_LABELS: dict[Severity, str] = {
    Severity.SERIOUS: mark("Serious"),
    Severity.WARNING: mark("Warning"),
    Severity.HINT: mark("Hint"),
}

KIND_LABELS: dict[ClaimKind, str] = {
    ClaimKind.FACT: mark("Fact"),
    ClaimKind.OPINION: mark("Opinion"),
    ClaimKind.QUESTION: mark("Question"),
    ClaimKind.HEADING: mark("Heading"),
    ClaimKind.BOILERPLATE: mark("Page furniture"),
    ClaimKind.CHATTER: mark("Chatter"),
}

# Short names for what the gate finds in a single item, for lists and filters.
FINDING_LABELS: dict[str, str] = {
    "hedged_as_fact": mark("hedged claim asked as a fact"),
    "answer_in_stem": mark("answer in the question"),
    "pronoun_in_stem": mark("pronoun without its noun"),
    "too_many_gaps": mark("too many gaps"),
    "key_is_longest": mark("right option is the longest"),
    "absolute_word": mark("strong word in a wrong option"),
    "unequal_options": mark("options unlike one another"),
    "duplicate_options": mark("options that say the same"),
    "overlapping_options": mark("options that overlap"),
    "several_keys": mark("more than one right answer"),
    "evidence_missing": mark("no evidence"),
    "evidence_not_verbatim": mark("evidence is not the article's words"),
}

ORIGIN_LABELS: dict[str, str] = {
    "article": mark("(from the article)"),
    "bank": mark("(from one of your banks)"),
    "glossary": mark("(from your glossary)"),
    "near": mark("(near the right value)"),
    "rule": mark("(a way the article does not tell it)"),
}

FOLDING_LABELS: dict[str, str] = {
    "width": mark("full-width and half-width"),
    "case": mark("upper and lower case"),
    "spaces": mark("spaces"),
    "kana": mark("hiragana and katakana"),
    "punctuation": mark("punctuation"),
}

TYPE_LABELS: dict[str, str] = {
    "single_choice": mark("Single choice"),
    "multiple_response": mark("Multiple response"),
    "true_false": mark("True or false"),
    "short_answer": mark("Short answer"),
    "cloze": mark("Gap text"),
    "term": mark("Term"),
}
