"""`zegel keys`: what the custodians' shares on paper are for."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field

import click
from flask_babel import gettext as _

from cases.actions import recovery
from cases.actions.evidence_opening import opens
from cases.actions.recovery import Proof
from cases.database import Database
from cases.errors import Refused, StaleCase
from cases.evidence_store import EvidenceStore
from cases.roster_store import load
from crypto.errors import SharesRejected
from crypto.keys import RecoveryPrivateKey
from crypto.roster import RosterMember
from reviewer.commands.asking import confirm
from reviewer.commands.failures import CommandFailed
from reviewer.commands.people import A_FEW
from reviewer.commands.redealing import redeal
from reviewer.commands.rotation import rotate
from reviewer.commands.shares import ask_for_shares, show_shares
from reviewer.commands.surroundings import (
    evidence_store,
    now,
    open_database,
    roster_folder,
    today,
    verified_roster,
)
from reviewer.commands.words import words_of


@dataclass
class _Count:
    """What opened so far; `opened` are the ids of the cases that can be given to somebody."""

    outside_pool: int = 0
    messages: int = 0
    steps: int = 0
    files: int = 0
    faulty: int = 0
    opened: list[bytes] = field(default_factory=list)

    def add(self, proof: Proof, faults: Sequence[str]) -> None:
        """One more case, with all that is wrong with it."""
        self.messages += proof.messages
        self.steps += proof.steps
        self.files += len(proof.files)
        self.faulty += bool(faults)
        if proof.opened:
            self.opened.append(proof.case_id)
            self.outside_pool += not proof.in_pool


@click.group()
def keys() -> None:
    """Change the intake key; use the recovery shares: prove, give cases, make new shares."""


@keys.command()
@click.option("--grant", "login", help="then give the cases that open to this person")
@click.option("--case", "references", multiple=True, help="only this reference, or this id")
@click.option("--files", "whole_files", is_flag=True, help="also open every file to its end")
@click.option("--yes", is_flag=True, help="give without asking once more")
def recover(login: str | None, references: tuple[str, ...], whole_files: bool, yes: bool) -> None:
    """Prove that the custodians' shares open every case, and give cases to a person.

    Asks for the shares one by one. Prints counts and the names of cases that do not open, never a
    key. Without --grant no case is changed. Exit status 1 when a case does not open.
    """
    with closing(open_database()) as database:
        # Before anybody types a share: what cannot be done is said first.
        to = _recipient(database, login) if login else None
        store = evidence_store() if whole_files else None
        if store:
            store.check()
        key = _recovery_key(database)
        count = _proved(database, key, references, store)
        if to:
            _give(database, key, count.opened, to, ask=not yes)
    if count.faulty:
        raise CommandFailed(
            _("cases that do not open, or not whole: %(faulty)s", faulty=count.faulty)
        )


@keys.command()
@click.option("--shares", default=3, show_default=True, type=A_FEW, help="shares to print")
@click.option(
    "--shares-needed",
    default=2,
    show_default=True,
    type=A_FEW,
    help="new shares that together open every case",
)
def reshare(shares: int, shares_needed: int) -> None:
    """Make new shares of the same recovery key, for other custodians or another number of them.

    Asks for enough of the old shares. The old ones stay good: as many of them as before still
    open every case, so destroy them. Old and new ones do not mix.
    """
    if shares_needed > shares:
        raise click.UsageError(_("--shares-needed is more than --shares"))
    with closing(open_database()) as database:
        key = _recovery_key(database)
        with database.writing() as session:
            dealt = recovery.deal_again(session, key, shares_needed, shares, now())
    click.echo(
        "\n"
        + _(
            "New shares: any %(shares_needed)s of %(shares)s together open every case.",
            shares_needed=shares_needed,
            shares=shares,
        )
    )
    show_shares(dealt)
    click.echo("\n" + _("The old shares still open every case: destroy them."))
    click.echo(_("Then try the new ones with `zegel keys recover`."))


keys.add_command(rotate)
keys.add_command(redeal)


def _recovery_key(database: Database) -> RecoveryPrivateKey:
    # Of any day, and newest or not: nothing is sealed to it here. It says which shares are right,
    # and a backup without the latest roster, or from before this year's, must open all the same.
    roster = load(roster_folder(), today(), expired_too=True)
    try:
        key = recovery.recovery_key(ask_for_shares(), roster)
    except SharesRejected as rejected:
        raise CommandFailed(words_of(rejected.reason)) from None
    with database.writing() as session:
        recovery.record_use(session, now())
    return key


def _recipient(database: Database, login: str) -> RosterMember:
    roster = verified_roster(database)
    with database.reading() as session:
        return recovery.recipient(session, roster, login)


def _proved(
    database: Database,
    key: RecoveryPrivateKey,
    references: Sequence[str],
    store: EvidenceStore | None,
) -> _Count:
    count = _Count()
    with database.reading() as session:
        chosen = recovery.chosen_cases(session, references)
        click.echo("\n" + _("cases: %(count)s", count=len(chosen)))
        for proof in recovery.prove(session, key, chosen):
            faults = [*(words_of(fault) for fault in proof.faults), *_shut(proof, store)]
            for fault in faults:
                click.echo(f"{proof.name}: {fault}")
            count.add(proof, faults)
    click.echo(
        _(
            "opened: %(count)s, outside the intake pool: %(outside_pool)s",
            count=len(count.opened),
            outside_pool=count.outside_pool,
        )
    )
    files = _("files opened to their end") if store else _("keys of files")
    click.echo(
        _(
            "messages: %(messages)s, steps: %(steps)s, %(kind)s: %(files)s",
            messages=count.messages,
            steps=count.steps,
            kind=files,
            files=count.files,
        )
    )
    return count


def _shut(proof: Proof, store: EvidenceStore | None) -> list[str]:
    if store is None:
        return []
    return [
        _("file %(name)s does not open", name=file.object_name)
        for file in proof.files
        if not opens(store, file)
    ]


def _give(
    database: Database,
    key: RecoveryPrivateKey,
    cases: Sequence[bytes],
    to: RosterMember,
    *,
    ask: bool,
) -> None:
    if ask:
        confirm(_("Give %(count)s cases to %(name)s?", count=len(cases), name=to.name))
    given = kept_away = 0
    for case_id in cases:
        # Each for itself: stopped half-way, the same command goes on where it was.
        try:
            with database.writing() as session:
                given += recovery.grant(session, case_id, key, to, now())
        except StaleCase:
            raise CommandFailed(_("a case changed meanwhile: run the command again")) from None
        except Refused:
            kept_away += 1
    held = len(cases) - given - kept_away
    click.echo(
        _(
            "given to %(name)s: %(given)s, held already: %(held)s",
            name=to.name,
            given=given,
            held=held,
        )
    )
    if kept_away:
        click.echo(
            _(
                "not given, because %(name)s must not read them: %(kept_away)s",
                name=to.name,
                kept_away=kept_away,
            )
        )
