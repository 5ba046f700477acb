"""`zegel roster`: the signed list of the office's keys."""

import click

from cases import roster_store
from cases.actions import office as offices
from cases.actions import staff as staff_actions
from crypto.roster import VerifiedRoster
from reviewer.commands.signing_in import sign_in
from reviewer.commands.surroundings import now, open_database, today, verified_roster
from web.settings import home_folder


@click.group()
def roster() -> None:
    """Read, verify and renew the office's signed roster."""


@roster.command()
def show() -> None:
    """Print the roster in force: people, roles, dates and fingerprint."""
    found = verified_roster()
    _summary(found)
    for member in sorted(found.roster.members, key=lambda one: one.name):
        click.echo(f"  {member.name}: {', '.join(sorted(member.roles)) or 'no role'}")


@roster.command()
def verify() -> None:
    """Verify every roster file from the pinned first one on; exit status 1 if one does not hold."""
    _summary(verified_roster())
    click.echo("verified")


@roster.command()
@click.option("--by", "signer", required=True, help="your own login; you are asked to sign in")
def renew(signer: str) -> None:
    """Sign the same roster for another year, also when it has run out."""
    database, folder = open_database(), home_folder() / "roster"
    current = roster_store.load(folder, today(), expired_too=True)
    token = sign_in(database, signer)
    with database.writing() as session:
        by = staff_actions.open_staff_session(session, token, now())
        file = offices.renew_roster(session, current, by, now())
        staff_actions.sign_out(session, token)
        renewed = roster_store.append(folder, file, today())
    _summary(renewed)


def _summary(found: VerifiedRoster) -> None:
    listed = found.roster
    click.echo(f"{listed.office}, roster {listed.serial}")
    click.echo(f"issued on {listed.issued_on}, valid until {listed.expires_on}")
    click.echo(f"fingerprint {found.fingerprint_text}")
