"""Files over HTTP: a large one each way, several at once, and a folder of small ones."""

from collections.abc import Iterator
from pathlib import Path

from bench import memory, streams
from bench.figures import Beside, Figure, Kind
from bench.load import Order, Outcome, run
from bench.scale import Scale
from bench.served_portal import told
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Served

GROUP = "Files over HTTP (one worker; the visitors share its cores)"
MIB = 1024 * 1024
SMALL = 20 * 1024
# The aim, whatever the size of the file.
MOST_GROWTH = Beside(Kind.LIMIT, "whatever the size", 64)


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Serve an office of its own below `folder`, and send it files."""
    with (
        office_home(folder / "office") as office,
        told(PORTAL, office.home, folder / "logs") as portal,
    ):
        # A first report: what a server keeps once it has derived keys is no file's.
        run(Order(portal.port, "upload", 1, 1, size=MIB))
        yield from _each_way(portal, scale, folder)
        yield from _at_once(portal, scale)
        yield _small(portal, scale)


def _each_way(portal: Served, scale: Scale, folder: Path) -> Iterator[Figure]:
    mib, visits = scale.file_mib, scale.file_visits
    held = memory.held(portal, "VmRSS")
    bare, hashed = streams.sealing(mib), streams.sealing_and_hashing(mib)
    written = streams.writing(folder, mib)
    sent = run(Order(portal.port, "upload", 1, visits, size=mib * MIB))
    beside = (
        *_bare("secretstream", bare),
        Beside(Kind.SAME_RUN, "secretstream and SHA-256, one core", hashed),
        Beside(Kind.SAME_RUN, "written to the disk", written),
    )
    yield Figure(GROUP, f"a file of {mib:,} MiB sent", _rate(sent, mib), "MiB/s", beside)

    opened = streams.opening(mib)
    order = Order(portal.port, "download", 1, visits, sent.given, size=mib * MIB)
    fetched = _rate(run(order), mib)
    yield Figure(GROUP, "the same file fetched", fetched, "MiB/s", _bare("secretstream", opened))

    grown = (memory.held(portal, "VmHWM") - held) / MIB
    yield Figure(GROUP, "memory: the worker's growth at its peak", grown, "MiB", (MOST_GROWTH,))


def _at_once(portal: Served, scale: Scale) -> Iterator[Figure]:
    mib, senders = max(1, scale.file_mib // scale.senders), scale.senders
    held = memory.held(portal, "VmRSS")
    alone = _rate(run(Order(portal.port, "upload", 1, senders, size=mib * MIB)), mib)
    together = _rate(run(Order(portal.port, "upload", senders, senders, size=mib * MIB)), mib)
    name, beside = f"{senders} files of {mib} MiB sent", Beside(Kind.SAME_RUN, "in turn", alone)
    yield Figure(GROUP, f"{name} at once", together, "MiB/s", (beside,))
    grown = (memory.held(portal, "VmHWM") - held) / MIB / senders
    yield Figure(GROUP, "memory: growth for each of them", grown, "MiB", (MOST_GROWTH,))


def _small(portal: Served, scale: Scale) -> Figure:
    count = scale.small_files
    sent = run(Order(portal.port, "upload", 1, 1, files=count, size=SMALL))
    name = f"{count:,} files of {SMALL // 1024} KiB in one form"
    return Figure(GROUP, f"{name}, for each", sent.seconds * 1000 / count, "ms")


def _bare(name: str, rate: float) -> tuple[Beside, ...]:
    return (
        Beside(Kind.SAME_RUN, f"bare {name}, one core", rate),
        Beside(Kind.FLOOR, "half of it", rate / 2),
    )


def _rate(outcome: Outcome, mib: int) -> float:
    return outcome.per_second * mib
