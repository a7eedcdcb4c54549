"""What the gate says of what stands on a desk, and mending by its proposals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core import gate
from quizapp.core.errors import ConflictError
from quizapp.operations import checking
from quizapp.store import banks, drafts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.gate import Finding
    from quizapp.core.items import Item
    from quizapp.store.drafts import StoredDraft
    from quizapp.store.tables import BankRow


def findings_of(shown: Sequence[StoredDraft], article: Article | None) -> dict[int, tuple[Finding, ...]]:
    """Return the findings of drafts that stand side by side, by their ids; dropped ones are compared with none."""
    beside = [each.item for each in shown if each.state != "dropped"]
    return {each.id: gate.lint(each.item, each.fact, article, beside) for each in shown}


def mended(item: Item, finding_code: str, number: int, findings: Sequence[Finding]) -> Item:
    """Return ``item`` as mend ``number`` of the finding with this code would have it.

    :raise ConflictError: the gate makes no such proposal any more.
    """
    for finding in findings:
        if finding.code == finding_code and 0 <= number < len(finding.mends):
            return replace(finding.mends[number], id=item.id)
    raise ConflictError("this was mended already")


def mend_draft(session: Session, bank: BankRow, draft_id: int, finding_code: str, number: int) -> None:
    """Mend a draft as the gate proposes.

    :raise ConflictError: the gate makes no such proposal any more.
    """
    row = drafts.get(session, bank.id, draft_id)
    found = drafts.value(row)
    findings = gate.lint(found.item, found.fact, banks.article_value(bank))
    checking.edit(session, bank, draft_id, mended(found.item, finding_code, number, findings), revision=found.revision)
