"""How somebody proves at the command line who they are."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import click
from flask_babel import gettext as _

from cases.actions import staff as staff_actions
from cases.actions.signed_in import SignedIn
from cases.actions.staff import Throttled
from cases.database import Database
from crypto.session import SessionToken
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import now
from web.database import Session

as_oneself = click.option(
    "--as", "own_login", required=True, help="your own login; you are asked to sign in"
)


def sign_in(database: Database, login: str) -> SessionToken:
    """Ask for passphrase and a code of either kind; CommandFailed when they are not right."""
    passphrase = click.prompt(_("Passphrase of %(login)s", login=login), hide_input=True)
    code = click.prompt(_("One-time or recovery code"), hide_input=True)
    with database.writing() as session:
        outcome = staff_actions.sign_in(session, login, passphrase, code.strip(), now())
    if isinstance(outcome, SessionToken):
        return outcome
    if isinstance(outcome, Throttled):
        raise CommandFailed(
            _(
                "too many failed attempts: wait until %(time)s",
                time=f"{outcome.until:%H:%M:%S}",
            )
        )
    raise CommandFailed(_("not signed in: login, passphrase or code is not right"))


Step = Callable[[], AbstractContextManager[tuple[Session, SignedIn]]]


@contextmanager
def in_steps(database: Database, login: str) -> Iterator[Step]:
    """Many transactions of a person who signs in once for all of them.

    What one of them did stays done when the next one fails.
    """
    token = sign_in(database, login)

    @contextmanager
    def step() -> Iterator[tuple[Session, SignedIn]]:
        with database.writing() as session:
            by = staff_actions.open_staff_session(session, token, now())
            staff_actions.touch(session, token, now())
            yield session, by

    try:
        yield step
    finally:
        with database.writing() as session:
            staff_actions.leave(session, token, now())


@contextmanager
def signed_in(database: Database, login: str) -> Iterator[tuple[Session, SignedIn]]:
    """One transaction of a person who signs in for it, and whose session ends with it."""
    token = sign_in(database, login)
    try:
        with database.writing() as session:
            by = staff_actions.open_staff_session(session, token, now())
            yield session, by
            # With what was done: after it nothing may fail that would hide what is printed once.
            staff_actions.leave(session, token, now())
    except BaseException:
        # Undone, the end of the session too.
        with database.writing() as session:
            staff_actions.leave(session, token, now())
        raise
