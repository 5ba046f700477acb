"""`zegel authorities`: the public services and the other reference data, on the command line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.actions.reference_data import import_rows
from cases.domain.flows import Flow
from cases.domain.reference import KINDS, LANGUAGES, Authority, Certainty, Tables
from cases.domain.reference.changes import refusal_of
from cases.domain.reference.csv_text import CsvRows, read_csv
from cases.domain.reference.invariants import problems
from cases.domain.reference.known import ReferenceData
from cases.errors import ImportRefused, RowRefused
from cases.queries.reference_data import changes, current, current_tables
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import now, open_database, today

_KINDS = tuple(KINDS)


@click.group()
def authorities() -> None:
    """Look after the register of public services and what belongs to it."""


@authorities.command("list")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="of the names; by default en"
)
@click.option("--unconfirmed", is_flag=True, help="only services that are to be confirmed")
def list_authorities(language: str, unconfirmed: bool) -> None:
    """Print every service: id, level, name, who takes which cases today, how certain."""
    with open_database().reading() as session:
        data = current(session)
    for service in data.authorities:
        if not (unconfirmed and _is_confirmed(service, data)):
            click.echo("\t".join(_line(service, data, language)))


def _is_confirmed(service: Authority, data: ReferenceData) -> bool:
    found = [data.competence(service.id, flow, today()).certainty for flow in Flow]
    return {service.certainty, *found} == {Certainty.CONFIRMED}


def _line(service: Authority, data: ReferenceData, language: str) -> Iterator[str]:
    yield from (service.id, service.level.value, service.name(language))
    for flow in Flow:
        found = data.competence(service.id, flow, today())
        elsewhere = found.own_ombuds(language) or _("elsewhere")
        answer = _("here") if found.competent else elsewhere
        mark = "" if found.certainty is Certainty.CONFIRMED else f" ({found.certainty.value})"
        yield f"{flow.value}: {answer}{mark}"
    yield service.certainty.value


@authorities.command()
def check() -> None:
    """Count how certain the rows of every kind are, name those to be confirmed and what is wrong.

    Ends with 1 where something is wrong.
    """
    with open_database().reading() as session:
        tables, kept = current_tables(session), changes(session)
    _print_counts(tables)
    for line in _to_be_confirmed(tables):
        click.echo(line)
    unreadable = [(each, refusal_of(each)) for each in kept]
    wrong = [f"{each.kind} {each.key}: {refusal}" for each, refusal in unreadable if refusal]
    wrong += map(str, problems(tables))
    for text in wrong:
        click.echo(_("wrong: %(what)s", what=text))
    if wrong:
        raise CommandFailed(ngettext("%(num)s row is wrong", "%(num)s rows are wrong", len(wrong)))
    click.echo(_("nothing is wrong"))


def _print_counts(tables: Tables) -> None:
    click.echo("".join([f"{'':14}", *(f"{each.value:>11}" for each in Certainty)]))
    for code, rows in tables.items():
        found = [row["certainty"] for row in rows.values()]
        counts = (found.count(each.value) for each in Certainty)
        click.echo("".join([f"{code:14}", *(f"{count:>11}" for count in counts)]))


def _to_be_confirmed(tables: Tables) -> Iterator[str]:
    for code, rows in tables.items():
        for key, row in rows.items():
            if row["certainty"] != Certainty.CONFIRMED:
                name = KINDS[code].label_of(row, "en")
                yield _(
                    "to be confirmed: %(row)s: %(name)s (%(certainty)s)",
                    row=f"{code} {key}",
                    name=name,
                    certainty=row["certainty"],
                )


@authorities.command("import")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--kind", type=click.Choice(_KINDS), help="where the head fits several")
def import_files(files: Sequence[Path], kind: str | None) -> None:
    """Add and change rows from CSV files: all of them, or none where one does not fit.

    The head of a file says what it holds: authorities, competences or another list. A column that
    is not in the file stays as it is; a row that is not in it stays too.
    """
    found = [(file, _read(file, kind or "")) for file in files]
    rows = {each.kind: [row for _, row in each.rows.values()] for _, each in found}
    if len(rows) < len(found):
        raise CommandFailed(_("two of the files hold the same kind of rows; join them first"))
    with open_database().writing() as session:
        try:
            done = import_rows(session, rows, None, now())
        except RowRefused as refusal:
            raise CommandFailed(_located(found, refusal)) from None
    for code, count in done.items():
        click.echo(
            _(
                "%(code)s: %(added)s added, %(changed)s changed, %(unchanged)s unchanged",
                code=code,
                added=count.added,
                changed=count.changed,
                unchanged=count.unchanged,
            )
        )


def _read(file: Path, kind: str) -> CsvRows:
    try:
        return read_csv(file.read_text(encoding="utf-8"), kind)
    except UnicodeDecodeError:
        raise CommandFailed(_("%(file)s: not UTF-8 text", file=file)) from None
    except ImportRefused as refusal:
        raise CommandFailed(f"{file}, {refusal}") from None


def _located(found: Sequence[tuple[Path, CsvRows]], refusal: RowRefused) -> str:
    for file, read in found:
        if read.kind == refusal.kind and refusal.key in read.rows:
            return f"{file}, row {read.rows[refusal.key][0]}: {refusal}"
    # A row that was there before, and does not go together with one of the file.
    return f"{refusal.kind} {refusal.key}: {refusal}"
