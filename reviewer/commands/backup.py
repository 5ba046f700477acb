"""`zegel backup`: everything of the office in one encrypted file, while it works."""

import os
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from cases.actions.backups.making import Backup, Place
from cases.actions.backups.manifest import End
from crypto.age import AgeRecipient, encrypted, recipient
from crypto.errors import RecipientFault, RecipientRejected
from reviewer.commands.failures import CommandFailed
from reviewer.commands.settings_text import settings_text
from reviewer.commands.surroundings import evidence_store, open_database, today
from reviewer.home import PRIVATE_FILE, write_private
from web.settings import home_folder

STAMP = "last-backup"
"""In the office's folder: the day of the last backup that was written to its end."""

RECIPIENT_FAULTS = {
    RecipientFault.MALFORMED: lazy_gettext("this is no public key of age or SSH"),
    RecipientFault.UNSUPPORTED: lazy_gettext("a kind of key that not every age opens"),
    RecipientFault.SECRET_KEY: lazy_gettext("this is a secret key: name the public one"),
}
_DRAFT = ".unfinished"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--to", "keys", multiple=True, help="a public key that opens it; again for another")
@click.option("--recipients", "files", type=_FILE, multiple=True, help="a file of such keys")
@click.option(
    "--output", type=click.Path(path_type=Path), required=True, help="a new file, or a folder"
)
@click.option("--keep", type=click.IntRange(1), help="in a folder: leave so many, the newest")
def backup(keys: tuple[str, ...], files: tuple[Path, ...], output: Path, keep: int | None) -> None:
    """Write database, files and configuration to one file that only the given keys open.

    Portal and console go on meanwhile. In a folder the file is named by its day. The key that
    opens it must not lie on this machine.
    """
    to = _recipients([*keys, *_lines(files)])
    if keep and not output.is_dir():
        raise click.UsageError(_("--keep is for a folder"))
    path = _free_name(output) if output.is_dir() else output
    if path.exists():
        raise CommandFailed(_("%(path)s is there already", path=path))
    store = evidence_store()
    with closing(open_database()) as database:
        store.check()
        made = Backup(Place(home_folder(), database, store), today(), settings_text())
        with closing(encrypted(made.pieces(), to)) as pieces:
            digest = _write(path, pieces)
    write_private(home_folder() / STAMP, f"{today().isoformat()}\n".encode())
    if keep:
        _remove_older(output, keep)
    _report(path, digest, made.end)


def _recipients(keys: list[str]) -> list[AgeRecipient]:
    if not keys:
        raise click.UsageError(_("name at least one key, with --to or --recipients"))
    found = []
    for number, key in enumerate(keys, 1):
        try:
            found.append(recipient(key))
        except RecipientRejected as rejected:
            # Not the key itself: it may be a secret one.
            why = RECIPIENT_FAULTS[rejected.reason]
            raise CommandFailed(_("key %(number)s: %(why)s", number=number, why=why)) from None
    return found


def _lines(files: Iterable[Path]) -> list[str]:
    # What is no text holds no key, and is refused as such.
    texts = [path.read_text(encoding="ascii", errors="replace") for path in files]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def _free_name(folder: Path) -> Path:
    day, number = f"zegel-{today().isoformat()}", 1
    path = folder / f"{day}.age"
    while path.exists():
        number += 1
        path = folder / f"{day}.{number}.age"
    return path


def _write(path: Path, pieces: Iterable[bytes]) -> str:
    """Whole or not at all; returns its SHA-256."""
    draft, digest = path.with_name(path.name + _DRAFT), sha256()
    try:
        with open(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb"
        ) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _remove_older(folder: Path, keep: int) -> None:
    days = folder.glob("zegel-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*.age")
    newest_first = sorted(days, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[keep:]:
        path.unlink()
    # Of runs that were killed.
    for path in folder.glob(f"zegel-*.age{_DRAFT}"):
        path.unlink()


def _report(path: Path, digest: str, end: End) -> None:
    click.echo(
        _("%(path)s: %(cases)s cases, %(files)s files", path=path, cases=end.cases, files=end.files)
    )
    click.echo(f"SHA-256 {digest}")
    if end.erased:
        click.echo(_("files erased meanwhile, and left out: %(count)s", count=len(end.erased)))
    for name in end.missing:
        click.echo(_("missing: %(name)s", name=name))
    if end.missing:
        count = len(end.missing)
        raise CommandFailed(
            _(
                "files that are not in the evidence store: %(count)s; the rest is in the backup",
                count=count,
            )
        )
