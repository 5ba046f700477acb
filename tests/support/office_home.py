"""A founded office in a folder that real servers can read: with secrets, and on the real clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from cases.actions import staff
from cases.database import Database
from crypto.session import SessionToken
from reviewer.home import prepare_home
from tests.support.office import PASSPHRASE, Office, found, one_time_code
from web.clock import SystemClock


@contextmanager
def office_home(home: Path, database_url: str | None = None) -> Iterator[Office]:
    """Make an office in `home`; its database stays open for the test until the block ends.

    Args:
        home: made if it is not there.
        database_url: default: SQLite in the folder, where a server looks by itself.
    """
    prepare_home(home)
    database = Database(database_url or f"sqlite:///{home / 'zegel.sqlite'}")
    try:
        yield found(home, database, SystemClock())
    finally:
        database.close()


def sign_in(office: Office, login: str) -> SessionToken:
    """Sign a person in to the console; the token goes into the console's cookie."""
    now = office.clock.now()
    # The code of the enrolment was used; the one after it is still inside the window.
    code = one_time_code(office.enrol(login), now + timedelta(seconds=30))
    with office.database.writing() as session:
        token = staff.sign_in(session, login, PASSPHRASE, code, now)
    assert isinstance(token, SessionToken), token
    return token
