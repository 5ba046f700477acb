"""`zegel db` and `zegel sessions`: the database's shape, and what has expired in it."""

from contextlib import closing

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.actions import mailboxes, staff
from cases.actions.database_roles import CONSOLE_ROLE, PORTAL_ROLE, give_roles
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
    click.echo(_("the database is up to date"))


@database.command()
@click.option("--portal", default=PORTAL_ROLE, show_default=True, help="the portal's role")
@click.option("--console", default=CONSOLE_ROLE, show_default=True, help="the console's role")
def roles(portal: str, console: str) -> None:
    """Give portal and console roles of their own on PostgreSQL.

    Each gets the statements that it needs and no others; run it again after `zegel db migrate`, as
    the owner of the tables. Roles that are missing are made, without a password.
    """
    with closing(open_database()) as found:
        give_roles(found, portal, console)
    click.echo(
        _(
            "%(portal)s and %(console)s may do what they need, and nothing else",
            portal=portal,
            console=console,
        )
    )


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
    click.echo(
        ngettext("%(num)s expired session deleted", "%(num)s expired sessions deleted", gone)
    )
