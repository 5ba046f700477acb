"""A backup made and brought back: rows, files, encryption and the disk together."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pyrage
from pyrage import x25519

from bench import streams
from bench.figures import Beside, Figure, Kind
from bench.many_cases import add_cases
from bench.recovery import hands
from bench.scale import Scale
from cases.actions.backups.making import Backup, Place
from cases.actions.backups.restoring import restore
from crypto.age import encrypted, recipient
from crypto.age_opening import decrypted, identities
from tests.support.backups import empty_place, place_of
from tests.support.case_files import case_with_files
from tests.support.office import Office
from tests.support.office_home import office_home
from web.clock import office_day

GROUP = "Backup and restore (in process, one age key, on the disk)"
MIB = 1024 * 1024
_AT_ONCE = 64 * 1024


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """An office of many cases, and then one of a large file, there and back."""
    key = x25519.Identity.generate()
    bare = Beside(Kind.SAME_RUN, "age alone, in memory", _age(key, min(256, scale.file_mib)))
    for name, fill in (
        (f"{scale.recovered_cases:,} cases without files", _many_cases),
        (f"a file of {scale.file_mib:,} MiB", _large_file),
    ):
        below = folder / fill.__name__
        below.mkdir()
        with office_home(below / "office") as office:
            fill(office, scale)
            today = office_day(office.clock.now())
            made = _made(place_of(office), today, key, below / "backup.age")
        size = (below / "backup.age").stat().st_size / MIB
        written = Beside(
            Kind.SAME_RUN, "written to the disk", streams.writing(below, int(size) + 1)
        )
        yield Figure(GROUP, f"{name}: backed up", size / made, "MiB/s", (bare, written))
        back = _brought_back(below, key)
        yield Figure(GROUP, f"{name}: restored", size / back, "MiB/s", (bare, written))
        yield Figure(GROUP, f"{name}: the backup", size, "MiB")


def _many_cases(office: Office, scale: Scale) -> None:
    add_cases(office.database, range(scale.recovered_cases), hands(office))


def _large_file(office: Office, scale: Scale) -> None:
    case_with_files(office, {"large.bin": bytes(scale.file_mib * MIB)})


def _made(place: Place, today: date, key: x25519.Identity, path: Path) -> float:
    start = perf_counter()
    pieces = Backup(place, today, b"").pieces()
    with path.open("wb") as file:
        file.writelines(encrypted(pieces, [recipient(str(key.to_public()))]))
        file.flush()
        os.fsync(file.fileno())
    return perf_counter() - start


def _brought_back(folder: Path, key: x25519.Identity) -> float:
    with empty_place(folder / "new") as place, (folder / "backup.age").open("rb") as file:
        start = perf_counter()
        restore(decrypted(iter(lambda: file.read(_AT_ONCE), b""), identities(str(key))), place, [])
        return perf_counter() - start


def _age(key: x25519.Identity, mib: int) -> float:
    content = os.urandom(mib * MIB)
    start = perf_counter()
    pyrage.encrypt(content, [key.to_public()])
    return mib / (perf_counter() - start)
