"""`zegel audit`: whether the trail is as it was written, and proof of where it stood."""

from contextlib import closing

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from cases import roster_store
from cases.actions.trail_check import Checked, check, keys_of
from cases.actions.trail_signing import sign_head
from cases.domain.trail_chain import ChainFault, Finding, Head
from cases.queries import trail_chain
from reviewer.commands.failures import CommandFailed
from reviewer.commands.signing_in import as_oneself, signed_in
from reviewer.commands.surroundings import now, open_database, roster_folder, today
from reviewer.trail_csv import whole_trail

# A trail that somebody wrote anew from the start has a fault for every entry.
_MOST_SHOWN = 100


class HeadParam(click.ParamType[Head]):
    """A head of the trail as `zegel audit head` prints it."""

    name = "head"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        """Read it, with any blanks."""
        try:
            return Head.from_text(str(value))
        except ValueError:
            self.fail(_("not a head: a number, a colon and 64 hexadecimal digits"), param, ctx)


@click.group()
def audit() -> None:
    """Check, sign and export the trail of what the office did."""


@audit.command()
@click.option("--head", "known", type=HeadParam(), help="a head that was kept on paper")
def verify(known: Head | None) -> None:
    """Find every entry of the trail that was removed, altered, moved or slipped in.

    Holds the chain against itself, against every signed head and, with --head, against one that
    was kept outside. Changes nothing. Exit status 1 when something is wrong.
    """
    found = _checked(known)
    click.echo(_("head: %(head)s", head=found.head.text))
    click.echo(_("known by day only, not in the chain yet: %(waiting)s", waiting=found.waiting))
    click.echo(
        _("signed up to: %(entry)s", entry=found.signed.position if found.signed else _("nothing"))
    )
    for finding in found.findings[:_MOST_SHOWN]:
        click.echo(in_words(finding))
    if found.findings:
        raise CommandFailed(_("faults in the trail: %(count)s", count=len(found.findings)))
    click.echo(_("verified"))


@audit.command("head")
def show_head() -> None:
    """Print where the trail stands, to put on paper: the day, the number and the digest."""
    with closing(open_database()) as database, database.reading() as session:
        found = trail_chain.head(session)
    click.echo(f"{today().isoformat()} {found.text}")


@audit.command()
@as_oneself
@click.option("--despite-faults", is_flag=True, help="sign although the trail has faults")
def sign(own_login: str, despite_faults: bool) -> None:
    """Sign where the trail stands with your own key; do it daily, and keep the head on paper.

    Whoever writes an earlier entry anew cannot make this signature again. A head, an auditor and
    an administrator may sign.
    """
    faults = len(_checked(None).findings)
    if faults and not despite_faults:
        raise CommandFailed(
            _(
                "not signed, faults in the trail: %(faults)s; see `zegel audit verify`",
                faults=faults,
            )
        )
    with closing(open_database()) as database, signed_in(database, own_login) as (session, by):
        signed = sign_head(session, by, now())
    click.echo(_("signed: %(head)s", head=signed.text))


@audit.command()
@click.option("--csv", "_csv", is_flag=True, default=True, help="as CSV, the only form there is")
def export(_csv: bool) -> None:
    """Print the whole trail for another system: codes, days, moments, opaque ids and digests."""
    with closing(open_database()) as database, database.reading() as session:
        for piece in whole_trail(session):
            click.echo(piece, nl=False)


def _checked(known: Head | None) -> Checked:
    rosters = roster_store.every_roster(roster_folder(), today())
    with closing(open_database()) as database, database.reading() as session:
        return check(session, keys_of(rosters), known)


def in_words(finding: Finding) -> str:
    """What is wrong, where, and what is there now: one line for the operator."""
    where = "" if finding.position is None else f"{finding.position}: "
    return f"{where}{WORDS[finding.fault]}{_there(finding)}"


def _there(finding: Finding) -> str:
    entry = finding.entry
    if entry is None:
        return ""
    when = entry.at.isoformat() if entry.at else entry.day.isoformat()
    now_there = _(
        "now: %(event)s, %(when)s, entry %(id)s", event=entry.event, when=when, id=entry.id.hex()
    )
    return f" ({now_there})"


WORDS = {
    ChainFault.MISSING_LINK: lazy_gettext("removed: the chain has a gap here"),
    ChainFault.MISSING_ENTRY: lazy_gettext("removed: the entry is gone"),
    ChainFault.ALTERED: lazy_gettext("altered, moved or slipped in"),
    ChainFault.NOT_CHAINED: lazy_gettext("slipped in: an entry that is not in the chain"),
    ChainFault.CUT_OFF: lazy_gettext("cut off: the trail once reached this far"),
    ChainFault.NOT_AS_SIGNED: lazy_gettext("written anew: up to here it was signed otherwise"),
    ChainFault.NOT_AS_WRITTEN_DOWN: lazy_gettext(
        "written anew: up to here the head on paper is another"
    ),
    ChainFault.BAD_SIGNATURE: lazy_gettext("a signature of nobody whom a roster names"),
    ChainFault.MISSING_SIGNATURE: lazy_gettext(
        "a signature is gone: the trail tells of more than there are"
    ),
}
