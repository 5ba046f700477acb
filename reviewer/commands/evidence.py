"""`zegel evidence`: the sealed files beside the database."""

from contextlib import closing

import click
from flask_babel import gettext as _

from cases.actions import evidence as actions
from cases.actions import staff as staff_actions
from cases.actions.evidence_opening import OpenableFiles, openable_files, opens
from cases.database import Database
from cases.evidence_store import EvidenceStore
from reviewer.commands.failures import CommandFailed
from reviewer.commands.signing_in import sign_in
from reviewer.commands.surroundings import evidence_store, now, open_database, today


@click.group()
def evidence() -> None:
    """Look after the files that go with cases."""


@evidence.command()
@click.option("--all", "however_many", is_flag=True, help="even if most are not in the database")
def sweep(however_many: bool) -> None:
    """Remove what uploads left that nobody finished; `zegel jobs run` does it too.

    Safe while people send files: what is arriving now stays. Where most stored files are not in
    the database it removes nothing: the database may be the wrong one, or an older copy.
    """
    store = evidence_store()
    with closing(open_database()) as database:
        click.echo(swept(sweep_all(database, store, however_many=however_many)))


@evidence.command()
@click.option("--as", "login", help="also open every file of the cases that this person can open")
def verify(login: str | None) -> None:
    """Check that every file that a case keeps is there, whole, and that nothing else is.

    Without --as nothing is opened: names and sizes are compared. With --as you are asked to sign
    in, and every file of your cases is opened to its end and compared with what was sent. Changes
    nothing. Exit status 1 when something is wrong.
    """
    store = evidence_store()
    with closing(open_database()) as database:
        store.check()
        with database.reading() as session:
            found = actions.verify(session, store)
        wrong = _listed(_("missing"), found.missing) + _listed(_("wrong size"), found.wrong_size)
        # The next sweep removes it: a nuisance, and a fault all the same.
        wrong += _listed(_("belongs to nothing"), found.without_row)
        wrong += _opened(database, store, login) if login else 0
    if wrong:
        raise CommandFailed(_("faults in the evidence store: %(wrong)s", wrong=wrong))
    click.echo(_("verified"))


def sweep_all(
    database: Database, store: EvidenceStore, *, however_many: bool = False
) -> actions.Swept:
    """Sweep to the end, a part in each transaction: others write in between."""
    unfinished = without_row = 0
    more = True
    while more:
        with database.writing() as session:
            done = actions.sweep(session, store, today(), however_many=however_many)
        unfinished += done.unfinished
        without_row += done.without_row
        more = done.more
    return actions.Swept(unfinished, without_row)


def swept(done: actions.Swept) -> str:
    """What a sweep did, for the operator."""
    return _("unfinished uploads: %(count)s removed", count=done.unfinished + done.without_row)


def _opened(database: Database, store: EvidenceStore, login: str) -> int:
    readable = _openable(database, login)
    shut = tuple(file.object_name for file in readable.files if not opens(store, file))
    click.echo(_("files opened: %(count)s", count=len(readable.files) - len(shut)))
    if readable.shut:
        click.echo(
            _(
                "cases with files that %(login)s cannot open: %(shut)s",
                login=login,
                shut=readable.shut,
            )
        )
    if readable.damaged:
        click.echo(
            _(
                "damaged cases that should open to %(login)s: %(damaged)s",
                login=login,
                damaged=readable.damaged,
            )
        )
    return (
        readable.damaged
        + _listed(_("does not open"), shut)
        + _listed(_("named by no step"), readable.faults)
    )


def _openable(database: Database, login: str) -> OpenableFiles:
    token = sign_in(database, login)
    with database.reading() as session:
        by = staff_actions.open_staff_session(session, token, now())
        readable = openable_files(session, by.keys)
    with database.writing() as session:
        staff_actions.leave(session, token, now())
    return readable


def _listed(fault: str, names: tuple[str, ...]) -> int:
    for name in names:
        click.echo(f"{fault}: {name}")
    return len(names)
