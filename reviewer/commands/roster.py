"""`zegel roster`: the signed list of the office's keys."""

import click

from crypto.roster import VerifiedRoster
from reviewer.commands.surroundings import verified_roster


@click.group()
def roster() -> None:
    """Read and verify the office's signed roster."""


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


def _summary(found: VerifiedRoster) -> None:
    listed = found.roster
    click.echo(f"{listed.office}, roster {listed.serial}")
    click.echo(f"issued on {listed.issued_on}, valid until {listed.expires_on}")
    click.echo(f"fingerprint {found.fingerprint_text}")
