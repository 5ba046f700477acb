"""Which files of the office's folder go with a backup: its rosters and its look, and no secret.

The keys of both applications (`secrets/`) stay out: they sign forms and cookies that nobody needs
after a restore, and new ones are drawn.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from cases.errors import BackupRefused
from cases.saying import said

ERASED = "erased.txt"
_FOLDERS = frozenset({"roster", "proposals"})
_LOOK = frozenset({".toml", ".png", ".jpg", ".jpeg", ".webp"})
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_LONGEST = 90


def configuration(home: Path) -> Iterator[tuple[str, bytes]]:
    """Each file by its path below the folder, and what is in it.

    Raises:
        BackupRefused: a name that a backup cannot take.
        OSError: it cannot be read.
    """
    for path in _files(home):
        name = path.relative_to(home).as_posix()
        if not is_configuration(name):
            raise BackupRefused(
                said("%(path)s: a backup takes names of a-z, 0-9, dot, dash and _ only", path=path)
            )
        yield name, path.read_bytes()


def is_configuration(name: str) -> bool:
    """Whether a backup may hold a file of this path, and so whether it may be written."""
    path = PurePosixPath(name)
    plain = all(_PART.fullmatch(part) for part in path.parts)
    if not plain or path.as_posix() != name or len(name) > _LONGEST:
        return False
    return path.parts[0] in _FOLDERS if len(path.parts) > 1 else _is_of_the_office(name)


def _files(home: Path) -> Iterator[Path]:
    for path in sorted(home.iterdir()):
        below = sorted(path.rglob("*")) if path.name in _FOLDERS else []
        for each in (path, *below):
            # A dot begins what another process is writing.
            taken = each is not path or _is_of_the_office(each.name)
            if taken and not each.name.startswith(".") and each.is_file():
                yield each


def _is_of_the_office(name: str) -> bool:
    return name == ERASED or PurePosixPath(name).suffix.lower() in _LOOK
