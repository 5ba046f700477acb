"""What the kernel says of a worker's memory."""

from pathlib import Path

from tests.support.served import Served


def held(portal: Served, line: str) -> int:
    """Bytes: a line of the only worker's status, such as VmRSS (now) or VmHWM (at its peak)."""
    (worker,) = portal.workers
    status = Path(f"/proc/{worker}/status").read_text().splitlines()
    (found,) = (each for each in status if each.startswith(f"{line}:"))
    return int(found.split()[1]) * 1024
