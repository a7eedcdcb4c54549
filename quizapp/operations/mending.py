"""The loop: looking a bank over for items to mend, settling what students reported, finding what is still right."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from quizapp import drafting
from quizapp.core import gate
from quizapp.core.errors import ConflictError
from quizapp.core.gate import Severity
from quizapp.core.statistics import item_statistics, option_tables
from quizapp.drafting.claims import content_start
from quizapp.operations import correcting, correction_plan, items, judging
from quizapp.operations.accounts import record
from quizapp.store import banks, listing, snapshots, statistics
from quizapp.store import mending as store
from quizapp.store.class_tables import ConcernRow
from quizapp.store.tables import BankRow, ItemReportRow, ItemRow, ItemVersionRow
from quizapp.translation import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quizapp.core.article import Article
    from quizapp.core.correction import Correction
    from quizapp.core.gate import Finding
    from quizapp.core.statistics import AnswerCount, Figure, ItemStatistics
    from quizapp.operations.correcting import Renewed
    from quizapp.store.accounts import Account
    from quizapp.store.snapshots import Snapshot

Reason = dict[str, Any]

# What is graver stands higher in the list: a key that may be wrong first, what merely helps guessing last.
_NEGATIVE, _EVIDENCE, _SERIOUS, _REPORT, _WRONG_KEY, _POOR, _HARD, _DEAD, _WARNING = 100, 70, 60, 40, 30, 40, 40, 25, 20


def look_over(session: Session, bank: BankRow, *, now: datetime) -> int:
    """Note what speaks against each live item of a bank, and return of how many something does.

    Looks at the gate's findings, students' reports, the figures of first attempts at the versions in force, and at
    evidence whose sentences a correction of the article changed. Reads every response to the bank's items, and closes
    attempts whose time is up first: they end at their deadline, before this look, so that no later one would see them.
    """
    for quiz_id in store.quizzes_with_expired(session, bank.id, now):
        judging.finish_expired(session, quiz_id, now=now)
    current = [
        (item_id, version_id, snapshots.parse(content))
        for item_id, version_id, content in store.live_items(session, bank.id)
    ]
    findings = gate.lint_together((each.item, each.fact, each.article) for _item_id, _version_id, each in current)
    asked = store.attempts_at(bank.id) & statistics.is_first()
    sums = statistics.item_sums(session, asked)
    answers: dict[int, dict[int, tuple[AnswerCount, ...]]] = {}
    for (version_id, form), counts in statistics.answer_totals(session, asked).items():
        answers.setdefault(version_id, {})[form] = counts
    reports = store.report_counts(session, bank.id)
    article = banks.article_value(bank)
    corrections: dict[Article, Correction] = {}
    elsewhere, behind = store.items_beside_the_article(session, bank)
    questions = Counter(behind[item_id] for item_id, _version_id, _each in current if item_id in behind)
    rows = []
    for (item_id, version_id, snapshot), of_gate in zip(current, findings, strict=True):
        figures = item_statistics(sums[version_id]) if version_id in sums else None
        found = [
            *_of_figures(figures),
            *_of_reports(reports.get(item_id, {})),
            *(
                _of_evidence(snapshot, article, corrections, questions[behind.get(item_id, 0)])
                if item_id not in elsewhere
                else ()
            ),
            *_of_gate(of_gate),
            *_of_distractors(snapshot, answers.get(version_id, {})),
        ]
        if found:
            found.sort(key=lambda reason: -reason["weight"])
            weight = sum(reason["weight"] for reason in found)
            rows.append({"item_id": item_id, "bank_id": bank.id, "weight": weight, "reasons": found})
    banks.begin_changing(session, bank)
    session.execute(delete(ConcernRow).where(ConcernRow.bank_id == bank.id))
    if rows:
        session.execute(insert(ConcernRow), rows)
    session.execute(update(BankRow).where(BankRow.id == bank.id).values(looked_over_at=now))
    session.commit()
    return len(rows)


def _of_figures(figures: ItemStatistics | None) -> Iterator[Reason]:
    if figures and figures.is_negative:
        yield {"kind": "negative", "weight": _NEGATIVE, **_said(figures.discrimination)}
    elif figures and figures.is_hard:
        yield {"kind": "hard", "weight": _HARD, **_said(figures.facility)}
    elif figures and figures.is_poor:
        yield {"kind": "poor", "weight": _POOR, **_said(figures.discrimination)}


def _said(figure: Figure) -> dict[str, Any]:
    return {"n": figure.n, "value": figure.value, "low": figure.low, "high": figure.high}


def _of_reports(counts: dict[str, int]) -> Iterator[Reason]:
    for reason, count in sorted(counts.items()):
        extra = _WRONG_KEY if reason in {"wrong_key", "several_right"} else 0
        yield {"kind": "report", "weight": _REPORT + extra + min(count, 20), "reason": reason, "count": count}


def _of_evidence(
    snapshot: Snapshot, article: Article | None, corrections: dict[Article, Correction], questions: int
) -> Iterator[Reason]:
    """Tell of words that the article no longer says, and of those whose sentence a correction changed around them.

    "was" is what the sentences said and "now" what they say, where that is found; ``is_renewable`` says whether the
    item may rest on these. ``corrections`` keeps what it takes to find that. ``questions`` counts the items on a fact
    that a correction left behind.
    """
    article_text = article.text if article else ""
    found = list(_changed_evidence(snapshot, article_text, is_behind=questions > 0))
    change, told, fact = None, snapshot.article, snapshot.fact
    if found and article and told and fact and told.is_edition_of(article):
        if told not in corrections:
            corrections[told] = correction_plan.between(told, article)
        change = corrections[told].touched(fact)
    for reason in found:
        if change:
            reason |= {"was": change.before, "now": change.after, "is_renewable": bool(change.renewed and questions)}
        yield {**reason, "questions": questions}


def _changed_evidence(snapshot: Snapshot, article_text: str, *, is_behind: bool) -> Iterator[Reason]:
    changed = [
        sentence.span
        for sentence in (drafting.label(snapshot.article) if is_behind and snapshot.article else ())
        if sentence.text[content_start(sentence.text) :] not in article_text
    ]
    for evidence in snapshot.fact.evidence if snapshot.fact else ():
        if evidence.quote not in article_text:
            yield {"kind": "evidence", "weight": _EVIDENCE, "quote": evidence.quote}
        elif any(span.overlaps(evidence.span) for span in changed):
            yield {"kind": "around", "weight": _EVIDENCE, "quote": evidence.quote}


def _of_gate(findings: Sequence[Finding]) -> Iterator[Reason]:
    weights = {Severity.SERIOUS: _SERIOUS, Severity.WARNING: _WARNING}
    for finding in findings:
        if finding.severity in weights:
            yield {
                "kind": "finding", "weight": weights[finding.severity], "severity": finding.severity.value,
                "message": finding.message, "values": dict(finding.values),
            }  # fmt: skip


def _of_distractors(snapshot: Snapshot, answers: Mapping[int, Sequence[AnswerCount]]) -> Iterator[Reason]:
    for form, counts in sorted(answers.items()):
        for gap, options in option_tables(snapshot.item.questions[form].input, counts).items():
            for each in options:
                if each.is_dead and each.option:
                    yield {
                        "kind": "dead", "weight": _DEAD, "gap": gap, "option": each.option.text, **_said(each.share)
                    }  # fmt: skip


def settle_reports(session: Session, bank: BankRow, identity: str, *, actor: Account, now: datetime) -> None:
    """Note that the reports about an item have been dealt with; they stay, but speak against it no longer."""
    banks.begin_changing(session, bank)
    of_item = (
        select(ItemVersionRow.id)
        .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
        .where(ItemRow.bank_id == bank.id, ItemRow.identity == identity)
    )
    session.execute(
        update(ItemReportRow)
        .where(ItemReportRow.version_id.in_(of_item), ItemReportRow.settled_at.is_(None))
        .values(settled_at=now)
        .execution_options(synchronize_session=False)
    )
    record(session, actor, mark("settled reports about a question"), f"{bank.name} {identity}", now=now)
    concern = session.scalar(
        select(ConcernRow).join(ItemRow, ItemRow.id == ConcernRow.item_id)
        .where(ItemRow.bank_id == bank.id, ItemRow.identity == identity)
    )  # fmt: skip
    if concern:
        concern.reasons = [reason for reason in concern.reasons if reason["kind"] != "report"]
        concern.weight = sum(reason["weight"] for reason in concern.reasons)
        if not concern.reasons:
            session.delete(concern)
    session.commit()


def confirm(session: Session, bank: BankRow, identity: str, *, seen: str, actor: Account, now: datetime) -> Renewed:
    """Let an item, and all on the same fact, rest on what its sentences became by a correction: they are still right.

    ``seen`` is what the sentences became. The versions before the new ones say what the items said. What spoke against
    them goes; what does so now, the next look over the bank tells.

    :raise ConflictError: they became something else meanwhile, or nothing that it could rest on.
    """
    banks.begin_changing(session, bank)
    row, _version = items.current(session, bank.id, identity)
    change = correcting.became(session, bank, row.fact_id)
    if row.fact_id is None or change is None or change.renewed is None or change.after != seen:
        raise ConflictError("the article or the question was changed meanwhile: look the question bank over again")
    done = correcting.renew(session, bank, row.fact_id, replace(change.renewed, article=None), now=now)
    _forget(session, bank, done.numbers)
    for name in done.numbers:
        record(session, actor, mark("found a question still right"), f"{bank.name} {name}", now=now)
    session.commit()
    listing.index_missing(session)
    return done


def take_back(session: Session, bank: BankRow, numbers: Mapping[str, int], *, actor: Account, now: datetime) -> None:
    """Let items say again, in new versions, what they said before they were found still right.

    ``numbers`` are those that ``confirm`` returned.

    :raise ConflictError: one of these versions is no longer in force.
    """
    banks.begin_changing(session, bank)
    if not numbers or store.numbers_in_force(session, bank.name, numbers) != numbers:
        raise ConflictError("this can no longer be undone: its versions tell what the question said before")
    for identity, number in numbers.items():
        row, _version = items.current(session, bank.id, identity)
        before = select(ItemVersionRow.content).where(ItemVersionRow.item_id == row.id)
        content = session.scalars(before.where(ItemVersionRow.number == number - 1)).one()
        item, ground = snapshots.read(content).item, items.ground_of(content)
        items.change(session, bank, item, None, number=number, now=now, ground=ground)
        record(session, actor, mark("changed a question"), f"{bank.name} {identity}", now=now)
    _forget(session, bank, numbers)
    session.commit()


def _forget(session: Session, bank: BankRow, identities: Iterable[str]) -> None:
    """Forget what spoke against items as they were."""
    these = select(ItemRow.id).where(ItemRow.bank_id == bank.id, ItemRow.identity.in_(list(identities)))
    session.execute(
        delete(ConcernRow).where(ConcernRow.item_id.in_(these)).execution_options(synchronize_session=False)
    )
