"""The commands that look into articles: drafts and candidates."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from quizapp.cli.terminal import LANGUAGE, _, progress, say, write
from quizapp.core.article import LANGUAGES, REGISTERS
from quizapp.core.errors import QuizError, SettingError
from quizapp.settings import Settings
from quizapp.translation import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.core.article import Article
    from quizapp.drafting import Draft, Wishes
    from quizapp.language_model import Model


@click.command(
    help=_(
        "Draft questions from articles: text, Markdown, HTML, PDF or DOCX files, addresses, or - (standard input). Of "
        "several each gives a bank in the folder that -o names, or a line of JSON."
    )
)
@click.argument(
    "sources", metavar=_("SOURCE..."), nargs=-1, required=True, type=click.Path(dir_okay=False, allow_dash=True)
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("Write a bank file here."))
@click.option("--limit", type=click.IntRange(min=1), help=_("Make at most so many drafts, the best."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("The article's language; found out by default."))
@click.option(
    "--register", type=click.Choice(REGISTERS), default="polite", help=_("です・ます, or だ・である (plain).")
)
@click.option(
    "--glossary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A text file with a group of terms a line, apart by commas: wrong options where the article has too few."),
)
@click.option(
    "--bank",
    "banks",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A bank file whose options may serve as wrong options, before the glossary's."),
)
@click.option("--model", "with_model", is_flag=True, help=_("Let the language model of QUIZAPP_MODEL_URL reword them."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the drafts as JSON."))
def draft(  # noqa: PLR0913 (one for each option)
    sources: tuple[str, ...],
    output: Path | None,
    limit: int | None,
    language: str | None,
    register: str,
    glossary: Path | None,
    banks: tuple[Path, ...],
    *,
    with_model: bool,
    as_json: bool,
) -> None:
    """Draft questions and print them, or write them as banks."""
    from quizapp.operations import drafts as operation  # noqa: PLC0415 (heavy)

    settings = Settings.from_environment()
    model = _model(settings) if with_model else None
    how = _How(limit, language, settings.private_addresses, model, operation.wishes(register, glossary, banks))
    if len(sources) > 1:
        _draft_files(sources, output, how, as_json=as_json)
        return
    _may_write(output)
    with progress(_("Drafting")) as advance:
        read, drafts = operation.draft_source(sources[0], sys.stdin.buffer, advance=advance, **how._asdict())
    for warning in read.warnings:
        say(_("Note: %(loss)s"), loss=tell(warning, LANGUAGE))
    if output:
        _write_drafts(output, read.article, drafts)
    if as_json:
        click.echo(json.dumps([each.to_data() for each in drafts], ensure_ascii=False, indent=1))
    elif not output:
        click.echo(operation.as_text(drafts, LANGUAGE))
    if not drafts:
        say(_("Nothing to ask was found: the text has no sentence that states a fact."))


class _How(NamedTuple):
    """How drafts are to be made; as ``operations.drafts`` names it."""

    limit: int | None
    language: str | None
    allow_private: bool
    model: Model | None
    wishes: Wishes


def _model(settings: Settings) -> Model:
    """Return the language model that the operator names.

    :raise SettingError: none is named.
    """
    from quizapp.language_model import Model  # noqa: PLC0415 (heavy)

    if not settings.model_url:
        raise SettingError("no language model is set: set QUIZAPP_MODEL_URL and QUIZAPP_MODEL, or leave out --model")
    return Model(settings.model_url, settings.model_name, settings.model_key())


def _draft_files(sources: tuple[str, ...], output: Path | None, how: _How, *, as_json: bool) -> None:
    """Draft from several files; one that cannot be read does not keep the others from being drafted."""
    from quizapp.operations import drafts as operation  # noqa: PLC0415 (heavy)

    sources = tuple(dict.fromkeys(sources))
    if "-" in sources or (output is None) != as_json or (output and output.is_file()):
        raise SettingError("several files need -o with a folder, or --json; - cannot stand among them")
    targets = _targets(sources, output) if output else {}
    with progress(_("Drafting")) as advance:
        results = list(operation.draft_files(sources, advance=advance, **how._asdict()))
    for source, result in results:
        if isinstance(result, QuizError):
            say(f"{result.place}: {tell(result, LANGUAGE)}" if result.place else tell(result, LANGUAGE))
            continue
        read, drafts = result
        for warning in read.warnings:
            say(f"{source}: {tell(warning, LANGUAGE)}")
        if as_json:
            found = {"source": source, "drafts": [each.to_data() for each in drafts]}
            click.echo(json.dumps(found, ensure_ascii=False))
        elif drafts:
            _write_drafts(targets[source], read.article, drafts)
        else:
            say(_("%(file)s: nothing to ask was found"), file=source)
    if any(isinstance(result, QuizError) for _source, result in results):
        sys.exit(1)


def _targets(sources: tuple[str, ...], folder: Path) -> dict[str, Path]:
    """Return the bank file of each source in ``folder``, which is made where it is missing.

    :raise SettingError: two would have one name, a file there is to stay, or the folder cannot be made.
    """
    targets = {source: folder / f"{Path(source).stem}.yaml" for source in sources}
    if len(set(targets.values())) < len(targets):
        raise SettingError("two of the files have the same name: draft them one at a time")
    for target in targets.values():
        _may_write(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError("%(file)s cannot be written: %(reason)s", file=folder, reason=error.strerror) from error
    return targets


def _may_write(output: Path | None) -> None:
    """Ask before a file is written over.

    :raise SettingError: it is to stay.
    """
    if output and output.exists() and not click.confirm(
        _("%(file)s is already there. Overwrite it?") % {"file": output}, err=True
    ):  # fmt: skip
        raise SettingError("%(file)s was left as it is; choose another name with -o", file=output)


def _write_drafts(path: Path, article: Article, drafts: Sequence[Draft]) -> None:
    from quizapp.operations import drafts as operation  # noqa: PLC0415 (heavy)

    text = operation.as_bank_file(article, drafts, name=path.stem, now=datetime.now(UTC))
    write(path, text.encode())
    say(
        _("%(count)d drafts written to %(file)s; read them, then: quizapp check %(file)s"),
        count=len(drafts),
        file=path,
    )


@click.command(
    help=_(
        "For each line of standard input, a JSON object with id and text, print a line with the spans that people are "
        "likely to ask for, best first."
    )
)
@click.option("--limit", type=click.IntRange(min=1), help=_("Give at most so many spans for a text."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("The texts' language; found out by default."))
def candidates(limit: int | None, language: str | None) -> None:
    """Print the candidates of texts, for measuring."""
    from quizapp.operations import drafts as operation  # noqa: PLC0415 (heavy)

    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for line in operation.candidate_lines(lines, limit=limit, language=language):
        click.echo(line)
