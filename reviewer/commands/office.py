"""`zegel office create`: from nothing to an office with a roster and invitations."""

from collections.abc import Callable

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from cases import roster_store
from cases.actions.joining import NewPerson
from cases.actions.office import Founded, check_people, found_office
from cases.database import Database
from crypto.roster import VerifiedRoster
from reviewer.commands.people import A_FEW, PersonType
from reviewer.commands.shares import show_shares
from reviewer.commands.surroundings import roster_folder, today, verified_roster
from reviewer.home import prepare_home
from web.settings import database_url, home_folder

Command = Callable[..., None]


def _count(flag: str, usual: int, meaning: str) -> Callable[[Command], Command]:
    return click.option(flag, default=usual, show_default=True, type=A_FEW, help=meaning)


@click.group()
def office() -> None:
    """Found the office."""


@office.command()
@click.option("--name", required=True, help="the office's name as reporters read it")
@click.option(
    "--person",
    "people",
    type=PersonType(),
    multiple=True,
    required=True,
    help="LOGIN:NAME:ROLE,ROLE; once for each person",
)
@_count("--custodians-needed", 2, "custodians who must agree to open an identity")
@click.option(
    "--signatures-needed",
    type=A_FEW,
    help="administrators who must sign a change of the roster; default 2 where there are two",
)
@_count("--shares", 3, "recovery shares to print")
@_count("--shares-needed", 2, "recovery shares that together open every case")
def create(
    name: str,
    people: tuple[NewPerson, ...],
    custodians_needed: int,
    signatures_needed: int | None,
    shares: int,
    shares_needed: int,
) -> None:
    """Create the database, the keys, the first roster and one invitation for each person.

    What is printed is printed once: hand each invitation code and each recovery share to its
    person, on paper, and keep the fingerprint where reporters can compare it.
    """
    if shares_needed > shares:
        raise click.UsageError(_("--shares-needed is more than --shares"))
    # First of all, so that a refusal leaves nothing behind.
    recovery = (shares_needed, shares)
    check_people(people, custodians_needed, recovery, signatures_needed)
    prepare_home(home_folder())
    database = Database(database_url())
    database.migrate()
    with database.writing() as session:
        founded = found_office(
            session,
            name,
            people,
            custodians_needed,
            recovery,
            today(),
            signatures_needed=signatures_needed,
        )
        # Before the commit: an office without its roster could take nothing in.
        roster_store.start(roster_folder(), founded.roster_file, founded.pin)
    _print(founded, verified_roster(database), shares_needed)


def _signatures(roster: VerifiedRoster) -> str:
    needed = roster.roster.signatures_needed
    return ngettext("%(num)s signature", "%(num)s signatures", needed)


def _print(founded: Founded, roster: VerifiedRoster, shares_needed: int) -> None:
    click.echo(_("%(office)s is founded.", office=roster.roster.office) + "\n")
    click.echo(_("Roster fingerprint: %(fingerprint)s", fingerprint=roster.fingerprint_text))
    click.echo(
        _("A change of the roster needs %(signatures)s.", signatures=_signatures(roster)) + "\n"
    )
    click.echo(_("Invitations; each person signs in once with it at the console's page 'welcome':"))
    for login, code in founded.invitations.items():
        click.echo(f"  {login}: {code.text}")
    total = len(founded.recovery_shares)
    click.echo(
        "\n"
        + _(
            "Recovery shares: any %(shares_needed)s of %(total)s together open every case.",
            shares_needed=shares_needed,
            total=total,
        )
    )
    show_shares(founded.recovery_shares)
