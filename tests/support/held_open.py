"""Files without a name that processes still hold open, and memory that is a file."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.support.leaks import Needles


def nameless_with(needles: Needles, roots: list[int]) -> list[str]:
    """The deleted files of these processes and all below them that hold a mark."""
    return [
        f"{name} of process {pid}"
        for root in roots
        for pid in _family(root)
        for descriptor, name in _descriptors(pid)
        if name.endswith("(deleted)") and needles.found_in_file(descriptor)
    ]


def _family(root: int) -> Iterator[int]:
    yield root
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _descriptors(pid: int) -> Iterator[tuple[Path, str]]:
    # Servers are not dumpable, so that only root may look; for others the tracer stands alone.
    with suppress(FileNotFoundError, ProcessLookupError, PermissionError):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                yield descriptor, str(descriptor.readlink())
