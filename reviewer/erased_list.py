"""The list of erased cases in the office's folder: a copy of the table, outside every backup of it.

The table is what holds. The file is written after each erasure and by the daily jobs; what it names
and the table does not is kept in it, as the database may be an older one.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cases.domain.tombstones import Tombstone, from_text, merged, to_text
from cases.errors import TombstonesUnusable
from cases.file_modes import file_mode
from cases.saying import said

NAME = "erased.txt"


def read(home: Path) -> tuple[Tombstone, ...]:
    """What the file names; nothing where there is no file.

    Raises:
        TombstonesUnusable: it was cut or altered.
        OSError: it cannot be read.
    """
    try:
        return from_text((home / NAME).read_text(encoding="ascii"))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise TombstonesUnusable(said("The list of erased cases is no text.")) from None


def write(home: Path, tombstones: Iterable[Tombstone]) -> tuple[Tombstone, ...]:
    """Add to the file, whole or not at all; returns everything that it names then.

    Raises as `read`.
    """
    with _alone(home):
        before = read(home)
        listed = merged((*before, *tombstones))
        if listed != before:
            _replace(home / NAME, to_text(listed).encode("ascii"))
    return listed


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "wb") as file:
        # Whatever the caller's umask takes away.
        os.fchmod(file.fileno(), file_mode(path.parent))
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Nobody else on this machine writes the list meanwhile."""
    handle = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
