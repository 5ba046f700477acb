"""The `zegel` command in the test's own process, and what people type into it."""

from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import update

from cases.models import Staff
from reviewer.commands import main
from tests.support.office import PASSPHRASE, Office, one_time_code


def zegel(home: Path, *words: str, typed: str = "") -> Result:
    """Run a command with these lines on standard input."""
    return CliRunner().invoke(main, list(words), input=typed, env={"ZEGEL_HOME": str(home)})


def signing_in(office: Office, *logins: str) -> str:
    """What the people type, one after the other; the code after the one of the enrolment."""
    then = office.clock.now() + timedelta(seconds=30)
    codes = [one_time_code(office.enrol(login), then) for login in logins]
    return "".join(f"{PASSPHRASE}\n{code}\n" for code in codes)


def signing_in_again(office: Office, login: str) -> str:
    """The same as often as a test wants."""
    office.enrol(login)
    forget_the_code(office, login)
    return signing_in(office, login)


def forget_the_code(office: Office, login: str) -> None:
    """Let the same one-time code be used again: waiting for the next one takes half a minute."""
    with office.database.writing() as session:
        session.execute(update(Staff).where(Staff.login == login).values(totp_last_step=0))
