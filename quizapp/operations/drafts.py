"""From a source to drafts, and from drafts to a bank file that a person goes on with."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from quizapp import drafting, intake
from quizapp.core import gate
from quizapp.core.article import Article
from quizapp.core.bank import Bank
from quizapp.core.errors import Fault, UnreadableError
from quizapp.core.gate import Severity
from quizapp.drafting.draft import Origins
from quizapp.drafting.glossary import of_items, parse
from quizapp.intake.encoding import decode
from quizapp.intake.header import language_of
from quizapp.store import bank_files
from quizapp.translation import LABELS, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quizapp.core.bank import Fact
    from quizapp.core.gate import Finding
    from quizapp.drafting import Draft, Wishes
    from quizapp.language_model import Model

LARGEST_SOURCE = 20 * 1024 * 1024
# What the worst finding leaves of a draft's score.
_WORTH = {Severity.SERIOUS: 0.5, Severity.WARNING: 0.85, Severity.HINT: 0.97}
_NO_WISHES = drafting.Wishes()
_NEVER = datetime.min.replace(tzinfo=UTC)


def draft_source(
    source: str,
    stdin: BinaryIO,
    *,
    limit: int | None = None,
    language: str | None = None,
    allow_private: bool = False,
    model: Model | None = None,
    wishes: Wishes = _NO_WISHES,
    advance: Callable[[float], None] = lambda _share: None,
) -> tuple[intake.Intake, tuple[Draft, ...]]:
    """Read ``source`` and return what was read and its drafts, best first.

    ``source`` names a file, an http(s) address (``allow_private``: also in a private network), or is "-" for ``stdin``,
    taken as text. ``model`` may reword what the rules draft; when it cannot be had, a warning says so. Each draft has
    passed the gate: what it found stands in the flags and costs score.

    :raise UnreadableError: it cannot be read as an article.
    """
    read = _intake(source, stdin, allow_private=allow_private)
    if language:
        read = replace(read, article=replace(read.article, language=language))
    made = partial(drafting.draft, read.article, limit=limit, wishes=wishes)
    if model is None:
        return read, through_gate(read.article, made(advance=advance))
    drafts = made(advance=lambda share: advance(share / 4))
    drafts, failures = with_model(model, read.article, drafts, lambda share: advance(0.25 + share * 0.75))
    return read.warned(*failures), through_gate(read.article, drafts)


def with_model(
    model: Model, article: Article, drafts: Sequence[Draft], advance: Callable[[float], None] = lambda _share: None
) -> tuple[tuple[Draft, ...], tuple[Fault, ...]]:
    """Return the drafts as a language model betters them, marked as its work, and why it could not better all."""
    from quizapp import language_model  # noqa: PLC0415 (heavy, and off by default)

    done = language_model.better(model, article, [(draft.item, draft.fact) for draft in drafts], advance)
    origins = Origins(article)
    failures = (Fault((), done.failure.message, done.failure.values),) if done.failure else ()
    return tuple(
        origins.told(
            replace(
                draft, item=item, generator=f"{draft.generator}+{model.name}", flags=(*draft.flags, "language_model")
            ),
            {origin.text: origin.source for origin in draft.origins},
        )
        if item.id in done.touched
        else draft
        for draft, item in zip(drafts, done.items, strict=True)
    ), failures


def wishes(register: str, glossary: Path | None, banks: Iterable[Path]) -> Wishes:
    """Return what drafts are to be like: their register, and the groups that bank files and a glossary's file lend.

    :raise UnreadableError: the glossary cannot be read. :raise BankFormatError: a bank is none.
    """
    lent = [group for path in banks for group in of_items(bank_files.load(path).items)]
    if glossary:
        lent += parse(decode(_read(str(glossary), BytesIO()))[0])
    return drafting.Wishes(register, tuple(lent))


def through_gate(article: Article, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return ``drafts`` with the codes of the gate's findings among their flags; those with serious ones come last."""
    facts = {draft.fact.id: draft.fact for draft in drafts}
    items = tuple(draft.item for draft in drafts)
    bank = Bank("", "", article.title, article.language, _NEVER, "", "", "", article, tuple(facts.values()), items)
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in gate.lint_bank(bank):
        found[finding.item_id].append(finding)
    weighed = [_weighed(draft, found[draft.item.id]) for draft in drafts]
    serious = {name for name, findings in found.items() if any(f.severity is Severity.SERIOUS for f in findings)}
    return tuple(sorted(weighed, key=lambda draft: draft.item.id in serious))


def _weighed(draft: Draft, findings: Sequence[Finding]) -> Draft:
    cost = min((_WORTH[finding.severity] for finding in findings), default=1.0)
    flags = dict.fromkeys((*draft.flags, *(finding.code for finding in findings)))
    return replace(draft, flags=tuple(flags), score=round(draft.score * cost, 3))


def _intake(source: str, stdin: BinaryIO, *, allow_private: bool) -> intake.Intake:
    content = b"" if intake.is_address(source) else _read(source, stdin)
    try:
        if intake.is_address(source):
            return intake.read_address(source, allow_private=allow_private)
        return intake.read(content, Path(source).suffix.lower() if source != "-" else ".txt")
    except UnreadableError as error:
        error.place = source
        raise


def draft_files(
    sources: Sequence[str],
    *,
    advance: Callable[[float], None] = lambda _share: None,
    **how: Any,
) -> Iterator[tuple[str, tuple[intake.Intake, tuple[Draft, ...]] | UnreadableError]]:
    """Yield each of the files with what was read and its drafts, or why it cannot be read; in the order given.

    Several files are drafted at a time, one a core. ``how`` is as in ``draft_source``; ``advance`` is told the share of
    files that are done.
    """
    workers = min(
        len(sources), len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    # Forked children would share locks that threads of this process may hold.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        tasks = {source: pool.submit(_draft_file, source, how) for source in sources}
        for done, _ in enumerate(as_completed(tasks.values()), 1):
            advance(done / len(sources))
        for source, task in tasks.items():
            yield source, task.result()


def _draft_file(source: str, how: dict[str, Any]) -> tuple[intake.Intake, tuple[Draft, ...]] | UnreadableError:
    try:
        return draft_source(source, BytesIO(), **how)
    except UnreadableError as error:
        return error


def candidate_lines(lines: Iterable[str], *, limit: int | None, language: str | None) -> Iterator[str]:
    """Yield for each line ``{"id", "text"}`` a line with ``id`` and ``candidates``, best first.

    A candidate is ``{"text", "start", "end", "type", "score"}``, its place in characters of the text.

    :raise UnreadableError: a line is not such an object; lines before it have been answered.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, text = _named_text(line, number)
        article = Article("", language or language_of(text), text)
        found = [asdict(candidate) for candidate in drafting.candidates(article, limit)]
        yield json.dumps({"id": name, "candidates": found}, ensure_ascii=False)


def _named_text(line: str, number: int) -> tuple[Any, str]:
    try:
        given = json.loads(line)
        name, text = given["id"], given["text"] + ""
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError('line %(number)d is not a JSON object with "id" and "text"', number=number) from error
    return name, text


def _read(source: str, stdin: BinaryIO) -> bytes:
    try:
        if source == "-":
            content = stdin.read(LARGEST_SOURCE + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(LARGEST_SOURCE + 1)
    except OSError as error:
        raise UnreadableError("%(file)s cannot be read: %(reason)s", file=source, reason=error.strerror) from error
    if len(content) > LARGEST_SOURCE:
        raise UnreadableError(
            "%(file)s is larger than %(most)d MB: split it", file=source, most=LARGEST_SOURCE // 1024 // 1024
        )
    return content


def as_bank_file(article: Article, drafts: Sequence[Draft], *, name: str, now: datetime) -> str:
    """Return the text of a bank file with the drafts as items, each with an identity of its own for life."""
    from quizapp.operations.authoring import new_identity  # noqa: PLC0415 (heavy)

    facts: dict[str, Fact] = {}
    for draft in drafts:
        facts.setdefault(draft.fact.id, draft.fact)
    items = [replace(draft.item, id=new_identity()) for draft in drafts]
    order = {fact: place for place, fact in enumerate(facts)}
    bank = Bank(
        id=new_identity(),
        name=_short_name(name),
        title=article.title,
        language=article.language,
        changed=now.replace(microsecond=0),
        article=article,
        facts=tuple(facts.values()),
        items=tuple(sorted(items, key=lambda item: order[item.fact_id or ""])),
    )
    return bank_files.serialize(bank)


def as_text(drafts: Sequence[Draft], language: str) -> str:
    """Return the drafts for reading at a terminal, its words in ``language``."""
    _ = translator(language)
    blocks = []
    for number, draft in enumerate(drafts, start=1):
        data = draft.to_data()
        label = LABELS[draft.fact.claim.modality]
        lines = [f"{number}. {data['stem']}"]
        lines += [f"   {'●' if option['correct'] else '○'} {option['text']}" for option in data["options"]]
        if not data["options"]:
            lines.append(f"   → {' / '.join([data['key'], *data['accepted']])}")
        lines.append(f"   {label.icon} {_(label.word)}: {data['evidence']['quote']}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _short_name(text: str) -> str:
    from quizapp.operations.authoring import new_identity  # noqa: PLC0415 (heavy)

    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
    return name or f"bank-{new_identity()[:6].lower()}"
