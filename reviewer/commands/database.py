"""`zegel db` and `zegel sessions`: the database's shape, and what has expired in it."""

import click

from cases.actions import mailboxes, staff
from cases.database import Database
from reviewer.commands.surroundings import now, open_database, today
from web.settings import database_url


@click.group("db")
def database() -> None:
    """Look after the database."""


@database.command()
def migrate() -> None:
    """Bring the database to the form that this version needs; keeps all data."""
    Database(database_url()).migrate()
    click.echo("the database is up to date")


@click.group("sessions")
def sessions() -> None:
    """Look after sessions."""


@sessions.command()
def purge() -> None:
    """Delete expired sessions of mailboxes and staff; run it once a day."""
    found = open_database()
    with found.writing() as session:
        gone = mailboxes.purge_sessions(session, today()) + staff.purge_sessions(session, now())
    found.scrub()
    click.echo(f"{gone} expired sessions deleted")
