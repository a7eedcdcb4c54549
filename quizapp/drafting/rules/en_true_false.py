"""English true or false: the statement, or the statement with one name, date or amount changed."""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import TYPE_CHECKING

from quizapp.core.article import Modality
from quizapp.drafting.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.drafting.en.page import Page
    from quizapp.drafting.en.statements import Statement

_ORDER = ("quantity", "date", "person", "place", "organisation", "event")
_LONGEST, _TOPIC = 170, 5
_TRAP = re.compile(r"[A-Z][a-z]+ \d|\d [A-Z]|^\d{1,2} times$")


def find(page: Page, statement: Statement) -> Iterator[Proposal]:
    """Yield one judgement: by lot true, or false with what the article really says."""
    if len(statement.text) > _LONGEST or statement.claim.modality not in {Modality.ASSERTED, Modality.ASSESSMENT}:
        return
    names = [name for name in statement.names if page.type_of(name) in _ORDER and statement.text.count(name.text) == 1]
    for name in sorted(names, key=lambda name: _ORDER.index(page.type_of(name))):
        wrong = page.distractors(name, statement, "")
        # Whom a sentence is about, its rest tells; a day in another year, or a number beside its like in other units,
        # is a trap and no question.
        # An Act of another year is another Act.
        is_named = page.type_of(name) == "date" and statement.text[: name.start].endswith(" of ")
        if is_named or _TRAP.search(name.text) or statement.text.startswith(" (", name.end):
            continue
        if not wrong or not page.is_askable(statement, name) or (name.start < _TOPIC and page.type_of(name) != "date"):
            continue
        if _lot(statement) == 0:
            stem, key, weight, says = statement.text, "true", 0.56, ""
        else:
            # Which number it was not is seldom worth judging.
            weight = 0.54 if page.type_of(name) == "quantity" else 0.62
            stem, key = statement.text[: name.start] + wrong[0] + statement.text[name.end :], "false"
            says = f"It is {name.text}. The article says: “{statement.text}”"
        yield Proposal(
            kind="true_false",
            stem=stem,
            key=key,
            rule="en_true_false",
            weight=weight,
            focus=name.text,
            says=says,
        )
        return


def _lot(statement: Statement) -> int:
    return blake2s(statement.evidence.quote.encode("utf-8", "surrogatepass"), digest_size=1).digest()[0] % 3
