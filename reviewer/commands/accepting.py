"""Keeping proposals of rosters, and putting one in force once enough people have signed it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
from flask_babel import gettext as _

from cases import roster_store
from cases.actions import roster_people, rosters
from cases.actions.rosters import Changes, Proposed
from cases.actions.signed_in import SignedIn
from cases.database import Database
from cases.queries.rosters import proposed_people
from crypto.roster import VerifiedRoster, fingerprint, read_file
from reviewer.commands.failures import CommandFailed
from reviewer.commands.redealing import reminder
from reviewer.commands.signing_in import signed_in
from reviewer.commands.surroundings import now, roster_folder, today, verified_roster
from web.database import Session
from web.settings import home_folder

Propose = Callable[[Session, VerifiedRoster, Changes, SignedIn, datetime], Proposed]


def propose_and_keep(
    database: Database, changes: Changes, login: str, propose: Propose = rosters.propose
) -> None:
    """Let a person propose the next roster; it is in force at once where one signature is enough.

    Prints the invitations, which count once the roster is in force.
    """
    current = verified_roster(database, expired_too=True)
    with signed_in(database, login) as (session, by):
        proposed = propose(session, current, changes, by, now())
        path = keep(proposed)
    # Before anything else can fail: nobody can print them again.
    for invited, code in proposed.invitations.items():
        click.echo(
            _(
                "Invitation code of %(invited)s; it is printed once, hand it over in person:",
                invited=invited,
            )
        )
        click.echo(f"  {code.text}")
    accept_if_complete(database, path, by.member.id)


def keep(proposed: Proposed) -> Path:
    """Write a proposal's file; returns where."""
    path = _proposal_path(proposed.file)
    roster_store.keep_proposal(path, proposed.file)
    return path


def accept_if_complete(database: Database, path: Path, by: bytes | None) -> None:
    """Put a proposal in force, or say how many signatures are missing.

    Believes the files only: what the database remembers is asked before the roster is in force, so
    that a roster whose file was lost can be put back.

    Raises:
        CommandFailed: nobody signed here and now, and signatures are missing.
        RosterRejected, RosterUnusable, OfficeIncomplete.
    """
    file, folder = path.read_bytes(), roster_folder()
    chain = roster_store.load_all(folder, today(), expired_too=True)
    # Where it was interrupted after the file was kept, the rest is still to be done.
    again = fingerprint(file) == chain[-1].fingerprint
    missing = 0 if again else rosters.signatures_missing(chain[-1], file)
    if missing:
        _say_what_is_missing(path, missing, asked=by is None)
        return
    if not again:
        chain = roster_store.load_with(folder, file, today())
    with database.writing() as session:
        roster_people.enact(session, chain, now(), by)
        if not again:
            # Before the commit: nobody may be in the database whose key no roster names.
            roster_store.append(folder, file, today())
    # What opened for somebody who left stays in no log either.
    database.scrub()
    click.echo(_("roster %(serial)s is in force", serial=chain[-1].roster.serial))
    click.echo(_("fingerprint %(fingerprint)s", fingerprint=chain[-1].fingerprint_text))
    next_step = reminder(chain[-2] if len(chain) > 1 else None, chain[-1])
    if next_step:
        click.echo(next_step)


def finish_accepting(database: Database, chain: tuple[VerifiedRoster, ...]) -> None:
    """Do what the roster in force still asks for, where accepting it was interrupted."""
    with database.reading() as session:
        unfinished = bool(proposed_people(session, chain[-1].fingerprint))
    if unfinished:
        with database.writing() as session:
            roster_people.enact(session, chain, now())
        database.scrub()


def proposals_after(current: VerifiedRoster) -> list[Path]:
    """The files of proposals that could be the next roster, whether or not anybody signed them."""
    return sorted(_proposals().glob(f"{current.roster.serial + 1:04d}-*.json"))


def _say_what_is_missing(path: Path, missing: int, *, asked: bool) -> None:
    said = _(
        "signatures missing: %(missing)s; the proposal is in %(path)s", missing=missing, path=path
    )
    if asked:
        raise CommandFailed(said)
    click.echo(said)
    click.echo(
        _("next, an administrator who has not: zegel roster sign %(path)s --as LOGIN", path=path)
    )


def _proposal_path(file: bytes) -> Path:
    read = read_file(file)
    name = f"{read.roster.serial:04d}-{read.fingerprint.hex()[:8]}.json"
    return _proposals() / name


def _proposals() -> Path:
    return home_folder() / "proposals"
