"""The command ``quizapp``: drafting, checking, bringing in, sending out and serving.

Results go to standard output, everything said to a person to standard error. Exit codes: 0 done, 1 failed, 2 misused.
"""

from __future__ import annotations

import json
import socket
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from export.anki import PARTS, Wishes
from quizapp.cli import drafting
from quizapp.cli.terminal import LANGUAGE, _, progress, say, write
from quizapp.core import gate
from quizapp.core.article import LANGUAGES
from quizapp.core.errors import ConflictError, QuizError, SettingError, UnreadableError
from quizapp.operations import exporting
from quizapp.settings import Settings
from quizapp.store import bank_files
from quizapp.store.bank_files import BankFormatError
from quizapp.translation import SEVERITY_LABELS, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from quizapp.core.bank import Bank
    from quizapp.operations.authoring import Imported


def main() -> None:
    """Run the command line; every error raised on purpose ends as one clear message and exit code 1."""
    try:
        commands(prog_name="quizapp")
    except BankFormatError as error:
        for place in error.places:
            say(f"{place.where}: {tell(place.fault, LANGUAGE)}")
        sys.exit(1)
    except QuizError as error:
        _say_error(error)
        sys.exit(1)


def _say_error(error: QuizError) -> None:
    say(f"{error.place}: {tell(error, LANGUAGE)}" if error.place else tell(error, LANGUAGE))


@click.group(help=_("Turn an article into question banks, quizzes and Anki decks."))
@click.version_option(package_name="quizapp")
def commands() -> None:
    """Group the commands."""


commands.add_command(drafting.draft)
commands.add_command(drafting.candidates)


@commands.command(help=_("Check a bank file: name every fault with its place, then what could be better."))
@click.argument("bank", metavar="BANK.yaml", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--add-ids", is_flag=True, help=_("First give every item without an id a new one, in the file."))
def check(bank: Path, *, add_ids: bool) -> None:
    """Check a bank file."""
    if add_ids:
        from quizapp.operations.authoring import new_identity  # noqa: PLC0415 (heavy)

        text, count = bank_files.add_ids(bank_files.read_text(bank), name=str(bank), new_id=new_identity)
        if count:
            write(bank, text.encode())
        say(_("%(count)d items were given an id."), count=count)
    found, place = bank_files.load_with_places(bank)
    with progress(_("Checking")) as advance:
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
    from quizapp.cli import questions  # noqa: PLC0415 (heavy)
    from quizapp.operations import preparing  # noqa: PLC0415 (heavy)

    with _application() as session, progress(_("Importing")) as advance:
        for path in files:
            try:
                if path.suffix.casefold() in exporting.BANK_FILE_ENDINGS:
                    _say_imported(*preparing.import_file(session, path, now=datetime.now(UTC), advance=advance))
                else:
                    done = questions.import_questions(
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
@click.option("--tag", default="", help=_("Only questions with the tag"))
@click.option("--words", default="", help=_("Only questions with the words"))
@click.option("--parts", default="whole", type=click.Choice(list(PARTS)), help=_("Sub-decks of an Anki deck"))
@click.option("--recall", is_flag=True, help=_("Ask choices without their options"))
@click.option("--plain", is_flag=True, help=_("Leave out furigana"))
@click.option("--language", default="", type=click.Choice(["", *LANGUAGES]), help=_("Language of headings and labels"))
@click.option("--site", default="", metavar="URL", help=_("The site that cards lead to"))
def export(  # noqa: PLR0913 - a learner's choices
    bank: str, output: Path, tag: str, words: str, parts: str, language: str, site: str, *, recall: bool, plain: bool
) -> None:
    """Write a bank, from its file or from the database by its name, in another format."""
    exporting.require_format(output.suffix)
    wishes = Wishes(recall=recall, furigana=not plain, parts=parts, words=language)
    with progress(_("Exporting")) as advance:
        whole = _find_bank(bank)
        chosen = exporting.choose(whole, tag=tag, words=words) if tag or words else whole
        exported = exporting.export_bank(chosen, output.suffix, address=site, wishes=wishes, advance=advance)
    write(output, exported.content)
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
        for name, imported in preparing.import_shipped(session, now=datetime.now(UTC), refused=_say_error):
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

    from quizapp.store import accounts  # noqa: PLC0415 (heavy)

    settings = Settings.from_environment()
    with _application() as session:
        has_no_account = not accounts.list_page(session, most=1)
    try:
        socket.create_server((settings.address, settings.port)).close()
    except OSError as error:
        raise SettingError(
            "port %(port)d cannot be used (%(reason)s): try PORT=8001", port=settings.port, reason=error.strerror
        ) from error
    say(_("quizapp is at http://%(address)s:%(port)d"), address=settings.address, port=settings.port)
    say(_("Try first: choose a bank, take a quiz of five questions, and look at the evidence in the result."))
    if has_no_account:
        say(_("To write questions yourself, make your account in another terminal: .venv/bin/quizapp create-admin"))
    say(_("Stop with Ctrl+C."))
    Granian(
        "quizapp:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.address,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=2,  # while one waits for the disk another works; more would only wait for one another
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


@commands.command("create-admin", help=_("Make an account that looks after the site; the password is asked for."))
@click.option("--name", help=_("The name to sign in with; asked for by default."))
def create_admin(name: str | None) -> None:
    """Make an admin's account; its password is never an option's value, where others could read it."""
    from quizapp.operations import accounts, passwords  # noqa: PLC0415 (heavy)

    with _application() as session:
        name = name or click.prompt(_("Name"), err=True)
        asked = _("Password (at least %(least)d characters)") % {"least": passwords.SHORTEST}
        password = click.prompt(asked, hide_input=True, confirmation_prompt=_("The same again"), err=True)
        accounts.create_account(session, name, password, role="admin", now=datetime.now(UTC))
    say(_("%(name)s can now sign in."), name=name)


@commands.command("rebuild-study", help=_("Work out the progress of every learner anew from the reviews alone."))
def rebuild_study() -> None:
    """Work out progress anew."""
    from quizapp.operations import studying  # noqa: PLC0415 (heavy)

    with _application() as session, progress(_("Working out")) as advance:
        cards, differing = studying.rebuild(session, advance=advance)
    say(_("%(cards)d cards were worked out, %(differing)d stood otherwise."), cards=cards, differing=differing)


@commands.command(help=_("Print the JSON Schema of bank files, for editors."))
def schema() -> None:
    """Print the schema."""
    from quizapp.store.bank_schema import SCHEMA  # noqa: PLC0415 (only here)

    click.echo(json.dumps(SCHEMA, ensure_ascii=False, indent=2))


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
