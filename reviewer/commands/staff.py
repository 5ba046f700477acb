"""`zegel staff`: who is of the office, inviting people, seeing them off."""

import click

from cases.actions.joining import NewPerson
from cases.actions.rosters import Changes
from cases.domain.roles import Role
from cases.queries.staff import everyone
from reviewer.commands.accepting import propose_and_keep
from reviewer.commands.leaving import leave
from reviewer.commands.signing_in import as_oneself
from reviewer.commands.surroundings import open_database


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
@as_oneself
def add(login: str, name: str, roles: tuple[str, ...], own_login: str) -> None:
    """Invite a person: propose a roster that names them, and print an invitation code.

    Where the roster needs more than your signature, the code works once others have signed with
    `zegel roster sign`. Whoever invites for intake must hold the intake key, because it is granted
    from key to key.
    """
    person = NewPerson(login, name, frozenset(Role(role) for role in roles))
    propose_and_keep(open_database(), Changes(joining=(person,)), own_login)


staff.add_command(leave)
