"""`zegel roster`: the signed list of the office's keys, and changing it by several hands."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask_babel import gettext as _

from cases import roster_store
from cases.actions import rosters
from cases.actions.intake_rotation import Chain, rotation
from cases.actions.rosters import Changes
from cases.database import Database
from cases.domain.roles import INTAKE_KEY_ROLES, Role
from cases.queries import reference_data
from cases.queries.rosters import proposed_people, who_acknowledged
from cases.queries.staff import colleagues
from crypto.roster import VerifiedRoster, grouped, read_file
from crypto.roster_changes import differences
from reviewer.commands.accepting import accept_if_complete, propose_and_keep
from reviewer.commands.asking import confirm
from reviewer.commands.failures import CommandFailed
from reviewer.commands.people import A_FEW, ConflictType, RolesType
from reviewer.commands.signing_in import as_oneself, signed_in
from reviewer.commands.surroundings import now, open_database, verified_chain, verified_roster
from reviewer.roster_words import in_words

PROPOSAL = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def roster() -> None:
    """Read, verify, change and renew the office's signed roster."""


@roster.command()
@click.argument("proposal", required=False, type=PROPOSAL)
def show(proposal: Path | None) -> None:
    """Print the roster in force, or what a PROPOSAL would change and who has signed it."""
    database = open_database()
    chain = verified_chain(database, expired_too=proposal is not None)
    found = chain[-1]
    if proposal is not None:
        show_proposal(database, found, proposal.read_bytes())
        return
    _summary(found)
    for member in sorted(found.roster.members, key=lambda one: one.name):
        roles = ", ".join(sorted(member.roles)) or _("no role")
        click.echo(f"  {member.name}: {roles}")
        if member.conflicts:
            click.echo(
                "    " + _("no cases of: %(services)s", services=", ".join(member.conflicts))
            )
    _show_acknowledgements(database, found)
    _show_earlier_keys(database, chain)


@roster.command()
def verify() -> None:
    """Verify every roster file from the pinned first one on; exit status 1 if one does not hold.

    Also that no newer roster was ever in force here.
    """
    _summary(verified_roster(open_database()))
    click.echo(_("verified"))


@roster.command()
@as_oneself
@click.option(
    "--roles",
    "roles",
    type=RolesType(),
    multiple=True,
    help="LOGIN:ROLE,ROLE; all roles that a person is to have; once for each person",
)
@click.option("--remove", "leaving", multiple=True, help="the login of a person who leaves")
@click.option("--signatures-needed", type=A_FEW, help="to change the roster")
@click.option("--custodians-needed", type=A_FEW, help="to open an identity")
@click.option(
    "--conflict",
    "conflicts",
    type=ConflictType(),
    multiple=True,
    help="a person must not read cases of a service (its id in `zegel authorities list`)",
)
@click.option(
    "--no-conflict",
    "conflicts_ended",
    type=ConflictType(),
    multiple=True,
    help="the same no longer holds",
)
def propose(
    own_login: str,
    roles: tuple[tuple[str, frozenset[Role]], ...],
    leaving: tuple[str, ...],
    signatures_needed: int | None,
    custodians_needed: int | None,
    conflicts: tuple[tuple[str, str], ...],
    conflicts_ended: tuple[tuple[str, str], ...],
) -> None:
    """Write the next roster and sign it first; it is in force once enough others have signed.

    Without a change it is the same roster for another year. Somebody new: `zegel staff add`.
    """
    changes = Changes(
        roles=dict(roles),
        leaving=frozenset(leaving),
        signatures_needed=signatures_needed,
        custodians_needed=custodians_needed,
        conflicts=_by_login(conflicts),
        conflicts_ended=_by_login(conflicts_ended),
    )
    database = open_database()
    _refuse_unknown_services(database, conflicts)
    propose_and_keep(database, changes, own_login)


@roster.command()
@as_oneself
def renew(own_login: str) -> None:
    """Propose the same roster for another year, also when it has run out."""
    propose_and_keep(open_database(), Changes(), own_login)


@roster.command()
@click.argument("proposal", type=PROPOSAL)
@as_oneself
def sign(proposal: Path, own_login: str) -> None:
    """Read what a PROPOSAL changes and sign it; with the last signature it is in force."""
    database, file = open_database(), proposal.read_bytes()
    current = verified_roster(database, expired_too=True)
    show_proposal(database, current, file)
    confirm(_("Sign this?"))
    with signed_in(database, own_login) as (session, by):
        file = rosters.sign(session, current, file, by, now())
        roster_store.keep_proposal(proposal, file)
    accept_if_complete(database, proposal, by.member.id)


@roster.command()
@click.argument("proposal", type=PROPOSAL)
def accept(proposal: Path) -> None:
    """Put a PROPOSAL in force that enough people have signed; doing it twice does no harm."""
    accept_if_complete(open_database(), proposal, None)


def show_proposal(database: Database, current: VerifiedRoster, file: bytes) -> None:
    """What a proposal changes, and who has signed it."""
    missing = rosters.signatures_missing(current, file)
    proposal = read_file(file)
    click.echo(
        _(
            "Proposal of roster %(serial)s, %(fingerprint)s",
            serial=proposal.roster.serial,
            fingerprint=grouped(proposal.fingerprint),
        )
    )
    for difference in differences(current.roster, proposal.roster):
        click.echo(f"  {in_words(difference)}")
    with database.reading() as session:
        for row in proposed_people(session, proposal.fingerprint):
            login, roles = _printable(row.login), _printable(row.roles) or _("no role, no key")
            click.echo("  " + _("in the console, %(login)s: %(roles)s", login=login, roles=roles))
    approved = proposal.approved_by(current.roster)
    names = [one.name for one in current.roster.members if one.verify_key in approved]
    click.echo(
        _(
            "signed by %(people)s; signatures missing: %(missing)s",
            people=", ".join(names) or _("nobody"),
            missing=missing,
        )
    )


def _by_login(declared: Sequence[tuple[str, str]]) -> dict[str, frozenset[str]]:
    logins = {login for login, _ in declared}
    return {one: frozenset(code for login, code in declared if login == one) for one in logins}


def _refuse_unknown_services(database: Database, declared: Sequence[tuple[str, str]]) -> None:
    """A code that no case can have would keep nobody away, and look as if it did."""
    with database.reading() as session:
        known = reference_data.current(session)
    for _login, code in declared:
        if known.authority(code) is None:
            raise CommandFailed(
                _("no service has the id %(code)s: see `zegel authorities list`", code=code)
            )


def _printable(text: str) -> str:
    """Rows stand in the open: what moves a terminal's cursor could hide what is signed."""
    return "".join(each if each.isprintable() else "?" for each in text)


def _summary(found: VerifiedRoster) -> None:
    listed = found.roster
    click.echo(_("%(office)s, roster %(serial)s", office=listed.office, serial=listed.serial))
    click.echo(
        _(
            "issued on %(issued_on)s, valid until %(expires_on)s",
            issued_on=listed.issued_on,
            expires_on=listed.expires_on,
        )
    )
    click.echo(
        _(
            "signatures needed for the next: %(needed)s",
            needed=listed.signatures_needed,
        )
    )
    click.echo(_("fingerprint %(fingerprint)s", fingerprint=found.fingerprint_text))


def _show_earlier_keys(database: Database, chain: Chain) -> None:
    with database.reading() as session:
        found = rotation(session, chain)
    if found.under_way:
        click.echo(
            _(
                "an earlier intake key is not destroyed yet, cases granted to it: %(waiting)s;"
                " run `zegel keys rotate`",
                waiting=found.waiting,
            )
        )


def _show_acknowledgements(database: Database, found: VerifiedRoster) -> None:
    if found.roster.serial == 1:
        return
    with database.reading() as session:
        read = who_acknowledged(session, found.fingerprint)
        people = [one for one in colleagues(session) if INTAKE_KEY_ROLES & one.roles]
    waiting = [one.login for one in people if one.id not in read]
    click.echo(
        _("its changes not read yet by: %(people)s", people=", ".join(waiting) or _("nobody"))
    )
