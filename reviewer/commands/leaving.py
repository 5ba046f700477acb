"""`zegel staff leave`: everything for somebody who leaves, in steps that can be repeated."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from cases.actions import recovery, rosters, suspending
from cases.actions.handing_over import Giver, HandedOver, hand_over_some
from cases.actions.intake_rotation import propose_intake_key
from cases.actions.rosters import Changes
from cases.actions.signed_in import SignedIn
from cases.database import Database
from cases.domain.logins import folded_login
from cases.domain.roles import Permission
from cases.errors import NoRecipient, Refused
from cases.queries.holdings import held_alone
from cases.queries.rosters import proposed_people
from cases.queries.staff import staff_by_login
from cases.reasons import Reason, StaysBehind
from cases.saying import said
from crypto.roster import RosterMember, VerifiedRoster, read_file
from crypto.roster_payload import INTAKE
from reviewer.commands.accepting import accept_if_complete, keep, proposals_after
from reviewer.commands.asking import confirm
from reviewer.commands.failures import CommandFailed
from reviewer.commands.signing_in import Step, as_oneself, in_steps
from reviewer.commands.surroundings import now, open_database, verified_roster

_NOT_SUSPENDED = {
    Reason.NOT_ONESELF: lazy_gettext("nobody can do this for themselves: ask a colleague"),
    Reason.LAST_HEAD: lazy_gettext("this is the last head of the office who can sign in"),
    Reason.LAST_ADMINISTRATOR: lazy_gettext("this is the last administrator who can sign in"),
    Reason.NO_PERMISSION: lazy_gettext("only a head or an administrator suspends a person"),
}
_WHY = {
    StaysBehind.KEPT_AWAY: lazy_gettext("the colleague must not read it"),
    StaysBehind.NOT_YOURS: lazy_gettext("you cannot open it"),
    StaysBehind.DAMAGED: lazy_gettext("it does not open: what is stored is damaged"),
    StaysBehind.CHANGED: lazy_gettext("somebody changed it just now: run the command again"),
}


@dataclass(frozen=True)
class _Leaving:
    """Who leaves and who gets the cases, as the roster in force names them."""

    login: str
    leaver: RosterMember
    colleague: str
    to: RosterMember
    current: VerifiedRoster


@click.command()
@click.argument("login")
@click.option("--to", "colleague", required=True, help="the login of who gets the cases")
@as_oneself
@click.option("--yes", is_flag=True, help="begin without asking once more")
def leave(login: str, colleague: str, own_login: str, yes: bool) -> None:
    """See a person off: suspend, hand over the cases, propose a roster without them.

    The person is out at once. You hand over the cases that you can open; for those that only the
    person can open the command says how to get them with the custodians' shares, and stops. The
    proposed roster has a new intake key where you open new cases. Run it again to go on.
    """
    with closing(open_database()) as database:
        leaving = _people(database, folded_login(login), folded_login(colleague))
        if not yes:
            confirm(_asked(leaving))
        with in_steps(database, own_login) as step:
            _suspend(step, leaving)
            _hand_over(step, leaving)
            _refuse_to_orphan_cases(step, leaving)
            waiting = _waiting_proposal(database, leaving)
            proposal, by = _proposal(step, leaving, waiting)
        accept_if_complete(database, proposal, by)


def _asked(leaving: _Leaving) -> str:
    return _(
        "%(leaver)s leaves, and %(colleague)s gets the cases. Is that right?",
        leaver=leaving.leaver.name,
        colleague=leaving.to.name,
    )


def _people(database: Database, login: str, colleague: str) -> _Leaving:
    current = verified_roster(database, expired_too=True)
    with database.reading() as session:
        row = staff_by_login(session, login)
        members = current.roster.members
        leaver = next((one for one in members if row and one.person == row.id), None)
        if leaver is None:
            raise CommandFailed(_("nobody on the roster has the login %(login)s", login=login))
        to = recovery.recipient(session, current, colleague)
    if to == leaver:
        raise NoRecipient(said("the cases must go to somebody else"))
    return _Leaving(login, leaver, colleague, to, current)


def _suspend(step: Step, leaving: _Leaving) -> None:
    try:
        with step() as (session, by):
            suspending.suspend_leaver(session, leaving.leaver.person, by, now())
    except Refused as refused:
        if refused.reason is not Reason.NO_FIRST_SIGN_IN:
            raise CommandFailed(_NOT_SUSPENDED[refused.reason]) from None
    else:
        click.echo(
            _("%(name)s is signed out and cannot sign in any more", name=leaving.leaver.name)
        )


def _hand_over(step: Step, leaving: _Leaving) -> None:
    count, done = 0, HandedOver(0, (), waiting=1)
    while done.waiting:
        # Each batch for itself: stopped half-way, the same command goes on where it was.
        with step() as (session, by):
            if not by.member.may(Permission.ASSIGN_CASES):
                return
            giver = Giver.colleague(leaving.leaver)
            done = hand_over_some(session, giver, leaving.to, by, now())
        count += done.count
    click.echo(_("cases handed over to %(name)s: %(count)s", name=leaving.to.name, count=count))
    for left in done.left:
        click.echo(f"{left.case.name}: {_WHY[left.why]}")


def _refuse_to_orphan_cases(step: Step, leaving: _Leaving) -> None:
    with step() as (session, _by):
        alone = held_alone(session, leaving.leaver.public.key_id)
    if not alone:
        return
    named = " ".join(f"--case {case.name}" for case in alone)
    click.echo(
        _("only %(name)s can open these; with the custodians' shares:", name=leaving.leaver.name)
    )
    click.echo(f"  zegel keys recover --grant {leaving.colleague} {named}")
    raise CommandFailed(
        _("cases that nobody else can open: %(count)s; then run this again", count=len(alone))
    )


def _waiting_proposal(database: Database, leaving: _Leaving) -> Path | None:
    """A roster without the person that waits for signatures, so that none is proposed twice."""
    with database.reading() as session:
        for path in proposals_after(leaving.current):
            read = read_file(path.read_bytes())
            people = {member.person for member in read.roster.members}
            if leaving.leaver.person not in people and proposed_people(session, read.fingerprint):
                return path
    return None


def _proposal(step: Step, leaving: _Leaving, waiting: Path | None) -> tuple[Path, bytes | None]:
    """The file of the next roster, and who proposed it now."""
    if waiting is not None:
        return waiting, None
    changes = Changes(leaving=frozenset({leaving.login}))
    with step() as (session, by):
        draws = _opens_new_cases(leaving.current, by)
        propose = propose_intake_key if draws else rosters.propose
        path = keep(propose(session, leaving.current, changes, by, now()))
    if draws:
        click.echo(_("once the roster is in force, run `zegel keys rotate`: its intake key is new"))
    elif INTAKE in leaving.leaver.roles:
        click.echo(
            _("the intake key stays: somebody of intake runs `zegel keys rotate` afterwards")
        )
    return path, by.member.id


def _opens_new_cases(current: VerifiedRoster, by: SignedIn) -> bool:
    return by.keys.personal.public in {one.public for one in current.roster.with_role(INTAKE)}
