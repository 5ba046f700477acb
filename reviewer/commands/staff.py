"""`zegel staff`: inviting people to the office."""

import click

from cases import roster_store
from cases.actions import office as offices
from cases.actions import staff as staff_actions
from cases.actions.office import Invited, NewPerson
from cases.domain.roles import Role
from cases.queries.staff import everyone
from reviewer.commands.signing_in import sign_in
from reviewer.commands.surroundings import now, open_database, today, verified_roster
from web.settings import home_folder


@click.group()
def staff() -> None:
    """Look after the people of the office."""


@staff.command("list")
def list_staff() -> None:
    """Print everyone: login, state, roles, name."""
    with open_database().reading() as session:
        for row in everyone(session):
            click.echo(f"{row.login}\t{row.state}\t{row.roles}\t{row.name}")


@staff.command()
@click.argument("login")
@click.option("--name", required=True, help="the person's name as colleagues read it")
@click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="once for each role",
)
@click.option("--by", "sponsor", required=True, help="your own login; you are asked to sign in")
def add(login: str, name: str, roles: tuple[str, ...], sponsor: str) -> None:
    """Invite a person: a new signed roster, and an invitation code to hand over in person.

    Whoever invites for intake must hold the intake key, because it is granted from key to key.
    """
    database, roster = open_database(), verified_roster()
    token = sign_in(database, sponsor)
    with database.writing() as session:
        by = staff_actions.open_staff_session(session, token, now())
        person = NewPerson(login, name, frozenset(Role(role) for role in roles))
        invited = offices.invite(session, roster, person, by, now())
        staff_actions.sign_out(session, token)
        # Before the commit: nobody may be in the database whose key no roster names.
        roster_store.append(home_folder() / "roster", invited.roster_file, today())
    _print(login, invited)


def _print(login: str, invited: Invited) -> None:
    click.echo(f"Invitation code of {login}; it is printed once, hand it over in person:")
    click.echo(f"  {invited.code.text}")
    click.echo(f"Roster fingerprint now: {verified_roster().fingerprint_text}")
