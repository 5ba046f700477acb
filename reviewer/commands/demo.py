"""`zegel demo`: an invented office on this machine, served until Ctrl-C."""

import os
import sys
from pathlib import Path

import click
import segno
from pyotp import TOTP

from cases.database import Database
from cases.domain.one_time_codes import STEP_SECONDS, provisioning_uri
from cases.queries.staff import office_exists
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import evidence_store, now
from reviewer.demonstration import credentials, founding
from reviewer.demonstration.credentials import Demonstration
from reviewer.home import prepare_home
from reviewer.processes import Server, Stop, check_free, check_server, serving, stay
from web.look.served import served_look
from web.settings import database_url, home_folder

LOOPBACK_ONLY = {"ZEGEL_LOOPBACK_COOKIES": "1", "ZEGEL_TRUSTED_HOSTS": "127.0.0.1,localhost"}


@click.command()
@click.option("--empty", is_flag=True, help="a new office gets no invented cases")
@click.option(
    "--qr/--no-qr",
    default=None,
    help="draw the first person's secret for an authenticator app; by default on a terminal",
)
def demo(empty: bool, qr: bool | None) -> None:
    """Serve portal and console with an invented office, on this machine only.

    Safe to run again: existing data stays, and the same credentials are printed with a fresh
    one-time code. ZEGEL_HOME (default var), ZEGEL_PORTAL_PORT (8000) and ZEGEL_REVIEWER_PORT
    (8001) say where.
    """
    ports = {
        "portal": _port("ZEGEL_PORTAL_PORT", 8000),
        "console": _port("ZEGEL_REVIEWER_PORT", 8001),
    }
    # Before any data is touched: where nothing can be served, nothing is made either.
    check_server()
    if len({*ports.values()}) < len(ports):
        raise CommandFailed(f"portal and console cannot both have port {ports['portal']}")
    for port in ports.values():
        check_free(port)
    home, stop = home_folder(), Stop()
    served_look(home)
    prepare_home(home)
    demonstration = _prepare(home, empty=empty)
    with stop.listening(), serving(ports, LOOPBACK_ONLY, stop) as servers:
        if not servers:
            return
        _print(home, servers, demonstration)
        _print_drawing(demonstration, wanted=qr)
        click.echo("\nready; Ctrl-C stops both")
        stay(servers, stop)
    click.echo("stopped; the data is kept")


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise CommandFailed(f"{name}={value}: not a port")
    return int(value)


def _prepare(home: Path, *, empty: bool) -> Demonstration | None:
    """The office that is there, or a new one; None for an office that is no demonstration."""
    database = Database(database_url())
    database.migrate()
    with database.reading() as session:
        is_founded = office_exists(session)
    made = credentials.read(home) if is_founded else None
    if not is_founded:
        click.echo("making an invented office, a few seconds ...")
        made = founding.found(database, home, now())
    if made is not None:
        made = founding.complete(database, evidence_store(), home, made, now(), empty=empty)
    database.close()
    return made


def _print(home: Path, servers: tuple[Server, ...], made: Demonstration | None) -> None:
    portal, console = servers
    click.echo(f"\nportal   {portal.url}/en/        for people who report or complain")
    click.echo(f"console  {console.url}/en/        for the office")
    click.echo(f"data     {home}")
    if made is None:
        click.echo("\nThis office is no demonstration: sign in with your own account.")
        return
    moment = now()
    left = STEP_SECONDS - int(moment.timestamp()) % STEP_SECONDS
    click.echo(f"\nInvented staff; each one-time code works once and changes in {left} s:")
    for person in made.people:
        code = TOTP(person.totp_secret).at(moment)
        click.echo(f"  login {person.login}  ({', '.join(person.roles)}: {person.about})")
        click.echo(f"    passphrase     {person.passphrase}")
        click.echo(f"    one-time code  {code}   secret {person.totp_secret}")
    if made.receipt_code:
        click.echo("\nA receipt code that opens a mailbox with an answer:")
        click.echo(f"  {made.receipt_code}")


def _print_drawing(made: Demonstration | None, *, wanted: bool | None) -> None:
    on_terminal = sys.stdout.isatty()
    if made is None or not (on_terminal if wanted is None else wanted):
        return
    person = made.people[0]
    uri = provisioning_uri(person.totp_secret, person.login, founding.OFFICE)
    click.echo(f"\n{person.login}'s secret for an authenticator app:\n")
    segno.make(uri, error="l", micro=False).terminal(compact=True)
