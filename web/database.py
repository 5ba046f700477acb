"""One database session per view, opened when it is first used."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, after_this_request, g
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from web.roster import SESSION
from web.services import services

# These two as well: a signature may name the one, a handler the other, and nothing above `cases`
# imports SQLAlchemy.
__all__ = ["OperationalError", "Session", "db", "scrub_after_commit", "transaction"]


@contextmanager
def transaction(*, commits: bool) -> Iterator[None]:
    """Give the view a session; commit on a normal return where asked, else roll back."""
    database = services().database
    with database.writing() if commits else database.reading() as session:
        setattr(g, SESSION, session)
        try:
            yield
        finally:
            g.pop(SESSION)


def scrub_after_commit() -> None:
    """Let keys that the view erases not linger in SQLite's log either."""
    after_this_request(_scrub)


def _scrub(response: Response) -> Response:
    services().database.scrub()
    return response


def db() -> Session:
    """The session of the view that runs."""
    session = getattr(g, SESSION)
    assert isinstance(session, Session)  # noqa: S101 - narrows the type of Flask's untyped `g`
    return session
