"""Whether nobody reads or writes in the office's folders who should not, and whether there is room.

Portal and console may be users of their own with a group in common (deploy/tmpfiles.d); so what is
looked at is what others may, and what the group may where only the owner should.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _

from cases.evidence_store import MOST_LEFT_FREE
from reviewer.commands.checkup.finding import Finding

_OTHERS = 0o007
_OTHERS_OPEN = 0o006  # reading and writing; passing through is harmless
_OTHERS_AND_GROUP = 0o077
_WRITTEN_BY_OTHERS = 0o022
# Ten times what files leave free: time to do something about it.
LOW_SPACE = 10 * MOST_LEFT_FREE


@dataclass(frozen=True, slots=True)
class Places:
    """Where the office has what.

    Attributes:
        home: ZEGEL_HOME.
        database: SQLite's file; None on PostgreSQL.
        evidence: the folder of the files; None on S3.
    """

    home: Path
    database: Path | None
    evidence: Path | None


def permissions(places: Places) -> list[Finding]:
    """Files and folders that somebody may read or write who should not."""
    found = []
    for path, forbidden in _rules(places):
        mode = _mode(path)
        if mode is not None and mode & forbidden:
            found.append(_too_open(path, mode, mode & ~forbidden))
    return found


def _rules(places: Places) -> Iterator[tuple[Path, int]]:
    """Each path, and the bits that it must not have."""
    home = places.home
    # Console and jobs may have a group in common there, in which the portal is not.
    shared = (_mode(home) or 0) & stat.S_ISGID
    yield home, _OTHERS_OPEN | (0 if shared else _WRITTEN_BY_OTHERS)
    yield home / "secrets", _OTHERS_OPEN | _WRITTEN_BY_OTHERS
    for key in home.glob("secrets/*"):
        yield key, _OTHERS_AND_GROUP
    for public in (home / "roster", *home.glob("roster/*"), home / "look.toml"):
        yield public, _WRITTEN_BY_OTHERS
    if places.database:
        if places.database.parent != home:
            yield places.database.parent, _OTHERS
        for name in ("", "-wal", "-shm"):
            yield places.database.with_name(places.database.name + name), _OTHERS
    if places.evidence:
        # The folder is the door: in a shut one, the modes of a million files say nothing more.
        yield places.evidence, _OTHERS


def _mode(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None  # not there, or behind a door that is shut to us too


def _too_open(path: Path, mode: int, right: int) -> Finding:
    what = _("%(path)s is open to others (mode %(mode)s)", path=path, mode=f"{mode:04o}")
    advice = _(
        "Other users of this machine can read or change what is the office's. "
        "Run: chmod %(right)s %(path)s",
        right=f"{right:04o}",
        path=path,
    )
    return Finding(what, advice)


def space(places: Places) -> list[Finding]:
    """Disks that are nearly full."""
    folders = (places.home, places.database and places.database.parent, places.evidence)
    found: dict[int, Finding] = {}
    for folder in folders:
        if folder is None or not folder.is_dir():
            continue
        disk = os.statvfs(folder)
        free = disk.f_frsize * disk.f_bavail
        if free < LOW_SPACE:
            # One for each disk, however many folders lie on it.
            found.setdefault(folder.stat().st_dev, _nearly_full(folder, free))
    return list(found.values())


def _nearly_full(folder: Path, free: int) -> Finding:
    what = _("%(free)s MiB are free where %(folder)s lies", free=free // 2**20, folder=folder)
    advice = _(
        "Files are refused before the words of a report are. Make room, or move the folder to a "
        "larger disk."
    )
    return Finding(what, advice)
