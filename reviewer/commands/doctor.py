"""`zegel doctor`: what an operator should know, and what to do about it."""

import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.database import Database
from cases.evidence_store import EvidenceStore
from reviewer import erased_list
from reviewer.commands.backup import STAMP
from reviewer.commands.checkup import folders, machine, office
from reviewer.commands.checkup.finding import Finding
from reviewer.commands.checkup.folders import Places
from reviewer.commands.checkup.outside import seen_from_outside
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import evidence_store, roster_folder, today
from web.settings import database_url, evidence_url, home_folder

_WIDTH = 100


@click.command()
@click.option(
    "--url", "urls", multiple=True, help="where people reach portal or console; once for each"
)
def doctor(urls: tuple[str, ...]) -> None:
    """Look at this installation and explain what is not as it should be.

    Folders and disks, swap and core files, the clock, the database and its roles, the roster, the
    last backup, uploads; with --url also the headers and the certificate as people get them.
    Changes nothing. Exit status 1 when something was found.
    """
    if wrong := [url for url in urls if urlsplit(url).scheme not in ("http", "https")]:
        raise click.UsageError(_("%(url)s is no address: https://name", url=wrong[0]))
    number = 0
    for number, finding in enumerate(_findings(urls), 1):
        click.echo(f"{number}. {finding.what}")
        click.echo(textwrap.indent(textwrap.fill(finding.advice, _WIDTH - 3), "   "))
    if number:
        raise CommandFailed(ngettext("%(num)s finding", "%(num)s findings", number))
    click.echo(_("nothing found"))


def _findings(urls: tuple[str, ...]) -> Iterator[Finding]:
    places = _places()
    yield from folders.permissions(places)
    yield from folders.space(places)
    yield from machine.swap()
    yield from machine.core_dumps()
    yield from machine.clock()
    yield from office.roster(roster_folder(), today())
    yield from office.backup(home_folder() / STAMP, today())
    with closing(Database(database_url())) as database:
        yield from _of_database(database, evidence_store())
    for url in urls:
        yield from seen_from_outside(url)


def _of_database(database: Database, store: EvidenceStore) -> Iterator[Finding]:
    found = office.tables(database)
    yield from found
    if not found:
        yield from office.roles(database)
        yield from office.erased(database, erased_list.read(home_folder()))
        yield from office.uploads(database, store, today())


def _places() -> Places:
    url, files = urlsplit(database_url()), urlsplit(evidence_url())
    return Places(
        home_folder(),
        Path(unquote(url.path.removeprefix("/"))) if url.scheme == "sqlite" else None,
        Path(unquote(files.path)) if files.scheme == "file" else None,
    )
