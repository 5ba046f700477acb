"""The roster's files: `0001.json`, `0002.json` and so on in one folder, and the pin beside them.

Files are only ever added. Each is complete before it gets its name, and a name that is taken is
never written again, so two people who invite at once cannot overwrite each other.
"""

import os
import tempfile
from datetime import date
from pathlib import Path

from cases.errors import RosterUnusable
from cases.file_modes import file_mode
from cases.saying import said, why
from crypto.roster import VerifiedRoster, fingerprint, read_rosters

_PIN = "pin"


def start(folder: Path, roster_file: bytes, pin: bytes) -> None:
    """Keep the first roster and pin it; RosterUnusable when the folder holds one already."""
    if fingerprint(roster_file) != pin:
        raise ValueError("the pin is the first roster's fingerprint")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise RosterUnusable(
            said("The folder %(folder)s cannot be made: %(why)s.", folder=folder, why=why(error))
        ) from None
    _add(folder, _name(1), roster_file)
    _add(folder, _PIN, pin.hex().encode() + b"\n")


def load(folder: Path, today: date, *, expired_too: bool = False) -> VerifiedRoster:
    """The current roster, verified from the pinned one on.

    `expired_too` is for renewing it, and for nothing else.

    Raises:
        RosterUnusable: no roster there, or not readable.
        RosterRejected: from `crypto`: the files do not verify.
    """
    return load_all(folder, today, expired_too=expired_too)[-1]


def load_all(folder: Path, today: date, *, expired_too: bool = False) -> tuple[VerifiedRoster, ...]:
    """Every roster, verified from the pinned one on; the last one is in force. Raises as `load`."""
    return read_rosters(_files(folder), _pin(folder), today, expired_too=expired_too)


def every_roster(folder: Path, today: date) -> tuple[VerifiedRoster, ...]:
    """Every roster that the office ever had, the first one first: for signatures of the past.

    Raises:
        RosterUnusable, RosterRejected: as `load`; one that has run out holds here.
    """
    return load_all(folder, today, expired_too=True)


def load_with(folder: Path, roster_file: bytes, today: date) -> tuple[VerifiedRoster, ...]:
    """Every roster with the next one, after verifying that all hold together; nothing is kept.

    Raises:
        RosterUnusable: no roster there, or not readable.
        RosterRejected: from `crypto`: the file does not follow the last one.
    """
    return read_rosters([*_files(folder), roster_file], _pin(folder), today)


def append(folder: Path, roster_file: bytes, today: date) -> VerifiedRoster:
    """Keep the next roster, after verifying that the whole chain holds with it.

    Raises:
        RosterUnusable: not writable, or someone else added a roster meanwhile.
        RosterRejected: from `crypto`: the file does not follow the last one.
    """
    verified = load_with(folder, roster_file, today)[-1]
    _add(folder, _name(verified.roster.serial), roster_file)
    return verified


def keep_proposal(path: Path, roster_file: bytes) -> None:
    """Write a proposal, or write it again with one more signature; complete or not at all.

    Raises:
        RosterUnusable: not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = _written(path.parent, roster_file)
        os.replace(unfinished, path)
        _sync(path.parent)
    except OSError as error:
        raise RosterUnusable(
            said("%(path)s cannot be written: %(why)s.", path=path, why=why(error))
        ) from None


def _files(folder: Path) -> list[bytes]:
    try:
        files = [path.read_bytes() for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].json"))]
    except OSError as error:
        raise RosterUnusable(
            said("The roster in %(folder)s is unreadable: %(why)s.", folder=folder, why=why(error))
        ) from None
    if not files:
        raise RosterUnusable(said("There is no roster in %(folder)s.", folder=folder))
    return files


def _pin(folder: Path) -> bytes:
    try:
        return bytes.fromhex((folder / _PIN).read_text(encoding="ascii"))
    except OSError as error:
        raise RosterUnusable(
            said("The pin in %(folder)s is unreadable: %(why)s.", folder=folder, why=why(error))
        ) from None
    except ValueError:
        raise RosterUnusable(
            said("The pin in %(folder)s is not a fingerprint.", folder=folder)
        ) from None


def _name(serial: int) -> str:
    return f"{serial:04d}.json"


def _add(folder: Path, name: str, content: bytes) -> None:
    """Write a new file, complete or not at all."""
    try:
        unfinished = _written(folder, content)
        try:
            # A link, unlike a rename, fails when the name is taken.
            os.link(unfinished, folder / name)
        finally:
            unfinished.unlink()
        _sync(folder)
    except OSError as error:
        raise RosterUnusable(
            said("%(path)s cannot be written: %(why)s.", path=folder / name, why=why(error))
        ) from None


def _written(folder: Path, content: bytes) -> Path:
    """A file with the content on the disk, under a name that nobody reads."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), file_mode(folder))
            os.fsync(file.fileno())
    except OSError:
        os.unlink(name)
        raise
    return Path(name)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
