"""How somebody proves at the command line who they are."""

import click

from cases.actions import staff as staff_actions
from cases.actions.staff import Throttled
from cases.database import Database
from crypto.session import SessionToken
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import now


def sign_in(database: Database, login: str) -> SessionToken:
    """Ask for passphrase and one-time code; CommandFailed when they are not right."""
    passphrase = click.prompt(f"Passphrase of {login}", hide_input=True)
    code = click.prompt("One-time code", hide_input=True)
    with database.writing() as session:
        outcome = staff_actions.sign_in(session, login, passphrase, code.strip(), now())
    if isinstance(outcome, SessionToken):
        return outcome
    if isinstance(outcome, Throttled):
        raise CommandFailed(f"too many failed attempts: wait until {outcome.until:%H:%M:%S}")
    raise CommandFailed("not signed in: login, passphrase or one-time code is not right")
