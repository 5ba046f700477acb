"""`zegel demo`: an invented office on this machine, served until Ctrl-C."""

import os
import sys
from pathlib import Path

import click
import segno
from flask_babel import gettext as _
from pyotp import TOTP

from cases.database import Database
from cases.domain.one_time_codes import STEP_SECONDS, provisioning_uri
from cases.queries.staff import office_exists
from reviewer.commands.failures import CommandFailed
from reviewer.commands.language import chosen_language
from reviewer.commands.surroundings import evidence_store, now
from reviewer.demonstration import credentials, founding
from reviewer.demonstration.credentials import Demonstration
from reviewer.home import prepare_home
from reviewer.processes import Server, Stop, check_free, check_server, serving, stay
from web.look.served import served_look
from web.settings import database_url, home_folder

# Of what stands before a credential, in the longest of our languages.
_WIDTH = 16
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
        raise CommandFailed(
            _("portal and console cannot both have port %(port)s", port=ports["portal"])
        )
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
        click.echo("\n" + _("ready; Ctrl-C stops both"))
        stay(servers, stop)
    click.echo(_("stopped; the data is kept"))


def _port(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise CommandFailed(_("%(setting)s: not a port", setting=f"{name}={value}"))
    return int(value)


def _prepare(home: Path, *, empty: bool) -> Demonstration | None:
    """The office that is there, or a new one; None for an office that is no demonstration."""
    database = Database(database_url())
    database.migrate()
    with database.reading() as session:
        is_founded = office_exists(session)
    made = credentials.read(home) if is_founded else None
    if not is_founded:
        click.echo(_("making an invented office, a few seconds ..."))
        made = founding.found(database, home, now())
    if made is not None:
        made = founding.complete(database, evidence_store(), home, made, now(), empty=empty)
    database.close()
    return made


def _print(home: Path, servers: tuple[Server, ...], made: Demonstration | None) -> None:
    portal, console = (f"{server.url}/{chosen_language()}/" for server in servers)
    click.echo(f"\n{portal}  " + _("the portal, for people who report or complain"))
    click.echo(f"{console}  " + _("the console, for the office"))
    click.echo(_("The data is in %(home)s.", home=home))
    if made is None:
        click.echo("\n" + _("This office is no demonstration: sign in with your own account."))
    else:
        _print_credentials(made)


def _print_credentials(made: Demonstration) -> None:
    moment = now()
    left = STEP_SECONDS - int(moment.timestamp()) % STEP_SECONDS
    click.echo("\n" + _("Invented staff; each one-time code works once."))
    click.echo(_("The codes change in %(seconds)s s.", seconds=left))
    for person in made.people:
        described = f"  ({', '.join(person.roles)}: {person.about})"
        click.echo("  " + _("login %(login)s", login=person.login) + described)
        code, secret = TOTP(person.totp_secret).at(moment), person.totp_secret
        click.echo(_line(_("passphrase"), person.passphrase))
        click.echo(_line(_("one-time code"), f"{code}   " + _("secret %(secret)s", secret=secret)))
    if made.receipt_code:
        click.echo("\n" + _("A receipt code that opens a mailbox with an answer:"))
        click.echo(f"  {made.receipt_code}")


def _line(what: str, value: str) -> str:
    return f"    {what:<{_WIDTH}} {value}"


def _print_drawing(made: Demonstration | None, *, wanted: bool | None) -> None:
    on_terminal = sys.stdout.isatty()
    if made is None or not (on_terminal if wanted is None else wanted):
        return
    person = made.people[0]
    uri = provisioning_uri(person.totp_secret, person.login, founding.OFFICE)
    click.echo("\n" + _("%(login)s's secret for an authenticator app:", login=person.login) + "\n")
    segno.make(uri, error="l", micro=False).terminal(compact=True)
