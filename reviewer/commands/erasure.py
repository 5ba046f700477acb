"""`zegel erasure`: what is over, what was erased, and erasing again what a backup brought back."""

from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.actions.erasure import apply_tombstones
from cases.database import Database
from cases.domain.tombstones import Tombstone, from_text, to_text
from cases.queries.erasures import Ending, endings, still_there, tombstones
from reviewer import erased_list
from reviewer.commands.surroundings import evidence_store, open_database, today
from web.labels import text_of
from web.settings import home_folder

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def erasure() -> None:
    """See which cases are over, and keep erased ones erased.

    Erasing itself is for a head of the office, in the console.
    """


@erasure.command()
@click.option("--days", type=click.IntRange(0, 36500), default=90, help="how far to look ahead")
def preview(days: int) -> None:
    """List the closed cases whose period is over or ends soon. Opens nothing."""
    until = today() + timedelta(days=days)
    with closing(open_database()) as database, database.reading() as session:
        found = endings(session, until)
    for ending in found:
        click.echo(_line(ending))
    click.echo(ngettext("%(num)s case", "%(num)s cases", len(found)))


@erasure.command("list")
def listed() -> None:
    """Print the list of erased cases, to be kept beside the backups."""
    with closing(open_database()) as database, database.reading() as session:
        click.echo(to_text(tombstones(session)), nl=False)


@erasure.command()
@click.argument("files", type=_FILE, nargs=-1)
def apply(files: tuple[Path, ...]) -> None:
    """Erase again what an older database brought back: each case on erased.txt, and on FILES.

    `zegel restore` does it by itself; after any other way to bring a database back, do it first.
    """
    store, home = evidence_store(), home_folder()
    known = [*erased_list.read(home), *(each for path in files for each in _read(path))]
    with closing(open_database()) as database:
        with database.writing() as session:
            again = apply_tombstones(session, store, known)
        database.scrub()
        keep_list(database)
    click.echo(ngettext("%(num)s case erased again", "%(num)s cases erased again", again))


def keep_list(database: Database) -> None:
    """Write what was erased to the office's folder; say so where a case of the list is back."""
    with database.reading() as session:
        erased = _written_down(tombstones(session))
        back = len(still_there(session, [each.case_id for each in erased]))
    if erased:
        click.echo(_("erased cases: %(count)s on the list", count=len(erased)))
    if back:
        click.echo(
            _("of these in the database again: %(count)s; run `zegel erasure apply`", count=back)
        )


def _written_down(erased: tuple[Tombstone, ...]) -> tuple[Tombstone, ...]:
    try:
        return erased_list.write(home_folder(), erased)
    except PermissionError:
        # Where the jobs have a user of their own, the console alone keeps the list.
        return erased


def _read(path: Path) -> Iterable[Tombstone]:
    # What is no text is no list, and is refused as such.
    return from_text(path.read_text(encoding="ascii", errors="replace"))


def _line(ending: Ending) -> str:
    parts = (
        ending.erase_on.isoformat(),
        str(text_of(ending.flow)),
        ending.reference or _("no reference"),
        _standing(ending),
    )
    return "  ".join(parts)


def _standing(ending: Ending) -> str:
    if ending.on_hold:
        return _("kept by a legal hold")
    return _("over") if ending.erase_on <= today() else _("to come")
