"""`zegel restore`: an office from a backup, on a machine where there is none."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from cases.actions import evidence as evidence_actions
from cases.actions import staff as staff_actions
from cases.actions.backups.making import Place
from cases.actions.backups.proving import Shut, prove
from cases.actions.backups.restoring import Restored, restore
from cases.actions.evidence_opening import opens
from cases.actions.recovery import Proof
from cases.database import Database
from cases.domain.tombstones import Tombstone, from_text
from cases.evidence_store import EvidenceStore
from cases.roster_store import load
from crypto.age_opening import AgeIdentity, decrypted, identities
from crypto.errors import IdentityFault, IdentityRejected, NotForThisKey, OpeningFailed
from reviewer import erased_list
from reviewer.commands.failures import CommandFailed
from reviewer.commands.signing_in import sign_in
from reviewer.commands.surroundings import (
    evidence_store,
    now,
    open_database,
    roster_folder,
    today,
)
from reviewer.commands.words import words_of
from reviewer.home import prepare_home
from web.settings import database_url, home_folder

IDENTITY_FAULTS = {
    IdentityFault.MALFORMED: lazy_gettext("this is no secret key of age or SSH"),
    IdentityFault.LOCKED: lazy_gettext("the key is locked with a passphrase: unlock it first"),
    IdentityFault.PUBLIC_KEY: lazy_gettext("this is a public key; the secret one opens a backup"),
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_AT_ONCE = 1024 * 1024


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option(
    "--identity", type=_FILE, required=True, help="file with the secret key of age or SSH"
)
@click.option("--erased", "lists", type=_FILE, multiple=True, help="a list of erased cases")
@click.option("--as", "login", help="then prove that every case of this person opens")
def bring_back(file: Path, identity: Path, lists: tuple[Path, ...], login: str | None) -> None:
    """Bring an office back from a backup, where there is none; all of it, or nothing.

    Cases on a list of erased ones (and on erased.txt of the office's folder) are erased again.
    Stopped in the middle, the same command begins anew.
    """
    key, home = _identity(identity), home_folder()
    prepare_home(home)
    tombstones = [*erased_list.read(home), *_tombstones(lists)]
    store = evidence_store()
    with closing(Database(database_url())) as database:
        place = Place(home, database, store)
        restored = _restored(file, key, place, tombstones)
    _report(restored)
    with closing(open_database()) as database:
        _check(database, store, restored, login)


def _identity(path: Path) -> tuple[AgeIdentity, ...]:
    try:
        return identities(path.read_text())
    except IdentityRejected as rejected:
        raise CommandFailed(f"{path}: {IDENTITY_FAULTS[rejected.reason]}") from None
    except UnicodeDecodeError:
        raise CommandFailed(f"{path}: {IDENTITY_FAULTS[IdentityFault.MALFORMED]}") from None


def _tombstones(lists: Sequence[Path]) -> list[Tombstone]:
    # What is no text is no list, and is refused as such.
    found = [from_text(path.read_text(encoding="ascii", errors="replace")) for path in lists]
    return [tombstone for each in found for tombstone in each]


def _restored(
    file: Path, key: tuple[AgeIdentity, ...], place: Place, tombstones: list[Tombstone]
) -> Restored | None:
    try:
        with file.open("rb") as opened, closing(decrypted(_pieces(opened), key)) as pieces:
            return restore(pieces, place, tombstones)
    except NotForThisKey:
        raise CommandFailed(_("the backup was made for another key")) from None
    except OpeningFailed:
        raise CommandFailed(_("the backup is damaged or cut off: nothing was restored")) from None


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_AT_ONCE):
        yield piece


def _report(restored: Restored | None) -> None:
    if restored is None:
        click.echo(_("an earlier run had brought everything back; its last step is done now"))
    else:
        click.echo(_("the backup is of %(day)s", day=restored.made_on.isoformat()))
        click.echo(_("cases: %(count)s", count=restored.end.cases))
        if restored.erased_again:
            click.echo(_("of these erased again: %(count)s", count=restored.erased_again))
    # Of any day: it says whose office this is, and a person compares it with the one on paper.
    roster = load(roster_folder(), today(), expired_too=True)
    click.echo(roster.roster.office)
    click.echo(_("roster fingerprint: %(fingerprint)s", fingerprint=roster.fingerprint_text))


def _check(
    database: Database, store: EvidenceStore, restored: Restored | None, login: str | None
) -> None:
    with database.reading() as session:
        absent = set(evidence_actions.verify(session, store).missing)
    known = restored.end.missing if restored else ()
    for name in sorted(absent):
        click.echo(_("missing: %(name)s", name=name))
    faulty = _proved(database, store, login) if login else 0
    if faulty or absent - set(known):
        raise CommandFailed(
            _(
                "cases that do not open, or files that are not there: %(count)s",
                count=faulty + len(absent),
            )
        )


def _proved(database: Database, store: EvidenceStore, login: str) -> int:
    token = sign_in(database, login)
    opened = shut = files = faulty = 0
    with database.reading() as session:
        by = staff_actions.open_staff_session(session, token, now())
        for proof in prove(session, by.keys):
            if isinstance(proof, Shut):
                shut += 1
                continue
            faults = _faults(proof, store)
            opened, files = opened + proof.opened, files + len(proof.files)
            faulty += bool(faults)
            for fault in faults:
                click.echo(f"{proof.name}: {fault}")
    with database.writing() as session:
        staff_actions.leave(session, token, now())
    click.echo(
        _(
            "cases opened: %(opened)s, files opened to their end: %(files)s",
            opened=opened,
            files=files,
        )
    )
    if shut:
        click.echo(_("cases that %(login)s does not hold: %(count)s", login=login, count=shut))
    return faulty


def _faults(proof: Proof, store: EvidenceStore) -> list[str]:
    shut = [file.object_name for file in proof.files if not opens(store, file)]
    return [
        *(words_of(fault) for fault in proof.faults),
        *(_("file %(name)s does not open", name=name) for name in shut),
    ]
