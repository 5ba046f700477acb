"""`zegel keys rotate`: a new intake key, in steps that can each be interrupted and repeated."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click
from flask_babel import gettext as _

from cases.actions import intake_rotation
from cases.actions.intake_rotation import OVERLAP, Chain, propose_intake_key
from cases.actions.rosters import Changes
from cases.database import Database
from cases.queries.rosters import proposed_people
from crypto.roster import VerifiedRoster, read_file
from reviewer.commands.accepting import (
    accept_if_complete,
    finish_accepting,
    proposals_after,
    propose_and_keep,
)
from reviewer.commands.asking import confirm
from reviewer.commands.failures import CommandFailed
from reviewer.commands.signing_in import Step, as_oneself, in_steps
from reviewer.commands.surroundings import now, open_database, today, verified_chain

_MOST_DAYS = 60


@click.command()
@as_oneself
@click.option(
    "--overlap",
    "days",
    default=OVERLAP.days,
    show_default=True,
    type=click.IntRange(0, _MOST_DAYS),
    help="days for which the old key stays, for servers that read the new roster late",
)
@click.option("--anew", is_flag=True, help="propose a new key unasked, whatever is under way")
def rotate(own_login: str, days: int, anew: bool) -> None:
    """Change the intake key. Run it again and again: each time it does what comes next.

    It proposes a roster with a new key, which administrators sign with `zegel roster sign`. Once
    that is in force it grants every case of the pool to the new key. When nothing is granted to the
    old key and the overlap is over, it destroys the old key. Whoever runs it opens new cases.
    """
    overlap = timedelta(days=days)
    with closing(open_database()) as database:
        chain = verified_chain(database, expired_too=True)
        finish_accepting(database, chain)
        with database.reading() as session:
            under_way = intake_rotation.rotation(session, chain, overlap).under_way
        if under_way and not anew:
            _go_on(database, own_login, overlap)
        else:
            _propose(database, chain[-1], own_login, anew=anew)


def _propose(database: Database, current: VerifiedRoster, login: str, *, anew: bool) -> None:
    waiting = None if anew else _waiting_proposal(database, current)
    if waiting is None:
        if not anew:
            # Whoever was interrupted at the very end runs it once more, and means no new key.
            confirm(_("No change is under way. Propose a new intake key?"))
        propose_and_keep(database, Changes(), login, propose_intake_key)
        click.echo(_("once it is in force, run `zegel keys rotate` again"))
    else:
        accept_if_complete(database, waiting, None)


def _waiting_proposal(database: Database, current: VerifiedRoster) -> Path | None:
    """A proposal of a new key that waits for signatures, so that none is made twice.

    A file alone is none: where its writing was interrupted, nobody was given the key.
    """
    with database.reading() as session:
        for path in proposals_after(current):
            read = read_file(path.read_bytes())
            is_kept = bool(proposed_people(session, read.fingerprint))
            if is_kept and read.roster.intake != current.roster.intake:
                return path
    return None


def _go_on(database: Database, login: str, overlap: timedelta) -> None:
    chain = verified_chain(database)
    with database.reading() as session:
        found = intake_rotation.rotation(session, chain, overlap)
    if not found.waiting and today() < found.overlap_ends_on:
        click.echo(_("cases granted to the old key: %(count)s", count=0))
        _say_when(found.overlap_ends_on.isoformat())
        return
    with in_steps(database, login) as step:
        _regrant(step, chain)
        with step() as (session, _by):
            found = intake_rotation.rotation(session, chain, overlap)
        if found.waiting:
            raise CommandFailed(
                _("cases still granted to the old key: %(waiting)s", waiting=found.waiting)
            )
        if today() < found.overlap_ends_on:
            _say_when(found.overlap_ends_on.isoformat())
            return
        with step() as (session, by):
            intake_rotation.destroy_earlier(session, chain, by, now(), overlap)
    database.scrub()
    click.echo(_("the old key is destroyed"))


def _regrant(step: Step, chain: Chain) -> None:
    granted = shut = 0
    last: bytes | None = b""
    while last is not None:
        # Each part for itself: stopped half-way, the same command goes on where it was.
        with step() as (session, by):
            done = intake_rotation.regrant_some(session, chain, by, now(), last)
        granted, shut, last = granted + done.granted, shut + done.shut, done.last
    click.echo(_("cases granted to the new key: %(count)s", count=granted))
    if shut:
        click.echo(
            _("cases that do not open: %(shut)s; `zegel keys recover` says which", shut=shut)
        )


def _say_when(day: str) -> None:
    click.echo(_("the old key stays until %(day)s: then run `zegel keys rotate` again", day=day))
