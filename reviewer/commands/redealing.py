"""`zegel keys redeal`: shares of reporters' names for the custodians of the roster in force."""

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing

import click
from flask_babel import gettext as _

from cases.actions.identity_dealing import Dealt, deal_anew
from cases.actions.signed_in import SignedIn
from cases.database import Database
from cases.errors import NotFound
from cases.queries.identities import cases_with_identity
from crypto.roster import VerifiedRoster
from crypto.roster_payload import CUSTODIAN
from reviewer.commands.failures import CommandFailed
from reviewer.commands.signing_in import in_steps
from reviewer.commands.surroundings import now, open_database, verified_roster
from reviewer.commands.words import words_of

_WELL = (Dealt.ANEW, Dealt.ALREADY)


@click.command()
@click.option(
    "--as",
    "logins",
    multiple=True,
    required=True,
    help="the login of a custodian who is here; once for each of them",
)
def redeal(logins: tuple[str, ...]) -> None:
    """Deal the shares of every name given in confidence anew, when the custodians changed.

    As many custodians as open a name sign in one after the other at this terminal. Nothing of a
    name is shown. Stopped half-way, the same command goes on where it was. Exit status 1 when a
    name could not be dealt.
    """
    with closing(open_database()) as database:
        roster = verified_roster(database)
        _refuse_the_same_twice(logins)
        with ExitStack() as stack:
            custodians = [_signed_in(stack, database, login, roster) for login in logins]
            became = _deal(database, custodians, roster)
        database.scrub()
    click.echo(
        _("names: %(total)s, dealt anew: %(anew)s", total=became.total(), anew=became[Dealt.ANEW])
    )
    click.echo(f"{words_of(Dealt.ALREADY)}: {became[Dealt.ALREADY]}")
    left = became.total() - sum(became[each] for each in _WELL)
    if left:
        raise CommandFailed(_("names that were not dealt: %(left)s", left=left))


def reminder(before: VerifiedRoster | None, after: VerifiedRoster) -> str | None:
    """What to do next where a roster changes who opens names; None where it does not."""
    if before is None or _custody(before) == _custody(after):
        return None
    return _("the custodians changed: next, enough of them together run `zegel keys redeal`")


def _custody(roster: VerifiedRoster) -> tuple[int, frozenset[bytes]]:
    guarding = roster.roster.with_role(CUSTODIAN)
    return roster.roster.custodians_needed, frozenset(each.public.key_id for each in guarding)


def _refuse_the_same_twice(logins: Sequence[str]) -> None:
    if len(set(logins)) != len(logins):
        raise click.UsageError(_("--as names somebody twice"))


def _signed_in(
    stack: ExitStack, database: Database, login: str, roster: VerifiedRoster
) -> SignedIn:
    step = stack.enter_context(in_steps(database, login))
    with step() as (_session, by):
        keys = {each.public for each in roster.roster.with_role(CUSTODIAN)}
        if by.keys.personal.public not in keys:
            raise CommandFailed(_("%(login)s is no custodian on the roster", login=login))
        return by


def _deal(
    database: Database, custodians: Sequence[SignedIn], roster: VerifiedRoster
) -> "Counter[Dealt]":
    with database.reading() as session:
        found = cases_with_identity(session)
    became: Counter[Dealt] = Counter()
    for case_id in found:
        # Each for itself: what is dealt stays dealt, and nobody waits for all of them.
        try:
            with database.writing() as session:
                dealt = deal_anew(session, case_id, custodians, roster, now())
        except NotFound:
            continue  # the case was erased meanwhile
        became[dealt] += 1
        if dealt not in _WELL:
            click.echo(f"{case_id.hex()}: {words_of(dealt)}")
    return became
