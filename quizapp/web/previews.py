"""What is being written on the editor's page, and how it looks as it stands in the form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from quizapp.core import gate
from quizapp.operations import correcting, editing
from quizapp.operations.editing import Wish
from quizapp.store import banks
from quizapp.store.database import db
from quizapp.translation import tell
from quizapp.web import item_fields
from quizapp.web.localisation import language
from quizapp.web.views import QuestionView, evidence_view, item_view, key_words

if TYPE_CHECKING:
    from quizapp.core.article import Article, Claim
    from quizapp.core.bank import Fact
    from quizapp.core.correction import Touched
    from quizapp.core.errors import Fault
    from quizapp.core.gate import Finding
    from quizapp.core.items import Item
    from quizapp.store.snapshots import Snapshot
    from quizapp.store.tables import BankRow
    from quizapp.web.item_forms import ItemForm


@dataclass
class Desk:
    """What is being written: an item of a bank, a draft, or something new."""

    bank: BankRow
    kind: str
    identity: str = ""
    number: int = 0
    draft_id: int | None = None
    snapshot: Snapshot | None = None
    fact_id: int | None = None
    theirs: Snapshot | None = None

    @cached_property
    def became(self) -> Touched | None:
        """What the item's evidence became by a correction of the article, if it is not the same."""
        return correcting.became(db.session(), self.bank, self.fact_id)

    @property
    def language(self) -> str:
        """The language of the item."""
        return self.snapshot.item.language if self.snapshot else self.bank.language


@dataclass(frozen=True, slots=True)
class Preview:
    """An item as a student is asked it, and as its answer is shown; ``faults`` say why there is none.

    ``claim`` is how sure the article is of the new fact that is being made.
    """

    asks: list[QuestionView]
    answer: QuestionView | None
    evidence: Any
    faults: list[str]
    findings: tuple[Finding, ...] = ()
    claim: Claim | None = None


def of(desk: Desk, form: ItemForm) -> Preview:
    """Return the preview of what stands in the form."""
    data = item_fields.item_data(form, desk.kind, identity=desk.identity or "new-question")
    found, faults = editing.read_item(data, desk.language)
    fact, article = _grounds(desk, form)
    claim = fact.claim if fact and form.fact.data == "+" else None
    if found is None:
        faults = [] if item_fields.is_blank(data) else faults
        return Preview([], None, None, [_named(form, fault) for fault in faults], claim=claim)
    asks = [item_view(found, way) for way in range(len(found.questions))]
    said = gate.lint(found, fact, article)
    return Preview(asks, item_view(found), evidence_view(fact, article, key_words(found.questions[0])), [], said, claim)


def _named(form: ItemForm, fault: Fault) -> str:
    """Return what is wrong with the field that it is about."""
    field = form[str(fault.path[0])] if fault.path and str(fault.path[0]) in form else None
    said = tell(fault, language())
    return f"{field.label.text}: {said}" if field is not None else said


def findings(desk: Desk, form: ItemForm, written: Item) -> tuple[Finding, ...]:
    """Return what the gate says of what is written, with the evidence that is chosen."""
    return gate.lint(written, *_grounds(desk, form))


def _grounds(desk: Desk, form: ItemForm) -> tuple[Fact | None, Article | None]:
    """Return the fact that is chosen, with the article that tells it."""
    if desk.snapshot and form.fact.data in {"=", None}:
        return desk.snapshot.fact, desk.snapshot.article
    fact, _faults = editing.find_fact(db.session(), desk.bank, wish(form))
    return fact, (fact.article or banks.article_value(desk.bank)) if fact else None


def wish(form: ItemForm) -> Wish:
    """Return what the item shall rest on."""
    return Wish(form.fact.data or "", form.quote.data or "", form.modality.data or "", form.says.data or "")
