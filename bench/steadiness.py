"""What a worker keeps of the requests it has answered: nothing that grows."""

from collections.abc import Iterator
from pathlib import Path

from bench.figures import Beside, Figure, Kind
from bench.load import Order, run
from bench.memory import held
from bench.scale import Scale
from bench.served_portal import told
from bench.visits import REQUESTS
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Served

GROUP = "Memory of one worker of the portal"
MIB = 1024 * 1024
VISITORS = 8
# A tenth of it goes before: templates, statements and threads are made then.
WARM = 10
# The server's arenas settle within a few of them; a page that was kept would take thirty kilobytes.
FLAT = Beside(Kind.LIMIT, "flat, but for the allocator", 16.0)


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Serve an office of its own below `folder`, and ask it again and again."""
    with (
        office_home(folder / "office") as office,
        told(PORTAL, office.home, folder / "logs") as portal,
    ):
        _ask(portal, scale.connections // WARM, scale.form_pages // WARM)
        before = held(portal, "VmRSS")
        _ask(portal, scale.connections, scale.form_pages)
        after = held(portal, "VmRSS")
    done = f"{scale.connections * REQUESTS:,} requests and {scale.form_pages:,} form pages"
    yield Figure(GROUP, f"before {done}", before / MIB, "MiB")
    yield Figure(GROUP, f"grown after {done}", (after - before) / MIB, "MiB", (FLAT,))


def _ask(portal: Served, connections: int, form_pages: int) -> None:
    run(Order(portal.port, "requests", VISITORS, connections))
    run(Order(portal.port, "form", VISITORS, form_pages))
