"""Questions from packages and tables at the terminal: shown, asked about, and brought in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from quizapp.operations import bank_intake
from quizapp.translation import translator

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from quizapp.operations.authoring import Imported


def import_questions(
    session: Session,
    path: Path,
    language: str,
    *,
    into: str | None,
    columns: tuple[str, ...],
    ask: bool,
    accept: bool,
) -> tuple[str, Imported] | None:
    """Show what a file would bring in, ask where ``ask`` is set, and bring it in.

    Without asking, what the file tells otherwise than the bank is taken over only where ``accept`` is set. Return the
    bank's name and what was done, None when nothing was.

    :raise UnreadableError: the file cannot be read, or is made to harm.
    """
    _ = translator(language)
    meant = dict(column.rpartition("=")[::2] for column in columns)
    now = datetime.now(UTC)
    preview = bank_intake.open_file(session, path, into=into, columns=meant, now=now)
    for line in bank_intake.as_text(preview, language):
        click.echo(line, err=True)
    if not preview.added and not preview.differences:
        click.echo(_("Nothing of it is new: nothing was changed."), err=True)
        return None
    accepted = [
        difference
        for difference in preview.differences
        if accept or (ask and click.confirm(bank_intake.question(difference, language), default=False, err=True))
    ]
    if ask and not click.confirm(
        _("Bring %(added)d new questions and %(changed)d changes into '%(bank)s'?")
        % {"added": len(preview.added), "changed": len(accepted), "bank": preview.bank.name},
        err=True,
    ):
        click.echo(_("Nothing was changed."), err=True)
        return None
    return preview.bank.name, bank_intake.keep(session, preview, accepted, now=now)
