"""The command ``quizapp``: drafting, checking, bringing in, sending out and serving.

Results go to standard output, everything said to a person to standard error. Exit codes: 0 done, 1 failed, 2 misused.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizapp.core import gate
from quizapp.core.article import LANGUAGES
from quizapp.core.errors import ConflictError, QuizError, SettingError, UnreadableError
from quizapp.operations import exporting
from quizapp.settings import Settings
from quizapp.store import bank_files
from quizapp.store.bank_files import BankFormatError
from quizapp.translation import SEVERITY_LABELS, tell, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from quizapp.core.bank import Bank
    from quizapp.operations.authoring import Imported


def _language() -> str:
    """Return QUIZAPP_LANGUAGE, else the terminal's language, else English."""
    for wanted in (
        os.environ.get("QUIZAPP_LANGUAGE"),
        *map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")),
    ):
        if wanted:
            return wanted[:2] if wanted[:2] in LANGUAGES else "en"
    return "en"


LANGUAGE = _language()
_ = translator(LANGUAGE)


def say(message: str, **values: object) -> None:
    """Tell the person at the terminal."""
    click.echo(message % values if values else message, err=True)


def main() -> None:
    """Run the command line; every error raised on purpose ends as one clear message and exit code 1."""
    try:
        commands(prog_name="quizapp")
    except BankFormatError as error:
        for place in error.places:
            say(f"{place.where}: {tell(place.fault, LANGUAGE)}")
        sys.exit(1)
    except QuizError as error:
        say(f"{error.place}: {tell(error, LANGUAGE)}" if error.place else tell(error, LANGUAGE))
        sys.exit(1)


@click.group(help=_("Turn an article into question banks, quizzes and Anki decks."))
@click.version_option(package_name="quizapp")
def commands() -> None:
    """Group the commands."""


@commands.command(
    help=_(
        "Draft questions from an article: a text, Markdown, HTML, PDF or DOCX file, an address, or - (standard input)."
    )
)
@click.argument("source", metavar=_("SOURCE"), type=click.Path(dir_okay=False, allow_dash=True))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=_("Write a bank file here."))
@click.option("--limit", type=click.IntRange(min=1), help=_("Make at most so many drafts, the best."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("The article's language; found out by default."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the drafts as JSON."))
def draft(source: str, output: Path | None, limit: int | None, language: str | None, *, as_json: bool) -> None:
    """Draft questions and print them, or write them as a bank."""
    from quizapp.operations import drafts as operation  # noqa: PLC0415 (heavy)

    if output and output.exists() and not click.confirm(
        _("%(file)s is already there. Overwrite it?") % {"file": output}, err=True
    ):  # fmt: skip
        raise SettingError("%(file)s was left as it is; choose another name with -o", file=output)
    with _progress(_("Drafting")) as advance:
        read, drafts = operation.draft_source(
            source,
            sys.stdin.buffer,
            limit=limit,
            language=language,
            allow_private=Settings.from_environment().private_addresses,
            advance=advance,
        )
    for warning in read.warnings:
        say(_("Note: %(loss)s"), loss=tell(warning, LANGUAGE))
    if output:
        text = operation.as_bank_file(read.article, drafts, name=output.stem, now=datetime.now(UTC))
        _write(output, text.encode())
        say(
            _("%(count)d drafts written to %(file)s; read them, then: quizapp check %(file)s"),
            count=len(drafts),
            file=output,
        )
    if as_json:
        click.echo(json.dumps([each.to_data() for each in drafts], ensure_ascii=False, indent=1))
    elif not output:
        click.echo(operation.as_text(drafts, LANGUAGE))
    if not drafts:
        say(_("Nothing to ask was found: the text has no sentence that states a fact."))


@commands.command(help=_("Check a bank file: name every fault with its place, then what could be better."))
@click.argument("bank", metavar="BANK.yaml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--add-ids", is_flag=True, help=_("First give every item without an id a new one, in the file."))
def check(bank: Path, *, add_ids: bool) -> None:
    """Check a bank file."""
    if add_ids:
        from quizapp.operations.authoring import new_identity  # noqa: PLC0415 (heavy)

        text, count = bank_files.add_ids(bank_files.read_text(bank), name=str(bank), new_id=new_identity)
        if count:
            _write(bank, text.encode())
        say(_("%(count)d items were given an id."), count=count)
    found, place = bank_files.load_with_places(bank)
    with _progress(_("Checking")) as advance:
        findings = gate.lint_bank(found, advance)
    for finding in findings:
        at = place(finding)
        say(f"{at.where}: {_(SEVERITY_LABELS[finding.severity])}: {tell(at.fault, LANGUAGE)} [{finding.code}]")
    say(
        _("%(file)s is in order: %(items)d items, %(facts)d facts, %(findings)d findings."),
        file=bank,
        items=len(found.items),
        facts=len(found.facts),
        findings=len(findings),
    )


@commands.command(
    "import",
    help=_(
        "Bring files into the database; a second run changes nothing. Bank files come in as they are; of Anki "
        "packages, Anki text and tables (.apkg, .txt, .csv, .tsv, .xlsx) a preview is shown first."
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--into", metavar="BANK", help=_("The bank for the questions of a package or table; else a new one."))
@click.option(
    "--column",
    "columns",
    metavar="HEADING=MEANING",
    multiple=True,
    help=_("What a heading of a table stands for: question, key, distractors, explanation …"),
)
@click.option("--yes", is_flag=True, help=_("Do not ask: add what is new, leave what the bank tells otherwise."))
@click.option("--accept", is_flag=True, help=_("Do not ask: take over what the file tells otherwise."))
def import_(files: tuple[Path, ...], into: str | None, columns: tuple[str, ...], *, yes: bool, accept: bool) -> None:
    """Bring files into the database."""
    from quizapp import cli_questions  # noqa: PLC0415 (heavy)
    from quizapp.operations import preparing  # noqa: PLC0415 (heavy)

    with _application() as session, _progress(_("Importing")) as advance:
        for path in files:
            try:
                if path.suffix.casefold() in exporting.BANK_FILE_ENDINGS:
                    _say_imported(*preparing.import_file(session, path, now=datetime.now(UTC), advance=advance))
                else:
                    done = cli_questions.import_questions(
                        session, path, LANGUAGE, into=into, columns=columns, ask=not yes and not accept, accept=accept
                    )
                    if done:
                        _say_imported(*done)
            except (ConflictError, UnreadableError) as error:
                error.place = error.place or str(path)
                raise


@commands.command(help=_("Send a bank out, in the format of the file's ending: %(formats)s.") % {
    "formats": ", ".join(exporting.ENDINGS)
})  # fmt: skip
@click.argument("bank", metavar="BANK")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help=_("The file to write.")
)
def export(bank: str, output: Path) -> None:
    """Write a bank, from its file or from the database by its name, in another format."""
    exporting.require_format(output.suffix)
    with _progress(_("Exporting")) as advance:
        exported = exporting.export_bank(_find_bank(bank), output.suffix, advance=advance)
    _write(output, exported.content)
    for loss in exported.losses:
        say(_("Note: %(loss)s"), loss=_(loss))
    say(_("%(file)s was written (%(size)d kB)."), file=output, size=-(-len(exported.content) // 1024))


@commands.command(help=_("Make the installation ready: secret key, tables, shipped banks."))
def prepare() -> None:
    """Make the installation ready to serve; doing it again keeps everything."""
    import flask_migrate  # noqa: PLC0415 (heavy)

    from quizapp.operations import preparing  # noqa: PLC0415 (heavy)

    with _application(is_new=True) as session:
        flask_migrate.upgrade()
        for name, imported in preparing.import_shipped(session, now=datetime.now(UTC)):
            if not imported.is_nothing:
                _say_imported(name, imported)


@commands.command(
    help=_("Serve the site at PORT (8000) on QUIZAPP_ADDRESS (127.0.0.1) with QUIZAPP_WORKERS (2) processes.")
)
def serve() -> None:
    """Serve the site until interrupted."""
    from granian import Granian  # noqa: PLC0415 (heavy)
    from granian.constants import Interfaces  # noqa: PLC0415 (heavy)
    from granian.log import LogLevels  # noqa: PLC0415 (heavy)

    settings = Settings.from_environment()
    with _application():
        pass
    try:
        socket.create_server((settings.address, settings.port)).close()
    except OSError as error:
        raise SettingError(
            "port %(port)d cannot be used (%(reason)s): try PORT=8001", port=settings.port, reason=error.strerror
        ) from error
    say(_("quizapp is at http://%(address)s:%(port)d"), address=settings.address, port=settings.port)
    say(_("Try first: choose a bank, take a quiz of five questions, and look at the evidence in the result."))
    say(_("Stop with Ctrl+C."))
    Granian(
        "quizapp:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.address,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


@commands.command("create-admin", help=_("Make an account that looks after the site; the password is asked for."))
@click.option("--name", help=_("The name to sign in with; asked for by default."))
def create_admin(name: str | None) -> None:
    """Make an admin's account; its password is never an option's value, where others could read it."""
    from quizapp.operations import accounts  # noqa: PLC0415 (heavy)

    with _application() as session:
        name = name or click.prompt(_("Name"), err=True)
        password = click.prompt(_("Password"), hide_input=True, confirmation_prompt=_("The same again"), err=True)
        accounts.create_account(session, name, password, role="admin", now=datetime.now(UTC))
    say(_("%(name)s can now sign in."), name=name)


@commands.command("rebuild-study", help=_("Work out the progress of every learner anew from the reviews alone."))
def rebuild_study() -> None:
    """Work out progress anew."""
    from quizapp.operations import studying  # noqa: PLC0415 (heavy)

    with _application() as session, _progress(_("Working out")) as advance:
        cards, differing = studying.rebuild(session, advance=advance)
    say(_("%(cards)d cards were worked out, %(differing)d stood otherwise."), cards=cards, differing=differing)


@commands.command(help=_("Print the JSON Schema of bank files, for editors."))
def schema() -> None:
    """Print the schema."""
    from quizapp.store.bank_schema import SCHEMA  # noqa: PLC0415 (only here)

    click.echo(json.dumps(SCHEMA, ensure_ascii=False, indent=2))


@contextmanager
def _progress(label: str) -> Iterator[Callable[[float], None]]:
    """Give a function that is told the share done (0 to 1); at a terminal a bar appears once a second has passed."""
    begun = time.monotonic()
    with ExitStack() as shown:
        bars: list[Any] = []

        def advance(share: float) -> None:
            if not bars and time.monotonic() - begun > 1 and sys.stderr.isatty():
                bars.append(shown.enter_context(click.progressbar(length=1000, label=label, file=sys.stderr)))
            for bar in bars:
                bar.update(int(share * 1000) - bar.pos)

        yield advance


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    :raise SettingError: it cannot be written there.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise SettingError("%(file)s cannot be written: %(reason)s", file=path, reason=error.strerror) from error


def _find_bank(name: str) -> Bank:
    path = Path(name)
    if path.suffix in exporting.BANK_FILE_ENDINGS or path.is_file():
        return bank_files.load(path)
    from quizapp.store import banks  # noqa: PLC0415 (heavy)

    with _application() as session:
        return banks.read_whole(session, name)


def _say_imported(name: str, imported: Imported) -> None:
    say(
        _("%(name)s: %(added)d new, %(changed)d changed, %(retired)d retired, %(unchanged)d unchanged"),
        name=name,
        added=imported.added,
        changed=imported.changed,
        retired=imported.retired,
        unchanged=imported.unchanged,
    )


@contextmanager
def _application(*, is_new: bool = False) -> Iterator[Any]:
    """Open the application and give its database session; its tables must be there unless ``is_new``.

    :raise SettingError: they are not.
    """
    from quizapp import create_app  # noqa: PLC0415 (heavy)
    from quizapp.store.database import db, is_migrated  # noqa: PLC0415 (heavy)

    app: Flask = create_app()
    with app.app_context():
        if not is_new and not is_migrated(db.session()):
            raise SettingError("the database is not ready: run 'quizapp prepare' first")
        yield db.session()
